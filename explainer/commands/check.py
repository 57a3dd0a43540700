"""explainer check: what a lesson's author should mend."""

import argparse
from pathlib import Path
from typing import Any

from explainer.catalog import Catalog
from explainer.commands.lessons import add_folders
from explainer.errors import LessonError, LessonNotFound, Problem
from explainer.loading import at, spelled

PROBLEMS = 1


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "check",
        help="check lessons for what their author should mend",
        description="Check lessons: what they declare and compute, layout, pictures, and texts in "
        "every language. Prints one line for every problem, with its file and line, and exits with "
        "1 when there is one.",
        epilog="""examples:
  explainer check
  explainer check self-attention
  explainer check ./my-lesson ./more-lessons""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", metavar="LESSON|DIR", nargs="*", help="all lessons, if none")
    add_folders(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the problems."""
    named = [what for what in options.what if not is_folder(what)]
    folders = [Path(what) for what in options.what if is_folder(what)]
    there = Catalog([*options.lessons, *folders]).there()
    found: dict[str, list[Problem]] = {}
    if named or not folders:
        found |= problems(Catalog(options.lessons), named, there)
    for folder in folders:
        here = problems(Catalog([folder], shipped=False), [], there)
        if not here:
            raise LessonError(f"there is no lesson in {spelled(folder)}: it has no lesson.py")
        found |= here
    lines = [f"{lesson}: {problem}" for lesson, told in found.items() for problem in told]
    print("\n".join(lines) if lines else f"{len(found)} checked, no problems")
    return PROBLEMS if lines else 0


def is_folder(text: str) -> bool:
    """Whether an argument means a folder: one that is there, or that is written as a path."""
    return "/" in text or "\\" in text or text in (".", "..") or at(Path(text)).is_dir()


def problems(catalog: Catalog, ids: list[str], there: set[str]) -> dict[str, list[Problem]]:
    """The problems of some lessons of a catalog, or of all, by lesson; there: all that exist."""
    asked = [id.replace("_", "-") for id in ids]
    for id in asked:
        if not catalog.known(id):
            known = ", ".join(sorted(catalog.there()))
            raise LessonNotFound(f"there is no lesson {id!r}; there is {known}")
    return catalog.check(there, asked)
