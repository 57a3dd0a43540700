"""What the searches share: rules on small matrices, and climbing towards numbers that keep them."""

import sys
from collections.abc import Callable, Sequence

import numpy as np

from explainer.rules import alike as alike
from explainer.rules import beyond as beyond
from explainer.trace.feeds import Array

Draw = Callable[[np.random.Generator], list[Array]]


def climb(
    random: np.random.Generator,
    draw: Draw,
    penalty: Callable[..., float],
    choices: Sequence[Sequence[int]],
    steps: int,
    most: int = 3,
) -> tuple[float, list[Array]]:
    """One climb from a random start, at most `most` cells changed at a time.

    choices: the numbers that each matrix may hold. Returns (penalty, matrices).
    """
    numbers = draw(random)
    best = penalty(*numbers)
    for _ in range(steps):
        trial = [array.copy() for array in numbers]
        for _ in range(random.integers(1, most + 1)):
            which = random.integers(len(choices))
            trial[which].flat[random.integers(trial[which].size)] = random.choice(choices[which])
        reached = penalty(*trial)
        if reached <= best:
            best, numbers = reached, trial
    return best, numbers


def search(
    names: Sequence[str], climb: Callable[[np.random.Generator], tuple[float, list[Array]]]
) -> None:
    """Climb from the seed on the command line until every rule holds, and print the matrices."""
    random = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    best = 1.0
    while best >= 1:
        best, numbers = climb(random)
    for name, array in zip(names, numbers, strict=True):
        print(name, array.astype(int).tolist())
