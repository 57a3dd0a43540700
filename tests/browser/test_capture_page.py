"""A saved capture in a real Chromium, from file:// and with the network refused."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from explainer.live import Capture, Head, load
from explainer.live.export import document, html
from tests.browser.conftest import PHONE, WIDE, NewContext
from tests.live import llamas

# The guard knows servers only; `asked` below sees that nothing but the page itself is opened.
pytestmark = pytest.mark.expected_errors(r"^request to a stranger: file:///\S+/[a-z]+\.html")

PROMPT = "The cat sat on the mat; the cat"
LONG = "The cat sat on the mat, and then the dog came. " * 6
HOSTILE = (
    "</script><script>window.hacked = 1</script><img src=x onerror='hacked = 1'>\u202eשלום\x00\x1b"
)


@dataclass
class File:
    """A page on the disk, and the capture that it shows."""

    url: str
    capture: Capture


def going_on(capture: Capture) -> Capture:
    """A capture with the likeliest token that has a text of its own."""
    known = len(capture.model.tokenizer)
    return capture.append(next(int(id) for id in capture.next_token().ids if id < known))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, File]:
    folder = tmp_path_factory.mktemp("captures")
    model = load(llamas.save(folder / "little", num_key_value_heads=2))

    def file(name: str, capture: Capture, pixels: int = 256) -> File:
        path = folder / f"{name}.html"
        path.write_text(html(document(capture, pixels=pixels), "en"), encoding="utf-8")
        return File(path.as_uri(), capture)

    return {
        "short": file("short", model.capture(PROMPT)),
        "long": file("long", model.capture(LONG), pixels=64),
        "continued": file("continued", going_on(model.capture("The cat"))),
        "hostile": file("hostile", model.capture(HOSTILE, ablate=[Head(1, 2)])),
    }


class Shown:
    """A page that is open, and short ways to ask it."""

    def __init__(self, page: Page, file: File, hash: str = "") -> None:
        self.page, self.capture = page, file.capture
        self.asked: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.goto(file.url + hash)
        page.locator("footer").wait_for()

    def head(self, name: str) -> Locator:
        return self.page.locator(f'[data-head="{name}"]')

    def token(self, place: int) -> Locator:
        return self.page.locator(f'[data-token="{place}"]')

    @property
    def map(self) -> Locator:
        return self.page.get_by_role("application")

    @property
    def readout(self) -> str:
        """What is said of the cell in view, without the signs that isolate the tokens' texts."""
        return re.sub("[\u2068\u2069]", "", self.page.locator("#readout").inner_text())

    def hash(self) -> str:
        return str(self.page.evaluate("location.hash"))

    def place(self, row: int, column: int, side: int) -> dict[str, float]:
        """The middle of a cell, from the corner of the map's canvas."""
        box = self.map.locator("canvas").bounding_box()
        assert box is not None
        margin = float(
            self.page.locator(".legend").evaluate("it => parseFloat(it.style.marginInlineStart)")
        )
        step = (box["width"] - margin) / side
        return {"x": margin + (column + 0.5) * step, "y": margin + (row + 0.5) * step}

    def weights(self) -> dict[int, float]:
        """The strongest keys that are told, with their weights."""
        chips = self.page.locator(".chip").evaluate_all(
            "chips => chips.map((it) => [it.dataset.key, it.querySelector('b').textContent])"
        )
        return {int(key): float(weight) for key, weight in chips}


Open = Callable[..., Shown]


@pytest.fixture
def opened(new_context: NewContext, files: dict[str, File]) -> Open:
    def show(name: str = "short", hash: str = "", **options: Any) -> Shown:
        context = new_context(**{**WIDE, "offline": True, **options})
        return Shown(context.new_page(), files[name], hash)

    return show


def assert_strongest(said: dict[int, float], row: np.ndarray) -> None:
    """What is told of a query are its eight strongest keys, or all that are worth an arc."""
    off = float(row.max()) / 510
    assert said and len(said) <= 8
    for key, weight in said.items():
        assert weight == pytest.approx(float(row[key]), abs=0.005 + off)
    least = float(row[list(said)].min())
    assert least >= 0.005 - off
    rest = np.delete(row, list(said)).max(initial=0)
    assert rest <= (least if len(said) == 8 else 0.005) + 2 * off


