"""Papers: the same lesson with other numbers, for each pupil their own.

Paper 0 has the lesson's own numbers. Every other one takes a set of the lesson's bank, which was
searched for, and shuffles it: rows and columns that belong together (the features of X and of
the weights that meet them) move together, so that sums, ties and winners stay what they were.
`papers.js` is the twin: a paper has the same numbers in Python and in every browser.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from explainer.errors import LessonError
from explainer.trace.feeds import Array

LAST = 999
_AXIS = re.compile(r"(\w+)\.(rows|columns)")
_MASK = 0xFFFFFFFF


class Shuffle:
    """Axes of givens that are put into one new order together: `Shuffle("X.rows", "WQ.columns")`.

    Where they differ in length, the first ones move, as many as the shortest has; what follows
    (the column that meets a bias) stays.
    """

    def __init__(self, *axes: str) -> None:
        for axis in axes:
            if not _AXIS.fullmatch(axis):
                raise LessonError(f'an axis is "X.rows" or "X.columns", not {axis!r}')
        self.axes = axes


def numbers(papers: Mapping[str, Any], own: Mapping[str, Array], paper: int) -> dict[str, Array]:
    """The givens of a paper, from the lesson's own and what its sheet says of papers.

    papers: `{sets, shuffles, seeds}`; a set gives the flat numbers of some givens, by name.
    Raises LessonError for a paper that there is not.
    """
    checked(paper)
    found = {name: np.array(array, dtype=np.float64) for name, array in own.items()}
    if not paper:
        return found
    sets = papers.get("sets", [])
    if sets:
        for name, flat in sets[(paper - 1) % len(sets)].items():
            found[name] = np.array(flat, dtype=np.float64).reshape(found[name].shape)
    random = mulberry32(papers.get("seeds", {}).get(str(paper), paper))
    for axes in papers.get("shuffles", []):
        places = [(name, 0 if by == "rows" else 1) for name, by in map(_axis, axes)]
        count = min(found[name].shape[axis] for name, axis in places)
        order = shuffled(count, random)
        for name, axis in places:
            whole = [*order, *range(count, found[name].shape[axis])]
            found[name] = np.take(found[name], whole, axis=axis)
    return found


def checked(paper: Any) -> int:
    """A paper's number; raises LessonError for one that there is not."""
    if not isinstance(paper, int) or isinstance(paper, bool) or not 0 <= paper <= LAST:
        raise LessonError(f"a paper is a whole number from 0 to {LAST}, not {paper!r}")
    return paper


def mulberry32(seed: int) -> Callable[[], float]:
    """Numbers from 0 to 1 that a browser draws as well, from a seed of 32 bits.

    The generator is Tommy Ettinger's (public domain); it computes in whole numbers only.
    """
    state = seed & _MASK

    def draw() -> float:
        nonlocal state
        state = (state + 0x6D2B79F5) & _MASK
        t = ((state ^ (state >> 15)) * (state | 1)) & _MASK
        t ^= (t + (((t ^ (t >> 7)) * (t | 61)) & _MASK)) & _MASK
        return ((t ^ (t >> 14)) & _MASK) / 2**32

    return draw


def shuffled(count: int, random: Callable[[], float]) -> list[int]:
    """The numbers below `count` in a random order (Fisher and Yates)."""
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        other = int(random() * (last + 1))
        order[last], order[other] = order[other], order[last]
    return order


def form(
    sets: Sequence[Mapping[str, Any]],
    shuffles: Sequence[Shuffle],
    seeds: Mapping[str, int],
    own: Mapping[str, Array],
) -> dict[str, Any]:
    """What a sheet carries of papers; empty where there is but one.

    own: the lesson's givens. Raises LessonError when a set or a shuffle does not fit them.
    """
    if not sets and not shuffles:
        return {}
    for name, by in (_axis(axis) for shuffle in shuffles for axis in shuffle.axes):
        if name not in own or own[name].ndim != 2:
            raise LessonError(
                f"shuffles: {name}.{by}, and {name} is no given with rows and columns"
            )
    return {
        "sets": [_flat(each, own, number) for number, each in enumerate(sets, 1)],
        "shuffles": [list(shuffle.axes) for shuffle in shuffles],
        "seeds": dict(seeds),
    }


def _flat(given: Mapping[str, Any], own: Mapping[str, Array], number: int) -> dict[str, Any]:
    """One set of the bank, each array as a flat list."""
    flat = {}
    for name, array in given.items():
        numbers = np.array(array, dtype=np.float64)
        if name not in own or numbers.shape != own[name].shape:
            raise LessonError(
                f"set {number}: {name} is no given of the lesson, or of another shape"
            )
        flat[name] = [_short(value) for value in np.ravel(numbers).tolist()]
    return flat


def _short(number: float) -> float | int:
    return int(number) if number == int(number) else number


def _axis(text: str) -> tuple[str, str]:
    name, _, by = text.partition(".")
    return name, by
