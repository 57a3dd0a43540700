"""explainer serve: the lessons and the live model in a browser."""

import argparse
import re
import signal
import webbrowser
from pathlib import Path
from typing import Any

from explainer.commands.kinds import DTYPES, device, positive
from explainer.errors import LessonError

BYTES = {"": 1, "k": 2**10, "m": 2**20, "g": 2**30, "t": 2**40}
MOST = 2**63  # bytes
SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)(?:i?b)?", re.IGNORECASE)


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "serve",
        help="serve the lessons and the live model to a browser",
        description="Serve the lessons and the live model to a browser, until Ctrl-C.",
        epilog="""examples:
  explainer serve --open
  explainer serve --lessons ./mine            your own lessons, too; the pages follow your edits
  explainer serve --address 0.0.0.0           for everybody in the room
  explainer serve --allow-origin demo.example.org   behind a proxy of that name
  explainer serve --model ./llama --model tiny=./other   live models to choose from""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=port, default=5006, help="0 takes a free one (5006)")
    parser.add_argument("--address", default="localhost", help="where to listen (localhost)")
    parser.add_argument(
        "--lessons", metavar="DIR", type=Path, nargs="+", action="extend", default=[],
        help="more folders of lessons",
    )  # fmt: skip
    parser.add_argument(
        "--allow-origin", metavar="HOST", nargs="+", action="extend", default=[],
        help="a host, or host:port, that people come by besides the address",
    )  # fmt: skip
    parser.add_argument(
        "--open", action=argparse.BooleanOptionalAction, default=False,
        help="open a browser (no)",
    )  # fmt: skip
    live = parser.add_argument_group("live model", "loaded when somebody first asks for it")
    live.add_argument(
        "--model", metavar="[NAME=]PATH", nargs="+", action="extend", default=[],
        help="a folder or hub id of a Llama; only those named can be chosen (the shipped one)",
    )  # fmt: skip
    live.add_argument(
        "--device", default="auto", type=device,
        help="cpu, cuda, cuda:1 or mps (CUDA where there is one, else the CPU)",
    )  # fmt: skip
    live.add_argument(
        "--dtype", default="auto", choices=DTYPES,
        help="number format of the weights (bfloat16 on CUDA, else float32)",
    )  # fmt: skip
    live.add_argument(
        "--max-tokens", metavar="N", type=positive, default=4096,
        help="longest prompt (4096, or what the model was made for)",
    )  # fmt: skip
    live.add_argument(
        "--capture-memory", metavar="SIZE", type=size, default=size("2G"),
        help="what all captures that are kept may hold, as 512M or 8G (2G)",
    )  # fmt: skip
    parser.set_defaults(run=run)


def port(text: str) -> int:
    """A port from 0 to 65535."""
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port from 0 to 65535")
    return number


def size(text: str) -> int:
    """A number of bytes: 2G, 512 MB, 1.5GiB, 100000; all are powers of 1024."""
    found = SIZE.fullmatch(text.strip())
    asked = float(found[1]) * BYTES[found[2].lower()] if found else 0.0
    if not 1 <= asked < MOST:
        raise argparse.ArgumentTypeError(f"{text} is no size, as 512M or 8G are")
    return int(asked)


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C or a termination signal."""
    # Here, so that the other commands start without Panel, and a wrong model is told at once.
    from explainer.live import Service
    from explainer.live.sources import offered

    service = Service(
        offered(options.model),
        options.device,
        options.dtype,
        options.max_tokens,
        options.capture_memory,
    )
    from explainer.server import ANYWHERE, CannotServe, own_addresses, server

    try:
        made = server(options.lessons, options.port, options.address, options.allow_origin, service)
    except CannotServe as error:
        raise LessonError(str(error)) from None
    hosts = own_addresses() if options.address in ANYWHERE else [options.address]
    for host in ["localhost", *hosts] if options.address in ANYWHERE else hosts:
        shown = f"[{host}]" if ":" in host else host
        print(f"explainer is at http://{shown}:{made.port}/", flush=True)
    signal.signal(
        signal.SIGTERM, lambda *_: made.io_loop.add_callback_from_signal(made.io_loop.stop)
    )
    made.start()
    if options.open:
        made.io_loop.add_callback(webbrowser.open, f"http://localhost:{made.port}/")
    try:
        made.io_loop.start()
    finally:
        made.stop()
        service.close()
    return 0
