"""What a lesson's practice declares that does not fit its arrays, its steps or its texts."""

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from explainer import cells, layout, practice
from explainer.errors import LessonError, LessonProblems, Problem
from explainer.lesson import Lesson, Run
from explainer.narration import CAN, PRACTICE, Narration
from explainer.practice import Blank, Formula, Goal, Practice, Predict, Slip
from explainer.steps import located

KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def check(lesson: Lesson, runs: Sequence[Run], texts: Mapping[str, Narration]) -> list[Problem]:
    """All that an author should mend; runs: the lesson in each arithmetic."""
    kind = type(lesson)
    problems: list[Problem] = []
    seen: set[str] = set()
    for each in lesson.practice:
        row = " ".join(each.cells) if isinstance(each, Blank) else each.id
        try:
            told = [f"{row}: {wrong}" for wrong in _wrong(each, lesson, runs)]
            if row in seen:
                told.append(f"practice has a second {row}")
            problems += (kind.mistake(wrong, PRACTICE, row) for wrong in told)
        except LessonProblems as error:
            problems += error.problems
        except LessonError as error:
            problems.append(kind.mistake(f"{row}: {error}", PRACTICE, row))
        except Exception as error:  # in a formula of the author's
            problems += located(error, kind.source()).problems
        seen.add(row)
    if lesson.practice and not problems:
        for language, text in texts.items():
            problems += _texts(lesson, text, f"{language}.md")
    return problems


def _wrong(each: Practice, lesson: Lesson, runs: Sequence[Run]) -> Iterator[str]:
    if isinstance(each, Blank):
        for text in each.cells:
            yield from _hidden(text, lesson, runs[0])
        return
    if not isinstance(each.id, str) or not KEBAB.fullmatch(each.id) or each.id == CAN:
        yield f"the id must be in kebab-case, and not {CAN!r}"
    elif isinstance(each, Slip):
        yield from _hidden(each.cells, lesson, runs[0])
        yield from _shape(each, runs)
    elif isinstance(each, Predict):
        yield from _asked(each, lesson, runs)
    else:
        yield from _to_reach(each, lesson, runs)


def _hidden(text: str, lesson: Lesson, run: Run) -> Iterator[str]:
    """What is to be filled in is computed, and on the sheet."""
    name = cells.named(text)
    if name not in run.names:
        yield f"there is no array {name}; the arrays are {', '.join(run.names)}"
    elif name in lesson.givens():
        yield f"{name} is given, and nothing is to be filled in there"
    elif name not in layout.parse(lesson.layout).places:
        yield f"{name} has no place in the layout"
    else:
        cells.flat(text, run[name].shape)


def _shape(slip: Slip, runs: Sequence[Run]) -> Iterator[str]:
    name = cells.named(slip.cells)
    for run in runs:
        if name in run.names:
            right, wrong = run[name].shape, _result(slip.wrong, run).shape
            try:
                fits = np.broadcast_shapes(right, wrong) == right
            except ValueError:
                fits = False
            if not fits:
                yield f"it gives an array of {wrong}, and {name} is {right}"
                return


def _asked(each: Predict, lesson: Lesson, runs: Sequence[Run]) -> Iterator[str]:
    steps = [step.id for step in runs[0].steps]
    if each.before not in steps:
        yield f"there is no step {each.before}; the steps are {', '.join(steps)}"
        return
    chosen = practice.chosen(each.choose)
    if "options" in chosen:
        if len(chosen["options"]) < 2 or len(set(chosen["options"])) < len(chosen["options"]):
            yield "there must be two answers or more to choose from, each once"
        elif not all(isinstance(id, str) and KEBAB.fullmatch(id) for id in chosen["options"]):
            yield "the ids of its answers must be in kebab-case"
    elif (name := chosen["array"]) not in runs[0].names:
        yield f"there is no array {name}; the arrays are {', '.join(runs[0].names)}"
    elif not any(
        layout.array_at(place) == name
        for step in runs[0].steps[: steps.index(each.before) + 1]
        for place in step.shows
        if place in layout.parse(lesson.layout).places
    ):
        yield f"{name} is not on the sheet yet when the step {each.before} has played"
    for run in runs:
        _result(each.answer, run)


def _to_reach(each: Goal, lesson: Lesson, runs: Sequence[Run]) -> Iterator[str]:
    givens = lesson.givens()
    for name in practice.names(each.change):
        if name not in givens:
            yield f"{name} is no given, and cannot be changed"
        elif not givens[name].editable:
            yield f"{name} is not editable"
    if isinstance(each.most, bool) or not isinstance(each.most, int) or each.most < 1:
        yield f"most must be a whole number from 1, not {each.most!r}"
    if any(_result(each.reached, run).size != 1 for run in runs):
        yield "reached must give one truth, such as (A[1] > 0.9).all()"


def _result(formula: Formula, run: Run) -> np.ndarray:
    return practice.value(practice.program(formula, run.arrays, run.arithmetic == "hand"))


def _texts(lesson: Lesson, text: Narration, file: str) -> Iterator[Problem]:
    """Sentences that are missing, or that nothing asks for."""
    needed = list(practice.texts(lesson.practice))
    line = min((n for key, n in text.lines.items() if key.startswith(f"{PRACTICE} ")), default=0)
    if missing := [id for id in needed if id not in text.practice]:
        told = f"{PRACTICE} has no sentence for {', '.join(missing)}"
        yield Problem(told, file, line, stops=False)
    if not text.can:
        yield Problem(f"{PRACTICE} has no `- {CAN}: …`", file, line, stops=False)
    asked = {each.id for each in lesson.practice if isinstance(each, Predict)}
    for id in text.practice:
        if id not in needed and not (id.endswith("/why") and id.removesuffix("/why") in asked):
            told = f"{PRACTICE} tells of {id}, which the lesson does not declare"
            yield Problem(told, file, text.lines.get(f"{PRACTICE} {id}", 0), stops=False)
