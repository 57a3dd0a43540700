"""Addresses within a static site: files beside each other, so that they work from anywhere."""

from dataclasses import dataclass
from urllib.parse import quote


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

    def lesson(self, id: str, language: str | None = None) -> str:
        """Address of a lesson."""
        language = language or self.language
        return quote(f"{id}.html") + ("" if language == self.first else f"#lang={language}")
