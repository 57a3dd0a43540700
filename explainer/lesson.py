"""A lesson: plain NumPy with yields, run on traced arrays."""

import inspect
import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, cast

import param

from explainer import layout, lines, narration, parts
from explainer.errors import LessonError, LessonProblems, Problem
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

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        for name, value in vars(cls).items():
            if isinstance(value, Matrix | Result) and hasattr(Lesson, name):
                raise LessonError(
                    f"{name} means something in every lesson; give the array another name"
                )

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

    @classmethod
    def source(cls) -> Path:
        """The file that the lesson's steps are written in."""
        code = getattr(inspect.unwrap(cls.steps), "__code__", None)
        return Path(code.co_filename if code else "lesson.py")

    @classmethod
    def mistake(cls, text: str, name: str = "", row: str = "", stops: bool = True) -> Problem:
        """What is wrong, and where: with what the class calls `name`, in its row with `row`."""
        source = cls.source()
        line = lines.of_names(source, cls.__name__).get(name, 0)
        if line and row:
            line = lines.of_row(source, line, row)
        return Problem(text, source.name, line, stops)

    def run(self, arithmetic: str = "hand") -> Run:
        """Compute the lesson "hand" or "exact".

        Raises LessonError, with the author's line, when the lesson uses an operation that cannot
        be traced, gives one name to two arrays, or has a layout that names nothing.
        """
        if arithmetic not in ARITHMETICS:
            raise LessonError(f"arithmetic {arithmetic!r} is none of {', '.join(ARITHMETICS)}")
        self.by_hand = arithmetic == "hand"
        graph = Graph()
        traced = {
            name: given(graph, name, getattr(self, name), int if matrix.shown.words else float)
            for name, matrix in self.givens().items()
        }
        names: dict[str, int] = {}
        marks: list[_Mark] = []
        others: dict[str, Any] = {}
        steps = self._begun(traced)
        for yielded in _told(steps, self.source()):
            frame: Any = getattr(steps, "gi_frame", None)
            line = frame.f_lineno if frame else 0
            try:
                step_id, extra = _step(yielded)
                new = _new_names(steps, graph, names, step_id)
            except LessonError as error:
                raise LessonProblems(Problem(str(error), self.source().name, line)) from None
            others |= inspect.getgeneratorlocals(steps)
            names.update(new)
            marks.append(_Mark(step_id, tuple(new), tuple(extra.split()), len(graph.nodes), line))
        for name, number in names.items():
            graph.nodes[number].name = name
        return Run(self, arithmetic, graph, names, self._placed(marks, graph, names, others))

    def _begun(self, traced: Mapping[str, Traced]) -> Steps:
        """The steps, about to begin; raises LessonError when they cannot."""
        try:
            inspect.signature(self.steps).bind(**traced)
        except (TypeError, ValueError) as error:
            text = f"steps must take the givens {', '.join(traced)}: {error}"
            raise LessonProblems(self.mistake(text, "steps")) from error
        steps = self.steps(**traced)
        if not inspect.isgenerator(steps):
            raise LessonProblems(self.mistake("steps yields no step", "steps"))
        return cast(Steps, steps)

    def _placed(
        self,
        marks: "list[_Mark]",
        graph: Graph,
        names: Mapping[str, int],
        others: Mapping[str, Any],
    ) -> tuple[Step, ...]:
        """The steps with the places that each reveals; raises LessonProblems with all mistakes."""
        if not marks:
            raise LessonProblems(self.mistake("the lesson yields no step", "steps"))
        try:
            plan = layout.parse(self.layout)
        except LessonError as error:
            found = re.search(r"(?:places of|layout:) ([\w']+) (?:are|is)", str(error))
            row = found[1] if found else ""
            raise LessonProblems(self.mistake(str(error), "layout", row)) from None
        problems = [Problem(wrong, self.source().name, line) for wrong, line in _wrong(marks, plan)]
        for place in plan.places:
            name = layout.array_at(place)
            if name not in names:
                text = f"layout: no array is called {name}{_why(name, others)}"
            elif (dimensions := graph.nodes[names[name]].value.ndim) > 2:
                text = (
                    f"layout: {name} has {dimensions} dimensions, and a sheet draws two; "
                    f"give its parts names, such as {name}1 = {name}[0]"
                )
            else:
                continue
            problems.append(self.mistake(text, "layout", place))
        if problems:
            raise LessonProblems(*problems)
        try:
            return _steps(plan, marks, graph, names)
        except LessonError as error:
            raise LessonProblems(self.mistake(str(error), "layout")) from None

    def texts(self) -> dict[str, narration.Narration]:
        """The narration by language, read from the lesson's folder; empty without one."""
        if self.folder is None:
            return {}
        found: dict[str, narration.Narration] = {}
        problems: list[Problem] = []
        for path in sorted(self.folder.glob("[a-z][a-z].md")):
            try:
                found[path.stem] = narration.read(path)
            except LessonProblems as error:
                problems += error.problems
        if problems:
            raise LessonProblems(*problems)
        return found


@dataclass(frozen=True)
class _Mark:
    """What was there when a step was yielded."""

    id: str
    new: tuple[str, ...]
    extra: tuple[str, ...]
    nodes: int
    line: int


def _told(steps: Steps, source: Path) -> Steps:
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


def _step(yielded: Any) -> tuple[str, str]:
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


def _wrong(marks: list[_Mark], plan: layout.Layout) -> Iterator[tuple[str, int]]:
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


def _why(name: str, others: Mapping[str, Any]) -> str:
    """Why a name that the lesson has is no array, where it can be told."""
    if name not in others:
        return (
            f"; if it is computed, {name} must be there at a yield" if name.isidentifier() else ""
        )
    value = others[name]
    if name.startswith("_"):
        return ": a name that begins with _ stays private"
    if isinstance(value, list | tuple | dict):
        return f": {name} is a {type(value).__name__}; give each array its own name"
    return f": {name} is computed from no given; declare it as a Matrix"


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
    plan: layout.Layout, marks: list[_Mark], graph: Graph, names: Mapping[str, int]
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
