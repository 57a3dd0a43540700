"""The glossary: the terms of all lessons on one page, and the way there from a lesson's text."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from markupsafe import Markup

from explainer import glossary, trees
from explainer.catalog import Catalog
from explainer.glossary import Term
from explainer.pages import text
from explainer.pages.home import texts, title
from explainer.pages.links import Links
from explainer.pages.page import page, switch
from explainer.pages.words import WORDS


@dataclass(frozen=True)
class Entry:
    """What the page shows of a term; seen: the step that has it first, and its address or ""."""

    id: str
    symbol: Markup
    name: str
    others: list[tuple[str, str]]
    line: str
    seen: tuple[str, str]
    source: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """The terms that a lesson brings; href: its address, or "" where it is not on the site."""

    title: str
    href: str
    entries: list[Entry]


def html(catalog: Catalog, language: str, links: Links) -> Markup:
    """The page in one of the languages."""
    there = values(catalog, language, links, catalog.ids())
    return page("glossary.html", language, links, **there)


def values(catalog: Catalog, language: str, links: Links, ids: Collection[str]) -> dict[str, Any]:
    """What the template takes; ids: the lessons that can be linked."""
    words = WORDS[language]
    there = catalog.ids()
    found = []
    for id, terms in groupby(glossary.terms().values(), key=lambda term: term.lesson):
        sheet = catalog.sheet(id) if id in there else None
        steps = texts(sheet, language)["steps"] if sheet else {}
        entries = [_entry(term, language, links if id in ids else None, steps) for term in terms]
        named = title(sheet, language) if sheet else id
        found.append(Group(named, links.lesson(id) if id in ids else "", entries))
    return {
        "page_title": f"{words['glossary']} · explainer",
        "current": "glossary",
        "groups": found,
        "languages": switch({other: links.glossary(language=other) for other in WORDS}),
    }


def _entry(term: Term, language: str, links: Links | None, steps: dict[str, Any]) -> Entry:
    step = steps.get(term.step)
    href = links.lesson(term.lesson, step=term.step) if links and step else ""
    return Entry(
        id=term.id,
        symbol=text.label(term.symbol),
        name=term.names[language],
        others=[(other, name) for other, name in term.names.items() if other != language],
        line=term.line(language),
        seen=(step["title"] if step else "", href),
        source=tuple(term.source),
    )


def linked(sheet: Mapping[str, Any], address: Callable[[str, str], str]) -> dict[str, Any]:
    """A sheet whose texts lead to a glossary; address: that of a term in a text's language."""

    def led(language: str) -> dict[str, Any]:
        def to(link: trees.Link) -> trees.Link:
            id = glossary.linked(link["href"])
            return {**link, "href": address(id, language)} if id else link

        return trees.texts(sheet["texts"][language], to)

    return {**sheet, "texts": {language: led(language) for language in sheet["texts"]}}
