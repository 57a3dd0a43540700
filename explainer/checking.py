"""All that an author should mend in a lesson, each problem with its file and line."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from explainer import checking_practice, narration
from explainer.errors import LessonError, LessonProblems, Problem
from explainer.lesson import Lesson, Run
from explainer.matrix import ARITHMETICS, Result, listed
from explainer.papers import Shuffle
from explainer.picture import FUNCTIONS, Picture
from explainer.practice import Blank, Goal, Predict, Slip
from explainer.trace.feeds import Array

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ONE_DECIMAL = 0.05 + 1e-9


@dataclass(frozen=True)
class Checked:
    """A lesson's problems, and what was made to find them: its runs and its texts."""

    problems: list[Problem]
    runs: list[Run] = field(default_factory=list)
    texts: dict[str, narration.Narration] = field(default_factory=dict)

    @property
    def stopping(self) -> list[Problem]:
        """What must be mended before the lesson can be shown."""
        return [problem for problem in self.problems if problem.stops]


def check(lesson: Lesson) -> Checked:
    """Everything that is wrong with a lesson; no problems is fine.

    What only is not finished, or may mislead, does not stop the lesson from being shown.
    """
    problems = declared(type(lesson))
    texts, unread = _texts(lesson)
    problems += unread
    if len(problems) > len(unread):
        return Checked(problems)
    runs, failed = _runs(lesson)
    problems += failed
    if len(runs) == len(ARITHMETICS):
        problems += _differences(lesson, *runs)
        problems += _loose_ends(lesson, runs)
        problems += _numbers(lesson, runs)
    if runs:
        steps = [step.id for step in runs[0].steps]
        shapes = _shapes(runs[0])
        if not texts and not unread:
            told = "there is no text: write en.md beside lesson.py"
            problems.append(Problem(told, stops=False))
        for language, text in texts.items():
            problems += narration.check(text, steps, shapes, f"{language}.md")
    if len(runs) == len(ARITHMETICS):
        problems += checking_practice.check(lesson, runs, texts)
    return Checked(problems, runs, texts)


def declared(lesson: type[Lesson]) -> list[Problem]:
    """What a lesson's class says of itself in the wrong form."""
    own = {name: value for base in reversed(lesson.__mro__) for name, value in vars(base).items()}
    wrong = {
        "order": not _whole(own["order"]) and "must be a whole number, such as 100",
        "minutes": not (_whole(own["minutes"]) and own["minutes"] > 0)
        and "must be a whole number from 1",
        "needs": not _all(
            own["needs"], lambda need: isinstance(need, str) and KEBAB.fullmatch(need)
        )
        and 'must be the ids of lessons, such as ("self-attention",)',
        "pictures": not _all(own["pictures"], lambda each: isinstance(each, Picture))
        and 'must be pictures, such as (Picture("bars", "A", steps="match"),)',
        "practice": not _all(
            own["practice"], lambda each: isinstance(each, Blank | Predict | Slip | Goal)
        )
        and 'must be blanks, predictions, slips and goals, such as (Blank("Q[0,2]"),)',
        "shuffles": not _all(own["shuffles"], lambda each: isinstance(each, Shuffle))
        and 'must be shuffles, such as (Shuffle("X.columns"),)',
        "layout": not isinstance(own["layout"], str)
        and "must be a text, with a row of names on each line",
    }
    problems = [
        lesson.mistake(f"{name} {what}, and is {own[name]!r}", name)
        for name, what in wrong.items()
        if what
    ]
    for name in (
        *("id", "givens", "shown", "source", "mistake", "run", "texts", "steps"),
        *("rules", "papers", "own"),
    ):
        if not callable(getattr(lesson, name, None)):
            told = f"{name} means something in every lesson; take another name"
            problems.append(lesson.mistake(told, name))
    return problems


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _all(values: Any, fits: Any) -> bool:
    return isinstance(values, list | tuple) and all(fits(value) for value in values)


def _texts(lesson: Lesson) -> tuple[dict[str, narration.Narration], list[Problem]]:
    """The texts that can be read, and what is wrong with the others."""
    try:
        return lesson.texts(), []
    except LessonProblems as error:
        return {}, list(error.problems)


def _runs(lesson: Lesson) -> tuple[list[Run], list[Problem]]:
    """The lesson in each arithmetic that works, and why one does not."""
    runs: list[Run] = []
    problems: dict[str, Problem] = {}
    for arithmetic in ARITHMETICS:
        try:
            runs.append(lesson.run(arithmetic))
        except LessonProblems as error:
            problems |= {str(problem): problem for problem in error.problems}
        except LessonError as error:
            problems[str(error)] = lesson.mistake(str(error))
    return runs, list(problems.values())


def _shapes(run: Run) -> dict[str, tuple[int, ...]]:
    return {name: array.shape for name, array in run.arrays.items()}


def _differences(lesson: Lesson, hand: Run, exact: Run) -> list[Problem]:
    """Where by hand and exact are not the same lesson, or one run is not like the next."""
    problems = []
    if [step.id for step in hand.steps] != [step.id for step in exact.steps]:
        problems.append(lesson.mistake("by hand and exact have different steps", "steps"))
    shapes = [_shapes(run) for run in (hand, exact)]
    for name in sorted(set(shapes[0]) | set(shapes[1])):
        if shapes[0].get(name) != shapes[1].get(name):
            told = f"{name} differs in shape between by hand and exact"
            problems.append(lesson.mistake(told, "steps", name))
    again = lesson.run("hand").arrays
    for name, array in hand.arrays.items():
        if name not in again or not np.array_equal(array, again[name], equal_nan=True):
            told = f"{name} has other numbers in every run; give random numbers a seed"
            problems.append(lesson.mistake(told, "steps", name))
            break
    return problems


