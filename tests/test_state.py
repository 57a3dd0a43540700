"""A state as parameters and back, and what no address can mean."""

from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explainer import fields, state
from explainer.fields import Problem
from explainer.site.pages import opening
from explainer.state import CONTROLS, State


def read(query: str) -> tuple[State, list[Problem]]:
    return state.read(parse_qs(query, keep_blank_values=True))


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SAYING = TEXTS.filter(lambda text: fields.TEXT.read(text) is not None)
CELLS = st.builds("{}.{}.{}".format, SAYING.map(lambda text: text.replace(".", "")).filter(bool),
                  st.integers(0, 99), st.integers(0, 99))  # fmt: skip
STATES = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("lesson", "step", "arithmetic", "language"), SAYING),
        "paper": st.integers(0, 999),
        "practice": st.sampled_from(["", "1", "all"]),
        "edits": st.dictionaries(CELLS, TEXTS, min_size=1, max_size=3),
        "controls": st.just("none")
        | st.lists(st.sampled_from(CONTROLS), min_size=1, unique=True).map(" ".join),
        **dict.fromkeys(("narration", "editable", "help", "answers"), st.booleans()),
        "theme": st.sampled_from(["auto", "light", "dark"]),
        "size": st.integers(-4, 6),
    },
)


@given(STATES)
def test_a_state_comes_back_from_its_address(told: State):
    assert read(urlencode(state.write(told))) == (told, [])
    assert set(told) <= State.__optional_keys__


@given(STATES, STATES)
def test_what_is_as_the_page_opens_is_not_written(told: State, opens: State):
    written = state.write(told, opens)
    asked, _ = read(urlencode(written))
    merged = {**opens, **asked}
    for name in told.keys() - {"edits"}:
        assert merged.get(name) == told.get(name), name
    assert state.write(told, told) == {}


@pytest.mark.parametrize(
    "paper", ["-1", "1000", "1000000000000", "many", "1.5", "", " ", "１７", "1e2"]
)
def test_a_paper_that_there_is_not_is_told_and_the_rest_holds(paper: str):
    found, problems = read(urlencode({"paper": paper, "step": "match", "X.0.1": "3"}))
    assert found == {"step": "match", "edits": {"X.0.1": "3"}}
    assert problems == [Problem("unknown-paper", "paper", paper)]


@pytest.mark.parametrize(
    ("query", "found", "problems"),
    [
        ("editable=no&help=off&narration=0&answers=false",
         {"editable": False, "help": False, "narration": False, "answers": False}, []),
        ("controls=no&practice=yes&paper=007&size=-2",
         {"controls": "none", "practice": "1", "paper": 7, "size": -2}, []),
        # of a newer version, or none at all
        ("controls=play+sparkle+steps+play", {"controls": "play steps"},
         [("unknown-controls", "controls", "sparkle")]),
        ("controls=sparkle&practice=3", {},
         [("unknown-controls", "controls", "sparkle"), ("unknown-practice", "practice", "3")]),
        ("step=a&step=b&utm.source=x&other=y", {"step": "b"}, [("twice", "step", "a")]),
        ("X.0.0=1&X.0.0=2", {"edits": {"X.0.0": "2"}}, [("twice", "X.0.0", "1")]),
        ("theme=__proto__&size=7&help=maybe", {},
         [("unknown-theme", "theme", "__proto__"), ("unknown-size", "size", "7"),
          ("unknown-help", "help", "maybe")]),
    ],
)  # fmt: skip
def test_a_link_is_read_as_far_as_it_can_be(query: str, found: Any, problems: Any):
    assert read(query) == (found, [Problem(*one) for one in problems])


@given(st.dictionaries(st.sampled_from([f.key for f in state.FIELDS]) | CELLS | TEXTS,
                       st.lists(TEXTS, max_size=3)))  # fmt: skip
def test_reading_never_fails(asked: dict[str, list[str]]):
    found, _ = state.read(asked)
    again, problems = read(urlencode(state.write(found)))
    assert again == found and not problems


def test_a_page_opens_as_its_address_asks_and_tells_what_is_wrong():
    asked = {"paper": "17", "practice": "yes", "help": "no", "X.0.1": "3", "W.1.0": "a&b",
             "lang": "zh", "size": "big", "utm": "x"}  # fmt: skip
    assert opening(asked) == {
        "paper": "17", "practice": "1", "help": "no", "lang": "zh", "size": "big",
        "numbers": "X.0.1=3&W.1.0=a%26b",
    }  # fmt: skip
