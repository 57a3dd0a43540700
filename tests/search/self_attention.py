"""Search for papers of the self-attention lesson that a person can finish by hand.

    python -m tests.search.self_attention [SEED] [SETS]

Few columns of scaled scores have powers of three whose shares, rounded, add up to one: 112 of 625.
So the search begins there. For tokens X, all that W_Q and W_K may be is listed; for each W_K,
which of the 64 possible queries give one of the 112 columns; and a W_Q is drawn that makes only
such queries. Values are drawn afterwards, since nothing depends on them. In each set every token
can be led to read every other by two cells of W_Q, which a goal asks. Thirty sets take some two
minutes.
"""

import itertools
from collections.abc import Iterator
from functools import cache

import numpy as np

from explainer.rules import alike
from explainer.trace.feeds import Array
from tests.search.banks import Set, fill

ROWS, MOST, TRIES, SAME = 70, 600, 3_000, 3
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


QUERIES = np.array(list(itertools.product(range(4), repeat=3)), float).T
GOOD = np.array([adds_up(np.array(F, float)) for F in itertools.product(range(5), repeat=4)])


@cache
def triples(count: int) -> Array:
    """Every three of so many, (n, 3)."""
    return np.array(list(itertools.combinations(range(count), 3)), int).reshape(-1, 3)


def unlike(matrices: Array) -> Array:
    """Which matrices (n, r, c) have neither zero columns nor two that are alike."""
    base = np.array([1, 10, 100])[:, np.newaxis]
    codes = np.sort((matrices.astype(np.int16) * base).sum(axis=1, dtype=np.int16))
    return np.asarray((np.diff(codes) != 0).all(axis=1) & (codes != 0).all(axis=1))


def heads(random: np.random.Generator, X: Array, low: int, high: int, negative: int) -> Array:
    """Matrices of three weight rows (n, 3, 6) that make no two tokens alike, in a range.

    negative: how many weights below zero they may have, in all.
    """
    made = WEIGHTS @ X
    rows = WEIGHTS[((made >= low) & (made <= high)).all(axis=1) & made.any(axis=1)]
    rows = random.permutation(rows)[:ROWS]
    three = triples(len(rows))
    found = rows[three[(rows < 0).sum(axis=1)[three].sum(axis=1) <= negative]]
    found = found[unlike(found)]
    return found[unlike(found @ X)]


def attention(random: np.random.Generator, X: Array) -> Iterator[tuple[Array, Array]]:
    """Pairs of W_Q and W_K that give X good scores.

    For each W_K it is known which of the 64 queries score well; a W_Q fits when all four of its
    queries are among them.
    """
    found = random.permutation(heads(random, X, 0, 3, negative=1))[:MOST]
    if len(found) < 10:
        return
    scores = (found @ X).transpose(0, 2, 1) @ QUERIES
    F = np.minimum(scores // 2, 4).astype(int)
    fits = GOOD[((F[:, 0] * 5 + F[:, 1]) * 5 + F[:, 2]) * 5 + F[:, 3]]
    fits &= (scores <= 9).all(axis=1) & (scores % 2).any(axis=1)
    orders = np.array(list(itertools.permutations(range(3))))
    asking = found[:, orders].reshape(-1, 3, 6)
    codes = np.tensordot((asking @ X).astype(int), [16, 4, 1], (1, 0))
    bits = np.uint64(1) << np.arange(64, dtype=np.uint64)
    known, needed = fits @ bits, np.bitwise_or.reduce(bits[codes], axis=1)
    pairs = np.argwhere((known[:, np.newaxis] & needed) == needed)
    for key, query in random.permutation(pairs)[:TRIES]:
        WQ, WK = asking[query], found[key]
        Q, K = WQ @ X, WK @ X
        S = K.T @ Q
        E = 3 ** (S // 2)
        A = np.round(E / E.sum(axis=0), 1)
        if alike(Q, K, S, A) or len(set(A.argmax(axis=0))) < 3 or (A == 0).sum() > 2:
            continue
        if (Q == K).all(axis=0).any() or (E.sum(axis=0) == E.sum(axis=1)).any():
            continue
        if leads(X, Q, K):
            yield WQ, WK


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
    found = [
        WV for WV in heads(random, X, -1, 4, negative=2) if (WV < 0).any() and not alike(WV, WV @ X)
    ]
    return found[random.integers(len(found))] if found else None


def sets(random: np.random.Generator) -> Iterator[Set]:
    """Sets that keep the rules; some few from the same tokens, in another order each time."""
    while True:
        X = random.choice([0.0, 1.0, 2.0], size=(6, 4), p=[0.5, 0.4, 0.1])
        if alike(X) or (X == 0).sum() > 13:
            continue
        for WQ, WK in itertools.islice(attention(random, X), SAME):
            WV = values(random, X)
            if WV is not None:
                features, tokens = random.permutation(6), random.permutation(4)
                weights = {"WQ": WQ[:, features], "WK": WK[:, features], "WV": WV[:, features]}
                yield {"X": X[features][:, tokens], **weights}


def main() -> None:
    """Fill the bank."""
    found: Iterator[Set] | None = None

    def propose(random: np.random.Generator) -> Set:
        nonlocal found
        found = found or sets(random)
        return next(found)

    fill("self-attention", propose)


if __name__ == "__main__":
    main()