@pytest.mark.parametrize(
    ("name", "options"),
    [("short", WIDE), ("hostile", PHONE), ("long", PHONE)],
    ids=["short-wide", "hostile-phone", "long-phone"],
)
def test_a_page_opens_alone_and_is_accessible(
    opened: Open, axe: Callable[[Page], list[str]], name: str, options: dict[str, Any]
) -> None:
    shown = opened(name, **options)
    assert len(shown.asked) == 1
    assert axe(shown.page) == []
    assert shown.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    shown.page.emulate_media(color_scheme="dark")
    shown.page.get_by_role("button", name="中文").click()
    assert axe(shown.page) == []
    assert len(shown.asked) == 1


def test_a_head_is_chosen_by_keyboard(opened: Open) -> None:
    shown = opened()
    last = len(shown.capture.tokens) - 1
    shown.head("0.0").focus()
    shown.page.keyboard.press("ArrowDown")
    shown.page.keyboard.press("ArrowRight")
    expect(shown.head("1.1")).to_be_focused()
    expect(shown.head("1.1")).to_have_attribute("aria-checked", "true")
    expect(shown.page.get_by_role("heading", name="Layer 1 · head 1")).to_be_visible()
    assert shown.hash() == "#head=1.1"
    assert_strongest(shown.weights(), shown.capture.attention(1, 1)[last])
    shown.page.keyboard.press("End")
    expect(shown.head("2.3")).to_be_focused()
    shown.page.keyboard.press("ArrowRight")
    expect(shown.head("2.3")).to_be_focused()
    shown.page.keyboard.press("Home")
    expect(shown.head("0.0")).to_be_focused()
    assert shown.hash() == ""


def test_heads_are_sorted_by_a_score(opened: Open) -> None:
    shown = opened()
    for sort, sign in (("previous", -1), ("induction", -1), ("entropy", 1)):
        shown.page.get_by_label("Sort by").select_option(sort)
        scores = shown.capture.overview().scores[sort]
        order = [divmod(int(i), 4) for i in np.argsort(sign * scores.ravel(), kind="stable")]
        names = shown.page.locator(".head").evaluate_all("all => all.map((it) => it.dataset.head)")
        assert names == [f"{layer}.{head}" for layer, head in order]
        assert shown.hash() == f"#sort={sort}"
        expect(shown.head(names[0]).locator(".score")).to_have_text(f"{scores[order[0]]:.2f}")


def test_pointing_at_a_cell_says_both_tokens_and_the_weight(opened: Open) -> None:
    shown = opened()
    texts = [token.text for token in shown.capture.tokens]
    side = len(texts)
    exact = shown.capture.attention(0, 0)
    for query, key in ((3, 1), (20, 20), (side - 1, 5)):
        shown.map.hover(position=shown.place(query, key, side))
        error = exact[query].max() / 510
        found = re.fullmatch(
            r"(\d+) “(.*)” looks at (\d+) “(.*)”: (0\.\d+) ± (0\.\d+)", shown.readout
        )
        assert found, shown.readout
        assert (int(found[1]), int(found[3])) == (query, key)
        assert (found[2], found[4]) == tuple(texts[i].replace(" ", "␣") for i in (query, key))
        assert abs(float(found[5]) - exact[query, key]) <= float(found[6]) * 1.5
        assert error <= float(found[6]) <= 10 * error
    assert shown.hash() == ""  # pointing chooses nothing
    shown.map.hover(position=shown.place(2, 9, side))
    assert shown.readout == "2 “h” cannot see 9 “s”: it comes later."
    shown.map.click(position=shown.place(2, 9, side))
    assert shown.hash() == ""
    shown.map.click(position=shown.place(20, 4, side))
    assert shown.hash() == "#token=20&key=4"
    expect(shown.token(20)).to_have_attribute("aria-selected", "true")


