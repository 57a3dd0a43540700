"""Search for papers of the RLHF lesson that a person can finish by hand.

    python -m tests.search.rlhf [SEED] [SETS]

Embeddings come first, many at once: those for which enough rows of a first layer have whole means
over the three sentences. Of these rows four are drawn until rewards of 3, 5 and 3 fit, then
language models, until the right words win and the gradient tells "them" from "him". What keeps
every rule of the lesson, and lets one cell of E make the model say "them", goes into its bank.
"""

import itertools
from collections.abc import Iterator
from functools import cache

import numpy as np

import explainer
from explainer.bank import Bank
from explainer.rules import alike, beyond
from explainer.trace.feeds import Array
from tests.search.banks import Set, fill

LOSER, WINNER, JUDGED, PROMPT = [1, 3, 4], [1, 3, 5], [2, 3, 4], [0, 2, 3]
NEXT = [2, 3, 4]
HIM, THEM = 4, 5
A = np.array([[1, 1, 0], [0, 1, 1], [0, 0, 1]])
WEIGHTS = [-1.0, 0, 1, 2]
ROWS = np.array([row for row in itertools.product(WEIGHTS, repeat=3) if np.count_nonzero(row)])
BIASES = np.array([-2.0, 0, 1, 2])
OUTPUTS = np.array(list(itertools.product(WEIGHTS, repeat=4)))
MANY, TRIES, DRAWS = 20_000, 3_000, 20_000
LESSON = explainer.lesson("rlhf")
BANK = Bank(LESSON)


def with_ones(X: Array) -> Array:
    """The features with a row of ones below."""
    return np.concatenate([X, np.ones((1, X.shape[1]))])


def tables(random: np.random.Generator) -> Iterator[tuple[Array, Array]]:
    """Embeddings (3, 6), and the rows of a first layer, without a bias, that suit them."""
    while True:
        E = random.choice(WEIGHTS, size=(MANY, 3, 6), p=[0.03, 0.42, 0.42, 0.13])
        fits = np.ones(MANY, dtype=bool)
        for words in (LOSER, WINNER, JUDGED, PROMPT):
            X = E[:, :, words]
            fits &= (np.ptp(X, axis=2) > 0).all(axis=1) & X.any(axis=1).all(axis=1)
        for one, other in itertools.combinations(range(6), 2):
            fits &= (E[:, :, one] != E[:, :, other]).any(axis=1)
        sums = [ROWS @ E[:, :, words].sum(axis=2).T for words in (LOSER, WINNER, JUDGED)]
        suit = np.all([total % 3 == 0 for total in sums], axis=0)
        for table in np.flatnonzero(fits & (suit.sum(axis=0) >= 5)):
            yield E[table], ROWS[suit[:, table]]


