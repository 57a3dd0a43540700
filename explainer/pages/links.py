"""Addresses of the pages, which are paths under `explainer serve` and a query elsewhere."""

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, urlencode


class Links(Protocol):
    """Where the pages are, seen from one of them."""

    def home(self, language: str | None = None) -> str:
        """Address of the home page."""

    def lesson(self, id: str, language: str | None = None, step: str | None = None) -> str:
        """Address of a lesson, or of one of its steps."""

    def glossary(self, term: str | None = None, language: str | None = None) -> str:
        """Address of the glossary, or of one of its terms."""


@dataclass(frozen=True)
class PathLinks:
    """`/`, `/lesson/self-attention` and `/live`, written relative so that a proxy may add a prefix.

    language: what the reader asked for in the address, carried from page to page, or None.
    """

    depth: int = 0
    language: str | None = None

    def home(self, language: str | None = None) -> str:
        """Address of the home page."""
        return ("../" * self.depth or "./") + _query(lang=language or self.language)

    def lesson(self, id: str, language: str | None = None, step: str | None = None) -> str:
        """Address of a lesson, or of one of its steps."""
        path = "../" * self.depth + "lesson/" + quote(id, safe="")
        return path + _query(step=step, lang=language or self.language)

    def glossary(self, term: str | None = None, language: str | None = None) -> str:
        """Address of the glossary, or of one of its terms."""
        path = "../" * self.depth + "glossary" + _query(lang=language or self.language)
        return path + _place(term)

    def version(self, id: str) -> str:
        """Address that tells which version of a lesson there is."""
        return "../" * self.depth + "lesson/" + quote(id, safe="") + "/version"

    def file(self, id: str) -> str:
        """Address of a lesson as one file."""
        return "../" * self.depth + "lesson/" + quote(id, safe="") + ".html"

    def live(self, language: str | None = None) -> str:
        """Address of the live model."""
        return "../" * self.depth + "live" + _query(lang=language or self.language)


@dataclass(frozen=True)
class QueryLinks:
    """`?lesson=self-attention` and `?live=1` on whatever path `panel serve` gives the app."""

    language: str | None = None

    def home(self, language: str | None = None) -> str:
        """Address of the home page."""
        return _query(lang=language or self.language) or "?"

    def lesson(self, id: str, language: str | None = None, step: str | None = None) -> str:
        """Address of a lesson, or of one of its steps."""
        return _query(lesson=id, step=step, lang=language or self.language)

    def glossary(self, term: str | None = None, language: str | None = None) -> str:
        """Address of the glossary, or of one of its terms."""
        return _query(glossary="1", lang=language or self.language) + _place(term)

    def version(self, id: str) -> str:
        """Address that tells which version of a lesson there is."""
        return _query(lesson=id, version="1")

    def live(self, language: str | None = None) -> str:
        """Address of the live model."""
        return _query(live="1", lang=language or self.language)


ServedLinks = PathLinks | QueryLinks
"""Of a server, which has a live model, too."""


def _query(**given: str | None) -> str:
    query = urlencode({key: value for key, value in given.items() if value})
    return f"?{query}" if query else ""


def _place(term: str | None) -> str:
    return f"#{quote(term)}" if term else ""
