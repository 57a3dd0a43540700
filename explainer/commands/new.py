"""explainer new: the files that a lesson begins from."""

import argparse
import re
from pathlib import Path
from typing import Any

from explainer.errors import LessonError
from explainer.output import write_folder

TEMPLATES = Path(__file__).parent / "new_lesson"
TAKEN = ("None", "True", "False", "Lesson", "Matrix", "Result")
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
  explainer serve --lessons ./my_lesson       then edit it, and reload the page""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", metavar="NAME", help="in kebab-case, such as my-lesson")
    parser.add_argument("--dir", metavar="DIR", type=Path, default=Path(), help="where (here)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write the folder, unless there is something already."""
    name = options.name
    if not NAME.fullmatch(name):
        raise LessonError(f"{name!r} is not in kebab-case, such as my-lesson")
    folder = options.dir / name.replace("-", "_")
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
    print(f"Wrote {folder}: lesson.py, en.md, zh.md")
    print(f"See it:   explainer serve --lessons {folder}")
    print(f"Check it: explainer check {folder if folder.parent.name else f'./{folder}'}")
    return 0
