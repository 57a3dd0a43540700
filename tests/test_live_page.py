"""The live page without a browser: its address, its windows and bytes, what it says of a run."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from bokeh.document import Document

from explainer.errors import LiveError
from explainer.live.ablation import Head, Mlp
from explainer.pages.live import address
from explainer.pages.live.choice import Buttons, Menu
from explainer.pages.live.components import Strip
from explainer.pages.live.dial import linked
from explainer.pages.live.failure import failure
from explainer.pages.live.heatmap import sharpness, window
from explainer.pages.live.linked import link_token, quantised
from explainer.pages.live.look import Look
from explainer.pages.live.mosaic import TOGETHER, finest, worth_seeing
from explainer.pages.live.prompt import notice, status
from explainer.pages.live.turn import turn
from explainer.pages.live.words import ERRORS, WORDS, said

VIEWS = ("next_token", "lens")


def read(**arguments: str) -> tuple[dict[str, Any], list[str]]:
    given = {name: [value.encode()] for name, value in arguments.items()}
    return address.read(given, ["tiny"], VIEWS, ["en", "zh"])


def test_an_address_leads_back_to_where_it_was_written():
    look = Look(
        model="tiny", prompt="a & b\n<c>", continued=[7, 8], layer=2, head=5, token=3, view="lens",
        order="induction", step="match", arithmetic="exact",
        ablate=[Head(1, 2), Mlp(3, "mean")], temperature=0.7, top_k=5, top_p=0.9,
        capture=SimpleNamespace(tokens=[None] * 9),
    )  # fmt: skip
    written = {name: value for name, value in address.write(look).items() if value is not None}
    assert written["ablate"] == "1.2,mlp.3~"
    state, ignored = read(**written)
    assert not ignored
    assert {name: getattr(look, name) for name in state} == state
    assert set(state) == set(address.WATCHED)


def test_an_address_says_only_what_is_unusual():
    look = Look(model="tiny", prompt="a", token=8, capture=SimpleNamespace(tokens=[None] * 9))
    written = {name for name, value in address.write(look).items() if value is not None}
    assert written == {"model", "prompt", "layer", "head"}
    look.opening = True  # until a head has been chosen
    assert address.write(look)["head"] is None


def test_a_long_prompt_stays_out_of_the_address():
    look = Look(model="tiny", prompt="a" * (address.LONGEST + 1), continued=[3])
    written = address.write(look)
    assert written["prompt"] is None and written["kept"] and written["then"] == "3"
    assert read(kept=written["kept"]) == ({"kept": address.name_of(look.prompt)}, [])
    assert address.fits("a" * 1001) and not address.fits("字" * 1001)
    assert address.fits("\ud800 half a pair")


@pytest.mark.parametrize(
    "arguments",
    [
        {"model": "/etc/passwd"},
        {"layer": "-1", "head": "x", "token": "1e3", "top_k": "99999999"},
        {"layer": "9" * 5000, "head": "٣", "token": "", "prompt": " "},
        {"step": "fly", "arithmetic": "bogus", "lang": "tlh"},
        {"temperature": "nan", "top_p": "7"},
        {"order": "<script>", "view": "../page"},
        {"ablate": "1,.,mlp.,x.y,-1.2", "then": "a.b..-3"},
    ],
)
def test_what_an_address_cannot_mean_is_told(arguments: dict[str, str]):
    state, ignored = read(**arguments)
    assert state == {}
    assert {each.partition("=")[0] for each in ignored} == set(arguments)
    assert len(ignored) == len(arguments) and all(len(each) <= address.TOLD for each in ignored)


def test_of_an_argument_that_is_repeated_the_first_counts_and_others_keys_are_theirs():
    given = {"layer": [b"2", b"3"], "prompt": [b"a"], "kept": [b"b"], "utm": [b""]}
    assert address.read(given, ["tiny"], VIEWS) == (
        {"layer": 2, "head": 0, "prompt": "a"},
        ["layer=3", "kept=b"],
    )


def test_what_a_capture_does_not_have_is_told():
    capture = SimpleNamespace(
        model=SimpleNamespace(layers=2, heads=4), tokens=[None] * 5, logits=np.zeros(10)
    )
    look = Look(layer=1, head=99, token=5, top_k=11)
    assert address.beyond(look, capture) == {"head": 0, "token": 4, "top_k": 0}
    assert address.asked(look, "head") == "head=99"
    assert address.beyond(Look(token=address.LAST, top_k=10), capture) == {}
    line = notice(Look(ignored=["head=99", "model=<b>"]))
    assert "ignored: head=99; model=&lt;b&gt;." in line
    assert "only the browser tab" in notice(Look(ignored=["kept=ab"]))
    assert not notice(Look(prompt="short"))


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


def test_the_page_opens_at_the_clearest_pattern():
    previous = np.full((2, 3), 0.1)
    previous[1, 0] = 0.6
    induction = np.full((2, 3), np.nan)  # of a prompt in which nothing is repeated
    assert worth_seeing({"previous": previous, "induction": induction}) == (1, 0)
    induction[0, 2] = 0.9
    assert worth_seeing({"previous": previous, "induction": induction}) == (0, 2)


def test_a_value_that_a_browser_may_not_send_is_passed_over():
    """A traceback for each would let anybody fill a log."""
    look = Look(token=2, view="lens", capture=SimpleNamespace(tokens=[None] * 5))
    view = Strip()
    link_token(look, view)
    assert not Strip.accepts("token", -1, view)  # so the door refuses it
    for token in (5, 10**30):
        view.token = token
    assert look.token == 2
    view.token = 4
    assert look.token == 4
    for asked, sharp in ((0, 16), (10**9, 2048), (64, 64)):
        assert sharpness(asked) == sharp
    assert window([float("inf"), 0, 0, 1], 9) == [0, 9, 0, 9]
    dial = linked(look, "temperature", end=5)
    for value in (-1, 5.1, float("nan"), float("inf")):
        dial.value = value
    assert look.temperature == 1
    typed = linked(look, "top_k", typed=True)
    typed.value = float("inf")
    assert look.top_k == 0
    typed.value = 7.0
    assert look.top_k == 7

    menu, buttons = Menu(options={"A": "a", "B": "b"}), Buttons(options={"A": "a", "B": "b"})
    for value in ("nowhere", "<script>"):
        menu._process_events({"value": value})
    for active in (7, -1, None):
        buttons._process_events({"active": active})
    assert menu.value == buttons.value == "a"
    menu._process_events({"value": menu.unicode_values[1]})
    buttons._process_events({"active": 1})
    assert menu.value == buttons.value == "b"


def test_whatever_goes_wrong_is_a_sentence_and_one_line_in_the_log(
    caplog: pytest.LogCaptureFixture,
):
    def broken() -> None:
        raise TypeError("cannot read\n/secret/path")

    with pytest.raises(TypeError) as caught:
        broken()
    told = failure(caught.value, "the view lens")
    assert told.code == "unexpected" and "secret" not in said(told, "en") + said(told, "zh")
    assert len(caplog.messages) == 1 and "\n" not in caplog.messages[0]
    assert "lens" in caplog.messages[0] and "broken" in caplog.messages[0]
    known = LiveError("too long", "too-many-tokens")
    assert failure(known, "it") is known and len(caplog.messages) == 1


def test_a_reader_who_has_left_is_told_nothing():
    document = Document()
    document.callbacks.destroy()  # as Bokeh does when a session ends
    turn(document, lambda: None)
