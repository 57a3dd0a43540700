"""The mistakes that people can make, each told in one line."""

from dataclasses import dataclass
from typing import Any

NOT_UTF8 = "this is not UTF-8; have your editor save it as UTF-8"


class ExplainerError(Exception):
    """A mistake that somebody can mend; `str()` is one clear line."""


class LessonError(ExplainerError):
    """A mistake in a lesson or in a number given to it."""


@dataclass(frozen=True)
class Problem:
    """One thing that an author should mend, and where it stands.

    stops: that the lesson cannot be shown until it is mended.
    """

    text: str
    file: str = ""
    line: int = 0
    stops: bool = True

    def __str__(self) -> str:
        where = f"{self.file} line {self.line}" if self.line else self.file
        return " ".join(f"{where}: {self.text}".removeprefix(": ").split())


class LessonProblems(LessonError):
    """Mistakes in one lesson, with their places; `str()` is the first, and how many more."""

    def __init__(self, *problems: Problem) -> None:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(f"{problems[0]}{more}")
        self.problems = problems


class UnsupportedOperation(LessonError, TypeError):
    """A NumPy operation that a lesson uses and `explainer.trace` does not know."""


class LessonNotFound(LessonError):
    """A lesson was asked for that does not exist."""


class LiveError(ExplainerError):
    """A model, a prompt or a device that cannot be used.

    `code` and `details` are for whoever says it in another language.
    """

    def __init__(self, message: str, code: str, **details: Any) -> None:
        super().__init__(message)
        self.code = code
        self.details = details
