"""A lesson: plain NumPy with yields, run on traced arrays."""

import inspect
import re
import traceback
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import param

from explainer import layout, narration, parts
from explainer.errors import LessonError
from explainer.matrix import ARITHMETICS, Matrix, Result
from explainer.picture import Picture
from explainer.trace import Graph, Traced, given
from explainer.trace.feeds import Array

Steps = Generator[str | tuple[str, str], None, None]


@dataclass(frozen=True)
class Step:
    """A step's id, and the places of the layout (and unplaced names) that it reveals."""

    id: str
    shows: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """One lesson, computed in one arithmetic: the graph, the named arrays and the steps."""

    lesson: "Lesson"
    arithmetic: str
    graph: Graph
    names: Mapping[str, int]
    steps: tuple[Step, ...]

    def __getitem__(self, name: str) -> Array:
        """The numbers of a named array; KeyError lists the names."""
        if name not in self.names:
            raise KeyError(f"{name}; the arrays are {', '.join(self.names)}")
        return self.graph.nodes[self.names[name]].value

    @property
    def arrays(self) -> dict[str, Array]:
        """Every named array, in the order of computation."""
        return {name: self[name] for name in self.names}


class Lesson(param.Parameterized):
    """The base of every lesson: declare matrices and a layout, and compute in `steps`.

    `steps` takes the givens by name and yields a step's id after the lines that belong to it
    (or the id and the names of further places: a copy, or a given, that arrives only then).
    After `yield "align"`, `yield "align/chain"` is a second part of the same step. `steps` may
    ask `self.by_hand` whether to compute as on paper.
    """

    layout: ClassVar[str] = ""
    order: ClassVar[int] = 1000
    minutes: ClassVar[int] = 10
    needs: ClassVar[tuple[str, ...]] = ()
    pictures: ClassVar[tuple[Picture, ...]] = ()
    folder: ClassVar[Path | None] = None

    by_hand = param.Boolean(default=True, precedence=-1, doc="Compute as on paper, or exactly.")

    def steps(self, **givens: Any) -> Steps:
        """The lesson itself; every lesson writes its own."""
        raise NotImplementedError

    @classmethod
    def id(cls) -> str:
        """The lesson's name in addresses: its folder's, or its class's, in kebab-case."""
        if cls.folder is not None:
            return cls.folder.name.replace("_", "-")
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def givens(cls) -> dict[str, Matrix]:
        """The declared matrices by name, in the order of declaration."""
        declared = {n: p for n, p in cls.param.objects().items() if isinstance(p, Matrix)}
        order = [name for base in reversed(cls.__mro__) for name in vars(base)]
        return {name: declared[name] for name in dict.fromkeys(order) if name in declared}

    @classmethod
    def shown(cls, name: str) -> Result:
        """How an array is shown: as declared, or plainly."""
        givens = cls.givens()
        if name in givens:
            return givens[name].shown
        declared = inspect.getattr_static(cls, name, None)
        return declared if isinstance(declared, Result) else Result()

    def run(self, arithmetic: str = "hand") -> Run:
        """Compute the lesson "hand" or "exact".

        Raises LessonError when the lesson uses an operation that cannot be traced, gives one
        name to two arrays, or has a layout that names nothing.
        """
        if arithmetic not in ARITHMETICS:
            raise LessonError(f"arithmetic {arithmetic!r} is none of {', '.join(ARITHMETICS)}")
        self.by_hand = arithmetic == "hand"
        graph = Graph()
        traced = {name: given(graph, name, getattr(self, name)) for name in self.givens()}
        names: dict[str, int] = {}
        marks: list[_Mark] = []
        try:
            steps = self.steps(**traced)
        except TypeError as error:
            raise LessonError(f"steps must take the givens {', '.join(traced)}: {error}") from error
        for yielded in _told(steps):
            step_id, extra = (yielded, "") if isinstance(yielded, str) else yielded
            new = _new_names(steps, graph, names, step_id)
            names.update(new)
            marks.append(_Mark(step_id, tuple(new), tuple(extra.split()), len(graph.nodes)))
        for name, number in names.items():
            graph.nodes[number].name = name
        return Run(self, arithmetic, graph, names, _steps(self.layout, marks, graph, names))

    def texts(self) -> dict[str, narration.Narration]:
        """The narration by language, read from the lesson's folder; empty without one."""
        if self.folder is None:
            return {}
        return {path.stem: narration.read(path) for path in sorted(self.folder.glob("??.md"))}

    def check(self) -> list[str]:
        """What an author should mend, one line each: computation, layout, texts; empty is fine."""
        try:
            runs = [self.run(arithmetic) for arithmetic in ARITHMETICS]
            texts = self.texts()
        except LessonError as error:
            return [str(error)]
        hand, exact = runs
        problems = []
        if [s.id for s in hand.steps] != [s.id for s in exact.steps]:
            problems.append("by hand and exact have different steps")
        shapes = [{name: array.shape for name, array in run.arrays.items()} for run in runs]
        for name in sorted(set(shapes[0]) | set(shapes[1])):
            if shapes[0].get(name) != shapes[1].get(name):
                problems.append(f"{name} differs in shape between by hand and exact")
        problems += _loose_ends(self, [step.id for step in hand.steps], shapes[0])
        if not texts:
            problems.append("there is no text: write en.md beside lesson.py")
        for language, text in texts.items():
            found = narration.check(text, [step.id for step in hand.steps], shapes[0])
            problems += [f"{language}.md: {problem}" for problem in found]
        return problems


