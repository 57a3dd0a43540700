"""explainer build: the lessons as a static site, or as one file each."""

import argparse
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from explainer.catalog import Catalog
from explainer.commands.lessons import add_folders
from explainer.errors import LessonError
from explainer.output import check_file, make_folder, write_file
from explainer.site import folder, pages, scorm


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "build",
        help="write the lessons as a static site",
        description="Write the lessons as plain files: they need no server, and work offline. "
        "With --single, each lesson is one file, and with --scorm a package for an LMS.",
        epilog="""examples:
  explainer build --out site
  explainer build --out site self-attention moe --lang zh,en
  explainer build --out files --single        for an e-mail or a slide
  explainer build --scorm self-attention      for an LMS: self-attention.zip""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("what", metavar="LESSON", nargs="*", help="all lessons, if none")
    parser.add_argument(
        "--out", metavar="DIR", type=Path,
        help="where to; with --scorm a folder or a FILE.zip, and ID.zip in this one if not said",
    )  # fmt: skip
    parser.add_argument(
        "--lang", default="en,zh", help="the languages, the site's own one first (en,zh)"
    )
    parser.add_argument(
        "--base", metavar="URL", type=base,
        help="the address that the site will have, for search engines and --single",
    )  # fmt: skip
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--single", action="store_true", help="one self-contained file a lesson")
    kinds.add_argument(
        "--scorm", action="store_true",
        help="one SCORM 1.2 package a lesson, with practice; it reports score and progress",
    )  # fmt: skip
    parser.add_argument("--force", action="store_true", help="replace a package that is there")
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
    if options.scorm:
        return packages(options)
    if options.out is None:
        raise LessonError("build needs --out, the folder to write")
    folder.check(options.out)  # before a second's work
    languages = pages.checked_languages(options.lang)
    catalog, ids = asked(options)
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


def packages(options: argparse.Namespace) -> int:
    """Write a package for each lesson."""
    languages = pages.checked_languages(options.lang)
    catalog, ids = asked(options)
    out = options.out or Path()
    named = out.suffix.lower() == ".zip"
    if named and len(ids) > 1:
        raise LessonError(f"{out} is one file, and there are {len(ids)} lessons; name a folder")
    places = {id: out if named else out / f"{id}.zip" for id in ids}
    if not named:
        make_folder(out)
    for place in places.values():
        check_file(place, options.force)
    for id, place in places.items():
        content = scorm.package(catalog.sheet(id), languages)
        write_file(place, content, options.force)
        print(f"Wrote {place}, {len(content) / 1000:.0f} kB, for an LMS that takes SCORM 1.2")
    return 0


def asked(options: argparse.Namespace) -> tuple[Catalog, list[str]]:
    """The lessons that there are, and the ids of those that are asked for."""
    catalog = Catalog(options.lessons)
    ids = list(dict.fromkeys(options.what)) or catalog.ids()
    if not options.what:
        for name, problem in sorted(catalog.problems().items()):
            raise LessonError(f"{name} does not load: {problem}")
    return catalog, ids
