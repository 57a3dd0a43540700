"""explainer capture: a real run of a model as one HTML file."""

import argparse
import re
import sys
from pathlib import Path
from typing import Any

from explainer.commands.kinds import DTYPES, device, positive
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
  explainer capture --prompt "The cat sat" --heads 0.1,2.5 --lang zh
  explainer capture --prompt "The cat sat" --ablate 1.3,mlp.0~ --lens 20""",
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
    parser.add_argument(
        "--ablate", metavar="LAYER.HEAD,mlp.LAYER,...", type=ablations, default=[],
        help="what is switched off in the run: by zero, or by its mean with a ~ behind it",
    )  # fmt: skip
    parser.add_argument(
        "--lens", metavar="N", type=positive, default=128,
        help="of how many tokens, from the last, the logit lens is kept; it takes longest (128)",
    )  # fmt: skip
    parser.add_argument("--device", default="auto", type=device, help="auto, cpu, cuda, mps (auto)")
    parser.add_argument(
        "--dtype", choices=DTYPES, default="auto",
        help="number format of the weights (bfloat16 on CUDA, else float32)",
    )  # fmt: skip
    parser.add_argument(
        "--max-tokens", metavar="N", type=positive,
        help="longest prompt (what the model was made for)",
    )  # fmt: skip
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


def ablations(text: str) -> list[Any]:
    """`1.3,mlp.0~` as a Head and an Mlp."""
    from explainer.live import ablation

    found = [ablation.read(one.strip()) for one in text.split(",")]
    if None in found:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not LAYER.HEAD or mlp.LAYER, such as 1.3,mlp.0~"
        )
    return found


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
    from explainer.live import ablation
    from explainer.live.export import document, html
    from explainer.live.export.heads import fitting
    from explainer.live.loading import checkpoint

    [source] = models.values()
    known = checkpoint(source, options.device, options.dtype, options.max_tokens)
    # what is refused anyway, before the weights are read and run
    tokens = known.model.tokens(prompt)
    ablation.checked(options.ablate, known.model.layers, known.model.heads)
    fitting(known.model, options.heads, len(tokens), options.pixels)
    model = known.load()
    capture = model.capture(prompt, options.ablate)
    made = document(capture, options.heads, options.pixels, options.lens)
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
