"""Search for papers of the vector-database lesson that a person can finish by hand.

    python -m tests.search.vector_database [SEED] [SETS]

Takes three sentences and a question from a list, and an encoder W. The means are whole when the
numbers of the words of each sentence, after ReLU, add up to a multiple of 3; so words get columns
of remainders that do. Then one word is changed for another of its remainders, or one number of
the projection P, and what breaks the lesson's rules less is kept. The words that no sentence uses
stay as they are. What keeps every rule goes into the bank, if its goals can be reached.
"""

import itertools

import numpy as np

import explainer
from explainer.bank import Bank, told_by
from explainer.practice import Goal
from explainer.rules import alike, beyond
from explainer.trace.feeds import Array
from tests.search.banks import Set, fill

LESSON = explainer.lesson("vector-database")
BANK = Bank(LESSON)
NAMES = ("s1", "s2", "s3", "q")
WORDS = "a am are can do he how I in is it me my no not she the we who why yes you".split()
COLUMNS = np.array(list(itertools.product([-1, 0, 1, 2], repeat=4)), dtype=float)
PROJECTION = [-1, 0, 1, 1, 2]
STEPS = 400
# a question, the sentence that shares most of its words, and two others
SENTENCES = [
    [line.split() for line in lines.split(", ")]
    for lines in (
        "am I you, who am I, how are you, who are you",
        "is she not, she is in, how are you, we can do",
        "can we do, yes we can, who is she, why not me",
        "is it not, it is me, how are we, she can do",
        "is he in, he is not, why not she, who are you",
        "do I not, no I do, who is she, how are we",
        "are you he, you are in, who is she, it is me",
        "are we in, who are we, why not me, he can do",
        "can I do, no I can, how is he, why are you",
        "who is it, it is me, how are you, we can do",
    )
]


Columns = dict[int, Array]
TURNS: list[tuple[Set, int]] = []


def places(words: str | list[str]) -> list[int]:
    """The place of each word in the vocabulary."""
    return [WORDS.index(word) for word in (words.split() if isinstance(words, str) else words)]


def encoder(random: np.random.Generator) -> Array:
    """An encoder W (4, 5) of rows that read two or three features."""
    while True:
        W = random.choice([-1, 0, 0, 1, 1], size=(4, 5)).astype(float)
        inputs, negatives = (W[:, :4] != 0).sum(axis=1), (W[:, :4] < 0).sum()
        if (
            not alike(W)
            + beyond(inputs, 2, 3)
            + beyond(negatives, 2, 4)
            + beyond((W[:, 4] != 0).sum(), 2, 3)
        ):
            return W


def kinds(W: Array) -> dict[tuple[float, ...], Array]:
    """The columns that a word may have, by what remains of them after the encoder, divided by 3."""
    H = W @ np.concatenate([COLUMNS.T, np.ones((1, len(COLUMNS)))])
    fits = ((H >= -3) & (H <= 6)).all(axis=0) & COLUMNS.any(axis=1)
    found: dict[tuple[float, ...], list[Array]] = {}
    for column, remainder in zip(COLUMNS[fits], np.maximum(H, 0).T[fits] % 3, strict=True):
        found.setdefault(tuple(remainder), []).append(column)
    return {remainder: np.array(columns) for remainder, columns in found.items()}


def remainders(
    random: np.random.Generator,
    sentences: list[list[int]],
    choices: dict[tuple[float, ...], Array],
) -> dict[int, tuple[float, ...]] | None:
    """A remainder for every word, so that each sentence has none; None where it does not work."""
    names = list(choices)
    weights = np.array([len(choices[name]) for name in names], float)
    found: dict[int, tuple[float, ...]] = {}
    for words in sentences:
        free = [word for word in words if word not in found]
        for word in free[:-1]:
            found[word] = names[random.choice(len(names), p=weights / weights.sum())]
        if free:
            known = np.sum([found[word] for word in words if word != free[-1]], axis=0)
            found[free[-1]] = tuple(-known % 3)
    whole = all(
        not (np.sum([found[word] for word in words], axis=0) % 3).any() for words in sentences
    )
    return found if whole and all(name in choices for name in found.values()) else None


