"""The mistakes that people can make, each told in one line."""

from typing import Any


class ExplainerError(Exception):
    """A mistake that somebody can mend; `str()` is one clear line."""


class LessonError(ExplainerError):
    """A mistake in a lesson or in a number given to it."""


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
