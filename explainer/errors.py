"""The mistakes that a lesson's author or user can make, each told in one line."""


class LessonError(Exception):
    """A mistake in a lesson or in a number given to it; `str()` is one clear line."""


class UnsupportedOperation(LessonError, TypeError):
    """A NumPy operation that a lesson uses and `explainer.trace` does not know."""


class LessonNotFound(LessonError):
    """A lesson was asked for that does not exist."""
