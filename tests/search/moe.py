"""Search for numbers of the mixture-of-experts lesson that a person can finish by hand.

    python -m tests.search.moe [SEED]

Draws tokens until four rows of small numbers route them as wished: no ties, shares that still
sum to one when rounded, loads of 3, 2, 2 and 1. Then draws each expert until ReLU has work to do
and silences no token, and the two experts of a token never agree on a number. Prints the
matrices.
"""

import itertools
import sys
from collections.abc import Iterator

import numpy as np

from explainer.trace.feeds import Array
from tests.search.climbing import alike, beyond

ROWS = np.array([row for row in itertools.product([-1, 0, 1, 2], repeat=3) if any(row)], float)
TRIES = 5_000


def chosen(S: Array) -> Array:
    """1 for the two largest scores of each column, (4, 4)."""
    return (np.argsort(np.argsort(-S, axis=0, kind="stable"), axis=0) < 2).astype(float)


def shares(S: Array) -> Array:
    """Softmax by hand: powers of 3, one decimal."""
    return np.asarray(np.round(3.0**S / (3.0**S).sum(axis=0), 1))


def routing(X: Array, R: Array) -> list[str]:
    """The rules that tokens (3, 4) and router (4, 3) break."""
    S = R @ X
    P, M = shares(S), chosen(S)
    balance = M.sum(axis=1) @ P.sum(axis=1) / 8
    kept = (P * M) / (P * M).sum(axis=0)
    rules = {
        "lines alike, or all zero": alike(X) + alike(R) + alike(S) == 0,
        "a feature that all tokens share": bool((X.min(axis=1) < X.max(axis=1)).all()),
        "more than one negative feature": (X < 0).sum() <= 1,
        "scores beyond 0 to 4": beyond(S, 0, 4) == 0,
        "a tie in the router": all(len(set(column)) == 4 for column in S.T),
        "sums of more than two digits": (3.0**S).sum(axis=0).max() <= 99,
        "shares that do not sum to one": np.allclose(P.sum(axis=0), 1),
        "a weight halfway between two decimals": not np.isclose(kept * 10 % 1, 0.5).any(),
        "loads other than 3, 2, 2, 1": sorted(M.sum(axis=1)) == [1, 2, 2, 3],
        "fewer than three pairs of experts": len({tuple(column) for column in M.T}) >= 3,
        "shares all of one kind": len(set(S.max(axis=0))) > 1,
        "a balance of more than two decimals": np.isclose(balance * 100, np.round(balance * 100)),
        "a load that costs nothing": balance > 1.1,
    }
    return [rule for rule, kept_to in rules.items() if not kept_to]


def working(X: Array, W: Array, takes: Array) -> list[str]:
    """The rules that one expert (3, 4) breaks, which takes some of the tokens (4,)."""
    H = (W @ np.vstack([X, np.ones((1, 4))]))[:, takes > 0]
    F = H.clip(0)
    used, biased = (W[:, :3] != 0).sum(axis=1), (W[:, 3] != 0).sum()
    rules = {
        "lines alike, or all zero": alike(W) == 0,
        "a neuron of one feature or of three": bool((used == 2).all()),
        "one bias, or three": biased == 2,
        "an expert without negatives, or with many": 2 <= (W < 0).sum() <= 3,
        "outputs beyond -4 to 6": beyond(H, -4, 6) == 0,
        "nothing for ReLU to do": bool((H < 0).any()) and (H < 0).sum() <= 3,
        "a token that ReLU silences": bool(F.any(axis=0).all()),
    }
    return [rule for rule, kept_to in rules.items() if not kept_to]


def broken(X: Array, R: Array, *experts: Array) -> list[str]:
    """Every rule that the lesson's numbers break; empty is fine."""
    rules = routing(X, R)
    S = R @ X
    M = chosen(S)
    for number, (W, takes) in enumerate(zip(experts, M, strict=True), 1):
        rules += [f"expert {number}: {rule}" for rule in working(X, W, takes)]
    G = shares(S) * M
    G = np.round(G / G.sum(axis=0), 1)
    tokens = np.vstack([X, np.ones((1, 4))])
    answers = np.stack([(W @ tokens).clip(0) for W in experts])
    Y = (G[:, np.newaxis] * answers).sum(axis=0)
    first, second = np.argsort(-M, axis=0, kind="stable")[:2]
    each = np.arange(4)
    if (answers[first, :, each] == answers[second, :, each]).any():
        rules.append("a token whose experts agree in a cell")
    if alike(np.asarray(Y)):
        rules.append("outputs alike, or all zero")
    return rules


def routers(X: Array) -> Iterator[Array]:
    """Four rows of small numbers that give no token the same score twice."""
    S = ROWS @ X
    inside = ((S >= 0) & (S <= 4)).all(axis=1)
    rows, S = ROWS[inside], S[inside]
    differ = (S[:, np.newaxis] != S).all(axis=2)
    pairs = [(i, j) for i, j in itertools.combinations(range(len(S)), 2) if differ[i, j]]
    for i, j in pairs:
        both = [k for k in range(j + 1, len(S)) if differ[i, k] and differ[j, k]]
        for k, last in itertools.combinations(both, 2):
            if differ[k, last]:
                yield rows[[i, j, k, last]]


def route(random: np.random.Generator) -> tuple[Array, Array]:
    """Tokens and a router that keep their rules."""
    while True:
        X = random.choice([-1, 0, 1, 2], p=[0.08, 0.37, 0.35, 0.2], size=(3, 4)).astype(float)
        if alike(X) == 0 and np.linalg.matrix_rank(X) == 3:
            for R in routers(X):
                if not routing(X, R):
                    return X, R


def expert(random: np.random.Generator, X: Array, takes: Array) -> Array | None:
    """One expert that keeps its rules; None when none is found soon."""
    for _ in range(TRIES):
        W = random.choice([-1, 0, 1, 2], p=[0.2, 0.35, 0.35, 0.1], size=(3, 4)).astype(float)
        if not working(X, W, takes):
            return W
    return None


def main() -> None:
    """Draw until every rule holds, and print the numbers."""
    random = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    while True:
        X, R = route(random)
        experts = [expert(random, X, takes) for takes in chosen(R @ X)]
        found = [W for W in experts if W is not None]
        if len(found) == 4 and not broken(X, R, *found):
            break
    for name, array in zip("X R W1 W2 W3 W4".split(), (X, R, *found), strict=True):
        print(name, array.astype(int).tolist())


if __name__ == "__main__":
    main()
