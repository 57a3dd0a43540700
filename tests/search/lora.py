"""Search for numbers of the LoRA lesson that a person can finish by hand.

    python -m tests.search.lora [SEED]

Changes one number at a time and keeps what breaks fewer rules: outputs of one digit before and
after the update, no row or column that is zero or repeats another one, a gradient of B that
moves every row of it, and an update of rank 2 that changes most of W. With a scaling of 2 and
a learning rate of 0.25 every result is an integer or a half. Prints the matrices; those of
the lesson are of seed 2.
"""

import numpy as np

from explainer.trace.feeds import Array
from tests.search.climbing import alike, beyond, climb, search

SCALE = 2.0
RATE = 0.25
CHOICES = (
    ("X", (5, 3), (0, 0, 1, 1, 2)),
    ("W", (4, 5), (-1, 0, 0, 1, 1, 2)),
    ("A", (2, 5), (-1, 0, 0, 1, 1, 2)),
    ("G", (4, 3), (-1, 0, 0, 1)),
)


def opposite(array: Array) -> int:
    """How many rows are the negative of another one."""
    return sum((array == -row).all(axis=1).any() for row in array)


def draw(random: np.random.Generator) -> list[Array]:
    """X (5, 3), W (4, 5), A (2, 5) and G (4, 3), small integers."""
    return [random.choice(c, size=shape).astype(np.float64) for _, shape, c in CHOICES]


def penalty(X: Array, W: Array, A: Array, G: Array) -> float:
    """How far the numbers are from the rules; what is below 1 is taste."""
    H, D = W @ X, A @ X
    B = -RATE * SCALE * G @ D.T
    H1, BA = H + SCALE * B @ D, B @ A
    rules = (
        sum(alike(array) for array in (X, W, A, G, H, D, B, H1, BA)),
        sum(opposite(array) for array in (G, B, BA)),
        beyond(H, -2, 9) + beyond(H1, -3, 9) + beyond(D, -1, 3),
        beyond(B, -1, 1) + beyond(BA, -1, 1) + beyond(W + SCALE * BA, -3, 4),
        max(0, (H1 == H).sum() - 1),
        max(0, (BA == 0).sum() - 6),
        max(0, (D == 0).sum() - 2),
        max(0, (B == 0).sum() - 3),
        2 - np.linalg.matrix_rank(BA),
        beyond([(G > 0).sum(), (G < 0).sum()], 3, 4),
        beyond([(W < 0).sum()], 2, 4) + beyond([(A < 0).sum()], 1, 2),
        max(0, (W == 0).sum() - 7) + max(0, (A == 0).sum() - 3) + max(0, (X == 0).sum() - 5),
        max(0, (X == 2).sum() - 3) + max(0, (W == 2).sum() - 3),
    )
    taste = len(np.unique(H)) + len(np.unique(H1)) + len(np.unique(D)) + len(np.unique(B))
    return float(sum(rules)) + 1 - taste / 100


if __name__ == "__main__":
    choices = [numbers for _, _, numbers in CHOICES]
    search(
        [name for name, _, _ in CHOICES],
        lambda random: climb(random, draw, penalty, choices, steps=6_000),
    )
