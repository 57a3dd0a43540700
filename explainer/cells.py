"""Cells of an array as an author writes them: `S[1,2]`, a column `A[:,2]`, or all of `r`."""

import re
from collections.abc import Sequence

import numpy as np

from explainer.errors import LessonError

_CELLS = re.compile(r"\s*(\w+)\s*(?:\[([-\d:,\s]+)\])?\s*")
_ITEM = re.compile(r"(-?\d*)(:(-?\d*))?")


def named(text: str) -> str:
    """The array that cells are of; raises LessonError when it cannot be read."""
    return _read(text)[0]


def flat(text: str, shape: Sequence[int]) -> list[int]:
    """The flat indices, in C order, of the cells that a text names in an array of a shape.

    Raises LessonError for what is no such text, or is not in the array.
    """
    name, index = _read(text)
    places = np.arange(int(np.prod(shape))).reshape(tuple(shape))
    try:
        found = places[tuple(_item(item) for item in index.split(","))] if index else places
    except (IndexError, ValueError):
        size = "×".join(map(str, shape)) or "a single number"
        raise LessonError(f"{text} is not there: {name} is {size}") from None
    cells = [int(cell) for cell in np.ravel(found)]
    if not cells:
        raise LessonError(f"{text} names no cell")
    return cells


def _read(text: str) -> tuple[str, str]:
    match = _CELLS.fullmatch(text)
    if match is None:
        raise LessonError(f"{text!r} names no cells; write S[1,2], A[:,2] or r")
    return match[1], match[2] or ""


def _item(text: str) -> int | slice:
    match = _ITEM.fullmatch(text.strip())
    if match is None or not text.strip():
        raise ValueError(text)
    if match[2] is None:
        return int(match[1])
    start, stop = (int(end) if end else None for end in (match[1], match[3]))
    return slice(start, stop)
