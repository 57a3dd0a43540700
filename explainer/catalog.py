"""The lessons that there are: the shipped ones, and a teacher's own folders."""

import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from explainer import lines, papers, paths
from explainer.apart import Job, warm
from explainer.errors import LessonError, LessonNotFound, LessonProblems, Problem
from explainer.lesson import Lesson
from explainer.loading import Loaded, at, id_of, load, loaded, spelled

Stamp = tuple[tuple[str, int, int], ...]
PATIENCE = 0.5  # seconds for which a server stands still when an author's files have changed
STARTING = 10.0  # seconds, before it serves anybody
PENDING = Problem("it is still being computed", "lesson.py")


@dataclass
class _Entry:
    """One folder, as its files were when it was read; `last` is the last sheet that was one."""

    folder: Path
    stamp: Stamp
    loaded: Loaded
    own: bool
    job: Job | None = None
    last: dict[str, Any] | None = None

    @property
    def problem(self) -> str:
        """Why the lesson cannot be shown, in one line; empty if it can."""
        stopping = [problem for problem in self.loaded.problems if problem.stops]
        return str(LessonProblems(*stopping)) if stopping else ""

    def take(self, found: Loaded | None) -> None:
        """Take what was loaded, if it is there."""
        if found is not None:
            self.job, self.loaded = None, found
            self.last = found.sheet or self.last


class Catalog:
    """The lessons under some folders, read again whenever their files change.

    folders: more places to look in, after the shipped lessons; each is a folder of lessons, or
    a lesson itself. A lesson in a later folder stands in for one of the same id. Loading a
    lesson runs its Python code: that of the shipped ones here, that of others in a process apart.
    patience: how many seconds a look at the lessons may wait for all such processes together;
    None waits until they end. Whatever takes longer is told as PENDING until it has ended.
    """

    def __init__(
        self, folders: Sequence[Path] = (), *, shipped: bool = True, patience: float | None = None
    ) -> None:
        self._shipped = [paths.lessons()] if shipped else []
        self._own = [at(Path(folder)) for folder in folders]
        self._patience = patience
        self._entries: dict[Path, _Entry] = {}
        self._awaited = False  # whether something has begun to be loaded since the last look
        for folder in self._own:
            if not folder.is_dir():
                raise LessonError(f"the lessons folder {spelled(folder)} is not there")
        if self._own:
            warm()

    def begin(self) -> None:
        """Load what there is, while nobody waits for an answer yet."""
        self._read(STARTING)

    def ids(self) -> list[str]:
        """The ids of the lessons that can be shown, in learning order."""
        working = {i: e.loaded.sheet for i, e in self._read().items() if e.loaded.sheet is not None}
        return sorted(working, key=lambda i: (working[i]["order"], i))

    def broken(self) -> dict[str, str]:
        """One line for every lesson that cannot be shown, by id."""
        return {id: entry.problem for id, entry in self._read().items() if entry.problem}

    def problems(self) -> dict[str, str]:
        """One line for every lesson that cannot be shown, by its folder's name."""
        return {spelled(e.folder): e.problem for e in self._read().values() if e.problem}

    def known(self, id: str) -> bool:
        """Whether there is a lesson of that id, even one that cannot be shown."""
        return id in self._read()

    def there(self) -> set[str]:
        """The ids of all lessons, working or not, by their folders alone: none is loaded."""
        return {id_of(f) for root in (*self._shipped, *self._own) for f in _lessons(root)}

    def check(
        self, others: Collection[str] = (), ids: Collection[str] = ()
    ) -> dict[str, list[Problem]]:
        """All that an author should mend, by id, on every paper, of some lessons or of all.

        others: ids of lessons elsewhere, which these may build on.
        """
        there = self.there() | set(others)
        entries = self._read()
        return {
            id: [*_on_papers(entries[id]), *_needs(entries[id], there)] for id in ids or entries
        }

    def stopping(self, id: str) -> list[Problem]:
        """What keeps a lesson from being shown; raises LessonNotFound."""
        return [problem for problem in self._entry(id).loaded.problems if problem.stops]

    def last(self, id: str) -> dict[str, Any] | None:
        """The last sheet of a lesson that could be shown, as it is or before it broke."""
        return self._entry(id).last

    def version(self, id: str) -> str | None:
        """A word that changes when a lesson of an author's own does; None for a shipped one."""
        entry = self._read().get(id)
        if entry is None or not entry.own:
            return None
        newest = max((changed for _, changed, _ in entry.stamp), default=0)
        return f"{newest}-{len(entry.stamp)}-{'pending' if entry.job else 'read'}"

    def lesson(self, id: str, paper: int = 0, **givens: Any) -> Lesson:
        """A lesson with a paper's numbers, or with others by name; its code runs here.

        paper: 0, the lesson's own numbers, to 999. Raises LessonNotFound, which lists the lessons
        that exist, and LessonError for a paper or a given that is not there or does not fit.
        """
        lesson = load(self._working(id).folder)
        for name in givens:
            if name not in lesson.givens():
                raise LessonError(f"{id} has no given {name}; it has {', '.join(lesson.givens())}")
        return lesson(**papers.numbers(lesson.papers(), lesson.own(), paper) | givens)

    def sheet(self, id: str) -> dict[str, Any]:
        """The compiled sheet of a lesson; shared, so do not change it. Raises LessonNotFound."""
        compiled = self._working(id).loaded.sheet
        assert compiled is not None
        return compiled

    def _working(self, id: str) -> _Entry:
        entry = self._entry(id)
        if entry.problem:
            raise LessonError(f"{id}: {entry.problem}")
        return entry

    def _entry(self, id: str) -> _Entry:
        entry = self._read().get(id.replace("_", "-"))
        if entry is None:
            raise LessonNotFound(f"there is no lesson {id!r}; there is {', '.join(self.ids())}")
        return entry

    def _read(self, patience: float | None = None) -> dict[str, _Entry]:
        """Every folder's entry by id, loading what is new or has changed."""
        groups = [
            [self._current(folder, own) for folder in _lessons(root)]
            for own, roots in ((False, self._shipped), (True, self._own))
            for root in roots
        ]
        self._settle([entry for group in groups for entry in group], patience or self._patience)
        found: dict[str, _Entry] = {}
        for group in groups:
            here: dict[str, _Entry] = {}
            for entry in group:
                id = id_of(Path(spelled(entry.folder)))
                if id in here:
                    told = f"{spelled(here[id].folder)} and {spelled(entry.folder)} are one lesson"
                    entry = replace(entry, loaded=Loaded(None, (Problem(told),)))
                here[id] = entry
            found |= here
        return found

    def _current(self, folder: Path, own: bool) -> _Entry:
        """The entry of a folder; a new one, being loaded, if its files are not as they were."""
        stamp = _stamp(folder)
        entry = self._entries.get(folder)
        if entry is None or entry.stamp != stamp:
            last = entry.last if entry else None
            entry = _Entry(folder, stamp, Loaded(None, (PENDING,)), own, None, last)
            self._entries[folder] = entry
            if own:
                entry.job = Job(folder)
                self._awaited = True
            else:
                entry.take(loaded(folder))
        return entry

    def _settle(self, entries: Sequence[_Entry], patience: float | None) -> None:
        """Take what has been loaded; a look that has begun something waits for it, within limits.

        Later looks do not wait once more.
        """
        until = None if patience is None else time.monotonic() + patience * self._awaited
        self._awaited = False
        for entry in entries:
            if entry.job is not None:
                left = None if until is None else max(0.0, until - time.monotonic())
                entry.take(entry.job.result(left))


