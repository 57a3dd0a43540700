"""A lesson without script: its text, and its matrices as tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from markupsafe import Markup

from explainer import parts
from explainer import sheet as sheets
from explainer.numbers import number
from explainer.pages import text
from explainer.pages.home import texts
from explainer.trace.feeds import Array


@dataclass(frozen=True)
class Table:
    """A matrix; every cell is text, and both kinds of heads may be missing."""

    label: Markup
    rows: list[list[str]]
    row_heads: list[Markup]
    column_heads: list[Markup]

    @property
    def shape(self) -> str:
        """`3 × 4`."""
        return f"{len(self.rows)} × {len(self.rows[0]) if self.rows else 0}"


@dataclass(frozen=True)
class Step:
    """One step: what it says, and the matrices that it brings."""

    id: str
    number: str
    title: str
    body: Markup
    tables: list[Table]


@dataclass(frozen=True)
class Article:
    """A lesson in one language."""

    language: str
    title: str
    summary: Markup
    steps: list[Step]


def articles(sheet: Mapping[str, Any]) -> list[Article]:
    """A sheet's lesson in each of its languages, computed by hand.

    The tables stand in the first one only: numbers are the same in every language.
    """
    with np.errstate(all="ignore"):
        arrays = sheets.values(sheet, "hand")
    languages = list(sheet["texts"])
    return [_article(sheet, arrays, language, language == languages[0]) for language in languages]


def _article(
    sheet: Mapping[str, Any], arrays: Mapping[str, Array], language: str, with_tables: bool
) -> Article:
    told = texts(dict(sheet), language)
    labels = {name: array["label"]["hand"] for name, array in sheet["arrays"].items()}
    labels |= told["labels"]
    named = {
        name: {**array, "label": {"hand": labels[name]}} for name, array in sheet["arrays"].items()
    }
    local = {**sheet, "arrays": named}

    def cell(name: str, index: Sequence[int]) -> str:
        return _cell(local["arrays"][name], float(arrays[name][tuple(index)]))

    steps = []
    listed = sheet["graphs"]["hand"]["steps"]
    numbers = parts.numbers(step["id"] for step in listed)
    for called, step in zip(numbers, listed, strict=True):
        words = told["steps"][step["id"]]
        shown = [name for name in step["shows"] if name in arrays]  # a copy is there already
        tables = [_table(named[name], arrays[name]) for name in shown] if with_tables else []
        body = text.html(words["body"], local, cell=cell)
        steps.append(Step(step["id"], called, words["title"], body, tables))
    return Article(language, told["title"], text.html(told["summary"], local), steps)


def _table(array: Mapping[str, Any], value: Array) -> Table:
    cells = np.atleast_2d(value)
    cells = cells.reshape(-1, cells.shape[-1])
    rows, columns = cells.shape
    return Table(
        label=text.label(array["label"]["hand"]),
        rows=[[_cell(array, float(cell)) for cell in row] for row in cells],
        row_heads=_heads(array["rows"], rows),
        column_heads=_heads(array["columns"], columns),
    )


def _heads(labels: Sequence[str], count: int) -> list[Markup]:
    return [text.label(head) for head in labels] if len(labels) == count else []


def _cell(array: Mapping[str, Any], value: float) -> str:
    """A cell as the stage writes it: empty where there is no number, a word where it means one."""
    if np.isnan(value):
        return ""
    words = array.get("words") or []
    if 0 <= value < len(words) and value == int(value):
        return str(words[int(value)])
    return number(value, array["digits"]["hand"]).replace("-", "−")
