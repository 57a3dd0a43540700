"""explainer build: the lessons as a static site, or as one file each."""

import argparse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from explainer.catalog import Catalog
from explainer.commands.lessons import add_folders
from explainer.errors import LessonError
from explainer.site import folder, pages


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "build",
        help="write the lessons as a static site",
        description="Write the lessons as plain files: they need no server, and work offline. "
        "With --single, each lesson is one file.",
        epilog="""examples:
  explainer build --out site
  explainer build --out site self-attention moe --lang zh,en
  explainer build --out files --single        for an e-mail, an LMS or a slide""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", metavar="LESSON", nargs="*", help="all lessons, if none")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="where to")
    parser.add_argument(
        "--lang", default="en,zh", help="the languages, the site's own one first (en,zh)"
    )
    parser.add_argument(
        "--base", metavar="URL", type=base,
        help="the address that the site will have, for search engines and --single",
    )  # fmt: skip
    parser.add_argument("--single", action="store_true", help="one self-contained file a lesson")
    add_folders(parser)
    parser.set_defaults(run=run)


def base(text: str) -> str:
    """An address on the web, with a slash at its end."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(f"{text!r} is not an address such as https://example.org/")
    return text if text.endswith("/") else f"{text}/"


def run(options: argparse.Namespace) -> int:
    """Write the files."""
    folder.check(options.out)  # before a second's work
    languages = pages.checked_languages(options.lang)
    catalog = Catalog(options.lessons)
    ids = list(dict.fromkeys(options.what)) or catalog.ids()
    if not options.what:
        for name, problem in sorted(catalog.problems().items()):
            raise LessonError(f"{name} does not load: {problem}")
    if options.single:
        files = {
            f"{i}.html": pages.single(catalog.sheet(i), languages, options.base or "") for i in ids
        }
    else:
        files = pages.site(catalog, ids, languages, options.base or "")
    folder.write(options.out, files)
    size = sum(len(text.encode()) for text in files.values())
    print(f"Wrote {len(files)} files, {size / 1000:.0f} kB, to {options.out}")
    print(f"Open {options.out / next(name for name in files if name.endswith('.html'))}")
    return 0
