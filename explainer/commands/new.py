"""explainer new: the files that a lesson begins from."""

import argparse
import re
from pathlib import Path
from typing import Any

from explainer.errors import LessonError
from explainer.loading import at
from explainer.output import write_folder

TEMPLATES = Path(__file__).parent / "new_lesson"
TAKEN = ("None", "True", "False", "Lesson", "Matrix", "Result")
LONGEST = 60
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "new",
        help="begin a lesson of your own",
        description="Write a folder with a small lesson that works, to begin from.",
        epilog="""examples:
  explainer new my-lesson                     writes ./my_lesson
  explainer new my-lesson --dir ./lessons
  explainer serve --lessons ./my-lesson       then edit it: the page follows""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", metavar="NAME", help="such as my-lesson")
    parser.add_argument("--dir", metavar="DIR", type=Path, default=Path(), help="where (here)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the folder, unless there is something already."""
    name = options.name.replace("_", "-")
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        shown = options.name if len(options.name) <= LONGEST else options.name[:LONGEST] + "…"
        raise LessonError(f"{shown!r} is no name for a lesson, such as my-lesson")
    folder = options.dir / name.replace("-", "_")
    if at(folder).exists() or (options.dir / name).exists():
        raise LessonError(f"{at(folder)} is there already; choose another name")
    called = "".join(word.capitalize() for word in name.split("-"))
    values = {
        "CLASS": called + "Lesson" if called in TAKEN else called,
        "TITLE": name.replace("-", " ").capitalize(),
    }
    files = {}
    for template in sorted(TEMPLATES.iterdir()):
        text = template.read_text(encoding="utf-8")
        for key, value in values.items():
            text = text.replace(f"<{key}>", value)
        files[template.name.removesuffix(".txt")] = text
    write_folder(folder, files)
    shown = folder.with_name(name)
    here = shown if shown.parent.name else f"./{shown}"
    print(f"Wrote {folder}: lesson.py, en.md, zh.md")
    print(f"See it:   explainer serve --lessons {here}")
    print(f"Check it: explainer check {here}")
    return 0
