"""Every text as it is read, its labels and numbers filled in: no word stands twice in a row."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from markupsafe import Markup

import explainer
from explainer.catalog import Catalog
from explainer.matrix import ARITHMETICS
from explainer.numbers import number
from explainer.pages import text

CATALOG = Catalog()
HAN = r"[\u4e00-\u9fff]"
BETWEEN = r"[\s()（）“”\"']+"  # what may stand between a name and its label
TWICE = (
    re.compile(rf"\b([^\W\d_]+){BETWEEN}\1\b", re.IGNORECASE),
    re.compile(rf"({HAN}+){BETWEEN}\1"),
)
CLAUSE = re.compile(r"[,.;:!?，。；：！？、]")


def twice(html: str) -> str | None:
    """What a text of the page without script says twice in a row, or nothing.

    A label in brackets, which that page writes as (<b>label</b>), explains nothing where the
    clause before it has the word already.
    """
    read = Markup(html).striptags()
    for pattern in TWICE:
        if found := pattern.search(read):
            return found[0]
    for found in re.finditer(r"[(（]<b>(.*?)</b>[)）]", html):
        label = Markup(found[1]).striptags()
        before = Markup(html[: found.start()]).striptags()
        if label in CLAUSE.split(before)[-1]:
            return f"{label} ({label})"
    return None


def blocks(lesson: str, language: str, arithmetic: str) -> Iterator[tuple[str, str]]:
    """Each heading, paragraph and note of a lesson: (where it stands, its HTML)."""
    sheet = CATALOG.sheet(lesson)
    run = explainer.lesson(lesson).run(arithmetic)
    told = sheet["texts"][language]
    arrays = {
        name: {**array, "label": {**array["label"], arithmetic: label}}
        for name, array in sheet["arrays"].items()
        for label in [told["labels"].get(name, array["label"][arithmetic])]
    }

    def cell(name: str, index: Sequence[int]) -> str:
        value, words = float(run[name][tuple(index)]), arrays[name].get("words")
        # a word of the vocabulary is a number here, and may follow the same word: is ⟨is⟩
        return f"⟨{words[int(value)]}⟩" if words else number(value, arrays[name]["digits"]["hand"])

    def html(tree: Any) -> str:
        return str(text.html(tree, {**sheet, "arrays": arrays}, arithmetic, cell))

    yield "the title", html(told["title"])
    for block in told["summary"]:
        yield "the summary", html(block)
    for step, words in told["steps"].items():
        for block in (words["title"], words["short"], *words["body"]):
            yield f"step {step}", html(block)


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("lesson", CATALOG.ids())
def test_no_text_says_a_word_twice_in_a_row(lesson: str, language: str, arithmetic: str) -> None:
    told = list(blocks(lesson, language, arithmetic))
    assert len(told) > len(CATALOG.sheet(lesson)["texts"][language]["steps"])
    assert [(place, twice(html)) for place, html in told if twice(html)] == []


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("an encoder <b>Encoder</b> with its bias", "encoder Encoder"),
        ("词表和编码器 <b>编码器</b>，最后一列", "编码器 编码器"),
        ("就有了<b>胜者</b>（胜者）", "胜者（胜者"),
        ("更好的一句（<b>更好</b>）", "更好 (更好)"),
        ("the sum (<b>sum</b>) of both", "sum (sum"),
        ("The gradient of <b>B</b> is <b>G<sub>U</sub></b>", None),
        ("一块一块叠上去，<b>更好</b>（<b>A</b>）", None),
        ("what it is, is known: it is <b>3</b>", None),
    ],
)
def test_a_word_and_its_own_label_are_noticed(html: str, said: str | None) -> None:
    assert twice(html) == said
