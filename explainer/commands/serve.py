"""explainer serve: the lessons in a browser."""

import argparse
import signal
import webbrowser
from pathlib import Path
from typing import Any

from explainer.errors import LessonError


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "serve",
        help="serve the lessons to a browser",
        description="Serve the lessons to a browser, until Ctrl-C.",
        epilog="""examples:
  explainer serve --open
  explainer serve --lessons ./mine            your own lessons, too; edit them and reload
  explainer serve --address 0.0.0.0           for everybody in the room
  explainer serve --allow-origin demo.example.org   behind a proxy of that name""",
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
    parser.set_defaults(run=run)


def port(text: str) -> int:
    """A port from 0 to 65535."""
    number = int(text)
    if not 0 <= number <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is not a port from 0 to 65535")
    return number


def run(options: argparse.Namespace) -> int:
    """Serve until Ctrl-C or a termination signal."""
    # Here, so that the other commands start without Panel.
    from explainer.server import ANYWHERE, CannotServe, own_addresses, server

    try:
        made = server(options.lessons, options.port, options.address, options.allow_origin)
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
    return 0