def test_arrow_keys_move_the_crosshair_and_stay_where_there_are_weights(opened: Open) -> None:
    shown = opened(hash="#token=5&key=4")
    shown.map.focus()
    for key, told in (
        ("ArrowUp", "#token=4&key=4"),
        ("ArrowRight", "#token=4&key=4"),
        ("ArrowUp", "#token=3&key=3"),
        ("ArrowLeft", "#token=3&key=2"),
        ("PageDown", "#token=13&key=2"),
        ("End", "#token=13&key=13"),
        ("Home", "#token=13&key=0"),
    ):
        shown.page.keyboard.press(key)
        assert shown.hash() == told
    exact = shown.capture.attention(0, 0)[13, 0]
    found = re.fullmatch(r"13 “o” looks at 0 “<s>”: (\S+) ± (\S+)", shown.readout)
    assert found and abs(float(found[1]) - exact) <= 1.5 * float(found[2])


def test_arcs_lead_from_the_chosen_token_to_its_strongest_keys(opened: Open) -> None:
    shown = opened(hash="#head=2.1")
    shown.token(12).click()
    exact = shown.capture.attention(2, 1)
    assert_strongest(shown.weights(), exact[12])
    arcs = shown.page.locator(".arcs path")
    keys = arcs.evaluate_all("all => all.map((it) => Number(it.dataset.key))")
    assert keys == list(shown.weights())
    ends = arcs.evaluate_all(
        """all => all.map((it) => {
          const at = (part) => it.getPointAtLength(part * it.getTotalLength()).x;
          const middle = (token) => {
            const { offsetLeft, offsetWidth } = document.querySelector(`[data-token="${token}"]`);
            return offsetLeft + offsetWidth / 2;
          };
          return [at(0) - middle(12), at(1) - middle(it.dataset.key)];
        })"""
    )
    for key, (start, end) in zip(keys, ends, strict=True):
        assert [start, end] == pytest.approx([-9, 9] if key == 12 else [0, 0], abs=0.6)
    widths = arcs.evaluate_all("all => all.map((it) => parseFloat(it.style.strokeWidth))")
    assert widths == pytest.approx([1 + 6 * float(exact[12, key]) for key in keys], abs=0.02)
    shown.page.keyboard.press("ArrowLeft")
    expect(shown.token(11)).to_be_focused()
    assert_strongest(shown.weights(), exact[11])


def test_a_strongest_key_is_a_button(opened: Open) -> None:
    shown = opened()
    chip = shown.page.locator(".chip").nth(2)
    key = chip.get_attribute("data-key")
    chip.focus()
    shown.page.keyboard.press("Enter")
    assert shown.hash() == f"#key={key}"
    expect(shown.page.locator(f'.chip[data-key="{key}"]')).to_be_focused()
    assert f"looks at {key} “" in shown.readout


def test_the_logit_lens_and_the_next_tokens_are_the_models(opened: Open) -> None:
    shown = opened()
    text, capture = shown.capture.model.text, shown.capture
    shown.token(7).click()
    lens = capture.logit_lens(5)
    rows = shown.page.locator(".lens tbody tr")
    expect(rows).to_have_count(4)
    for layer in range(4):
        cells = rows.nth(layer).locator("td bdi").all_text_contents()
        ids = lens.ids[layer, 7]
        plain = [i for i, id in enumerate(ids) if text(int(id)).strip().isprintable()]
        assert [cells[i] for i in plain] == [text(int(ids[i])).replace(" ", "␣") for i in plain]
        assert plain
        share = rows.nth(layer).locator("td .mute").first.inner_text()
        assert float(share.rstrip("%")) == pytest.approx(
            100 * lens.probabilities[layer, 7, 0], rel=0.06
        )
        norm = float(rows.nth(layer).locator(".norm").inner_text())
        assert norm == pytest.approx(float(capture.residual_norms()[layer, 7]), rel=0.006)
    said = shown.page.locator(".next .percent").all_inner_texts()
    model = capture.next_token().model[:12]
    assert [float(share.rstrip("%")) for share in said] == pytest.approx(
        [100 * float(one) for one in model], rel=0.06
    )


def test_the_token_that_came_is_framed(opened: Open) -> None:
    shown = opened("continued")
    last = len(shown.capture.tokens) - 1
    expect(shown.page.locator(".about")).to_contain_text("9 tokens (1 of them after the prompt)")
    ids = shown.capture.logit_lens(5).ids[:, last - 1]
    shown.token(last - 1).click()
    framed = shown.page.locator(".lens td").evaluate_all(
        "all => all.filter((it) => !it.matches('.norm')).map((it) => it.matches('.came'))"
    )
    assert framed == (ids == shown.capture.tokens[last].id).ravel().tolist()
    assert any(framed)
    shown.token(last).click()
    expect(shown.page.locator(".lens .came")).to_have_count(0)


