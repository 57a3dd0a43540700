"""Fill a lesson's bank: propose sets of numbers until so many keep every rule of the lesson."""

import json
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

import numpy as np

import explainer
from explainer import papers
from explainer.bank import Bank
from explainer.checking_papers import broken
from explainer.lesson import Lesson
from explainer.trace.feeds import Array
from tests.search.seeds import needed, write

Set = Mapping[str, Array]
SHUFFLES = 8
Propose = Callable[[np.random.Generator], Set | None]


def fill(id: str, propose: Propose, unlike: Collection[str] = ()) -> None:
    """Search from a seed for so many sets, both on the command line, and write `papers.json`.

    No given of a set is that of another, or the lesson's own (unlike: only of these givens is that
    so); most of its shuffles are good papers.
    """
    seed, count = (int(word) for word in [*sys.argv[1:], "1", "30"][:2])
    random = np.random.default_rng(seed)
    lesson = explainer.lesson(id)
    bank = Bank(lesson)
    found: list[Set] = [bank.own]
    while len(found) <= count:
        each = propose(random)
        if each is None or any(same(each, other, unlike or each) for other in found):
            continue
        runs = bank.runs({**bank.own, **each})
        if all(abs(far) < 1e-6 for _, far in lesson.rules(runs["hand"], runs["exact"])) and often(
            lesson, bank, each
        ):
            found.append(each)
            print(f"{len(found) - 1} of {count}", file=sys.stderr, flush=True)
    sets = [{name: whole(array) for name, array in each.items()} for each in found[1:]]
    path = (lesson.folder or Path()) / "papers.json"
    write(path, {"sets": sets, "seeds": {}})
    seeds, hopeless = needed(explainer.lesson(id))
    write(path, {"sets": sets, "seeds": seeds})
    print(f"{id}: {count} sets, {len(seeds)} seeds, {len(hopeless)} papers without")


def often(lesson: Lesson, bank: Bank, each: Set) -> bool:
    """Whether most shuffles of a set keep what must hold on a paper: slips and goals too."""
    flat = {name: array.ravel() for name, array in each.items()}
    said = {**bank.papers, "sets": [flat], "seeds": {}}
    shuffles = (papers.numbers(said, bank.own, paper) for paper in range(1, SHUFFLES + 1))
    good = sum(not any(True for _ in broken(lesson, bank.runs(numbers))) for numbers in shuffles)
    return good > SHUFFLES / 2


def same(one: Set, other: Set, names: Collection[str]) -> bool:
    """Whether two sets share one of some givens."""
    return any(np.array_equal(one[name], other[name]) for name in names)


def whole(array: Array) -> object:
    """Nested lists, without a decimal point where none is needed."""
    return json.loads(json.dumps(array.tolist()).replace(".0,", ",").replace(".0]", "]"))
