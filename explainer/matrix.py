"""The matrices that a lesson declares: given ones, and how computed ones are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import param

from explainer.errors import LessonError
from explainer.trace.feeds import Array

ARITHMETICS = ("hand", "exact")
ROLES = (
    "feature query key value score scaled softmax attention output weight gradient plain".split()
)
LARGEST = 1_000_000.0
MOST_DIGITS = 12


@dataclass(frozen=True)
class Result:
    """How a computed array is shown: declare it on the lesson, under the variable's name.

    label: `K^T Q` and `W_{QK}` give super- and subscripts; one text, or one for each of "hand"
    and "exact". role: one of ROLES, which is its colour in every lesson. rows, columns: their
    labels, as a list or as words in one string. digits: decimals by hand (exact shows two at
    least). words: a vocabulary; the numbers count into it from 0 and are shown as its words.
    updates: the weight whose new value this is; old and new are shown together.
    """

    label: str | Mapping[str, str] | None = None
    role: str = "plain"
    rows: str | Sequence[str] = ()
    columns: str | Sequence[str] = ()
    digits: int = 1
    words: str | Sequence[str] = ()
    updates: str | None = None

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise LessonError(f"role {self.role!r} is none of {', '.join(ROLES)}")
        for name in ("rows", "columns", "words"):
            value = getattr(self, name)
            if not isinstance(value, str) and not (
                isinstance(value, Sequence) and all(isinstance(word, str) for word in value)
            ):
                raise LessonError(f'{name} must be words, as "x1 x2" or a list, not {value!r}')
        labels = self.label.values() if isinstance(self.label, Mapping) else [self.label]
        if not all(label is None or isinstance(label, str) for label in labels):
            raise LessonError(f"label must be a text, not {self.label!r}")
        if isinstance(self.label, Mapping) and set(self.label) - set(ARITHMETICS):
            raise LessonError(f"label has {', '.join(map(str, self.label))}, not hand and exact")
        if isinstance(self.digits, bool) or self.digits not in range(MOST_DIGITS + 1):
            raise LessonError(f"digits must be from 0 to {MOST_DIGITS}, not {self.digits!r}")
        if not (self.updates is None or isinstance(self.updates, str)):
            raise LessonError(f"updates must be the name of an array, not {self.updates!r}")

    def labels(self, name: str) -> dict[str, str]:
        """The label in each arithmetic; an array without one is called by its variable."""
        if isinstance(self.label, Mapping):
            return {arithmetic: self.label.get(arithmetic, name) for arithmetic in ARITHMETICS}
        return dict.fromkeys(ARITHMETICS, self.label or name)


class Matrix(param.Parameter):  # type: ignore[type-arg]  # generic only in its stubs
    """A given matrix: a parameter that holds a checked float64 array of a fixed shape.

    Takes nested lists of one or two dimensions; label, role, rows, columns, digits and words are
    those of `Result`. With words, every cell is one of them, or a whole number that counts into
    them.
    Setting it raises LessonError (which names the matrix) when rows are ragged, the shape is
    another, or a number is missing, infinite or beyond `bounds`.
    """

    __slots__ = ["bounds", "editable", "shown"]

    def __init__(
        self,
        default: Any,
        *,
        label: str | None = None,
        role: str = "plain",
        rows: str | Sequence[str] = (),
        columns: str | Sequence[str] = (),
        digits: int = 1,
        words: str | Sequence[str] = (),
        bounds: tuple[float, float] = (-LARGEST, LARGEST),
        editable: bool = True,
        doc: str | None = None,
    ) -> None:
        self.shown = Result(label, role, rows, columns, digits, words)
        self.bounds = (0.0, len(listed(words)) - 1.0) if words else bounds
        self.editable = editable
        super().__init__(default=self._checked(default), doc=doc)

    def __set__(self, obj: Any, value: Any) -> None:
        try:
            array = self._checked(value, self.default.shape)
        except LessonError as error:
            raise LessonError(f"{self.name}: {error}") from None
        super().__set__(obj, array)

    def _checked(self, value: Any, shape: tuple[int, ...] | None = None) -> Array:
        if self.shown.words:
            value = _places(value, listed(self.shown.words))
        array = checked(value, self.bounds, shape)
        if self.shown.words and (array != np.round(array)).any():
            raise LessonError("every cell must be a whole number, the place of a word")
        return array


def listed(words: str | Sequence[str]) -> list[str]:
    """Labels or words as a list; one string holds them between spaces."""
    return words.split() if isinstance(words, str) else list(words)


def _places(value: Any, words: Sequence[str], *, within: bool = False) -> Any:
    """Words as their places in the vocabulary, nested as they are; numbers stay."""
    if isinstance(value, str) and not within:
        value = value.split()
    if isinstance(value, list | tuple):
        return [_places(item, words, within=True) for item in value]
    if isinstance(value, str):
        if value not in words:
            raise LessonError(f"{value!r} is none of its words, {' '.join(words)}")
        return words.index(value)
    return value


def checked(value: Any, bounds: tuple[float, float], shape: tuple[int, ...] | None = None) -> Array:
    """A read-only float64 array of the value, which must be finite and within bounds.

    Raises LessonError that says which row is ragged, which shape was expected, or which cell
    is wrong (rows and columns counted from 1, as a reader of the sheet counts).
    """
    if isinstance(value, list | tuple) and any(isinstance(row, list | tuple) for row in value):
        lengths = [len(row) if isinstance(row, list | tuple) else 1 for row in value]
        for number, length in enumerate(lengths, 1):
            if length != lengths[0]:
                raise LessonError(f"row {number} has {length} numbers, row 1 has {lengths[0]}")
    try:
        array = np.array(value, dtype=np.float64)
    except OverflowError:  # of a whole number with hundreds of digits
        raise LessonError("a cell is a larger number than a computer can hold") from None
    except (ValueError, TypeError) as error:
        raise LessonError("every cell must be a number") from error
    if shape is not None and array.shape != shape:
        wanted, got = ("×".join(map(str, s)) or "a single number" for s in (shape, array.shape))
        raise LessonError(f"the shape must be {wanted}, not {got}")
    if shape is None and (array.ndim not in (1, 2) or not array.size):
        raise LessonError("a given matrix has one or two dimensions and at least one cell")
    low, high = bounds
    for index in np.argwhere(~np.isfinite(array) | (array < low) | (array > high)):
        place = " column ".join(str(i + 1) for i in index)
        raise LessonError(
            f"row {place}: {array[tuple(index)]:g} is not a number from {low:,.0f} to {high:,.0f}"
        )
    array.flags.writeable = False
    return array
