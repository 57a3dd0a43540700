"""Search for numbers of the self-attention lesson that a person can finish by hand.

    python -m tests.search.self_attention [SEED]

Changes one number at a time and keeps what breaks fewer rules: scores of one digit, powers of
three whose rounded shares sum to one in every column, one key at the top of every column (the
same by hand as exactly), and columns that attend to different tokens. Prints the matrices.

A climb takes four seconds of processor time and seldom keeps every rule: seeds 1 and 2 found
nothing in the first minute. The lesson's numbers keep them all; `penalty` of them is 0.79.
"""

import numpy as np

from explainer.trace.feeds import Array
from tests.search.climbing import alike, beyond, climb, search

CHOICES = ([0, 1, 2], *[[-1, 0, 0, 1, 1]] * 3)


def draw(random: np.random.Generator) -> list[Array]:
    """X (6, 4) of 0, 1, 2 and three weights (3, 6), sparse."""
    X = random.choice([0, 1, 2], size=(6, 4), p=[0.5, 0.4, 0.1])
    weights = (random.choice([-1, 0, 1], size=(3, 6), p=[0.05, 0.55, 0.4]) for _ in range(3))
    return [X.astype(float), *(W.astype(float) for W in weights)]


def penalty(X: Array, WQ: Array, WK: Array, WV: Array) -> float:
    """How far the numbers are from the rules; what is below 1 is taste."""
    Q, K, V = WQ @ X, WK @ X, WV @ X
    S = K.T @ Q
    F = S // 2
    E = 3.0**F
    share = E / E.sum(axis=0)
    A = np.round(share, 1)
    Z = V @ A
    weights = (WQ, WK, WV)
    rules = (
        sum(alike(array) for array in (X, *weights, Q, K, V, S, A, Z)),
        beyond(Q, 0, 3) + beyond(K, 0, 3) + beyond(V, -1, 4) + beyond(S, 0, 9),
        beyond(E.sum(axis=0), 0, 99),
        np.isclose(share * 10 % 1, 0.5).sum(),
        10 * np.abs(A.sum(axis=0) - 1).sum(),
        sum(abs(W != 0).sum(axis=1).clip(2, 3) != (W != 0).sum(axis=1) for W in weights).sum(),
        beyond(sum((W < 0).sum() for W in weights), 1, 3),
        (F.max(axis=0) == F).sum() - F.shape[1],
        (A.argmax(axis=0) != S.argmax(axis=0)).sum(),
        max(0, 3 - len(set(A.argmax(axis=0)))),
        max(0, (A == 0).sum() - 2),
        max(0, (X == 0).sum() - 13),
    )
    taste = len(np.unique(S)) + len(np.unique(A)) + len(np.unique(np.round(Z, 1)))
    return float(sum(rules)) + 1 - taste / 100


if __name__ == "__main__":
    search(
        ("X", "WQ", "WK", "WV"), lambda random: climb(random, draw, penalty, CHOICES, steps=6_000)
    )
