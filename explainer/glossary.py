"""The terms of the lessons: their names in each language, and one line about each."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from explainer import paths
from explainer.errors import LessonError

LINK = "term:"
"""How a text leads to a term: `[softmax](term:softmax)`."""
LANGUAGES = ("en", "zh")


@dataclass(frozen=True)
class Term:
    """One entry; step: where its lesson has it first. source: author and address, or nothing."""

    id: str
    symbol: str
    lesson: str
    step: str
    names: Mapping[str, str]
    lines: Mapping[str, str]
    source: tuple[str, str] | tuple[()] = ()

    def line(self, language: str) -> str:
        """What the term is, in a language, or in English where that has no words of ours."""
        return self.lines.get(language) or self.lines["en"]


@cache
def terms() -> dict[str, Term]:
    """The entries of `lessons/glossary.toml` by id, in its order; LessonError where it is wrong."""
    return read(paths.lessons() / "glossary.toml")


def read(path: Path) -> dict[str, Term]:
    """The entries of a glossary; raises LessonError with what is wrong, and in which entry."""
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise LessonError(f"{path.name}: {error}") from None
    return {id: _term(path.name, id, entry) for id, entry in held.items()}


def linked(href: Any) -> str | None:
    """The id of the term that a link of a text leads to; None for any other link."""
    text = str(href)
    return text.removeprefix(LINK) if text.startswith(LINK) else None


def _term(file: str, id: str, entry: Any) -> Term:
    try:
        lesson, _, step = entry["at"].partition("/")
        names, lines = (
            {language: entry[language][what].strip() for language in LANGUAGES}
            for what in ("term", "line")
        )
        source = tuple(entry.get("source", ()))
        if source:
            _, _ = source
        return Term(id, entry.get("symbol", ""), lesson, step, names, lines, source)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        told = 'needs at = "lesson/step", and a term and a line in en and zh'
        raise LessonError(f"{file}: {id} {told} ({error!r})") from None
