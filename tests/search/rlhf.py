"""Search for numbers of the RLHF lesson that a person can finish by hand.

    python -m tests.search.rlhf [SEED]

The reward model comes first: rows of its first layer are listed whose means over the three
pairs are whole, and four of them drawn until rewards of 3, 5 and 3 fit, and the third reward
stays 3 after the update. Then language models are drawn until the right words win and the
gradient tells "them" from "him", so that one update turns the answer round. Prints the matrices.
"""

import itertools
import sys
from collections.abc import Iterator

import numpy as np

from explainer.trace.feeds import Array
from tests.search.climbing import alike, beyond

LOSER, WINNER, JUDGED, PROMPT = [1, 3, 4], [1, 3, 5], [2, 3, 4], [0, 2, 3]
NEXT = [2, 3, 4]
HIM, THEM = 4, 5
A = np.array([[1, 1, 0], [0, 1, 1], [0, 0, 1]])
ROWS = np.array(list(itertools.product([-1, 0, 1, 2], [-1, 0, 1, 2], [-1, 0, 1, 2], [-2, 0, 1, 2])))
LINES = np.array(list(itertools.product([-1.0, 0, 1, 2], repeat=3)))
TRIES, DRAWS = 3_000, 20_000
OUTPUTS = np.array(list(itertools.product([-1, 0, 1, 2], repeat=4)))


def with_ones(X: Array) -> Array:
    """The features with a row of ones below."""
    return np.concatenate([X, np.ones((1, X.shape[1]))])


def pooled(E: Array, Wr: Array, words: list[int]) -> Array:
    """The mean of the features of three words, a 1 below: (5, 1)."""
    return with_ones(Wr @ with_ones(E[:, words]).mean(axis=1, keepdims=True))


def dull(X: Array) -> int:
    """How many rows are constant, or columns zero or alike."""
    alike_columns = X.shape[1] - len({tuple(column) for column in X.T})
    return int((np.ptp(X, axis=1) == 0).sum() + (~X.any(axis=0)).sum() + alike_columns)


def tied(x: Array, decimals: int = 1) -> int:
    """How many numbers lie halfway between two roundings."""
    return int(np.isclose(x * 10**decimals % 1, 0.5, atol=1e-6).sum())


def costs(E: Array, Wr: Array, Wo: Array) -> Array:
    """What each word, as the third, adds to the loss, after the update by hand: (1, 6)."""
    new = Wo + 0.1 * (pooled(E, Wr, WINNER) - pooled(E, Wr, LOSER)).T
    return np.round(-new[:, :4] @ Wr[:, :3] / 3, 1) @ E


def judging(E: Array, Wr: Array, Wo: Array) -> float:
    """How far the reward model is from the rules."""
    loser, winner, judged = (pooled(E, Wr, words) for words in (LOSER, WINNER, JUDGED))
    difference = winner - loser
    features = [Wr @ with_ones(E[:, words]) for words in (LOSER, WINNER, JUDGED)]
    rewards = [(Wo @ s).item() for s in (loser, winner, judged)]
    rules = (
        alike(E) + alike(Wr) + sum(alike(H) for H in features),
        sum(dull(E[:, words]) for words in (LOSER, WINNER, JUDGED, PROMPT)),
        sum(beyond(H, -6, 9) for H in features),
        float(np.abs(loser % 1).sum() + np.abs(winner % 1).sum() + np.abs(judged % 1).sum()),
        sum(abs(r - right) for r, right in zip(rewards, (3, 5, 3), strict=True)),
        abs((difference.T @ judged).item()),
        beyond((difference.T @ loser).item(), -9, -1),
        beyond((difference.T @ winner).item(), 1, 9),
        beyond(Wo, -3, 3) + float(costs(E, Wr, Wo).argmin() != THEM),
        beyond((difference != 0).sum(), 3, 4) + beyond((Wo != 0).sum(), 4, 5),
        beyond(sum((W < 0).sum() for W in (E, Wr, Wo)), 1, 6),
        beyond((Wr != 0).sum(axis=1), 2, 4) + beyond((Wr == 0).sum(), 4, 8),
    )
    return float(np.round(sum(rules), 9))


