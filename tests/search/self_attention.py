"""Search for numbers of the self-attention lesson that a person can finish by hand.

    python -m tests.search.self_attention [SEED]

Changes one number at a time and keeps what breaks fewer rules: scores of one digit, powers of
three whose rounded shares sum to one in every column, and columns that attend to different
tokens. Prints the matrices.
"""

import sys

import numpy as np
import numpy.typing as npt

from explainer.trace.feeds import Array

STEPS = 6_000


def draw(random: np.random.Generator) -> list[Array]:
    """X (6, 4) of 0, 1, 2 and three weights (3, 6), sparse."""
    X = random.choice([0, 1, 2], size=(6, 4), p=[0.5, 0.4, 0.1])
    weights = (random.choice([-1, 0, 1], size=(3, 6), p=[0.05, 0.55, 0.4]) for _ in range(3))
    return [X.astype(float), *(W.astype(float) for W in weights)]


def alike(array: Array) -> int:
    """How many rows or columns are zero or repeat another one."""
    rows, columns = ({tuple(line) for line in lines} for lines in (array, array.T))
    zeros = (~array.any(axis=0)).sum() + (~array.any(axis=1)).sum()
    return int(len(array) - len(rows) + array.shape[1] - len(columns) + zeros)


def beyond(numbers: npt.ArrayLike, low: float, high: float) -> float:
    """By how much the numbers leave a range, in all."""
    array = np.asarray(numbers)
    return float(np.maximum(array - high, 0).sum() + np.maximum(low - array, 0).sum())


def penalty(X: Array, WQ: Array, WK: Array, WV: Array) -> float:
    """How far the numbers are from the rules; what is below 1 is taste."""
    Q, K, V = WQ @ X, WK @ X, WV @ X
    S = K.T @ Q
    E = 3.0 ** (S // 2)
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
        max(0, 3 - len(set(A.argmax(axis=0)))),
        max(0, (A == 0).sum() - 2),
        max(0, (X == 0).sum() - 13),
    )
    taste = len(np.unique(S)) + len(np.unique(A)) + len(np.unique(np.round(Z, 1)))
    return float(sum(rules)) + 1 - taste / 100


def climb(random: np.random.Generator) -> tuple[float, list[Array]]:
    """One climb from a random start; (penalty, matrices)."""
    numbers = draw(random)
    best = penalty(*numbers)
    for _ in range(STEPS):
        trial = [array.copy() for array in numbers]
        for _ in range(random.integers(1, 4)):
            which = random.integers(4)
            choices = [0, 1, 2] if which == 0 else [-1, 0, 0, 1, 1]
            trial[which].flat[random.integers(trial[which].size)] = random.choice(choices)
        reached = penalty(*trial)
        if reached <= best:
            best, numbers = reached, trial
    return best, numbers


def main() -> None:
    """Climb until every rule holds, and print the numbers."""
    random = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    best = 1.0
    while best >= 1:
        best, numbers = climb(random)
    for name, array in zip(("X", "WQ", "WK", "WV"), numbers, strict=True):
        print(name, array.astype(int).tolist())


if __name__ == "__main__":
    main()
