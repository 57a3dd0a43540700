"""A lesson: plain NumPy with yields, run on traced arrays."""

import inspect
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, cast

import param

from explainer import layout, lines, narration, papers
from explainer.errors import NOT_UTF8, LessonError, LessonProblems, Problem
from explainer.matrix import ARITHMETICS, Matrix, Result
from explainer.papers import Shuffle
from explainer.picture import Picture
from explainer.practice import Practice
from explainer.steps import Mark, Step, new_names, planned, told, why, wrong, yielded_as
from explainer.steps import Steps as Steps  # of what a lesson's steps are, for whoever types them
from explainer.trace import Graph, Traced, given
from explainer.trace.feeds import Array


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
    practice: ClassVar[tuple[Practice, ...]] = ()
    shuffles: ClassVar[tuple[Shuffle, ...]] = ()
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

    def rules(
        self, hand: Mapping[str, Array], exact: Mapping[str, Array]
    ) -> Iterator[tuple[str, float]]:
        """What makes the lesson's numbers good, each with how far they are from it; 0 is kept.

        hand, exact: the arrays of both arithmetics, `hand["S"]`. Searches, tests and
        `explainer check` hold every paper to these; a lesson without rules yields none.
        """
        yield from ()

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
    def mistake(
        cls, text: str, name: str = "", row: str = "", stops: bool = True, below: int = 0
    ) -> Problem:
        """What is wrong, and where: with what the class calls `name`, in its row with `row`.

        What the class does not have is told with the line of the class itself.
        """
        source = cls.source()
        found = lines.of_names(source, cls.__name__)
        line = found.get(name) or found.get(cls.__name__, 0)
        if name in found and row:
            line = lines.of_row(source, line, row)
        return Problem(text, source.name, line + below if name in found else line, stops)

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
        marks: list[Mark] = []
        others: dict[str, Any] = {}
        steps = self._begun(traced)
        for yielded in told(steps, self.source()):
            frame: Any = getattr(steps, "gi_frame", None)
            line = frame.f_lineno if frame else 0
            try:
                step_id, extra = yielded_as(yielded)
                new = new_names(steps, graph, names, step_id)
            except LessonError as error:
                raise LessonProblems(Problem(str(error), self.source().name, line)) from None
            others |= inspect.getgeneratorlocals(steps)
            names.update(new)
            marks.append(Mark(step_id, tuple(new), tuple(extra.split()), len(graph.nodes), line))
        for name, number in names.items():
            graph.nodes[number].name = name
        return Run(self, arithmetic, graph, names, self._placed(marks, graph, names, others))

    def _begun(self, traced: Mapping[str, Traced]) -> Steps:
        """The steps, about to begin; raises LessonError when they cannot."""
        try:
            inspect.signature(self.steps).bind(**traced)
        except (TypeError, ValueError) as error:
            takes = ", ".join(["self", *traced])
            text = f"steps must take the givens, as def steps({takes}): {error}"
            raise LessonProblems(self.mistake(text, "steps")) from error
        steps = self.steps(**traced)
        if not inspect.isgenerator(steps):
            raise LessonProblems(self.mistake("steps yields no step", "steps"))
        return cast(Steps, steps)

    def _placed(
        self,
        marks: list[Mark],
        graph: Graph,
        names: Mapping[str, int],
        others: Mapping[str, Any],
    ) -> tuple[Step, ...]:
        """The steps with the places that each reveals; raises LessonProblems with all mistakes."""
        if not marks:
            raise LessonProblems(self.mistake("the lesson yields no step", "steps"))
        try:
            plan = layout.parse(self.layout)
        except layout.Wrong as error:
            problem = self.mistake(str(error), "layout", error.place, below=error.below)
            raise LessonProblems(problem) from None
        problems = [Problem(text, self.source().name, line) for text, line in wrong(marks, plan)]
        for place in plan.places:
            name = layout.array_at(place)
            if name not in names:
                text = f"layout: no array is called {name}{why(name, others)}"
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
            return planned(plan, marks, graph, names)
        except LessonError as error:
            raise LessonProblems(self.mistake(str(error), "layout")) from None

    @classmethod
    def papers(cls) -> dict[str, Any]:
        """What the sheet says of papers, from the lesson's `papers.json`; empty without any.

        Raises LessonProblems for a file that is no list of givens.
        """
        sets: Any = []
        seeds: Any = {}
        path = cls.folder / "papers.json" if cls.folder is not None else None
        if path is not None and path.exists():
            try:
                held = json.loads(path.read_text(encoding="utf-8"))
                sets, seeds = held["sets"], held.get("seeds", {})
                return papers.form(sets, cls.shuffles, seeds, cls.own())
            except UnicodeDecodeError:
                raise LessonProblems(Problem(NOT_UTF8, path.name)) from None
            except OSError as error:
                told = f"cannot be read: {error.strerror}"
                raise LessonProblems(Problem(told, path.name)) from None
            except LessonError as error:
                raise LessonProblems(Problem(str(error), path.name)) from None
            except (ValueError, LookupError, TypeError, AttributeError) as error:
                told = f'must be {{"sets": [{{"X": [[…]]}}, …]}}: {error}'
                raise LessonProblems(Problem(told, path.name)) from None
        return papers.form(sets, cls.shuffles, seeds, cls.own())

    @classmethod
    def own(cls) -> dict[str, Array]:
        """The lesson's own numbers, by name."""
        return {name: matrix.default for name, matrix in cls.givens().items()}

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
