"""Home: a card for each lesson, in learning order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from explainer import parts
from explainer import sheet as sheets
from explainer.catalog import Catalog
from explainer.pages import text
from explainer.pages.links import Links
from explainer.pages.page import page
from explainer.pages.thumbnail import thumbnail
from explainer.pages.words import WORDS


@dataclass(frozen=True)
class Card:
    """What the home page shows of a lesson."""

    id: str
    title: str
    summary: Markup
    can: list[Markup]
    facts: str
    needs: list[tuple[str, str]]
    picture: Markup


class Home:
    """The home page of a catalog; pictures are drawn once and kept until their sheet changes."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._pictures: dict[str, tuple[dict[str, Any], Markup]] = {}

    def html(self, language: str, links: Links) -> Markup:
        """The page in one of the languages; a lesson without that language shows its own."""
        problems = sorted(self.catalog.broken().items())
        values = self.values(language, self.catalog.ids())
        return page("home.html", language, links, **values, problems=problems)

    def values(self, language: str, ids: Sequence[str]) -> dict[str, Any]:
        """What the template takes, for some of the lessons."""
        sheets = {id: self.catalog.sheet(id) for id in ids}
        titles = {id: title(sheet, language) for id, sheet in sheets.items()}
        return {
            "page_title": f"explainer · {WORDS[language]['heading']}",
            "current": "home",
            "cards": [self._card(id, sheet, language, titles) for id, sheet in sheets.items()],
        }

    def _card(self, id: str, sheet: dict[str, Any], language: str, titles: dict[str, str]) -> Card:
        words = WORDS[language]
        steps = parts.count(step["id"] for step in sheet["graphs"]["hand"]["steps"])
        counted = words["step"] if steps == 1 else words["steps"].format(steps)
        return Card(
            id=id,
            title=titles[id],
            summary=text.html(texts(sheet, language)["summary"], sheet),
            can=[text.html(one, sheet) for one in texts(sheet, language).get("can", [])],
            facts=f"{counted} · {words['minutes'].format(sheet['minutes'])}",
            needs=[(need, titles[need]) for need in sheet["needs"] if need in titles],
            picture=self._picture(id, sheet),
        )

    def _picture(self, id: str, sheet: dict[str, Any]) -> Markup:
        kept, picture = self._pictures.get(id, (None, Markup("")))
        if kept is not sheet:
            picture = thumbnail(sheet, sheets.values(sheet, "hand"))
            self._pictures[id] = (sheet, picture)
        return picture


def texts(sheet: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A sheet's texts in a language, or in the first that it has."""
    every: dict[str, dict[str, Any]] = sheet["texts"]
    return every.get(language) or next(iter(every.values()))


def title(sheet: Mapping[str, Any], language: str) -> str:
    """A lesson's title."""
    return str(texts(sheet, language)["title"])


def page_title(text: Mapping[str, Any]) -> str:
    """The title of a lesson's window."""
    return f"{text['title']} · explainer"
