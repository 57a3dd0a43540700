"""The command line: `explainer serve`, `lessons`, `run`, `check`, `new`, `build`, `capture`."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from typing import NoReturn

import explainer
from explainer.commands import build, capture, check, lessons, new, run, serve, worksheet
from explainer.errors import ExplainerError, LessonError

MISTAKE = 2
WORD = re.compile(r"""[^\s:'"]{200,}""")
INTERRUPTED = 130


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and where help is."""
        raise LessonError(f"{message} (see {self.prog} --help)")


def parser() -> argparse.ArgumentParser:
    """All commands and their options."""
    top = Parser(
        prog="explainer",
        description="How transformers work, computed by hand: one NumPy lesson at a time.",
        epilog="""examples:
  explainer serve --open                      the lessons, in your browser
  explainer lessons                           what there is
  explainer run self-attention                a lesson's numbers, step by step
  explainer new my-lesson                     begin a lesson of your own

explainer COMMAND --help says more about each.""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"explainer {explainer.__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True, dest="command")
    for command in (serve, lessons, run, check, new, build, worksheet, capture):
        command.add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. A mistake is one line on stderr, and 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal may lack × or Chinese
    try:
        options = parser().parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except ExplainerError as error:
        return _told(str(error))
    except BrokenPipeError:
        # Whoever read has seen enough; keep Python from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except OSError as error:  # a name that is too long, a folder that may not be read
        if os.environ.get("EXPLAINER_TRACEBACK"):
            raise
        return _told(f"{error.strerror or error}: {error.filename or ''}".rstrip(": "))
    except Exception as error:
        if os.environ.get("EXPLAINER_TRACEBACK"):
            raise
        return _told(
            f"{type(error).__name__}: {error} (EXPLAINER_TRACEBACK=1 shows where it happened)"
        )


def _told(message: str) -> int:
    line = " ".join(message.split())
    # Who gave three hundred characters need not read them all again.
    print("explainer:", WORD.sub(lambda word: f"{word[0][:60]}…", line), file=sys.stderr)
    return MISTAKE
