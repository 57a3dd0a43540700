"""What the text of every shipped lesson says, in both languages."""

import re
from typing import Any

import pytest

from explainer import paths
from explainer.catalog import Catalog

CATALOG = Catalog()
NOTES = {"en": ("At real size", "Often said"), "zh": ("真实规模", "常见说法")}


def written(tree: Any) -> str:
    """The letters of a text tree."""
    if isinstance(tree, list):
        return "".join(map(written, tree))
    return tree if isinstance(tree, str) else written(tree.get("children", []))


@pytest.mark.parametrize("language", NOTES)
@pytest.mark.parametrize("lesson", CATALOG.ids())
def test_every_step_says_what_it_is_at_real_size(lesson: str, language: str) -> None:
    real, often = NOTES[language]
    steps = CATALOG.sheet(lesson)["texts"][language]["steps"]
    for step, text in steps.items():
        assert real in written(text["body"]), step
    notes = [b for text in steps.values() for b in text["body"] if often in written(b)]
    assert notes
    assert all("https://" in str(note) for note in notes), "a correction names its source"


@pytest.mark.parametrize("lesson", CATALOG.ids())
def test_no_text_shows_the_markup_of_a_label(lesson: str) -> None:
    for language, text in CATALOG.sheet(lesson)["texts"].items():
        for step, told in text["steps"].items():
            assert not re.search(r"\w_\w|\w\^", written(told["body"])), (language, step)


@pytest.mark.parametrize("lesson", CATALOG.ids())
def test_links_between_lessons_lead_somewhere(lesson: str) -> None:
    for path in (paths.lessons() / lesson.replace("-", "_")).glob("*.md"):
        linked = re.findall(r"\(lesson:([^)]*)\)", path.read_text(encoding="utf-8"))
        assert set(linked) <= set(CATALOG.ids()), path.name


@pytest.mark.parametrize("lesson", CATALOG.ids())
def test_what_is_called_by_a_letter_is_named(lesson: str) -> None:
    sheet = CATALOG.sheet(lesson)
    letters = {
        name
        for name, array in sheet["arrays"].items()
        if not any(re.search("[a-z]{3}|size|%", label) for label in array["label"].values())
    }
    assert letters
    for language, text in sheet["texts"].items():
        assert letters <= text["names"].keys(), language
    assert len({frozenset(text["names"]) for text in sheet["texts"].values()}) == 1