def test_the_language_is_switched_and_kept_in_the_address(opened: Open) -> None:
    shown = opened()
    shown.page.get_by_role("button", name="中文").click()
    expect(shown.page.get_by_role("heading", name="注意力头")).to_be_visible()
    expect(shown.page.get_by_role("heading", name="下一个词元")).to_be_visible()
    assert "看向" in shown.readout
    assert shown.hash() == "#lang=zh"
    assert shown.page.evaluate("document.documentElement.lang") == "zh-Hans"
    shown.page.reload()
    expect(shown.page.get_by_role("heading", name="注意力头")).to_be_visible()
    shown.page.get_by_role("button", name="EN").click()
    expect(shown.page.get_by_role("heading", name="Heads")).to_be_visible()
    assert shown.hash() == ""


def test_the_address_brings_everything_back(opened: Open) -> None:
    state = "#head=2.1&token=9&key=3&sort=first&lang=zh&theme=dark"
    shown = opened(hash=state)
    for _ in range(2):
        expect(shown.head("2.1")).to_have_attribute("aria-checked", "true")
        expect(shown.token(9)).to_have_attribute("aria-selected", "true")
        assert shown.readout.startswith("9“s” 看向 3“e”")
        assert shown.page.locator("#sort").input_value() == "first"
        assert shown.page.evaluate("document.documentElement.dataset.theme") == "dark"
        assert shown.hash() == state
        shown.page.reload()
        shown.page.locator("footer").wait_for()
    shown.page.evaluate("location.hash = '#token=4'")
    expect(shown.token(4)).to_have_attribute("aria-selected", "true")
    expect(shown.head("0.0")).to_have_attribute("aria-checked", "true")


def test_an_address_that_means_nothing_opens_the_page_as_it_is(opened: Open) -> None:
    shown = opened(hash="#head=9.9&token=-1&key=400&sort=evil&lang=xx&theme=<b>")
    last = len(shown.capture.tokens) - 1
    expect(shown.head("0.0")).to_have_attribute("aria-checked", "true")
    expect(shown.token(last)).to_have_attribute("aria-selected", "true")
    expect(shown.page.get_by_role("heading", name="Heads")).to_be_visible()


def test_light_and_dark(opened: Open) -> None:
    shown = opened(color_scheme="dark")
    pixel = """() => {
      const canvas = document.querySelector(".map canvas");
      const at = canvas.height - 3;
      return canvas.getContext("2d").getImageData(canvas.width - 3, 60, 1, 1).data.join();
    }"""
    background = "getComputedStyle(document.body).backgroundColor"
    dark, night = shown.page.evaluate(pixel), shown.page.evaluate(background)
    assert night == "rgb(21, 23, 28)"
    button = shown.page.get_by_role("button", name="Theme: as the system")
    button.click()
    assert shown.page.evaluate(background) == "rgb(251, 250, 247)"
    assert shown.page.evaluate(pixel) != dark
    assert shown.hash() == "#theme=light"
    shown.page.get_by_role("button", name="Theme: light").click()
    assert (shown.page.evaluate(background), shown.page.evaluate(pixel)) == (night, dark)
    shown.page.get_by_role("button", name="Theme: dark").click()
    shown.page.emulate_media(color_scheme="light")
    assert shown.page.evaluate(background) == "rgb(251, 250, 247)"
    # the style follows at once, the canvas when the browser has told the page of the change
    shown.page.wait_for_function(f"dark => ({pixel})() !== dark", arg=dark)


def test_on_paper_it_is_light_and_without_switches(opened: Open) -> None:
    shown = opened(color_scheme="dark", hash="#theme=dark")
    shown.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    shown.page.emulate_media(media="print")
    assert shown.page.evaluate("getComputedStyle(document.body).backgroundColor") == (
        "rgb(251, 250, 247)"
    )
    expect(shown.page.get_by_label("Sort by")).to_be_hidden()
    expect(shown.page.locator(".map canvas")).to_be_visible()
    shown.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert shown.hash() == "#theme=dark"


