"""What a pupil does with a lesson: cells to fill in, predictions, known slips, goals.

A lesson declares them beside its pictures; the texts stand under `## practice` in each language.
Answers, slips and goals are functions of the lesson's arrays, called by their names; they are
traced like the lesson itself, so that a browser computes them from a pupil's own numbers. One
that also takes `by_hand` is told which arithmetic it is.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from explainer import cells
from explainer.errors import LessonError
from explainer.trace import Graph, Traced, given
from explainer.trace.feeds import Array

Formula = Callable[..., Any]
CHOICES = ("rows", "columns", "cells")


class Blank:
    """Cells to fill in: `Blank("Q[0,2]", "A[:,2]", "r")`, indices from 0 as in NumPy."""

    def __init__(self, *cells: str) -> None:
        self.cells = cells


@dataclass(frozen=True)
class Predict:
    """A question before a step plays, answered on the sheet.

    choose: "rows of A", "columns of Y", "cells of S", or the ids of some answers in words.
    answer: the place of the right one, counted from 0; or a truth for each, when several are
    right. Texts: `id`, for answers in words `id/answer`, and `id/why`, told afterwards.
    """

    id: str
    before: str
    choose: str | Sequence[str]
    answer: Formula


@dataclass(frozen=True)
class Slip:
    """A wrong way that many take, told by its result: the formula gives all of an array.

    cells: where it may happen, such as "S" or "S[1,2]". Text: `id`, one sentence.
    """

    id: str
    cells: str
    wrong: Formula


@dataclass(frozen=True)
class Goal:
    """What to make true by changing at most so many cells of some givens.

    solution: changes that reach it from the lesson's own numbers, as {"WQ[0,1]": 2}; they prove
    that there is one, and are not in the sheet. Text: `id`.
    """

    id: str
    reached: Formula
    change: str | Sequence[str]
    most: int
    solution: Mapping[str, float] = field(default_factory=dict)


Practice = Blank | Predict | Slip | Goal


def names(text: str | Sequence[str]) -> list[str]:
    """Names as a list; one string holds them between spaces."""
    return text.split() if isinstance(text, str) else list(text)


def chosen(choose: str | Sequence[str]) -> dict[str, Any]:
    """What a prediction chooses from: `{by, array}`, or `{options}`; raises LessonError."""
    if not isinstance(choose, str):
        return {"options": list(choose)}
    by, of, array = choose.partition(" of ")
    if not of or by not in CHOICES or not array.isidentifier():
        raise LessonError(f'choose is "rows of A", "columns of A", "cells of A", not {choose!r}')
    return {"by": by, "array": array}


def program(formula: Formula, arrays: Mapping[str, Array], by_hand: bool) -> Graph:
    """The graph of a formula whose givens are the lesson's arrays; its last node is the result.

    Raises LessonError when it takes what is no array, or gives none.
    """
    graph = Graph()
    takes = list(inspect.signature(formula).parameters)
    for name in takes:
        if name not in arrays and name != "by_hand":
            raise LessonError(f"there is no array {name}; there are {', '.join(arrays)}")
    traced: dict[str, Any] = {
        name: by_hand if name == "by_hand" else given(graph, name, arrays[name]) for name in takes
    }
    result = formula(**traced)
    if not isinstance(result, Traced) or result.graph is not graph:
        if isinstance(result, Traced) or not np.isscalar(result):
            result = np.asarray(result)
        graph.constant(result)
    elif result.number != len(graph.nodes) - 1:
        graph.apply("copy", [result.number], {})
    return graph


def value(graph: Graph) -> Array:
    """The result of a program."""
    return graph.nodes[-1].value


def form(practice: Sequence[Practice], runs: Mapping[str, Mapping[str, Array]]) -> dict[str, Any]:
    """A lesson's practice as its sheet carries it; runs: the arrays of each arithmetic.

    Raises LessonError for a declaration that does not fit.
    """
    arrays = next(iter(runs.values()))
    blanks: dict[str, list[int]] = {}
    for each in practice:
        for text in each.cells if isinstance(each, Blank) else ():
            name, found = _cells(text, arrays)
            blanks[name] = sorted({*blanks.get(name, []), *found})
    return {
        "blanks": blanks,
        "predictions": [
            {
                "id": each.id,
                "before": each.before,
                "choose": chosen(each.choose),
                "answer": _programs(each.answer, runs),
            }
            for each in practice
            if isinstance(each, Predict)
        ],
        "slips": [_slip(each, runs) for each in practice if isinstance(each, Slip)],
        "goals": [
            {
                "id": each.id,
                "change": names(each.change),
                "most": each.most,
                "reached": _programs(each.reached, runs),
            }
            for each in practice
            if isinstance(each, Goal)
        ],
    }


def _slip(slip: Slip, runs: Mapping[str, Mapping[str, Array]]) -> dict[str, Any]:
    name, found = _cells(slip.cells, next(iter(runs.values())))
    wrong = _programs(slip.wrong, runs)
    return {"id": slip.id, "array": name, "cells": found, "wrong": wrong}


def _cells(text: str, arrays: Mapping[str, Array]) -> tuple[str, list[int]]:
    name = cells.named(text)
    if name not in arrays:
        raise LessonError(f"{text}: there is no array {name}")
    return name, cells.flat(text, arrays[name].shape)


def _programs(
    formula: Formula, runs: Mapping[str, Mapping[str, Array]]
) -> dict[str, list[dict[str, Any]]]:
    """The nodes of a formula by arithmetic; what is the same in both stands once, as "hand"."""
    found = {
        arithmetic: [node.form() for node in program(formula, arrays, arithmetic == "hand").nodes]
        for arithmetic, arrays in runs.items()
    }
    return {key: nodes for key, nodes in found.items() if key == "hand" or nodes != found["hand"]}


def texts(practice: Sequence[Practice]) -> Iterator[str]:
    """The ids of the texts that a practice needs in each language."""
    for each in practice:
        if isinstance(each, Blank):
            continue
        yield each.id
        if isinstance(each, Predict):
            yield from (f"{each.id}/{answer}" for answer in chosen(each.choose).get("options", ()))
