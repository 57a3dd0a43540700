"""The papers of every lesson: sets that keep the rules, and texts that are true on each.

That all rules, slips, predictions and goals hold on all papers is held by `explainer check`, of
which `test_cli` asks that it finds nothing.
"""

import importlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import explainer
from explainer import paths
from explainer.bank import Bank
from explainer.catalog import Catalog
from explainer.numbers import number
from explainer.pages import text
from explainer.trace.feeds import Array
from tests.lessons.claims import Claim

CATALOG = Catalog()
LANGUAGES = ("en", "zh")
SHUFFLED = [id for id in CATALOG.ids() if "papers" in CATALOG.sheet(id)]
SOME = range(31)


def claims(id: str) -> tuple[Claim, ...]:
    """What a lesson's texts claim; a lesson with papers has a module for it."""
    module = importlib.import_module(f"tests.lessons.claims.{id.replace('-', '_')}")
    found: tuple[Claim, ...] = module.CLAIMS
    return found


def trees(told: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """All that a lesson says in one language, and where."""
    yield "the title", told["title"]
    yield "the summary", told["summary"]
    for step, words in told["steps"].items():
        yield f"step {step}", [words["title"], words["short"], *words["body"]]
    for id, sentence in told.get("practice", {}).items():
        yield f"practice {id}", sentence
    for sentence in told.get("can", ()):
        yield "can", sentence


@pytest.mark.parametrize("id", SHUFFLED)
def test_every_set_of_the_bank_keeps_every_rule_before_it_is_shuffled(id: str) -> None:
    lesson = explainer.lesson(id)
    bank = Bank(lesson)
    sets = bank.papers["sets"]
    assert len({str(each) for each in sets}) == len(sets) >= 12
    for place, each in enumerate(sets):
        own = {n: np.reshape(flat, bank.own[n].shape).astype(float) for n, flat in each.items()}
        type(lesson)(**own)  # within the bounds of each given
        runs = bank.runs({**bank.own, **own})
        far = {told: far for told, far in lesson.rules(runs["hand"], runs["exact"])}
        assert far, "no rules"
        assert {told: far for told, far in far.items() if abs(far) > 1e-6} == {}, place


@pytest.mark.parametrize("id", SHUFFLED)
def test_the_papers_of_a_class_differ(id: str) -> None:
    bank = Bank(explainer.lesson(id))
    seen = [b"".join(a.tobytes() for a in bank.givens(paper).values()) for paper in range(1000)]
    assert len(set(seen)) > 800  # RLHF's words stay where they are, which leaves 288 orders a set
    assert len(set(seen[:31])) == 31
    assert all(len(set(seen[first : first + 12])) == 12 for first in range(len(seen) - 12))


@pytest.mark.parametrize("id", SHUFFLED)
def test_every_text_can_be_told_on_every_paper(id: str) -> None:
    sheet, bank = CATALOG.sheet(id), Bank(explainer.lesson(id))
    arrays: dict[str, Array] = {}

    def cell(name: str, index: Any) -> str:
        value, shown = float(arrays[name][tuple(index)]), sheet["arrays"][name]
        assert np.isfinite(value), f"{name}{list(index)} is blank"
        if words := shown.get("words"):
            assert value in range(len(words)), f"{name}{list(index)} is no word"
            return str(words[int(value)])
        return number(value, shown["digits"]["hand"])

    for paper in SOME:
        for arithmetic, run in bank.runs(bank.givens(paper)).items():
            arrays = run
            for language in LANGUAGES:
                for place, tree in trees(sheet["texts"][language]):
                    told = str(text.html(tree, sheet, arithmetic, cell))
                    assert told.strip(), (place, language)
                    assert not re.search(r"nan|undefined|\{\w+\[", told), (place, language, paper)


@pytest.mark.parametrize("id", SHUFFLED)
def test_what_a_text_claims_is_true_on_every_paper(id: str) -> None:
    folder = paths.lessons() / id.replace("-", "_")
    said = {language: read(folder / f"{language}.md") for language in LANGUAGES}
    for claim in claims(id):
        assert claim.en in said["en"]
        assert claim.zh in said["zh"]
    bank = Bank(explainer.lesson(id))
    for paper in SOME:
        for arithmetic, arrays in bank.runs(bank.givens(paper)).items():
            for claim in claims(id):
                if claim.only in ("", arithmetic):
                    assert claim.true(arrays), (claim.en, paper, arithmetic)


def read(path: Path) -> str:
    """A text as one line, as it is read: without where its words lead."""
    text = re.sub(r"\[([^\]]*)\]\((?:term|lesson):[^)]*\)", r"\1", path.read_text(encoding="utf-8"))
    return " ".join(text.split())
