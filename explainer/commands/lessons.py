"""explainer lessons: what there is to learn."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from explainer import parts
from explainer.catalog import Catalog


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "lessons",
        help="list the lessons",
        description="List the lessons in learning order.",
        epilog="""examples:
  explainer lessons
  explainer lessons --json
  explainer lessons --lessons ./mine""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="as JSON")
    add_folders(parser)
    parser.set_defaults(run=run)


def add_folders(parser: argparse.ArgumentParser) -> None:
    """Declare `--lessons`, which several commands take."""
    parser.add_argument(
        "--lessons", metavar="DIR", type=Path, action="append", default=[],
        help="a folder of more lessons; may be given again",
    )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Print the list; lessons that do not load are told on stderr."""
    catalog = Catalog(options.lessons)
    listed = [_entry(catalog.sheet(id)) for id in catalog.ids()]
    if options.json:
        print(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        width = max((len(entry["id"]) for entry in listed), default=0)
        for entry in listed:
            facts = f"{entry['steps']:>3} steps {entry['minutes']:>3} min"
            print(f"{entry['id']:<{width}}  {facts}  {entry['title']}")
    for name, problem in sorted(catalog.problems().items()):
        print(f"explainer: {name} does not load: {problem}", file=sys.stderr)
    return 0


def _entry(sheet: dict[str, Any]) -> dict[str, Any]:
    texts = sheet["texts"]
    return {
        "id": sheet["id"],
        "title": (texts.get("en") or next(iter(texts.values())))["title"],
        "languages": list(texts),
        "steps": parts.count(step["id"] for step in sheet["graphs"]["hand"]["steps"]),
        "minutes": sheet["minutes"],
        "needs": sheet["needs"],
    }
