"""Search for papers of the self-attention lesson that a person can finish by hand.

    python -m tests.search.self_attention [SEED] [SETS]

Few columns of scaled scores have powers of three whose shares, rounded, add up to one: 112 of 625.
So the search begins there. For tokens X, all rows that W_Q and W_K may have are tried at once;
thousands of pairs of queries and keys are drawn from what they give, and kept where all four
columns of scores are among the 112. Values are drawn afterwards, since nothing depends on them.
Of each pair, every token can be led to read every other by two cells of W_Q, which a goal asks.
"""

import itertools

import numpy as np

from explainer.rules import alike
from explainer.trace.feeds import Array
from tests.search.banks import Set, fill

PAIRS = 20_000
WEIGHTS = np.array(
    [
        row
        for row in itertools.product((-1.0, 0.0, 1.0), repeat=6)
        if np.count_nonzero(row) in (2, 3) and row.count(-1) <= 1
    ]
)
STEPS = np.array(list(itertools.product(range(-12, 13), repeat=2)), float).T


def adds_up(F: Array) -> bool:
    """Whether a column of scaled scores (4,) has one winner, and shares that add up to one."""
    E = 3**F
    share = E / E.sum()
    unclear = np.isclose(share * 10 % 1, 0.5).any() or (F.max() == F).sum() > 1
    return bool(not unclear and E.sum() <= 99 and np.isclose(np.round(share, 1).sum(), 1))


GOOD = np.array([adds_up(np.array(F, float)) for F in itertools.product(range(5), repeat=4)])


def unlike(matrices: Array) -> Array:
    """Which matrices (n, r, c) have neither zero columns nor two that are alike."""
    codes = np.sort(np.tensordot(10.0 ** np.arange(matrices.shape[1]), matrices, (0, 1)))
    return np.asarray((np.diff(codes) != 0).all(axis=1) & (codes != 0).all(axis=1))


def heads(X: Array, low: int, high: int) -> Array:
    """All matrices of three weight rows (n, 3, 6) that make no two tokens alike, in a range."""
    made = WEIGHTS @ X
    rows = WEIGHTS[((made >= low) & (made <= high)).all(axis=1) & made.any(axis=1)]
    three = np.array(list(itertools.combinations(range(len(rows)), 3)), int).reshape(-1, 3)
    found = rows[three]
    found = found[unlike(found)]
    return found[unlike(found @ X)]


def attention(random: np.random.Generator, X: Array) -> tuple[Array, Array] | None:
    """W_Q and W_K that give X good scores, if some are found soon."""
    found = heads(X, 0, 3)
    if len(found) < 10:
        return None
    queries, keys = (found[random.integers(len(found), size=PAIRS)] for _ in "QK")
    orders = np.argsort(random.random((PAIRS, 3)), axis=1)
    keys = np.take_along_axis(keys, orders[:, :, np.newaxis], axis=1)
    S = (keys @ X).transpose(0, 2, 1) @ (queries @ X)
    F = np.minimum(S // 2, 4).astype(int)
    kept = GOOD[((F[:, 0] * 5 + F[:, 1]) * 5 + F[:, 2]) * 5 + F[:, 3]].all(axis=1)
    kept &= (S <= 9).all(axis=(1, 2))
    for WQ, WK in zip(queries[kept], keys[kept], strict=True):
        Q, K = WQ @ X, WK @ X
        S = K.T @ Q
        E = 3 ** (S // 2)
        A = np.round(E / E.sum(axis=0), 1)
        if alike(Q, K, S, A) or len(set(A.argmax(axis=0))) < 3 or (A == 0).sum() > 2:
            continue
        if leads(X, Q, K):
            return WQ, WK
    return None


def leads(X: Array, Q: Array, K: Array) -> bool:
    """Whether every query can be led to every key by two cells of W_Q, in both arithmetics."""
    led = np.zeros((4, 4), bool)
    for query in range(4):
        for moved in itertools.combinations(range(3), 2):
            trial = np.repeat(Q[:, [query]], STEPS.shape[1], axis=1)
            trial[list(moved)] += STEPS * X[X[:, query] > 0, query].min()
            S = K.T @ trial
            E, e = 3 ** (S // 2), np.exp(S / np.sqrt(3))
            both = np.minimum(np.round(E / E.sum(axis=0), 1), e / e.sum(axis=0))
            led[:, query] |= (both > 0.8999).any(axis=1)
    return bool((led | np.eye(4, dtype=bool)).all())


def values(random: np.random.Generator, X: Array) -> Array | None:
    """W_V whose values are small and unlike, if there is one."""
    found = [WV for WV in heads(X, -1, 4) if (WV < 0).any() and not alike(WV, WV @ X)]
    return found[random.integers(len(found))] if found else None


def propose(random: np.random.Generator) -> Set | None:
    """A set that keeps most rules; None where there is none for the tokens that were drawn."""
    X = random.choice([0.0, 1.0, 2.0], size=(6, 4), p=[0.5, 0.4, 0.1])
    if alike(X) or (X == 0).sum() > 13:
        return None
    found = attention(random, X)
    WV = values(random, X) if found else None
    if found is None or WV is None:
        return None
    return {"X": X, "WQ": found[0], "WK": found[1], "WV": WV}


if __name__ == "__main__":
    fill("self-attention", propose)