def _loose_ends(lesson: Lesson, steps: Sequence[str], shapes: Mapping[str, Any]) -> list[str]:
    """What the lesson declares about arrays and steps that are not there."""
    declared = [name for name in dir(type(lesson)) if isinstance(getattr(lesson, name), Result)]
    problems = [
        f"{name} is declared, but never computed" for name in declared if name not in shapes
    ]
    for name in shapes:
        old = lesson.shown(name).updates
        if old is not None and shapes.get(old) != shapes[name]:
            problems.append(f"{name} updates {old}, which is no array of its shape")
    for picture in lesson.pictures:
        problems += [
            f"a picture shows {name}, which is no array"
            for name in picture.arrays
            if name not in shapes
        ]
        problems += [
            f"a picture stands in step {step}, which is not there"
            for step in picture.steps
            if step not in steps
        ]
    return problems


@dataclass(frozen=True)
class _Mark:
    """What was there when a step was yielded."""

    id: str
    new: tuple[str, ...]
    extra: tuple[str, ...]
    nodes: int


def _told(steps: Steps) -> Steps:
    """The steps, with whatever goes wrong in the author's code told as a LessonError."""
    try:
        yield from steps
    except LessonError:
        raise
    except Exception as error:
        line = traceback.extract_tb(error.__traceback__)[-1].lineno
        raise LessonError(f"line {line}: {type(error).__name__}: {error}") from error


def _new_names(steps: Steps, graph: Graph, names: Mapping[str, int], step: str) -> dict[str, int]:
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


def _steps(
    text: str, marks: list[_Mark], graph: Graph, names: Mapping[str, int]
) -> tuple[Step, ...]:
    """The steps with the places that each reveals, copies included."""
    plan = layout.parse(text)
    if problem := parts.wrong([mark.id for mark in marks]):
        raise LessonError(problem)
    if not marks:
        raise LessonError("the lesson yields no step")
    if missing := [p for p in plan.places if layout.array_at(p) not in names]:
        raise LessonError(f"layout: no array is called {' or '.join(missing)}")
    for mark in marks:
        if strange := [p for p in mark.extra if p not in plan.places]:
            raise LessonError(f"step {mark.id}: the layout has no place {' or '.join(strange)}")
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


def _arrival(place: str, marks: list[_Mark], graph: Graph, names: Mapping[str, int]) -> int:
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
