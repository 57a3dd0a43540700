"""explainer capture: a real run of a model as one HTML file."""

import argparse
import re
import sys
from pathlib import Path
from typing import Any

from explainer.errors import ExplainerError, LiveError
from explainer.output import check_file, is_pipe, write_file

HEAD = re.compile(r"(\d{1,6})\.(\d{1,6})")


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "capture",
        help="run a prompt through a model, and save what happened as one HTML file",
        description="Run a prompt through a Llama once and save the attention of its heads, the "
        "logit lens and the next tokens as one HTML file, which needs no server, no network and "
        "no Python to be looked at.",
        epilog="""examples:
  explainer capture --prompt "The cat sat on the mat"
  explainer capture --model ./my-llama --prompt-file essay.txt --out essay.html
  explainer capture --prompt "The cat sat" --heads 0.1,2.5 --lang zh""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--model", metavar="PATH|NAME", default="",
        help="a folder with a Llama in transformers' format, or its hub id (the one shipped)",
    )  # fmt: skip
    prompt = parser.add_mutually_exclusive_group(required=True)
    prompt.add_argument("--prompt", metavar="TEXT", help="what the model reads")
    prompt.add_argument(
        "--prompt-file", metavar="FILE",
        help="the same from a file in UTF-8, less its last line break; - is standard input",
    )  # fmt: skip
    parser.add_argument(
        "--heads", metavar="LAYER.HEAD,...", type=heads,
        help="the heads to keep, from 0 (all of a small model, else those that stand out)",
    )  # fmt: skip
    parser.add_argument(
        "--out", metavar="FILE", type=Path, default=Path("capture.html"), help="(capture.html)"
    )
    parser.add_argument("--force", action="store_true", help="replace a file that is there")
    parser.add_argument(
        "--lang", choices=("en", "zh"), default="en", help="the language it opens in (en)"
    )
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda, mps (auto)")
    parser.add_argument(
        "--pixels", metavar="N", type=pixels, default=256,
        help="most rows and columns of a map; more tokens are pooled to them (256)",
    )  # fmt: skip
    parser.set_defaults(run=run)


def heads(text: str) -> list[tuple[int, int]]:
    """`0.1,2.5` as (layer, head) pairs."""
    found = [HEAD.fullmatch(one.strip()) for one in text.split(",")]
    if not all(found):
        raise argparse.ArgumentTypeError(f"{text!r} is not LAYER.HEAD, such as 0.1,2.5")
    return [(int(one[1]), int(one[2])) for one in found if one]


def pixels(text: str) -> int:
    """A number of pixels, from 1."""
    if not text.isdecimal() or not 1 <= (number := int(text)) <= 4096:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 4096")
    return number


def run(options: argparse.Namespace) -> int:
    """Run the prompt and write the file."""
    check_file(options.out, options.force)
    prompt = options.prompt if options.prompt is not None else read(options.prompt_file)
    # Here, so that the other commands start without them.
    from explainer.live.sources import not_installed, offered

    if lacking := not_installed():
        raise LiveError(
            f"a capture needs {', '.join(lacking)}: pip install 'explainer[live]'", "not-installed"
        )
    models = offered([options.model] if options.model else [])
    if not models:
        raise LiveError("no model is shipped with this explainer: --model names one", "no-model")
    from explainer.live import load
    from explainer.live.export import document, html

    [source] = models.values()
    model = load(source, device=options.device)
    made = document(model.capture(prompt), options.heads, options.pixels)
    page = html(made, options.lang).encode("utf-8")
    write_file(options.out, page, options.force)
    print(
        f"Wrote {options.out}: {len(made['tokens']):,} tokens, {len(made['heads']):,} of "
        f"{model.layers * model.heads:,} heads, {len(page) / 1000:,.0f} kB",
        file=sys.stderr if is_pipe(options.out) else sys.stdout,  # the pipe may be this output
    )
    return 0


def read(name: str) -> str:
    """The text of a file, or of the standard input."""
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise ExplainerError(f"cannot read {name}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ExplainerError(f"{name} is no text in UTF-8") from None
    return text.removesuffix("\n").removesuffix("\r")