def reward_models(random: np.random.Generator) -> Iterator[tuple[Array, Array, Array]]:
    """Embeddings, first layer and output layer with rewards of 3, 5 and 3."""
    for E, rows in tables(random):
        good = np.array([[*row, bias] for row in rows for bias in BIASES])
        means = np.stack(
            [good @ with_ones(E[:, words]).mean(axis=1) for words in (LOSER, WINNER, JUDGED)],
            axis=1,
        )
        fours = random.integers(len(good), size=(TRIES, 4))
        loser, winner, judged = np.moveaxis(np.round(means[fours]), 2, 0)
        difference, zeros = winner - loser, (good == 0).sum(axis=1)
        fits = ((difference * judged).sum(axis=1) == 0) & ((difference * winner).sum(axis=1) <= 9)
        fits &= ((difference * loser).sum(axis=1) < 0) & ((difference != 0).sum(axis=1) >= 3)
        fits &= (np.diff(np.sort(fours // len(BIASES), axis=1), axis=1) > 0).all(axis=1)
        fits &= (zeros[fours].sum(axis=1) >= 4) & (zeros[fours].max(axis=1) <= 2)
        fits &= (loser == 0).sum(axis=1) <= 1
        for four in np.flatnonzero(fits)[:20]:
            gap, same = OUTPUTS @ difference[four], OUTPUTS @ (judged[four] - loser[four])
            bias = 3 - OUTPUTS @ loser[four]
            Wr = good[fours[four]]
            hidden = [Wr @ with_ones(E[:, words]) for words in (LOSER, WINNER, JUDGED)]
            if alike(Wr, *hidden) or beyond(hidden, -6, 9):
                continue
            new = OUTPUTS + 0.1 * difference[four]
            costs = np.round(-new @ Wr[:, :3] / 3, 1) @ E
            right = (gap == 2) & (same == 0) & (np.abs(bias) <= 3) & (bias != 0)
            right &= (costs.argmin(axis=1) == THEM) & ((OUTPUTS != 0).sum(axis=1) >= 3)
            negative = (E < 0).sum() + (Wr < 0).sum() + (OUTPUTS < 0).sum(axis=1) + (bias < 0)
            right &= (negative >= 1) & (negative <= 6)
            if right.any():
                w = random.choice(np.flatnonzero(right))
                yield E, Wr, np.array([[*OUTPUTS[w], bias[w]]])
                break


def language_models(
    random: np.random.Generator, E: Array, Wr: Array, Wo: Array
) -> Iterator[tuple[Array, Array]]:
    """Feed-forward and output layers whose words and gradients are right; few, or none."""
    Z = with_ones(E[:, PROMPT] @ A)
    difference = Wr[:, :3] @ (E[:, THEM] - E[:, HIM]) / 3
    words = (np.round(-(Wo[:, :4] + 0.1 * difference) @ Wr[:, :3] / 3, 1) @ E)[0]
    for _ in range(300):
        Wf = random.choice(WEIGHTS, size=(2, 4), p=[0.2, 0.35, 0.35, 0.1])
        T = with_ones(Wf @ Z)
        if beyond(T, -4, 6) or alike(T, Wf) or beyond((Wf != 0).sum(axis=1), 2, 4):
            continue
        if (T[:, 2] == 0).any() or len(set(np.abs(T[:, 2]))) < 2:
            continue
        lines = ROWS[((ROWS @ T >= 0) & (ROWS @ T <= 4)).all(axis=1)]
        if len(lines) < 8:
            continue
        sixes = lines[random.integers(len(lines), size=(DRAWS, 6))]
        for column, word in enumerate(NEXT):
            high = lines[(lines @ T)[:, column] >= 2]
            if len(high):
                sixes[:, word] = high[random.integers(len(high), size=DRAWS)]
        L = sixes @ T
        best = np.take_along_axis(L, np.broadcast_to([[NEXT]], (DRAWS, 1, 3)), axis=1)
        fits = (best > L).sum(axis=(1, 2)) == 15
        fits &= (L[:, :, 2] >= L[:, [THEM], 2]).sum(axis=1) == 2
        sixes, L = sixes[fits], L[fits]
        share = 3.0**L / (3.0**L).sum(axis=1, keepdims=True)
        P = np.round(share, 1)
        pull = P[:, :, 2] * (words - (P[:, :, 2] @ words)[:, np.newaxis])
        fits = np.isclose(P.sum(axis=1), 1).all(axis=1)
        fits &= ~np.isclose(share * 10 % 1, 0.5, atol=1e-6).any(axis=(1, 2))
        fits &= (pull.argmax(axis=1) == HIM) & (pull.argmin(axis=1) == THEM)
        fits &= (pull[:, HIM] > 0.15) & (pull[:, THEM] < -0.15)
        fits &= np.array([alike(Wv) < 2 and (Wv < 0).sum() < 9 for Wv in sixes], dtype=bool)
        yield from ((Wf, Wv) for Wv in sixes[fits][:20])


def untrained(numbers: Set) -> tuple[tuple[int, ...], float] | None:
    """A cell of E, and the number there that makes the model say "them"; None without any."""
    for cell, value in itertools.product(np.ndindex(3, 6), range(-3, 5)):
        E = numbers["E"].copy()
        E[cell] = value
        T = with_ones(numbers["Wf"] @ with_ones(E[:, PROMPT] @ A))
        L = (numbers["Wv"] @ T)[:, 2]
        if (np.delete(L, THEM) < L[THEM]).all():
            return cell, value
    return None


@cache
def begun(random: np.random.Generator) -> Iterator[tuple[Array, Array, Array]]:
    """The reward models of one search, which goes on where it stopped."""
    return reward_models(random)


def propose(random: np.random.Generator) -> Set | None:
    """A set that keeps the rules, or None where a reward model has no language model."""
    found = next(begun(random))
    for Wf, Wv in language_models(random, *found):
        numbers = dict(zip(("E", "Wr", "Wo", "Wf", "Wv"), (*found, Wf, Wv), strict=True))
        runs = BANK.runs({**BANK.own, **numbers})
        kept = all(abs(far) < 1e-6 for _, far in LESSON.rules(runs["hand"], runs["exact"]))
        if kept and untrained(numbers):
            return numbers
    return None


if __name__ == "__main__":
    fill("rlhf", propose)
