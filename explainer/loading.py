"""A lesson's folder, read: its class, its sheet, and all that is wrong with it."""

import importlib.util
import inspect
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from explainer import checking, checking_papers, lines, sheet
from explainer.errors import NOT_UTF8, LessonProblems, Problem
from explainer.lesson import Lesson
from explainer.steps import located


@dataclass(frozen=True)
class Loaded:
    """A lesson's sheet, None where it cannot be shown, and its problems."""

    sheet: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()


def loaded(folder: Path, all_papers: bool = False) -> Loaded:
    """The sheet and the problems of a folder, whatever its files hold.

    all_papers: look at every paper too, which takes some seconds.
    """
    try:
        kind = load(folder)
        if problems := checking.declared(kind):
            return Loaded(None, tuple(problems))
        lesson = kind()
        found = checking.check(lesson)
        if found.stopping:
            return Loaded(None, tuple(found.problems))
        shown = sheet.of_checked(lesson, found)
        on_papers = checking_papers.check(lesson) if all_papers else []
        return Loaded(shown, (*found.problems, *on_papers))
    except KeyboardInterrupt:
        raise
    except LessonProblems as error:
        return Loaded(None, error.problems)
    except BaseException as error:  # whatever an author's code does, it ends no server
        told = located(error, folder / "lesson.py")
        return Loaded(None, told.problems)


def id_of(folder: Path) -> str:
    """The id of a folder's lesson: its name in kebab-case."""
    return folder.name.replace("_", "-")


def at(folder: Path) -> Path:
    """The folder, or the one of the same name in the other spelling, my-lesson or my_lesson."""
    for name in (folder.name.replace("-", "_"), folder.name.replace("_", "-")):
        other = folder.with_name(name) if name else folder
        if not folder.is_dir() and other.is_dir():
            return other
    return folder


def spelled(folder: Path) -> str:
    """A folder's name as it can be printed, whatever bytes it has."""
    return os.fsencode(folder.name).decode("utf-8", errors="replace")


def load(folder: Path) -> type[Lesson]:
    """The lesson class of a folder's `lesson.py`.

    Raises LessonProblems with the line for whatever goes wrong while the file runs, and when it
    does not define exactly one lesson.
    """
    if not checking.KEBAB.fullmatch(id_of(folder)):
        told = f"the folder {spelled(folder)!r} must be named as my-lesson or my_lesson are"
        raise LessonProblems(Problem(told))
    path = folder / "lesson.py"
    name = f"explainer_lesson_{folder.name}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        exec(compile(path.read_bytes(), str(path), "exec"), vars(module))
    except KeyboardInterrupt:
        raise
    except SyntaxError as error:
        raise LessonProblems(_unread(error, path)) from None
    except FileNotFoundError as error:
        if lines.of_error(error, path)[1]:
            raise located(error, path) from error
        raise LessonProblems(Problem("the file is missing", "lesson.py")) from None
    except BaseException as error:
        raise located(error, path) from error
    lessons = [
        value
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, Lesson) and value.__module__ == name
    ]
    if len(lessons) != 1:
        told = f"there must be one class of Lesson, as class MyLesson(Lesson), not {len(lessons)}"
        raise LessonProblems(Problem(told, "lesson.py"))
    lessons[0].folder = folder
    return lessons[0]


def _unread(error: SyntaxError, path: Path) -> Problem:
    """Why Python cannot read a file: what it says itself, or that this is not UTF-8."""
    undecided = error.lineno is None or "codec can't decode" in error.msg
    if undecided and (line := lines.of_byte(path.read_bytes())):
        return Problem(NOT_UTF8, path.name, line)
    return Problem(error.msg, path.name, error.lineno or 0)
