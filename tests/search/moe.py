"""Search for numbers of the mixture-of-experts lesson that a person can finish by hand.

    python -m tests.search.moe [SEED [COUNT]]

Draws tokens until four rows of small numbers route them as wished, and then each expert until
ReLU has work to do. Whether the whole is good, the lesson's own rules say, and its practice, in
every order of the tokens; and a goal must be reached by one number. Prints so many sets of
matrices, each as a line of JSON.
"""

import itertools
import json
import sys
from collections.abc import Iterator

import numpy as np

import explainer
from explainer.bank import Bank, told_by
from explainer.checking_papers import broken
from explainer.practice import Goal
from explainer.trace.feeds import Array
from tests.search.climbing import alike, beyond

LESSON = explainer.lesson("moe")
BANK = Bank(LESSON)
GOALS = [goal for goal in LESSON.practice if isinstance(goal, Goal)]
NAMES = "X R W1 W2 W3 W4".split()
ROWS = np.array([row for row in itertools.product([-1, 0, 1, 2], repeat=3) if any(row)], float)
TRIES = 5_000


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
    keys = 3 ** (rows @ X) @ [1, 1e3, 1e6, 1e9]
    pairs = np.array(list(itertools.combinations(range(len(rows)), 2)), int).reshape(-1, 2)
    sums = keys[pairs].sum(axis=1)
    order = np.argsort(sums)
    for wanted in itertools.product((40, 94), repeat=4):
        if len(set(wanted)) > 1 and len(sums):
            others = wanted @ np.array([1, 1e3, 1e6, 1e9]) - sums
            places = np.searchsorted(sums[order], others).clip(0, len(sums) - 1)
            for i in np.flatnonzero(sums[order[places]] == others):
                yield rows[[*pairs[i], *pairs[order[places[i]]]]]


def routed(S: Array) -> bool:
    """Whether scores divide the work as wished."""
    loads = chosen(S).sum(axis=1)
    balance = loads @ shares(S).sum(axis=1) / 8
    return bool(
        sorted(loads) == [1, 2, 2, 3]
        and not np.isclose(balance * 100 % 1, 0.5)
        and balance > 1.1
        and (S[2] == 3).any()  # expert 3 is the first of a token with shares of .7 and .2
        and loads[2] != 2
        and loads[3] > 1
        and alike(S) == 0
    )


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


def routes(random: np.random.Generator) -> Iterator[tuple[Array, Array]]:
    """Tokens and a router that divide the work as wished."""
    while True:
        X = random.choice([-1, 0, 1, 2], p=[0.08, 0.37, 0.35, 0.2], size=(3, 4)).astype(float)
        if alike(X) or (X < 0).sum() > 1 or (X.min(axis=1) == X.max(axis=1)).any():
            continue
        for rows in routers(X):
            orders = random.permutation(list(itertools.permutations(range(4))))
            good = [order for order in orders if routed(rows[order] @ X)]
            if good:
                yield X, rows[good[0]]


def experts(random: np.random.Generator, X: Array, M: Array) -> Iterator[list[Array]]:
    """Some fours of experts that have something to say, and not the same."""
    drawn = random.choice([-1, 0, 1, 2], p=[0.2, 0.35, 0.35, 0.1], size=(TRIES, 3, 4)) * 1.0
    pools = [[W for W in drawn if works(X, W, takes, e == 3)] for e, takes in enumerate(M)]
    if not all(pools):
        return
    tokens = np.vstack([X, np.ones((1, 4))])
    for _ in range(100):
        four = [pool[random.integers(len(pool))] for pool in pools]
        answers = [np.where(m, (W @ tokens).clip(0), np.nan) for W, m in zip(four, M, strict=True)]
        first, second = np.sort(answers, axis=0)[:2]
        if not (first == second).any():
            yield four


def good(givens: dict[str, Array]) -> bool:
    """Whether rules and practice hold in every order of the tokens, and one number does a goal."""
    for order in itertools.permutations(range(4)):
        moved = {**givens, "X": givens["X"][:, order]}
        if next(broken(LESSON, BANK.runs(moved)), None):
            return False
    return all(any(reached(givens, goal)) for goal in GOALS)


def reached(givens: dict[str, Array], goal: Goal) -> Iterator[bool]:
    """For each change of one small number, whether it reaches a goal in both arithmetics."""
    (name,) = [goal.change]
    for cell, value in itertools.product(range(givens[str(name)].size), range(-2, 5)):
        changed = {**givens, str(name): givens[str(name)].copy()}
        changed[str(name)].flat[cell] = value
        runs = BANK.runs(changed)
        yield all(told_by(goal.reached, runs[how], how == "hand").all() for how in runs)


def sets(random: np.random.Generator) -> Iterator[dict[str, Array]]:
    """Sets of the lesson's givens that are good, each with tokens of its own."""
    for X, R in routes(random):
        for four in experts(random, X, chosen(R @ X)):
            found = dict(zip(NAMES, (X, R, *four), strict=True))
            if good({**BANK.own, **found}):
                yield found
                break


def main() -> None:
    """Print so many sets, of which no two route the same tokens."""
    seed, count = (*map(int, sys.argv[1:]), 1, 1)[:2]
    seen = set()
    for each in sets(np.random.default_rng(seed)):
        tokens = tuple(sorted(map(tuple, each["X"].T)))
        if tokens not in seen:
            seen.add(tokens)
            print(json.dumps({name: W.astype(int).tolist() for name, W in each.items()}), flush=True)
        if len(seen) == count:
            return


if __name__ == "__main__":
    main()
