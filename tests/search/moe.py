"""Search for papers of the mixture-of-experts lesson that a person can finish by hand.

    python -m tests.search.moe [SEED] [SETS]

Draws tokens until four rows of small numbers score every one of them 3, 2, 1, 0 or 4, 2, 1, 0,
whose shares add up to one by hand; then each expert until ReLU has work to do, and the two of a
token never agree on a number. What keeps every rule of the lesson goes into its bank, where one
number is enough for each of its goals.
"""

import itertools
from collections.abc import Iterator

import numpy as np

from explainer.rules import alike, beyond
from explainer.trace.feeds import Array
from tests.search.banks import Set, fill

ROWS = np.array([row for row in itertools.product([-2, -1, 0, 1, 2], repeat=3) if any(row)], float)
TOKENS = ([-1, 0, 1, 2], [0.08, 0.37, 0.35, 0.2])
WEIGHTS = ([-1, 0, 1, 2], [0.2, 0.35, 0.35, 0.1])
POWERS = 1e3 ** np.arange(4)
WANTED = np.array([sums for sums in itertools.product((40, 94), repeat=4) if len(set(sums)) > 1])
TRIES = 3_000


def chosen(S: Array) -> Array:
    """1 for the two largest scores of each column, (…, 4, 4)."""
    return (np.argsort(np.argsort(-S, axis=-2, kind="stable"), axis=-2) < 2).astype(float)


def shares(S: Array) -> Array:
    """Softmax by hand: powers of 3, one decimal."""
    return np.asarray(np.round(3.0**S / (3.0**S).sum(axis=-2, keepdims=True), 1))


def routers(X: Array) -> Iterator[Array]:
    """Fours of small rows that score every token 3, 2, 1, 0 or 4, 2, 1, 0 in some order.

    Two pairs of rows belong together when their powers of 3 add up to 40 or 94 everywhere.
    """
    rows = ROWS[((ROWS @ X >= 0) & (ROWS @ X <= 4)).all(axis=1)]
    pairs = np.array(list(itertools.combinations(range(len(rows)), 2)), int).reshape(-1, 2)
    sums = (3 ** (rows @ X) @ POWERS)[pairs].sum(axis=1)
    others = (WANTED @ POWERS)[:, np.newaxis] - sums
    for goal, i in zip(*np.nonzero(np.isin(others, sums)), strict=True):
        for j in np.flatnonzero(sums == others[goal, i]):
            if pairs[i][0] < pairs[j][0]:
                yield rows[[*pairs[i], *pairs[j]]]


def routed(X: Array, R: Array) -> bool:
    """Whether a router divides the work as wished, and one number of it or of X a goal away."""
    S = R @ X
    loads = chosen(S).sum(axis=1)
    balance = loads @ shares(S).sum(axis=1) / 8
    return bool(
        sorted(loads) == [1, 2, 2, 3]
        and not np.isclose(balance * 100 % 1, 0.5)
        and balance > 1.1
        and alike(S) == 0
        and near(X, R)
    )


def placed(S: Array) -> bool:
    """Whether experts stand where the blanks need them: the third and the fourth."""
    loads = chosen(S).sum(axis=1)
    return bool(loads[2] != 2 and (S[2] == 3).any() and loads[3] > 1)


def near(X: Array, R: Array) -> bool:
    """Whether one other number makes the load even, or uneven as can be, or a token undecided."""
    loads = [chosen(other @ X).sum(axis=1) for other in changed(R)]
    tops = [np.sort(R @ other, axis=0)[::-1] for other in changed(X)]
    return (
        any((load == 2).all() for load in loads)
        and any((load == 4).any() for load in loads)
        and any(((top[0] == top[1]) & (top[1] > top[2])).any() for top in tops)
    )


def changed(matrix: Array) -> Iterator[Array]:
    """A matrix with another small number in one of its cells."""
    for cell, value in itertools.product(range(matrix.size), range(-2, 5)):
        other = matrix.copy()
        other.flat[cell] = value
        yield other


def works(X: Array, W: Array, takes: Array, signs: bool) -> bool:
    """Whether one expert (3, 4) has something to say of each token that it takes (4,).

    signs: its first neuron must meet a number of each sign.
    """
    H = (W @ np.vstack([X, np.ones((1, 4))]))[:, takes > 0]
    negatives = (H < 0).sum()
    return bool(
        ((W[:, :3] != 0).sum(axis=1) == 2).all()
        and (W[:, 3] != 0).sum() == 2
        and 2 <= (W < 0).sum() <= 3
        and 1 <= negatives <= 3
        and (H > 0).any(axis=0).all()
        and (not signs or H[0].min() < 0 < H[0].max())
        and beyond(H, -4, 6) == alike(W) == 0
    )


def route(random: np.random.Generator, X: Array) -> Array | None:
    """A router that divides the work of some tokens as wished."""
    for rows in routers(X):
        if routed(X, rows):
            orders = random.permutation(list(itertools.permutations(range(4))))
            found = [rows[order] for order in orders if placed(rows[order] @ X)]
            if found:
                return np.asarray(found[0])
    return None


def experts(random: np.random.Generator, X: Array, M: Array) -> list[Array] | None:
    """Four experts that have something to say of their tokens, and not the same."""
    drawn = random.choice(WEIGHTS[0], p=WEIGHTS[1], size=(TRIES, 3, 4)).astype(float)
    pools = [[W for W in drawn if works(X, W, takes, e == 3)] for e, takes in enumerate(M)]
    tokens = np.vstack([X, np.ones((1, 4))])
    for _ in range(100 if all(pools) else 0):
        four = [pool[random.integers(len(pool))] for pool in pools]
        answers = [np.where(m, (W @ tokens).clip(0), np.nan) for W, m in zip(four, M, strict=True)]
        first, second = np.sort(answers, axis=0)[:2]
        if not (first == second).any() and len({W.tobytes() for W in four}) == 4:
            return four
    return None


def propose(random: np.random.Generator) -> Set | None:
    """A set that keeps most rules; None where there is none for the tokens that were drawn."""
    X = random.choice(TOKENS[0], p=TOKENS[1], size=(3, 4)).astype(float)
    if alike(X) or (X < 0).sum() > 1 or (X.min(axis=1) == X.max(axis=1)).any():
        return None
    R = route(random, X)
    four = None if R is None else experts(random, X, chosen(R @ X))
    if R is None or four is None:
        return None
    return {"X": X, "R": R, **{f"W{e}": W for e, W in enumerate(four, 1)}}


if __name__ == "__main__":
    fill("moe", propose)
