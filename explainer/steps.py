"""What the steps of a lesson bring: the author's own variables, at each yield."""

import inspect
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from explainer import layout, lines, parts
from explainer.errors import LessonError, LessonProblems, Problem
from explainer.trace import Graph, Traced

Steps = Generator[str | tuple[str, str], None, None]


@dataclass(frozen=True)
class Step:
    """A step's id, and the places of the layout (and unplaced names) that it reveals."""

    id: str
    shows: tuple[str, ...]


@dataclass(frozen=True)
class Mark:
    """What was there when a step was yielded."""

    id: str
    new: tuple[str, ...]
    extra: tuple[str, ...]
    nodes: int
    line: int


def told(steps: Steps, source: Path) -> Steps:
    """The steps, with whatever goes wrong in the author's code told as a LessonError."""
    try:
        yield from steps
    except (KeyboardInterrupt, GeneratorExit, LessonProblems):
        raise
    except BaseException as error:  # a lesson that calls sys.exit ends no server
        raise located(error, source) from error


def located(error: BaseException, source: Path) -> LessonProblems:
    """An error in the author's code, with its line; one of ours is told in its own words."""
    if isinstance(error, LessonProblems):
        return error
    text = str(error) if isinstance(error, LessonError) else f"{type(error).__name__}: {error}"
    if isinstance(error, SystemExit):
        text = f"a lesson must not end the program (SystemExit: {error})"
    return LessonProblems(Problem(text, *lines.of_error(error, source)))


def yielded_as(yielded: Any) -> tuple[str, str]:
    """A step's id, and the names of further places."""
    if isinstance(yielded, str):
        return yielded, ""
    if isinstance(yielded, tuple) and len(yielded) == 2:
        step_id, extra = yielded
        if isinstance(step_id, str) and isinstance(extra, str):
            return step_id, extra
    raise LessonError(
        f'a step is its id, or its id and places, as yield "match", "Q\'"; not {yielded!r}'
    )


def wrong(marks: list[Mark], plan: layout.Layout) -> Iterator[tuple[str, int]]:
    """What is wrong with the steps themselves, and in which line."""
    ids = [mark.id for mark in marks]
    for number, mark in enumerate(marks, 1):
        if problem := parts.wrong(ids[:number]):
            yield problem, mark.line
            break
    for mark in marks:
        if strange := [place for place in mark.extra if place not in plan.places]:
            told = f"step {mark.id}: the layout has no place {' or '.join(strange)}"
            yield told, mark.line


def why(name: str, others: Mapping[str, Any]) -> str:
    """Why a name that the lesson has is no array, where it can be told."""
    if name not in others:
        known = [other for other, value in others.items() if isinstance(value, Traced)]
        near = get_close_matches(name, known, 1, 0.5)
        return f"; is it {near[0]}?" if near else "; what is to be shown is there at a yield"
    value = others[name]
    if name.startswith("_"):
        return ": a name that begins with _ stays private"
    if isinstance(value, list | tuple | dict):
        return f": {name} is a {type(value).__name__}; give each array its own name"
    return f": {name} is computed from no given; declare it as a Matrix"


def new_names(steps: Steps, graph: Graph, names: Mapping[str, int], step: str) -> dict[str, int]:
    """The author's variables that hold an array since this step, in order of computation.

    A name with a leading underscore stays private: its value is folded into later formulas.
    """
    held = {
        name: value.number
        for name, value in inspect.getgeneratorlocals(steps).items()
        if isinstance(value, Traced) and value.graph is graph and not name.startswith("_")
    }
    new = {name: number for name, number in held.items() if names.get(name) != number}
    called = {number: name for name, number in names.items()}
    for name, number in new.items():
        if name in names:
            raise LessonError(f"step {step}: {name} is given a second array; use a new name")
        if called.setdefault(number, name) != name:
            raise LessonError(
                f"step {step}: {name} is the same array as {called[number]}; write .copy()"
            )
    return dict(sorted(new.items(), key=lambda item: item[1]))


def planned(
    plan: layout.Layout, marks: list[Mark], graph: Graph, names: Mapping[str, int]
) -> tuple[Step, ...]:
    """The steps with the places that each reveals, copies included."""
    arrivals = {place: _arrival(place, marks, graph, names) for place in plan.copies}
    late = {place for mark in marks[1:] for place in mark.extra if place in marks[0].new}
    return tuple(
        Step(
            mark.id,
            (
                *(p for p in plan.copies if arrivals[p] == number),
                *(name for name in mark.new if number or name not in late),
                *(p for p in mark.extra if p not in arrivals),
            ),
        )
        for number, mark in enumerate(marks)
    )


def _arrival(place: str, marks: list[Mark], graph: Graph, names: Mapping[str, int]) -> int:
    """The step in which a copy arrives: the one that names it, or the first later use."""
    name = layout.array_at(place)
    born = next(number for number, mark in enumerate(marks) if name in mark.new)
    for number, mark in enumerate(marks):
        if place in mark.extra:
            return number
    for number in range(born + 1, len(marks)):
        made = graph.nodes[marks[number - 1].nodes : marks[number].nodes]
        if any(names[name] in node.inputs for node in made):
            return number
    raise LessonError(f"layout: no step after {marks[born].id} uses the copy {place}")
