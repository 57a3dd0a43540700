"""The glossary: its entries, the links of the texts to them, its page."""

import re
from pathlib import Path
from typing import Any

import pytest

from explainer import glossary, narration, sheet, trees
from explainer.catalog import Catalog
from explainer.errors import LessonError
from explainer.loading import load
from explainer.pages import glossary as page
from explainer.pages.links import PathLinks, QueryLinks
from explainer.pages.text import html
from explainer.site.links import SiteLinks

TERMS = glossary.terms()
LONGEST = {"en": 125, "zh": 50}  # characters of a tooltip that is read at a glance


def test_every_term_has_two_names_two_lines_and_a_step_that_is_there() -> None:
    assert 60 <= len(TERMS) <= 80
    catalog = Catalog()
    places = [(term.lesson, term.step) for term in TERMS.values()]
    orders = {
        id: [step["id"] for step in catalog.sheet(id)["graphs"]["hand"]["steps"]]
        for id in catalog.ids()
    }
    ranks = [(catalog.ids().index(lesson), orders[lesson].index(step)) for lesson, step in places]
    assert ranks == sorted(ranks), "they stand in the order in which they come up"
    for id, term in TERMS.items():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", id)
        for language, longest in LONGEST.items():
            line = term.lines[language]
            assert line.endswith((".", "。")) and len(line) <= longest, (id, line)
        assert not term.source or term.source[1].startswith("https://")
    for language in glossary.LANGUAGES:
        names = [term.names[language] for term in TERMS.values()]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[a]\nat = 'moe/given'", "glossary.toml: a needs at ="),
        ("[a]\nen.term = 1", "glossary.toml: a needs at ="),
        ("a = 1", "glossary.toml: a needs at ="),
        ("[a", "glossary.toml: Expected"),
    ],
)
def test_what_is_wrong_in_the_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "glossary.toml").write_text(text)
    with pytest.raises(LessonError, match=told):
        glossary.read(tmp_path / "glossary.toml")


def test_a_link_to_a_term_that_is_not_there_is_told_and_the_lesson_is_shown() -> None:
    text = narration.parse("# T\n\nSum.\n\n## one: One\n\nA [word](term:sofmax) here.\n", "en.md")
    (problem,) = narration.check(text, ["one"], {}, "en.md")
    assert str(problem) == "en.md line 7: step one leads to term:sofmax, which the glossary has not"
    assert not problem.stops


LESSON = """import numpy as np
from explainer import Lesson, Matrix


class Mine(Lesson):
    X = Matrix([[1, 2]])
    layout = "X Y"

    def steps(self, X):
        Y = X * 2
        yield "given"
"""


@pytest.fixture
def compiled(tmp_path: Path) -> dict[str, Any]:
    """The sheet of a lesson whose text leads to a term in each language."""
    (tmp_path / "lesson.py").write_text(LESSON)
    for language, word in (("en", "softmax"), ("zh", "softmax"), ("de", "Softmax")):
        text = f'# T\n\nSum.\n\n## given: One\n\nA [{word}](term:softmax) and [x](term:x "own").\n'
        (tmp_path / f"{language}.md").write_text(text)
    return sheet.compile(load(tmp_path)())


def links(document: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """The links of a text, in order."""
    found: list[dict[str, Any]] = []
    trees.texts(document["texts"][language], lambda link: found.append(link) or link)
    return found


def test_the_line_travels_with_the_text(compiled: dict[str, Any]) -> None:
    for language, told in (("en", "en"), ("zh", "zh"), ("de", "en")):
        term, other = links(compiled, language)
        assert (term["href"], term["title"]) == ("term:softmax", TERMS["softmax"].lines[told])
        assert other["title"] == "own"
    body = compiled["texts"]["en"]["steps"]["given"]["body"]
    assert '<a data-href="term:softmax" title="Turns' in html(body, compiled, cell=lambda *_: "")
    assert "href" not in html(body, compiled)


def test_each_kind_of_page_knows_where_its_glossary_is(compiled: dict[str, Any]) -> None:
    for kind, expected in (
        (PathLinks(1), "../glossary?lang=zh#softmax"),
        (QueryLinks(), "?glossary=1&lang=zh#softmax"),
        (SiteLinks("en", "en"), "glossary.zh.html#softmax"),
        (SiteLinks("zh", "en"), "glossary.html#softmax"),
    ):
        assert links(page.linked(compiled, kind.glossary), "zh")[0]["href"] == expected
    assert links(compiled, "zh")[0]["href"] == "term:softmax", "the sheet itself is as it was"


@pytest.mark.parametrize("id", Catalog().ids())
def test_a_lesson_leads_to_its_terms_once_and_to_the_same_in_both_languages(id: str) -> None:
    found: dict[str, dict[str, str]] = {}
    for language, text in Catalog().sheet(id)["texts"].items():
        steps = {
            step: [term for term in map(glossary.linked, trees.hrefs(told["body"])) if term]
            for step, told in text["steps"].items()
        }
        linked = [(term, step) for step, terms in steps.items() for term in terms]
        found[language] = dict(linked)
        assert 3 <= len(linked) == len(found[language]), language
    assert found["en"].keys() == found["zh"].keys()


@pytest.mark.parametrize("language", glossary.LANGUAGES)
def test_the_page_leads_to_every_term_and_from_it_to_its_step(language: str) -> None:
    catalog = Catalog()
    shown = page.html(catalog, language, PathLinks(language=language))
    for id, term in TERMS.items():
        assert f'<div id="{id}">' in shown
        assert term.names["en"] in shown and term.names["zh"] in shown
    step = "balance%2Floss"
    assert f'href="lesson/moe?step={step}&amp;lang={language}"' in shown
    few = page.values(catalog, language, SiteLinks("en", language), ["moe"])
    titles = {group.title: group.href for group in few["groups"]}
    assert sorted(titles.values())[:5] == [""] * 5 and len(titles) == 6
