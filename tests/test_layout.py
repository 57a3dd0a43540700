"""The ASCII layout becomes places, and says what is wrong with it."""

import pytest

from explainer import layout
from explainer.errors import LessonError


def test_places_are_in_reading_order_and_copies_are_known() -> None:
    plan = layout.parse("""
        .  X  Q'
        W  Q  S
    """)
    assert plan.rows == ((".", "X", "Q'"), ("W", "Q", "S"))
    assert plan.places == ["X", "Q'", "W", "Q", "S"]
    assert plan.copies == ["Q'"]
    assert layout.array_at("Q''") == "Q"


def test_a_place_may_span_a_rectangle() -> None:
    assert layout.parse("A A B\nA A C").places == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "empty"),
        ("A B\nC", "row 2 has 1 places, row 1 has 2"),
        ("A B\nB A", "the places of A are no rectangle"),
        ("A B A", "the places of A are no rectangle"),
        ("A B'", "B' is a copy of B, which has no place"),
    ],
)
def test_mistakes_are_told(text: str, message: str) -> None:
    with pytest.raises(LessonError, match=message):
        layout.parse(text)
