"""Search for papers of the LoRA lesson that a person can finish by hand.

    python -m tests.search.lora [SEED] [SETS]

X, A and G come first, many at once, until every row of B moves by halves and the update by at
most 1. Of all rows that W may have, those are kept whose outputs have one digit before and after
the step, and four of them drawn. What keeps every rule of the lesson goes into its bank.
"""

import itertools
from collections.abc import Iterator
from functools import cache

import numpy as np

from explainer.rules import alike
from explainer.trace.feeds import Array
from tests.search.banks import Set, fill

SCALE, RATE = 2.0, 0.25
MANY, TRIES = 20_000, 40
ROWS = np.array(list(itertools.product([-1.0, 0, 1, 2], repeat=5)))
ROWS = ROWS[((ROWS < 0).sum(axis=1) <= 2) & ((ROWS == 0).sum(axis=1) <= 3)]
GRADIENTS = np.array(list(itertools.product([-1.0, 0, 1], repeat=3)))


def between(array: Array, low: float, high: float) -> Array:
    """Which rows have all their cells in a range."""
    return ((array >= low) & (array <= high)).all(axis=-1)


def squeezed(random: np.random.Generator) -> Iterator[tuple[Array, Array]]:
    """X (5, 3) and A (2, 5) whose product is small."""
    while True:
        X = random.choice([0.0, 0, 1, 1, 2], size=(MANY, 5, 3))
        A = random.choice([-1.0, 0, 0, 1, 1, 2], size=(MANY, 2, 5))
        D = A @ X
        fits = between(D, -1, 3).all(axis=1)
        for cells, low, high in (
            (D == 0, 0, 2),
            (A < 0, 1, 2),
            (A == 0, 0, 3),
            (X == 0, 0, 5),
            (X == 2, 0, 3),
        ):
            fits &= between(cells.sum(axis=(1, 2))[:, np.newaxis], low, high)
        for i in np.flatnonzero(fits):
            if not alike(X[i], A[i], D[i]):
                yield X[i], A[i]


def updates(random: np.random.Generator) -> Iterator[tuple[Array, Array, Array]]:
    """X, A and G (4, 3) whose step is small, and moves all rows of B and most of the output."""
    for X, A in squeezed(random):
        D = A @ X
        B = -RATE * SCALE * GRADIENTS @ D.T
        fits = between(B, -1, 1) & between(B @ A, -1, 1) & B.any(axis=1)
        good = GRADIENTS[fits & ((B @ A == 0).sum(axis=1) <= 2)]
        if len(good) < 4:
            continue
        for G in good[random.integers(len(good), size=(TRIES, 4))]:
            moved = -G * (G @ D.T @ D)
            if not 1 <= (moved > 0).sum() <= 2 or not (moved < 0).sum() >= 5:
                continue
            B = -RATE * SCALE * G @ D.T
            if not alike(G, B, B @ A) and {(G > 0).sum(), (G < 0).sum()} <= {3, 4}:
                yield X, A, G
                break


@cache
def begun(random: np.random.Generator) -> Iterator[tuple[Array, Array, Array]]:
    """The updates of one search, which goes on where it stopped."""
    return updates(random)


def propose(random: np.random.Generator) -> Set | None:
    """A set that keeps most rules, or None where few weights suit the update that was drawn."""
    X, A, G = next(begun(random))
    B = -RATE * SCALE * G @ (A @ X).T
    rows = []
    for moved, update in zip(SCALE * B @ A @ X, SCALE * B @ A, strict=True):
        before, after, merged = ROWS @ X, ROWS @ X + moved, ROWS + update
        good = ROWS[between(before, -2, 9) & between(after, -3, 9) & between(merged, -3, 4)]
        if not len(good):
            return None
        rows.append(good)
    for _ in range(TRIES):
        W = np.array([random.choice(good) for good in rows])
        few = 2 <= (W < 0).sum() <= 4 and (W == 0).sum() <= 7 and (W == 2).sum() <= 3
        if few and not alike(W, W @ X, (W + SCALE * B @ A) @ X):
            return {"X": X, "W": W, "A": A, "G": G}
    return None


if __name__ == "__main__":
    fill("lora", propose)
