"""Whether a lesson's practice holds on all its papers: rules, slips, predictions, goals.

A paper shuffles numbers under cells that stay where they are, so a slip may meet the right answer
on one paper and not on the next. `explainer check` asks; a server that loads a lesson does not.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import numpy as np

from explainer import cells, practice
from explainer.bank import Arrays, Bank, told_by
from explainer.errors import LessonError, Problem
from explainer.lesson import Lesson
from explainer.papers import LAST
from explainer.practice import Blank, Goal, Predict, Slip
from explainer.trace.feeds import Array

ALL = range(LAST + 1)
Runs = Mapping[str, Arrays]


def check(lesson: Lesson, papers: Iterable[int] = ALL) -> list[Problem]:
    """What is wrong on some papers, one problem for all papers that share it.

    papers: their numbers; of a lesson without papers only its own, 0, is looked at.
    """
    bank = Bank(lesson)
    found: dict[tuple[str, str], list[int]] = {}
    for paper in papers if bank.papers else (0,):
        for name, told in broken(lesson, bank.runs(bank.givens(paper))):
            found.setdefault((name, told), []).append(paper)
    problems = [
        lesson.mistake(f"{_on(wrong)}: {told}", name, stops=False)
        for (name, told), wrong in found.items()
    ]
    for told in unsolved(lesson, bank):
        problems.append(lesson.mistake(told, "practice", stops=False))
    return problems


def broken(lesson: Lesson, runs: Runs) -> Iterator[tuple[str, str]]:
    """What is wrong on one paper, each with the attribute of the lesson that it is about."""
    for told, far in lesson.rules(runs["hand"], runs["exact"]):
        if not abs(far) < 1e-6:
            yield "rules", told
    blanks = tuple(
        text for each in lesson.practice if isinstance(each, Blank) for text in each.cells
    )
    for arithmetic, arrays in runs.items():
        how = "by hand" if arithmetic == "hand" else "exact"
        by_hand = arithmetic == "hand"
        for each in lesson.practice:
            if isinstance(each, Slip) and not _differs(each, arrays, by_hand, blanks):
                yield "practice", f"the slip {each.id} gives the right answer ({how})"
            elif isinstance(each, Predict) and (wrong := _unanswered(each, arrays, by_hand)):
                yield "practice", f"the prediction {each.id} {wrong} ({how})"
            elif isinstance(each, Goal) and told_by(each.reached, arrays, by_hand).any():
                yield "practice", f"the goal {each.id} is reached already ({how})"


def unsolved(lesson: Lesson, bank: Bank) -> Iterator[str]:
    """The goals whose solution does not reach them from the lesson's own numbers."""
    for goal in lesson.practice:
        if not isinstance(goal, Goal):
            continue
        try:
            givens = solved(lesson, goal, bank.own)
        except LessonError as error:
            yield f"the goal {goal.id}: {error}"
            continue
        for arithmetic, arrays in bank.runs(givens).items():
            if not told_by(goal.reached, arrays, arithmetic == "hand").all():
                yield f"the solution of the goal {goal.id} does not reach it ({arithmetic})"


def solved(lesson: Lesson, goal: Goal, own: Arrays) -> dict[str, Array]:
    """Givens with the solution of a goal in them; raises LessonError when it is none."""
    if not 0 < len(goal.solution) <= goal.most:
        raise LessonError(f"its solution changes {len(goal.solution)} cells, not 1 to {goal.most}")
    givens = {name: array.copy() for name, array in own.items()}
    for text, value in goal.solution.items():
        name = cells.named(text)
        if name not in practice.names(goal.change):
            raise LessonError(f"its solution changes {name}, which it must not")
        (cell,) = cells.flat(text, givens[name].shape)
        givens[name].flat[cell] = value
    kind = type(lesson)
    kind(**givens)  # numbers out of bounds raise
    return givens


def same(one: Array, other: Array, by_hand: bool) -> bool:
    """Whether somebody who writes one array is told that the other is right, in every cell."""
    far = np.abs(one - other)
    near = 0.051 if by_hand else np.maximum(0.006, 0.01 * np.abs(other))
    return bool(((far <= near) | (np.isnan(one) & np.isnan(other))).all())


def _on(papers: list[int]) -> str:
    more = f" and {len(papers) - 1} more" if len(papers) > 1 else ""
    return f"paper {papers[0]}{more}"


def _differs(slip: Slip, arrays: Arrays, by_hand: bool, blanks: tuple[str, ...]) -> bool:
    """Whether a slip shows in a cell that is filled in; in any of its own, where none is."""
    right = arrays[cells.named(slip.cells)]
    shown = _shown(slip.cells, blanks, right.shape)
    wrong = np.broadcast_to(told_by(slip.wrong, arrays, by_hand), right.shape)
    return not same(wrong.ravel()[shown], right.ravel()[shown], by_hand)


@cache
def _shown(where: str, blanks: tuple[str, ...], shape: tuple[int, ...]) -> list[int]:
    """The cells of a slip that are filled in; all of them, where none is."""
    name = cells.named(where)
    own = cells.flat(where, shape)
    filled = {cell for t in blanks if cells.named(t) == name for cell in cells.flat(t, shape)}
    return [cell for cell in own if cell in filled] or own


def _unanswered(each: Predict, arrays: Arrays, by_hand: bool) -> str:
    """Why a prediction has not one answer; empty when it has."""
    chosen = practice.chosen(each.choose)
    if "options" in chosen:
        count = len(chosen["options"])
    else:
        shape = np.atleast_2d(arrays[chosen["array"]]).shape
        count = {"rows": shape[0], "columns": shape[1], "cells": shape[0] * shape[1]}[chosen["by"]]
    answer = told_by(each.answer, arrays, by_hand)
    if answer.size == 1 and count > 1:
        place = answer.item()
        right = place == np.round(place) and 0 <= place < count
        return "" if right else f"has the answer {place:g}, of {count}"
    if answer.size != count:
        return f"has {answer.size} answers, of {count}"
    return "" if answer.any() and not answer.all() else "has every answer right, or none"
