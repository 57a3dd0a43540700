"""explainer worksheet: a lesson on paper, with a key, for each pupil other numbers."""

import argparse
import re
import sys
from pathlib import Path
from typing import Any

from explainer.catalog import Catalog
from explainer.commands import build
from explainer.commands.lessons import add_folders
from explainer.errors import LessonError
from explainer.output import check_file, is_pipe, write_file
from explainer.papers import LAST
from explainer.site import pdf, worksheets

RANGE = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?")
# seconds that a browser may take: to start on a busy machine, and for a paper with its key
STARTING, PRINTING = 60, 2


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "worksheet",
        help="write worksheets of a lesson, and their key, to be printed",
        description="Write a lesson's worksheets, one for each paper, and after them their keys: "
        "as one HTML file to be opened and printed in any browser, or as PDF where there is a "
        "Chromium.",
        epilog="""examples:
  explainer worksheet self-attention --out sheet.html
  explainer worksheet self-attention --papers 1-30 --key --lang en --out sheets.html
  explainer worksheet rlhf --papers 1,4,9 --key --paper-size letter --out sheets.pdf
  explainer worksheet lora --papers 1-30 --base https://example.org/course/ --out sheets.html""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("lesson", metavar="LESSON", help="as `explainer lessons` calls it")
    parser.add_argument(
        "--papers", metavar="N-N,...", type=papers, default=[0],
        help="which papers, such as 1-30 or 1,4,9 (0, the lesson's own numbers)",
    )  # fmt: skip
    parser.add_argument("--key", action="store_true", help="the keys too, after the worksheets")
    parser.add_argument("--lang", default="en", help="the language (en)")
    parser.add_argument(
        "--paper-size", choices=worksheets.SIZES, default="a4", help="size of the paper (a4)"
    )
    parser.add_argument(
        "--base", metavar="URL", type=address,
        help="where pupils find the lesson, for a link and a QR code on each sheet: the address "
        "of a built site, or one with {id} in it, such as http://host:5006/lesson/{id}",
    )  # fmt: skip
    parser.add_argument(
        "--out", metavar="FILE", type=Path, required=True, help="sheets.html, or sheets.pdf"
    )
    parser.add_argument("--force", action="store_true", help="replace a file that is there")
    add_folders(parser)
    parser.set_defaults(run=run)


def papers(text: str) -> list[int]:
    """`1-30` or `1,4,9` as numbers, each once."""
    found: list[int] = []
    for part in text.split(","):
        match = RANGE.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (1, 0)
        if not first <= last <= LAST:
            raise argparse.ArgumentTypeError(
                f"{text!r} names no papers; write 1-30 or 1,4,9, from 0 to {LAST}"
            )
        found += range(first, last + 1)
    return list(dict.fromkeys(found))


def address(text: str) -> str:
    """An address on the web, of a site or with {id} of a lesson."""
    whole = build.base(text.replace("{id}", "id"))
    return text if "{id}" in text else whole


def run(options: argparse.Namespace) -> int:
    """Write the file."""
    check_file(options.out, options.force)
    as_pdf = options.out.suffix.lower() == ".pdf"
    program = pdf.browser() if as_pdf else ""
    sheet = Catalog(options.lessons).sheet(options.lesson)
    if options.lang not in sheet["texts"]:
        raise LessonError(
            f"{options.lesson} has no language {options.lang!r}; it has {', '.join(sheet['texts'])}"
        )
    if any(options.papers) and "papers" not in sheet:
        raise LessonError(f"{options.lesson} has paper 0 only, its own numbers")
    html = worksheets.page(
        sheet, options.lang, options.papers, options.key, options.paper_size, options.base or ""
    )
    content = html.encode()
    if as_pdf:
        content = pdf.printed(html, program, STARTING + PRINTING * len(options.papers))
    write_file(options.out, content, options.force)
    count = len(options.papers)
    print(
        f"Wrote {options.out}: {count} worksheet{'s' if count > 1 else ''}"
        f"{' with key' if options.key else ''}, {len(content) / 1000:,.0f} kB",
        file=sys.stderr if is_pipe(options.out) else sys.stdout,  # the pipe may be this output
    )
    return 0
