"""The lessons that there are: the shipped ones, and a teacher's own folders."""

import importlib.util
import inspect
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from explainer import paths, sheet
from explainer.errors import LessonError, LessonNotFound
from explainer.lesson import Lesson

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class _Entry:
    """One folder, as its files were when it was read: a lesson and its sheet, or a problem."""

    stamp: Stamp
    lesson: type[Lesson] | None = None
    sheet: dict[str, Any] | None = None
    problem: str = ""


class Catalog:
    """The lessons under some folders, read again whenever their files change.

    folders: more places to look in, after the shipped lessons; each is a folder of lessons, or
    a lesson itself. A lesson in a later folder stands in for one of the same id. Loading a
    lesson runs its Python code.
    """

    def __init__(self, folders: Sequence[Path] = (), *, shipped: bool = True) -> None:
        self._roots = [*([paths.lessons()] if shipped else []), *map(Path, folders)]
        self._entries: dict[Path, _Entry] = {}
        for folder in folders:
            if not Path(folder).is_dir():
                raise LessonError(f"the lessons folder {folder} is not there")

    def ids(self) -> list[str]:
        """The ids of the lessons that work, in learning order."""
        working = {i: e.lesson for i, (_, e) in self._read().items() if e.lesson is not None}
        return sorted(working, key=lambda i: (working[i].order, i))

    def problems(self) -> dict[str, str]:
        """One line for every lesson that does not work, by its folder's name."""
        return {folder.name: e.problem for folder, e in self._read().values() if e.problem}

    def lesson(self, id: str, **givens: Any) -> Lesson:
        """A lesson with its own numbers, or with others by name.

        Raises LessonNotFound, which lists the lessons that exist, and LessonError for a given
        that is not there or does not fit.
        """
        lesson = self._entry(id).lesson
        assert lesson is not None
        for name in givens:
            if name not in lesson.givens():
                raise LessonError(f"{id} has no given {name}; it has {', '.join(lesson.givens())}")
        return lesson(**givens)

    def sheet(self, id: str) -> dict[str, Any]:
        """The compiled sheet of a lesson; shared, so do not change it. Raises LessonNotFound."""
        compiled = self._entry(id).sheet
        assert compiled is not None
        return compiled

    def _entry(self, id: str) -> _Entry:
        _, entry = self._read().get(id, (None, None))
        if entry is None:
            raise LessonNotFound(f"there is no lesson {id!r}; there is {', '.join(self.ids())}")
        if entry.problem:
            raise LessonError(f"{id}: {entry.problem}")
        return entry

    def _read(self) -> dict[str, tuple[Path, _Entry]]:
        """Every folder with its entry by id, loading what is new or has changed."""
        found = {}
        for root in self._roots:
            candidates = [root] if (root / "lesson.py").is_file() else sorted(root.iterdir())
            for folder in candidates:
                if not (folder / "lesson.py").is_file():
                    continue
                stamp = _stamp(folder)
                entry = self._entries.get(folder)
                if entry is None or entry.stamp != stamp:
                    entry = self._entries[folder] = _load(folder, stamp)
                found[folder.name.replace("_", "-")] = (folder, entry)
        return found


def _stamp(folder: Path) -> Stamp:
    files = (path for path in sorted(folder.iterdir()) if path.suffix in (".py", ".md"))
    return tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files)


def _load(folder: Path, stamp: Stamp) -> _Entry:
    try:
        lesson = load(folder)
        return _Entry(stamp, lesson, sheet.compile(lesson()))
    except LessonError as error:
        return _Entry(stamp, problem=" ".join(str(error).split()))


def load(folder: Path) -> type[Lesson]:
    """The lesson class of a folder's `lesson.py`.

    Raises LessonError with the line for whatever goes wrong while the file runs, and when it
    does not define exactly one lesson.
    """
    path = folder / "lesson.py"
    name = f"explainer_lesson_{folder.name}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        exec(compile(path.read_bytes(), str(path), "exec"), vars(module))
    except SyntaxError as error:
        raise LessonError(f"lesson.py line {error.lineno}: {error.msg}") from None
    except Exception as error:
        lines = [
            f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == str(path)
        ]
        where = f" line {lines[-1]}" if lines else ""
        raise LessonError(f"lesson.py{where}: {error}") from error
    lessons = [
        value
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, Lesson) and value.__module__ == name
    ]
    if len(lessons) != 1:
        raise LessonError(f"lesson.py must define one Lesson, not {len(lessons)}")
    lessons[0].folder = folder
    return lessons[0]


@cache
def _shipped() -> Catalog:
    return Catalog()


def lesson(id: str, **givens: Any) -> Lesson:
    """A shipped lesson, with its own numbers or with others by name; raises LessonNotFound."""
    return _shipped().lesson(id, **givens)
