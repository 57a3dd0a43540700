"""explainer run: a lesson's numbers, step by step."""

import argparse
import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from explainer import parts
from explainer.catalog import Catalog
from explainer.commands.kinds import paper
from explainer.commands.lessons import add_folders
from explainer.errors import LessonError
from explainer.lesson import Run
from explainer.matrix import ARITHMETICS, listed
from explainer.numbers import number, typed


def add(commands: Any) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "run",
        help="compute a lesson and print its numbers",
        description="Compute a lesson and print what each step brings.",
        epilog="""examples:
  explainer run self-attention
  explainer run self-attention --arithmetic exact --json
  explainer run self-attention --paper 17
  explainer run self-attention --set 'WQ=[[1,0,0,1,0,0],[0,1,0,0,1,0],[0,0,1,0,0,2]]'
  explainer run rlhf --set 'prompt=doc is them'""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("lesson", metavar="LESSON", help="as `explainer lessons` calls it")
    parser.add_argument(
        "--arithmetic", choices=ARITHMETICS, default="hand", help="as on paper, or exact (hand)"
    )
    parser.add_argument(
        "--set", metavar="NAME=JSON|WORDS", type=given, action="append", default=[],
        help="other numbers, or words, for a given matrix, or one number; may be given again",
    )  # fmt: skip
    parser.add_argument(
        "--paper", metavar="N", type=paper, default=0, help="the numbers of paper N (0, its own)"
    )
    parser.add_argument("--json", action="store_true", help="as JSON; what is no number is null")
    add_folders(parser)
    parser.set_defaults(run=run)


def given(text: str) -> tuple[str, Any]:
    """`NAME=JSON` or `NAME=WORDS` as a pair."""
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=JSON, such as X=[[1,0],[0,1]]")
    try:
        return name.strip(), typed(value)
    except (ValueError, RecursionError) as error:
        if not set(value) & set('[]{}"'):
            return name.strip(), value
        raise argparse.ArgumentTypeError(
            f"{name.strip()}: neither a number nor lists of numbers as JSON: {error}"
        ) from None


def run(options: argparse.Namespace) -> int:
    """Print the run."""
    catalog = Catalog(options.lessons)
    givens = dict(options.set)
    if len(givens) < len(options.set):
        raise LessonError("--set gives one matrix twice")
    with np.errstate(all="ignore"):
        ran = catalog.lesson(options.lesson, options.paper, **givens).run(options.arithmetic)
    if options.json:
        print(json.dumps(as_json(options.lesson, ran), ensure_ascii=False, allow_nan=False))
    else:
        texts = catalog.sheet(options.lesson)["texts"]
        titles = (texts.get("en") or next(iter(texts.values())))["steps"]
        print("\n".join(as_text(ran, {id: step["title"] for id, step in titles.items()})))
    return 0


def as_json(lesson: str, ran: Run) -> dict[str, Any]:
    """A run as plain values; NaN and infinity, which JSON lacks, are null."""
    return {
        "lesson": lesson,
        "arithmetic": ran.arithmetic,
        "steps": [{"id": step.id, "shows": list(step.shows)} for step in ran.steps],
        "arrays": {
            name: finite(array.astype(np.float64).tolist()) for name, array in ran.arrays.items()
        },
    }


def finite(values: Any) -> Any:
    """Nested lists with null for what is no number, or beyond them."""
    if isinstance(values, list):
        return [finite(value) for value in values]
    return values if math.isfinite(values) else None


def as_text(ran: Run, titles: dict[str, str]) -> Iterable[str]:
    """Lines to read: each step's title, and the matrices that it brings."""
    for called, step in zip(parts.numbers(step.id for step in ran.steps), ran.steps, strict=True):
        yield f"{called}. {titles.get(step.id, step.id)}"
        for name in step.shows:
            if name not in ran.arrays:  # a copy shows what is there already
                continue
            yield ""
            yield f"   {name}  {shape(ran[name])}"
            digits = ran.lesson.shown(name).digits
            digits = digits if ran.arithmetic == "hand" else max(2, digits)
            words = listed(ran.lesson.shown(name).words)
            yield from (f"   {line}" for line in aligned(ran[name], digits, words))
        yield ""


def shape(array: Any) -> str:
    """`3 × 4`, or nothing for a single number."""
    return " × ".join(map(str, np.shape(array)))


def aligned(array: Any, digits: int, words: Sequence[str] = ()) -> list[str]:
    """Rows of numbers in columns, with at most so many decimals; or of words."""

    def told(value: float) -> str:
        place = int(value) if math.isfinite(value) and value == int(value) else -1
        return words[place] if 0 <= place < len(words) else number(value, digits)

    cells = np.atleast_2d(np.asarray(array, dtype=np.float64))
    rows = [[told(float(v)) for v in row] for row in cells.reshape(-1, cells.shape[-1])]
    width = max((len(cell) for row in rows for cell in row), default=0)
    return [" ".join(cell.rjust(width) for cell in row) for row in rows]
