"""Search for numbers of the vector-database lesson that a person can finish by hand.

    python -m tests.search.vector_database [SEED]

Draws an encoder W, then changes one embedding or one number of the projection P at a time and
keeps what breaks fewer rules: every mean is whole, ReLU meets negatives in every sentence, and
"who am I" is nearest to "am I you" by a clear margin, by dot product and by angle, and is so
before the projection already. The words that no sentence uses get embeddings that no other word
has. Prints the matrices.
"""

import itertools
import sys

import numpy as np

from explainer.trace.feeds import Array
from tests.search.climbing import alike, beyond

STEPS = 400
WORDS = "a am are can do he how I in is it me my no not she the we who why yes you".split()
SENTENCES = ("how are you", "who are you", "who am I", "am I you")
USED = [WORDS.index(word) for word in "how who are am I you".split()]
CHOICES = ([0, 0, 1, 1, 2, -1], [-1, 0, 0, 1, 1], [-1, 0, 1, 1, 2])


def places(sentence: str) -> list[int]:
    """The place of each word in the vocabulary."""
    return [WORDS.index(word) for word in sentence.split()]


def encoder_penalty(W: Array) -> float:
    """How far W (4, 5) alone is from the rules: two or three inputs a row, some negative."""
    terms, biases = (W[:, :4] != 0).sum(axis=1), (W[:, 4] != 0).sum()
    negatives = (W[:, :4] < 0).sum()
    return alike(W) + beyond(terms, 2, 3) + beyond([biases], 2, 3) + beyond([negatives], 2, 4)


def penalty(E: Array, W: Array, P: Array) -> float:
    """How far E (4, 22), W (4, 5) and P (2, 4) are from the rules; below 1 is taste."""
    X = np.stack([np.concatenate([E[:, places(s)], np.ones((1, 3))]) for s in SENTENCES])
    H = W @ X
    R = np.maximum(H, 0)
    sums = R.sum(axis=2).T
    texts = sums / 3
    v = P @ texts
    store, query = v[:, :3], v[:, 3]
    dots = query @ store
    before = texts[:, 3] @ texts[:, :3]
    cosines = before / np.linalg.norm(texts, axis=0)[:3].clip(0.1)
    lengths = np.hypot(*v)
    turn = np.degrees(np.arctan2(v[1], v[0]))
    apart = [abs(turn[i] - turn[j]) for i in range(3) for j in range(i)]
    off = np.abs(turn[:3] - turn[3])
    rules = (
        (sums % 3 != 0).sum(),
        sum(alike(array) for array in (E[:, USED], P, sums, *R)),
        beyond(H, -3, 6) + beyond(texts, 0, 4) + beyond(v, -3, 6),
        beyond((H < 0).sum(axis=(1, 2)), 1, 5),
        beyond([(sums == 0).sum()], 0, 2),
        beyond(lengths, 2, 7),
        beyond([np.sort(dots)[-1] - np.sort(dots)[-2]], 5, 99) + 5 * (dots.argmax() != 2),
        beyond([np.sort(before)[-1] - np.sort(before)[-2]], 1, 99) + 5 * (before.argmax() != 2),
        5 * float(cosines.argmax() != 2) + beyond(before, 0, 40),
        beyond(dots, 0, 30) + (3 - len(np.unique(dots))),
        (beyond(apart, 12, 150) + beyond(off[:2] - off[2], 15, 180)) / 5,
        beyond(off[2:], 4, 25) / 5 + beyond(off[:2], 4, 110) / 5,
        encoder_penalty(W),
        beyond((P != 0).sum(axis=1), 2, 3) + beyond([(P < 0).sum()], 1, 2),
        beyond([(P != 0).any(axis=0).sum()], 4, 4),
        beyond([(E[:, USED] < 0).sum()], 1, 4),
    )
    return float(sum(rules)) + 1 - (len(np.unique(H)) + len(np.unique(sums))) / 100


def climb(random: np.random.Generator) -> tuple[float, list[Array]]:
    """One climb with a random encoder; (penalty, matrices).

    The means are whole when how, who, are and you leave the same remainders by 3 after the ReLU,
    and "am I" what is then missing; so a word is only changed for one that keeps this.
    """
    W = np.zeros((4, 5))
    while encoder_penalty(W):
        W = random.choice(CHOICES[1], size=(4, 5)).astype(float)
    columns = np.array(list(itertools.product([-1, 0, 1, 2], repeat=4)), dtype=float)
    encoded = np.maximum(W @ np.concatenate([columns.T, np.ones((1, len(columns)))]), 0)
    kinds: dict[tuple[float, ...], list[Array]] = {}
    for column, remainder in zip(columns, encoded.T % 3, strict=True):
        kinds.setdefault(tuple(remainder), []).append(column)
    names = list(kinds)
    kind = names[random.choice(len(names), p=[len(kinds[name]) / 256 for name in names])]
    alike_words = [WORDS.index(word) for word in ("how", "who", "are", "you")]

    def draw(E: Array, word: int) -> None:
        if word in alike_words:
            E[:, word] = random.choice(kinds[kind])
            return
        one = names[random.integers(len(names))]
        other = tuple((-np.array(kind) - one) % 3)
        if other in kinds:
            E[:, WORDS.index("am")] = random.choice(kinds[one])
            E[:, WORDS.index("I")] = random.choice(kinds[other])

    numbers = [np.zeros((4, 22)), W, random.choice(CHOICES[2], size=(2, 4)).astype(float)]
    for word in USED:
        draw(numbers[0], word)
    best = penalty(*numbers)
    for _ in range(STEPS):
        E, P = numbers[0].copy(), numbers[2].copy()
        if random.integers(3):
            draw(E, random.choice(USED))
        else:
            P.flat[random.integers(8)] = random.choice(CHOICES[2])
        reached = penalty(E, W, P)
        if reached <= best:
            best, numbers = reached, [E, W, P]
    return best, numbers


def unlike(E: Array, random: np.random.Generator) -> Array:
    """The table with new embeddings for the words not in use: none is zero or used twice."""
    columns = {tuple(E[:, word]) for word in USED} | {(0.0,) * 4}
    table = E.copy()
    for word in range(len(WORDS)):
        while word not in USED and tuple(table[:, word]) in columns:
            table[:, word] = random.choice(CHOICES[0], size=4)
        columns.add(tuple(table[:, word]))
    return table


def main() -> None:
    """Climb until every rule holds, and print the numbers."""
    random = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
    best = 1.0
    while best >= 1:
        best, numbers = climb(random)
    numbers[0] = unlike(numbers[0], random)
    for name, array in zip(("E", "W", "P"), numbers, strict=True):
        print(name, array.astype(int).tolist())


if __name__ == "__main__":
    main()