def _loose_ends(lesson: Lesson, runs: Sequence[Run]) -> Iterator[Problem]:
    """What the lesson declares about arrays and steps that are not there, or do not fit."""
    run = runs[0]
    shapes = _shapes(run)
    kind = type(lesson)
    for name in dir(kind):
        if isinstance(getattr(kind, name), Result) and name not in shapes:
            yield kind.mistake(f"{name} is declared, but never computed", name)
    for name, shape in shapes.items():
        old = kind.shown(name).updates
        if old is not None and shapes.get(old) != shape:
            yield kind.mistake(f"{name} updates {old}, which is no array of its shape", name)
        yield from _labels(kind, name, shape)
    used = {number for each in runs for node in each.graph.nodes for number in node.inputs}
    for name, matrix in kind.givens().items():
        if matrix.editable and run.names.get(name) not in used:
            told = (
                f"nothing is computed from {name}; leave it out, or say editable=False if it is "
                "only to be looked at"
            )
            yield kind.mistake(told, name, stops=False)
    for picture in lesson.pictures:
        for told in _picture(picture, shapes, [step.id for step in run.steps]):
            yield kind.mistake(f"picture {picture.kind}: {told}", "pictures", picture.kind)


def _labels(kind: type[Lesson], name: str, shape: tuple[int, ...]) -> Iterator[Problem]:
    """Labels that are not as many as the rows and columns that are drawn."""
    rows, columns = (1, *shape)[-2:] if shape else (1, 1)
    if len(shape) > 2:
        return
    shown = kind.shown(name)
    for what, labels, count in (
        ("rows", listed(shown.rows), rows),
        ("columns", listed(shown.columns), columns),
    ):
        if labels and len(labels) != count:
            told = (
                f"{name} has {count} {what if count != 1 else what[:-1]}, and {len(labels)} labels"
            )
            yield kind.mistake(f"{told}: {' '.join(labels)}", name, stops=False)


def _picture(
    picture: Picture, shapes: Mapping[str, tuple[int, ...]], steps: Sequence[str]
) -> Iterator[str]:
    for name in picture.arrays:
        if name not in shapes:
            yield f"it shows {name}, which is no array"
        elif picture.kind == "plane" and (len(shapes[name]) != 2 or shapes[name][0] != 2):
            yield f"{name} must have two rows, x and y"
    yield from (f"there is no step {step}" for step in picture.steps if step not in steps)
    most = 2 if picture.kind == "plane" else 1
    if not 1 <= len(picture.arrays) <= most:
        needed = "one or two" if most > 1 else "one"
        yield f"it shows {len(picture.arrays)} arrays, and needs {needed}"
    if picture.kind == "curve" and picture.function not in FUNCTIONS:
        yield f"its function {picture.function!r} is none of {', '.join(FUNCTIONS)}"


def _numbers(lesson: Lesson, runs: Sequence[Run]) -> Iterator[Problem]:
    """Numbers that a sheet cannot show, or that are not what they are called."""
    kind = type(lesson)
    for name in runs[0].names:
        for run in runs:
            if name in run.names and (told := _wrong(kind, run, name)):
                how = "by hand" if run.arithmetic == "hand" else "exact"
                yield kind.mistake(f"{name} {told} ({how})", name, stops=False)
                break


def _wrong(kind: type[Lesson], run: Run, name: str) -> str:
    array, shown = run[name], kind.shown(name)
    cells = array[np.isfinite(array)]
    if np.isinf(array).any():
        return "has a cell that is infinite; look for a division by zero, ln(0) or a large power"
    if np.isnan(array).any() and not _has_blanks(run, run.names[name]):
        return "has a cell that is no number; look for 0 ÷ 0, or a root or logarithm below zero"
    words = listed(shown.words)
    if words and not all(value == round(value) and 0 <= value < len(words) for value in cells):
        return f"has a number that is none of its {len(words)} words, counted from 0"
    if shown.role == "attention":
        near = ONE_DECIMAL if run.arithmetic == "hand" else 1e-6
        if not any(_ones(sums, near) for sums in _sums(array)):
            told = " ".join(f"{total:.3g}" for total in next(_sums(array)).ravel())
            return f"is attention, and its columns add up to {told}, not to 1"
    return ""


def _sums(array: Array) -> Iterator[Array]:
    """What the columns add up to, and what the rows do."""
    cells = np.atleast_2d(np.nan_to_num(array))
    yield from (cells.sum(axis=axis) for axis in (0, 1))


def _ones(sums: Array, near: float) -> bool:
    return bool((np.abs(sums - 1) <= near).all())


def _has_blanks(run: Run, number: int) -> bool:
    """Whether a blank is meant: `only` has left it."""
    todo, seen = [number], set()
    while todo:
        at = todo.pop()
        if run.graph.nodes[at].op == "only":
            return True
        if at not in seen:
            seen.add(at)
            todo += run.graph.nodes[at].inputs
    return False
