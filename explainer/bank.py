"""A lesson's papers by plain NumPy, without a trace: a thousand of them in a second or two."""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

from explainer import papers
from explainer.lesson import Lesson
from explainer.matrix import ARITHMETICS
from explainer.trace.feeds import Array

Arrays = Mapping[str, Array]


class Bank:
    """The arrays that a lesson computes, for one paper after the other.

    The numbers are those that `Lesson.run` and a browser have, up to the last of their digits:
    operations of a lesson give what NumPy gives.
    """

    def __init__(self, lesson: Lesson) -> None:
        self.own = lesson.own()
        self.papers = lesson.papers()
        self._lesson = lesson
        self._words = {name for name, matrix in lesson.givens().items() if matrix.shown.words}

    def givens(self, paper: int, seed: int | None = None) -> dict[str, Array]:
        """The givens of a paper; seed: shuffled by this one, whatever the lesson says."""
        said = self.papers if seed is None else {**self.papers, "seeds": {str(paper): seed}}
        return papers.numbers(said, self.own, paper)

    def runs(self, givens: Arrays) -> dict[str, dict[str, Array]]:
        """All named arrays in each arithmetic, from some givens."""
        return {arithmetic: self.computed(givens, arithmetic) for arithmetic in ARITHMETICS}

    def computed(self, givens: Arrays, arithmetic: str) -> dict[str, Array]:
        """All named arrays in one arithmetic."""
        self._lesson.by_hand = arithmetic == "hand"
        steps = self._lesson.steps(
            **{
                name: array.astype(int) if name in self._words else array
                for name, array in givens.items()
            }
        )
        held: Mapping[str, Any] = {}
        with np.errstate(all="ignore"):  # what is not computed at all is a blank
            for _ in steps:
                held = inspect.getgeneratorlocals(steps)
        return {
            name: np.asarray(value, dtype=np.float64)
            for name, value in held.items()
            if isinstance(value, np.ndarray | np.generic) and not name.startswith("_")
        }


def told_by(formula: Callable[..., Any], arrays: Arrays, by_hand: bool) -> Array:
    """What a formula of a lesson's practice gives for some arrays."""
    given = {name: by_hand if name == "by_hand" else arrays[name] for name in _taken(formula)}
    with np.errstate(all="ignore"):
        return np.asarray(formula(**given), dtype=np.float64)


@cache
def _taken(formula: Callable[..., Any]) -> tuple[str, ...]:
    return tuple(inspect.signature(formula).parameters)
