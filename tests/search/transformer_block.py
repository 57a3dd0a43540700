"""Search for numbers of the transformer-block lesson that a person can finish by hand.

    python -m tests.search.transformer_block [SEED]

A is fixed: every position reads itself and its right neighbour, each by half, and X is even, so
that Z is whole. Changes one number of X, W1 or W2 at a time and keeps what breaks fewer rules:
one digit everywhere, a quarter to a half of the hidden numbers negative and none of them zero,
where ReLU would seem to act and does not, and no neuron that is silent, or loud, at every
position. Prints the matrices; those of the lesson are of seed 6.
"""

import numpy as np

from explainer.trace.feeds import Array
from tests.search.climbing import alike, beyond, climb, search

A = (np.eye(5) + np.roll(np.eye(5), 1, axis=0)) / 2
CHOICES = ([0, 0, 2, 2, 4, -2], [-1, 0, 0, 1, 1, 2], [-1, 0, 0, 1, 1])


def with_ones(x: Array) -> Array:
    """The columns of x, each with a one below it."""
    return np.concatenate([x, np.ones((1, x.shape[1]))])


def penalty(X: Array, W1: Array, W2: Array) -> float:
    """How far X (3, 5), W1 (4, 4) and W2 (3, 5) are from the rules; below 1 is taste."""
    Z = X @ A
    H = W1 @ with_ones(Z)
    R = np.maximum(H, 0)
    Y = W2 @ with_ones(R)
    negative = H < 0
    terms = [(W[:, :-1] != 0).sum(axis=1) for W in (W1, W2)]
    biases = [(W[:, -1] != 0).sum() for W in (W1, W2)]
    rules = (
        sum(alike(array) for array in (X, Z, W1, W2, R, Y)),
        beyond(Z, -1, 4) + beyond(H, -4, 9) + beyond(Y, -9, 9),
        beyond([negative.sum()], 5, 9),
        beyond(negative.sum(axis=1), 1, 3) + beyond(negative.sum(axis=0), 1, 3),
        (H == 0).sum(),
        beyond([(X < 0).sum()], 1, 2) + beyond([(X == 0).sum()], 3, 5),
        beyond(terms[0], 2, 3) + beyond(terms[1], 2, 3),
        beyond([biases[0]], 3, 3) + beyond([biases[1]], 2, 2),
        beyond([(Y < 0).sum()], 1, 6),
        beyond([(np.abs(W1) == 2).sum()], 1, 2),
    )
    taste = len(np.unique(H)) + len(np.unique(Y))
    return float(sum(rules)) + 1 - taste / 100


def draw(random: np.random.Generator) -> list[Array]:
    """X (3, 5), W1 (4, 4) and W2 (3, 5)."""
    shapes = ((3, 5), (4, 4), (3, 5))
    return [
        random.choice(choices, size=shape).astype(float)
        for choices, shape in zip(CHOICES, shapes, strict=True)
    ]


if __name__ == "__main__":
    search(
        ("X", "W1", "W2"),
        lambda random: climb(random, draw, penalty, CHOICES, steps=8_000, most=2),
    )
