"""Search for papers of the transformer-block lesson that a person can finish by hand.

    python -m tests.search.transformer_block [SEED] [SETS]

A is fixed: every position reads itself and its right neighbour, each by half, and X is even, so
that Z is whole. All rows that W1 may have are tried on it at once, and four drawn of those that
make one digit, no zero, and a negative at one to three positions; then W2 in the same way. What
keeps every rule of the lesson goes into its bank. Thirty sets take some seconds.
"""

import itertools
from collections.abc import Iterator

import numpy as np

from explainer.rules import beyond
from explainer.trace.feeds import Array
from tests.search.banks import Set, fill

A = (np.eye(5) + np.roll(np.eye(5), 1, axis=0)) / 2
TRIES = 60


def rows(choices: str, terms: int) -> Array:
    """All rows of so many weights and a bias, of which two or three weights are not zero."""
    found = np.array(list(itertools.product(map(int, choices.split()), repeat=terms + 1)), float)
    return found[np.isin((found[:, :-1] != 0).sum(axis=1), (2, 3))]


FIRST, SECOND = rows("-1 0 1 2", 3), rows("-1 0 1", 4)


def with_ones(x: Array) -> Array:
    """The columns of x, each with a one below it."""
    return np.concatenate([x, np.ones((1, x.shape[1]))])


def layers(random: np.random.Generator, Z: Array) -> Iterator[tuple[Array, Array]]:
    """Pairs of layers whose numbers have one digit."""
    H = FIRST @ with_ones(Z)
    negative = (H < 0).sum(axis=1)
    fits = ((H >= -4) & (H <= 9) & (H != 0)).all(axis=1) & (negative >= 1) & (negative <= 3)
    first = FIRST[fits]
    if len(first) < 8:
        return
    for _ in range(TRIES):
        W1 = first[random.choice(len(first), 4, replace=False)]
        if beyond((W1[:, -1] != 0).sum(), 3, 3) or beyond((np.abs(W1) == 2).sum(), 1, 2):
            continue
        Y = SECOND @ with_ones(np.maximum(W1 @ with_ones(Z), 0))
        second = SECOND[(np.abs(Y) <= 9).all(axis=1)]
        if len(second) >= 6:
            yield W1, second[random.choice(len(second), 3, replace=False)]


def propose(random: np.random.Generator) -> Set | None:
    """A set that keeps most rules; None where there is none for the X that was drawn."""
    X = random.choice([0, 0, 2, 2, 4, -2], size=(3, 5)).astype(np.float64)
    if beyond((X == 0).sum(), 3, 5) or beyond((X < 0).sum(), 1, 2) or beyond(X @ A, -1, 4):
        return None
    return next(({"X": X, "W1": W1, "W2": W2} for W1, W2 in layers(random, X @ A)), None)


if __name__ == "__main__":
    fill("transformer-block", propose)