def test_a_finger_chooses_a_cell_a_token_and_a_head(opened: Open) -> None:
    shown = opened(**PHONE)
    side = len(shown.capture.tokens)
    # a finger's click comes after it has left
    shown.map.tap(position=shown.place(10, 3, side))
    expect(shown.page).to_have_url(re.compile("#token=10&key=3$"))
    assert shown.readout.startswith("10 “")
    shown.token(8).tap()
    expect(shown.page).to_have_url(re.compile("#token=8$"))
    shown.head("1.0").tap()
    expect(shown.page).to_have_url(re.compile("#head=1.0&token=8$"))
    for target in (shown.token(8), shown.page.locator(".chip").first, shown.head("1.0")):
        box = target.bounding_box()
        assert box and box["height"] >= 44 and box["width"] >= 40


def test_a_long_prompt_says_that_it_is_pooled_and_keeps_single_tokens(opened: Open) -> None:
    shown = opened("long", hash="#head=1.2&token=250")
    capture = shown.capture
    count = len(capture.tokens)
    assert (
        f"{count} tokens are pooled to 64 × 64 pixels" in shown.page.locator("footer").inner_text()
    )
    edges = [i * count // 64 for i in range(65)]
    row = max(i for i in range(64) if edges[i] <= 250)
    shown.map.hover(position=shown.place(row, 7, 64))
    found = re.fullmatch(
        r"(\d+)–(\d+) “.*” look at (\d+)–(\d+) “.*”: at most (\S+) ± (\S+)", shown.readout
    )
    assert found, shown.readout
    assert [int(found[i]) for i in (1, 2, 3, 4)] == [
        edges[row], edges[row + 1] - 1, edges[7], edges[8] - 1,
    ]  # fmt: skip
    block = capture.attention(1, 2)[edges[row] : edges[row + 1], edges[7] : edges[8]]
    assert abs(float(found[5]) - block.max()) <= 1.5 * float(found[6])
    assert_strongest(shown.weights(), capture.attention(1, 2)[250])
    shown.map.focus()
    shown.page.keyboard.press("ArrowUp")
    assert f"token={edges[row - 1]}&" in shown.hash()


def test_a_hostile_prompt_is_text(opened: Open) -> None:
    shown = opened("hostile")
    assert shown.page.evaluate("window.hacked") is None
    assert shown.page.locator("img").count() == 0
    told = shown.page.locator(".prompt").inner_text()
    assert told == HOSTILE.replace("\u202e", "⟨U+202E⟩").translate({0: "␀", 0x1B: "␛"})
    assert (
        "Switched off in this run: head 1.2 (zero)." in shown.page.locator(".notice").inner_text()
    )


def test_without_scripts_the_prompt_and_the_tables_are_there(
    new_context: NewContext, files: dict[str, File]
) -> None:
    page = new_context(**WIDE, offline=True, java_script_enabled=False).new_page()
    page.goto(files["short"].url)
    capture = files["short"].capture
    expect(page.locator("pre")).to_be_visible()
    expect(page.locator("pre")).to_have_text(PROMPT)
    tables = page.locator("table")
    expect(tables).to_have_count(2)
    share = f"{100 * float(capture.next_token().model[0]):.2f} %"
    expect(tables.first.locator("tr").nth(1)).to_contain_text(share)
    expect(tables.last.locator("tr")).to_have_count(5)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda made: made.update(version=2), "it was written by a newer explainer"),
        (lambda made: made["norms"].update(data="AAAA"), "its numbers are damaged"),
        (lambda made: made.pop("tokens"), "its numbers are damaged"),
    ],
)
def test_a_file_that_cannot_be_shown_says_why(
    new_context: NewContext,
    files: dict[str, File],
    tmp_path: Path,
    spoil: Callable[[dict[str, Any]], Any],
    told: str,
) -> None:
    made = json.loads(json.dumps(document(files["short"].capture, [(0, 0)])))
    whole = html(made, "en")
    before = re.search(r'id="capture">(.*?)</script>', whole)
    assert before
    spoil(made)
    text = whole.replace(before[1], json.dumps(made).replace("<", "\\u003c"))
    path = tmp_path / "spoilt.html"
    path.write_text(text, encoding="utf-8")
    page = new_context(**WIDE, offline=True).new_page()
    page.goto(path.as_uri())
    expect(page.get_by_role("alert")).to_have_text(f"This file cannot be shown: {told}.")
