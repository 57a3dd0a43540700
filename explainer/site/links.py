"""Addresses within a static site: files beside each other, so that they work from anywhere."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True)
class SiteLinks:
    """`index.html` and `self-attention.html`; where the language is not the site's first one,
    `index.zh.html` and `self-attention.html#lang=zh`.
    """

    first: str
    language: str

    def home(self, language: str | None = None) -> str:
        """Address of the home page."""
        language = language or self.language
        return "index.html" if language == self.first else f"index.{language}.html"

    def lesson(self, id: str, language: str | None = None, step: str | None = None) -> str:
        """Address of a lesson, or of one of its steps."""
        language = language or self.language
        asked = {"step": step, "lang": None if language == self.first else language}
        fragment = urlencode({name: value for name, value in asked.items() if value}, safe="/")
        return quote(f"{id}.html") + (f"#{fragment}" if fragment else "")

    def glossary(self, term: str | None = None, language: str | None = None) -> str:
        """Address of the glossary, or of one of its terms."""
        language = language or self.language
        page = "glossary.html" if language == self.first else f"glossary.{language}.html"
        return page + (f"#{quote(term)}" if term else "")
