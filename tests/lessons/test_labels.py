"""Where a reader sees a matrix's label, no sentence says the same thing twice."""

import re
from typing import Any

import pytest

from explainer.catalog import Catalog

CATALOG = Catalog()
LESSONS = ("moe", "rlhf", "vector-database")
LANGUAGES = ("en", "zh")


def labels(sheet: dict[str, Any], language: str) -> dict[str, str]:
    """The label of each array as a reader of the language sees it, without its markup."""
    told = sheet["texts"][language]["labels"]
    named = {
        name: told.get(name, array["label"]["hand"]) for name, array in sheet["arrays"].items()
    }
    return {name: re.sub(r"[_^{}]", "", label) for name, label in named.items()}


def read(tree: Any, named: dict[str, str]) -> str:
    """A text tree as it is read; a live number is written #."""
    if isinstance(tree, list):
        return "".join(read(part, named) for part in tree)
    if isinstance(tree, str):
        return tree
    if "array" in tree:
        return "#" if "cell" in tree else named[tree["array"]]
    return read(tree["children"], named)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
def test_no_word_stands_twice_in_a_row(lesson: str, language: str) -> None:
    sheet = CATALOG.sheet(lesson)
    named = labels(sheet, language)
    for step, text in sheet["texts"][language]["steps"].items():
        for block in text["body"]:
            said = read(block, named)
            twice = re.search(
                r"\b([^\W\d_]{2,})[\s（(]*\1\b|([\u4e00-\u9fff]{2,})\s*（?\2", said, re.I
            )
            assert twice is None, f"{step}: {twice[0]} in {said}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lesson", LESSONS)
def test_no_two_arrays_have_the_same_label(lesson: str, language: str) -> None:
    named = labels(CATALOG.sheet(lesson), language)
    assert len(set(named.values())) == len(named), sorted(named.values())