def writing(E: Array, Wr: Array, Wo: Array, Wf: Array, Wv: Array) -> float:
    """How far the language model, and the gradient that reaches it, are from the rules."""
    Z = with_ones(E[:, PROMPT] @ A)
    T = with_ones(Wf @ Z)
    L = Wv @ T
    share = 3.0**L / (3.0**L).sum(axis=0)
    P = np.round(share, 1)
    p = P[:, 2:]
    words = costs(E, Wr, Wo)
    average = words @ p
    pull = p * (words.T - np.round(average, 1))
    gradient = np.round(pull, 1)
    update = Wv - gradient @ T[:, 2:].T
    rules = (
        alike(Z) + alike(T) + alike(Wf) + max(0, alike(Wv) - 1),
        beyond(T, -4, 6) + beyond(L, 0, 4),
        sum(L.argmax(axis=0) != NEXT) + (np.sort(L, axis=0)[-1] == np.sort(L, axis=0)[-2]).sum(),
        float((L[:, 2] >= L[THEM, 2]).sum() != 2),
        10 * float(np.abs(P.sum(axis=0) - 1).sum()),
        tied(share) + tied(average) + tied(pull),
        beyond(gradient[HIM, 0], 0.2, 2) + beyond(gradient[THEM, 0], -2, -0.2),
        float(gradient.argmax() != HIM) + float(gradient.argmin() != THEM),
        beyond(gradient.sum(), -0.2, 0.2),
        beyond((Wv != 0).sum(axis=1), 1, 3) + beyond((Wf != 0).sum(axis=1), 2, 4),
        beyond(update, -4, 4) + float((update @ T[:, 2]).argmax() != THEM),
        float(len(set(np.abs(T[:, 2]))) < 2) + float((T[:, 2] == 0).sum()),
        beyond((Wv < 0).sum() + (Wf < 0).sum(), 1, 9),
    )
    return float(np.round(sum(rules), 9))


def reward_models(random: np.random.Generator) -> Iterator[tuple[Array, Array, Array]]:
    """Embeddings, first layer and output layer that keep all rules."""
    while True:
        E = random.choice([-1.0, 0, 1, 2], size=(3, 6), p=[0.03, 0.42, 0.42, 0.13])
        if alike(E) or any(dull(E[:, words]) for words in (LOSER, WINNER, JUDGED, PROMPT)):
            continue
        sums = [ROWS @ with_ones(E[:, words]).sum(axis=1) for words in (LOSER, WINNER, JUDGED)]
        good = ROWS[np.all([total % 3 == 0 for total in sums], axis=0)]
        if len(good) < 9:
            continue
        means = np.stack(sums, axis=1)[np.all([s % 3 == 0 for s in sums], axis=0)] / 3
        fours = random.integers(len(good), size=(TRIES, 4))
        loser, winner, judged = np.moveaxis(means[fours], 2, 0)
        difference = winner - loser
        fits = ((difference * judged).sum(axis=1) == 0) & ((difference * winner).sum(axis=1) <= 9)
        fits &= ((difference * loser).sum(axis=1) < 0) & ((difference != 0).sum(axis=1) >= 3)
        fits &= (np.diff(np.sort(fours, axis=1), axis=1) > 0).all(axis=1)
        for four in np.flatnonzero(fits)[:20]:
            gap, same = OUTPUTS @ difference[four], OUTPUTS @ (judged[four] - loser[four])
            for w in OUTPUTS[(gap == 2) & (same == 0)]:
                Wo = np.array([[*w, 3 - w @ loser[four]]])
                Wr = good[fours[four]].astype(float)
                if judging(E, Wr, Wo) == 0:
                    yield E, Wr, Wo
                    break


def language_model(
    random: np.random.Generator, E: Array, Wr: Array, Wo: Array
) -> tuple[Array, Array] | None:
    """Feed-forward and output layer that keep all rules, or None when few tries find none."""
    Z = with_ones(E[:, PROMPT] @ A)
    words = costs(E, Wr, Wo)[0]
    for _ in range(150):
        Wf = random.choice([-1.0, 0, 1, 2], size=(2, 4), p=[0.2, 0.35, 0.35, 0.1])
        T = with_ones(Wf @ Z)
        if beyond(T, -4, 6) or alike(T) or (T[:, 2] == 0).any() or len(set(np.abs(T[:, 2]))) < 2:
            continue
        lines = LINES[((LINES @ T >= 0) & (LINES @ T <= 4)).all(axis=1)]
        if len(lines) < 8:
            continue
        sixes = lines[random.integers(len(lines), size=(DRAWS, 6))]
        for column, word in enumerate(NEXT):
            high = lines[(lines @ T)[:, column] >= 2]
            if len(high):
                sixes[:, word] = high[random.integers(len(high), size=DRAWS)]
        L = sixes @ T
        P = np.round(3.0**L / (3.0**L).sum(axis=1, keepdims=True), 1)
        pull = P[:, :, 2] * (words - (P[:, :, 2] @ words)[:, np.newaxis])
        fits = (L.argmax(axis=1) == NEXT).all(axis=1)
        fits &= (L[:, :, 2] >= L[:, [THEM], 2]).sum(axis=1) == 2
        fits &= np.isclose(P.sum(axis=1), 1).all(axis=1)
        fits &= (pull.argmax(axis=1) == HIM) & (pull.argmin(axis=1) == THEM)
        for Wv in sixes[fits]:
            if writing(E, Wr, Wo, Wf, Wv) == 0:
                return Wf, Wv
    return None


def main() -> None:
    """Search until every rule holds, and print the numbers."""
    random = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    for E, Wr, Wo in reward_models(random):
        if found := language_model(random, E, Wr, Wo):
            for name, W in zip(("E", "Wr", "Wo", "Wf", "Wv"), (E, Wr, Wo, *found), strict=True):
                print(name, W.astype(int).tolist())
            return


if __name__ == "__main__":
    main()