def _on_papers(entry: _Entry) -> tuple[Problem, ...]:
    """What is wrong with a lesson, and with its papers where it can be shown at all."""
    if entry.loaded.sheet is None:
        return entry.loaded.problems
    if not entry.own:
        return loaded(entry.folder, all_papers=True).problems
    found = Job(entry.folder, all_papers=True).result()
    return found.problems if found else ()


def _needs(entry: _Entry, there: Collection[str]) -> Iterator[Problem]:
    """The lessons that a lesson builds on, and that are not there."""
    for need in entry.loaded.sheet["needs"] if entry.loaded.sheet else ():
        if need not in there:
            near = get_close_matches(need, there, 1)
            told = f"needs {need}, and there is no lesson of that name"
            line = lines.of_names(entry.folder / "lesson.py").get("needs", 0)
            hint = f"; is it {near[0]}?" if near else ""
            yield Problem(told + hint, "lesson.py", line, stops=False)


def _lessons(root: Path) -> list[Path]:
    """The folders of lessons in a folder, or the folder itself if it is a lesson."""
    if _is_lesson(root):
        return [root.resolve()]
    try:
        return [folder for folder in sorted(root.iterdir()) if _is_lesson(folder)]
    except OSError:
        return []  # it has gone, or may not be read: there are no lessons in it now


def _is_lesson(folder: Path) -> bool:
    """Whether a folder is one of a lesson, or would be if its lesson.py were there."""
    return (folder / "lesson.py").exists() or any(folder.glob("[a-z][a-z].md"))


def _stamp(folder: Path) -> Stamp:
    try:
        files = [
            path for path in sorted(folder.iterdir()) if path.suffix in (".py", ".md", ".json")
        ]
        return tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files)
    except OSError:
        return ()  # a file went just now; the next look sees what is there


@cache
def _all_shipped() -> Catalog:
    return Catalog()


def lesson(id: str, paper: int = 0, **givens: Any) -> Lesson:
    """A shipped lesson, with a paper's numbers or with others by name; raises LessonNotFound."""
    return _all_shipped().lesson(id, paper, **givens)
