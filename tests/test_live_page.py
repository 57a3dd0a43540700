"""The live page without a browser: its address, its windows and bytes, what it says of a run."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from explainer.errors import LiveError
from explainer.live.ablation import Head, Mlp
from explainer.pages.live import address
from explainer.pages.live.heatmap import window
from explainer.pages.live.linked import quantised
from explainer.pages.live.look import Look
from explainer.pages.live.mosaic import TOGETHER, finest
from explainer.pages.live.prompt import status
from explainer.pages.live.words import ERRORS, WORDS

VIEWS = ("next_token", "lens")


def read(**arguments: str) -> dict[str, Any]:
    return address.read(arguments, ["tiny"], VIEWS)


def test_an_address_leads_back_to_where_it_was_written():
    look = Look(
        model="tiny", prompt="a & b\n<c>", continued=[7, 8], layer=2, head=5, token=3, view="lens",
        order="induction", ablate=[Head(1, 2), Mlp(3, "mean")], temperature=0.7, top_k=5, top_p=0.9,
        capture=SimpleNamespace(tokens=[None] * 9),
    )  # fmt: skip
    written = {name: value for name, value in address.write(look).items() if value is not None}
    assert written["ablate"] == "1.2,mlp.3~"
    state = address.read(written, ["tiny"], VIEWS)
    assert {name: getattr(look, name) for name in state} == state
    assert set(state) == set(address.WATCHED)


def test_an_address_says_only_what_is_unusual():
    look = Look(model="tiny", prompt="a", token=8, capture=SimpleNamespace(tokens=[None] * 9))
    written = {name for name, value in address.write(look).items() if value is not None}
    assert written == {"model", "prompt"}


def test_a_long_prompt_stays_out_of_the_address():
    look = Look(model="tiny", prompt="a" * (address.LONGEST + 1), continued=[3])
    assert address.write(look)["prompt"] is None
    assert address.write(look)["then"] is None


@pytest.mark.parametrize(
    "arguments",
    [
        {"model": "/etc/passwd"},
        {"layer": "-1", "head": "x", "token": "1e3", "top_k": "99999999"},
        {"temperature": "nan", "top_p": "7"},
        {"order": "<script>", "view": "../page"},
        {"ablate": "1,.,mlp.,x.y,-1.2", "then": "a.b..-3"},
    ],
)
def test_what_an_address_cannot_mean_is_passed_over(arguments: dict[str, str]):
    assert read(**arguments) == {"continued": [], "ablate": []}


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ([0, 0, 0, 0], [0, 9, 0, 9]),
        ([2, 5, 0, 3], [2, 5, 0, 3]),
        ([-4, 99, 3, 2], [0, 9, 0, 9]),
        ([1, 99, 0, 99], [1, 9, 0, 9]),
        (["x"], [0, 9, 0, 9]),
    ],
)
def test_a_window_lies_in_the_map(asked: list[Any], seen: list[int]):
    assert window(asked, 9) == seen


def test_bytes_are_within_half_a_step_of_the_weights():
    weights = np.random.default_rng(0).random((20, 30), np.float32) ** 4 * 0.3
    pixels, scale = quantised(weights)
    assert scale == pytest.approx(weights.max())
    assert np.abs(pixels * (scale / 255) - weights).max() <= scale / 510 * 1.001
    assert quantised(np.zeros((2, 2), np.float32))[1] == 1


@pytest.mark.parametrize("heads", [4, 32, 1024, 10_000])
def test_small_maps_stay_small_together(heads: int):
    assert 8 <= finest(heads) <= 32
    assert finest(heads) == 8 or heads * finest(heads) ** 2 <= TOGETHER


def running(**state: Any) -> Any:
    return SimpleNamespace(**{"state": "", "place": 0, "progress": 0.0, "error": None} | state)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"state": "waiting", "place": 3}, "3 before you"),
        ({"state": "waiting"}, "you are next"),
        ({"state": "loading", "progress": 0.5}, "Loading &lt;b&gt;: 50%"),
        ({"state": "running", "progress": 0.25}, "Running: 25%"),
        ({"state": "cancelled"}, "Cancelled"),
        ({"state": "failed", "error": LiveError("<script>", "new")}, "&lt;script&gt;"),
    ],
)
def test_the_line_below_the_prompt(state: dict[str, Any], told: str):
    assert told in status(Look(model="<b>"), running(**state))


def test_an_error_is_told_in_the_readers_language():
    error = LiveError("…", "too-many-tokens", tokens=5000, limit=4096)
    line = status(Look(language="zh"), running(state="failed", error=error))
    assert "5,000" in line and "4,096" in line and "词元" in line


def test_both_languages_have_the_same_words():
    def names(words: Any, at: str = "") -> set[str]:
        if not isinstance(words, dict):
            return {at}
        return {name for key, value in words.items() for name in names(value, f"{at}.{key}")}

    assert names(WORDS["en"]) == names(WORDS["zh"])
    assert set(ERRORS) == set(WORDS) - {"en"}