def far(givens: Set) -> float:
    """How far a set is from the lesson's rules, in all; means that are whole are so exactly."""
    hand = BANK.computed({**BANK.own, **givens}, "hand")
    return sum(abs(far) for _, far in LESSON.rules(hand, hand))


def start(random: np.random.Generator) -> tuple[Set, Columns] | None:
    """Sentences, an encoder and words whose means are whole, and the columns each word may have."""
    question, *stored = map(places, SENTENCES[random.integers(len(SENTENCES))])
    W = encoder(random)
    choices = kinds(W)
    found = remainders(random, [*stored, question], choices)
    if found is None:
        return None
    columns = {word: choices[kind] for word, kind in found.items()}
    E = BANK.own["E"].copy()
    for word, ones in columns.items():
        give(E, word, random.choice(ones), columns)
    P = random.choice(PROJECTION, size=(2, 4)).astype(float)
    words = np.array([*random.permutation(stored), question], float)
    return {**dict(zip(NAMES, words, strict=True)), "E": E, "W": W, "P": P}, columns


def climb(random: np.random.Generator, givens: Set, columns: Columns) -> Set | None:
    """P, and words that may have other columns, changed one by one until every rule is kept."""
    best = far(givens)
    for step in range(STEPS):
        trial = {**givens, "E": givens["E"].copy(), "P": givens["P"].copy()}
        if columns and random.integers(3):
            word = random.choice(list(columns))
            give(trial["E"], word, random.choice(columns[word]), columns)
        else:
            trial["P"].flat[random.integers(8)] = random.choice(PROJECTION)
        reached = far(trial)
        if reached <= best + random.exponential(0.1):  # now and then a step back
            best, givens = reached, trial
        if best > 9 and step > 80:
            return None
        if best < 1e-6:
            return givens if solvable(random, givens) else None
    return None


def give(E: Array, word: int, column: Array, columns: Columns) -> None:
    """Give a word another column; a word of no sentence that has it already takes the old one."""
    for other in np.flatnonzero((column[:, np.newaxis] == E).all(axis=0)):
        if other not in columns:
            E[:, other] = E[:, word]
    E[:, word] = column


def propose(random: np.random.Generator) -> Set | None:
    """A set that keeps the rules, or None: from a random start, or one found before, turned.

    Turned, another sentence is the first, and another projection is looked for; a bank in which
    three sets have the same embeddings takes half as much of a page.
    """
    if TURNS:
        given, turn = TURNS.pop()
        stored = [given[NAMES[(i + turn) % 3]] for i in range(3)]
        P = random.choice(PROJECTION, size=(2, 4)).astype(float)
        return climb(random, {**given, **dict(zip(NAMES, stored, strict=False)), "P": P}, {})
    begun = start(random)
    found = climb(random, *begun) if begun else None
    TURNS.extend([(found, 1), (found, 2)] if found else [])
    return found


def solvable(random: np.random.Generator, givens: Set) -> bool:
    """Whether two other numbers, or a question of three other words, reach each goal."""
    return all(
        any(_reached(goal, givens, random) for _ in range(300))
        for goal in LESSON.practice
        if isinstance(goal, Goal) and goal.id != "same"  # a stored sentence in another order
    )


def _reached(goal: Goal, givens: Set, random: np.random.Generator) -> bool:
    name = str(goal.change)
    other = givens[name].copy()
    for cell in random.choice(other.size, size=goal.most, replace=False):
        other.flat[cell] = random.integers(22) if name == "q" else random.integers(-2, 4)
    runs = BANK.runs({**BANK.own, **givens, name: other})
    return all(told_by(goal.reached, runs[how], how == "hand").all() for how in runs)


if __name__ == "__main__":
    fill("vector-database", propose, unlike=("P",))
