"""The live page in a browser: a prompt, its tokens, all heads, one head's map, and the address."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    WebSocketRoute,
    expect,
)

from explainer.live import Capture, Head, LiveModel, load
from explainer.pages.live.mosaic import worth_seeing
from explainer.pages.live.words import EXAMPLES
from tests.live import llamas
from tests.serving import serving

NewContext = Callable[..., BrowserContext]
LAYERS, HEADS, LIMIT = 3, 4, 200
PROMPT = "The cat sat"
COUNT = len(EXAMPLES[0]) + 1  # a token a letter, and the one that begins
LATER = re.compile("Token")
NASTY = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"


@dataclass(frozen=True)
class Live:
    """A server of two random Llamas, and the first of them to compare with."""

    url: str
    model: LiveModel

    def at(self, **state: object) -> str:
        """The address of a state."""
        return f"{self.url}/live?{urlencode({'prompt': PROMPT} | state)}"

    def capture(self, prompt: str = PROMPT) -> Capture:
        return self.model.capture(prompt)


@pytest.fixture(scope="module")
def live(
    tmp_path_factory: pytest.TempPathFactory, origins: set[str], browser: Browser
) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("models")
    small = llamas.save(folder / "small", num_hidden_layers=LAYERS, num_attention_heads=HEADS)
    other = llamas.save(folder / "other", num_hidden_layers=2)
    options = ("--model", f"small={small}", f"other={other}", "--max-tokens", str(LIMIT))
    with serving(*options) as served:
        origins.add(urlsplit(served.url).netloc)
        page = browser.new_page()  # the first run of a server imports PyTorch, which takes its time
        page.goto(served.url + "/live")
        expect(sentence(page)).to_have_text(LATER)
        page.close()
        yield Live(served.url, load(small, device="cpu"))


def opened(page: Page, url: str) -> Page:
    """The page at an address, once its first run is there."""
    page.goto(url)
    expect(sentence(page)).to_have_text(LATER)
    expect(page.get_by_role("radio").first).to_have_attribute("aria-label", re.compile("first"))
    return page


def sentence(page: Page) -> Locator:
    return page.locator(".strip .told")


def strip(page: Page) -> Locator:
    return page.get_by_role("listbox")


def token(page: Page) -> Locator:
    """The chosen token."""
    return strip(page).get_by_role("option", selected=True)


def head(page: Page, layer: int, number: int) -> Locator:
    return page.get_by_role("radio", name=re.compile(f"^layer {layer}, head {number}\\b"))


def prompt(page: Page) -> Locator:
    return page.get_by_label("Prompt", exact=True)


def run(page: Page, text: str) -> None:
    prompt(page).fill(text)
    page.get_by_role("button", name="Run", exact=True).click()


def state(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def cell(page: Page, row: float, column: float, count: int) -> tuple[float, float]:
    """Where a cell of the map is on the screen, in pixels; LEFT and TOP as in window.js."""
    box = page.locator(".plot").bounding_box()
    assert box is not None
    side = box["width"] - 66 - 2
    return (
        box["x"] + 66 + (column + 0.5) * side / count,
        box["y"] + 58 + (row + 0.5) * side / count,
    )


def test_a_first_prompt_runs_by_itself(wide: Page, live: Live, axe: Callable[[Page], list[str]]):
    opened(wide, live.url + "/live")
    expect(wide.get_by_role("status").first).to_have_text(re.compile(f"{COUNT} tokens · 3 layers"))
    expect(wide.get_by_role("radio")).to_have_count(LAYERS * HEADS)
    scores = live.capture(EXAMPLES[0]).overview().scores
    layer, number = worth_seeing(scores)
    expect(wide.get_by_role("heading", name=f"Layer {layer} · head {number}")).to_be_visible()
    expect(token(wide)).to_have_attribute("aria-posinset", str(COUNT))
    expect(wide.locator(".axes")).to_have_text("↓ query: looks→ key: is looked at")
    first = wide.get_by_role("radio").first.locator("canvas")
    corner = "c => [...c.getContext('2d').getImageData(c.width - 1, 0, 1, 1).data].slice(0, 3)"
    assert first.evaluate(corner) == [0xE7, 0xE6, 0xE1]  # masked, and not as white as no weight
    assert axe(wide) == []


def test_the_strip_tells_what_the_chosen_token_looks_at(wide: Page, live: Live):
    opened(wide, live.at(layer=1, head=2))
    weights = live.capture().attention(1, 2)
    for key, place in (("Home", 0), ("ArrowRight", 1), ("End", len(weights) - 1)):
        strip(wide).press(key)
        expect(token(wide)).to_have_attribute("data-token", str(place))
        expect(sentence(wide)).to_have_text(re.compile(f"^Token {place} "))
        best = int(weights[place].argmax())
        share = f"{100 * weights[place, best]:.0f} %"
        expect(sentence(wide)).to_have_text(re.compile(f"looks at {best} .*?{share}"))
    strip(wide).get_by_role("option", name=re.compile("^token 3 ")).click()
    expect(sentence(wide)).to_have_text(re.compile("^Token 3 "))
    expect(wide.locator(".arcs path")).to_have_count(int((weights[3] >= 0.01).sum()))


def test_heads_are_chosen_by_click_and_by_key(wide: Page, live: Live):
    opened(wide, live.at())
    head(wide, 1, 2).click()
    expect(wide.get_by_role("heading", name="Layer 1 · head 2")).to_be_visible()
    wide.keyboard.press("ArrowRight")
    expect(head(wide, 1, 3)).to_be_checked()
    wide.keyboard.press("ArrowDown")
    expect(wide.get_by_role("heading", name="Layer 2 · head 3")).to_be_visible()
    wide.keyboard.press("ArrowDown")  # there is none below
    expect(head(wide, 2, 3)).to_be_focused()
    expect(wide).to_have_url(re.compile("layer=2&head=3"))


def test_heads_are_sorted_by_a_score(wide: Page, live: Live):
    opened(wide, live.at())
    wide.get_by_label("Sort by").select_option(label="previous token")
    scores = live.capture().overview().scores["previous"].ravel()
    order = [int(name) for name in (-scores).argsort(kind="stable")]
    expect(wide.locator(".mosaic .grid")).to_have_class(re.compile("sorted"))
    expect(wide.get_by_role("radio").first).to_have_attribute("data-head", str(order[0]))
    shown = wide.get_by_role("radio").evaluate_all("all => all.map(e => +e.dataset.head)")
    assert [round(float(scores[i]), 4) for i in shown] == [
        round(float(scores[i]), 4) for i in order
    ]
    expect(wide).to_have_url(re.compile("order=previous"))


@pytest.mark.parametrize("order", ["model", "previous"])
def test_heads_stay_under_focus_and_press_while_scores_are_refined(
    wide: Page, live: Live, order: str
):
    opened(wide, live.at(order=order))
    last = wide.get_by_role("radio").last.get_attribute("data-head")
    tile = wide.locator(f'[data-head="{last}"]')
    tile.focus()
    label = tile.get_attribute("aria-label") or ""
    tile.evaluate(
        """tile => {
          window.moved = 0;
          new MutationObserver(() => (moved += 1)).observe(tile.parentNode, { childList: true });
          const models = [...Bokeh.documents[0].all_models];
          const overview = models.find(({ attributes }) => attributes.scores);
          const refined = ([name, scores]) => [name, scores.map((score) => score && 1 - score)];
          overview.scores = Object.fromEntries(Object.entries(overview.scores).map(refined));
        }"""
    )
    expect(tile).not_to_have_attribute("aria-label", label)
    expect(tile).to_be_focused()
    assert bool(wide.evaluate("moved")) == (order == "previous")


def test_the_map_tells_both_tokens_and_the_weight(wide: Page, live: Live):
    opened(wide, live.at(layer=2, head=1))
    weights, count = live.capture().attention(2, 1), len(live.capture().tokens)
    row, column = count - 1, int(weights[-1].argmax())
    expect(wide.locator(".plot")).not_to_have_class(re.compile("stale"))
    wide.mouse.move(*cell(wide, row, column, count))
    tip = wide.locator(".tip")
    expect(tip.locator("b")).to_have_text(re.compile(r"^\d\.\d\d"))
    assert abs(float(tip.locator("b").inner_text()) - weights[row, column]) <= 0.5 / 100
    expect(tip.locator(".query")).to_contain_text(f"query {row} ")
    expect(tip.locator(".key")).to_contain_text(f"key {column} ")
    wide.mouse.move(*cell(wide, 0, 3, count))
    expect(tip.locator("b")).to_have_text("later: not seen")
    wide.mouse.click(*cell(wide, 2, 1, count))
    expect(token(wide)).to_have_attribute("data-token", "2")


def test_a_map_that_comes_under_a_resting_mouse_tells_what_is_there(wide: Page, live: Live):
    opened(wide, live.at(layer=2, head=1))
    expect(wide.locator(".plot")).not_to_have_class(re.compile("stale"))
    wide.mouse.move(*cell(wide, 5, 2, 12))
    weights = [live.capture().attention(2, number)[5, 2] for number in (1, 3)]
    assert abs(weights[0] - weights[1]) > 0.01
    number = wide.locator(".tip b")
    expect(number).to_have_text(re.compile(rf"^{weights[0]:.2f}"))
    head(wide, 2, 3).evaluate("head => head.click()")  # as a link or a sort may, the mouse at rest
    expect(number).to_have_text(re.compile(rf"^{weights[1]:.2f}"))


def test_the_map_by_keyboard_and_zoomed(wide: Page, live: Live):
    opened(wide, live.at(token=5))
    plot = wide.get_by_role("application")
    plot.focus()
    plot.press("ArrowRight")
    expect(wide.locator(".tip .query")).to_contain_text("query 5 ")
    expect(wide.locator(".tip .key")).to_contain_text("key 0 ")
    plot.press("ArrowRight")
    plot.press("ArrowUp")
    expect(wide.locator(".tip .key")).to_contain_text("key 1 ")
    plot.press("Enter")
    expect(token(wide)).to_have_attribute("data-token", "4")
    plot.press("+")
    expect(wide.locator(".where")).to_have_text(re.compile(r"queries \d+–\d+, keys \d+–\d+"))
    expect(wide.locator(".plot")).not_to_have_class(re.compile("stale"))
    plot.press("0")
    expect(wide.locator(".where")).to_have_text("")


def test_a_window_dragged_in_the_map_is_computed_exactly(wide: Page, live: Live):
    text = "ab" * 90
    opened(wide, live.at(prompt=text, layer=1))
    weights = live.capture(text).attention(1, 0)
    count = len(weights)
    start, end = cell(wide, 100, 50, count), cell(wide, 119, 69, count)
    wide.mouse.move(*start)
    wide.mouse.down()
    wide.mouse.move(*end, steps=4)
    wide.mouse.up()
    expect(wide.locator(".where")).to_have_text("queries 100–119, keys 50–69")
    expect(wide.locator(".plot")).not_to_have_class(re.compile("stale"))
    wide.mouse.move(*cell(wide, 3, 7, 20))
    expect(wide.locator(".tip .query")).to_contain_text("query 103 ")
    expect(wide.locator(".tip .key")).to_contain_text("key 57 ")
    told = float(wide.locator(".tip b").inner_text())
    assert abs(told - weights[103, 57]) <= float(weights[100:120, 50:70].max()) / 255


def test_a_reload_and_a_shared_link_restore_it(wide: Page, live: Live):
    opened(wide, live.at())
    run(wide, "A dog ran & a dog sat")
    expect(wide).to_have_url(re.compile("prompt=A\\+dog\\+ran\\+%26"))
    head(wide, 2, 1).click()
    strip(wide).press("Home")
    wide.get_by_label("Sort by").select_option(label="induction")
    expect(wide).to_have_url(re.compile("order=induction"))
    expect(wide).to_have_url(re.compile("token=0"))
    expect(wide).to_have_url(re.compile("layer=2&head=1"))
    before = state(wide)
    wide.get_by_role("link", name="中文").click()
    expect(wide.get_by_role("heading", name="第 2 层 · 第 1 头")).to_be_visible()
    expect(wide.get_by_label("提示", exact=True)).to_have_value("A dog ran & a dog sat")
    expect(sentence(wide)).to_have_text(re.compile("^词元 0 "))
    expect(wide.get_by_label("排序")).to_have_value("归纳")
    assert state(wide) == before | {"lang": "zh"}


def test_silenced_heads_and_further_tokens_are_in_the_address(wide: Page, live: Live):
    opened(wide, live.at(ablate="1.2,mlp.0", then="70.71"))
    expect(head(wide, 1, 2)).to_have_attribute("aria-label", re.compile("silenced"))
    plain = live.capture()
    changed = live.model.capture(PROMPT, [Head(1, 2)])
    assert not (plain.logits == changed.logits).all()
    expect(token(wide)).to_have_attribute("data-token", str(len(plain.tokens) + 1))


def test_a_button_that_goes_when_pressed_leaves_the_focus_near_it(wide: Page, live: Live):
    opened(wide, live.at(ablate="1.2,mlp.0", view="ablation"))
    for name in ("✕ layer 1 · head 2", "✕ MLP of layer 0"):
        button = wide.get_by_role("button", name=name)
        button.focus()
        wide.keyboard.press("Enter")
        expect(button).to_have_count(0)
        expect(wide.locator("button:focus")).to_be_visible()


def test_silence_a_head_and_go_on_by_hand(wide: Page, live: Live):
    opened(wide, live.at(layer=1, head=2))
    wide.get_by_role("tab", name="Next token").focus()
    for _ in range(4):
        wide.keyboard.press("ArrowRight")
    expect(wide.get_by_role("tab", name="Ablate")).to_have_attribute("aria-selected", "true")
    wide.get_by_role("button", name="Replace layer 1 · head 2").click()
    expect(head(wide, 1, 2)).to_have_attribute("aria-label", re.compile("silenced"))

    wide.get_by_role("tab", name="Next token").click()
    likeliest = live.model.capture(PROMPT, [Head(1, 2)]).next_token().ids[0]
    wide.get_by_role("button", name="Append the likeliest").click()
    expect(token(wide)).to_have_attribute("data-token", str(len(live.capture().tokens)))
    wide.wait_for_url(re.compile(rf"then={likeliest}\b"))

    wide.get_by_role("tab", name="By hand").click()
    stage = wide.locator("explainer-lesson")
    expect(stage.get_by_role("heading", name="What the head was given")).to_be_visible()
    wide.wait_for_function("stage => stage.offsetWidth > 1300", arg=stage.element_handle())
    stage.get_by_role("slider").press("End")
    for result in ("A", "Z"):
        table = stage.get_by_role("table", name=re.compile(f"^{result},"))
        expect(table).to_be_in_viewport(ratio=0.99)
    expect(wide).to_have_url(re.compile("step=weigh"))

    wide.reload()
    expect(stage.get_by_role("heading", name="Take what was found")).to_be_visible()
    lesson = stage.get_by_role("link", name="Lesson: self-attention")
    expect(lesson).to_have_attribute("href", re.compile("^lesson/self-attention"))
    expect(head(wide, 1, 2)).to_have_attribute("aria-label", re.compile("silenced"))
    wide.get_by_role("tab", name="Logit lens").click()
    expect(stage).to_have_count(0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("   ", "the prompt is empty"),
        ("a" * 500, f"501 tokens; the limit is {LIMIT}"),
    ],
)
def test_what_cannot_run_is_told_and_the_next_one_runs(
    wide: Page, live: Live, text: str, told: str
):
    opened(wide, live.at())
    run(wide, text)
    expect(wide.get_by_role("alert")).to_contain_text(told)
    expect(head(wide, 0, 0)).to_be_visible()  # what was there before stays
    prompt(wide).fill("again")
    prompt(wide).press("Control+Enter")
    expect(wide.get_by_role("alert")).to_have_count(0)
    expect(wide.get_by_role("status").first).to_contain_text("6 tokens")


def test_a_hundred_thousand_characters_are_refused(wide: Page, live: Live):
    opened(wide, live.at())
    run(wide, "word " * 20_000)
    expect(wide.get_by_role("alert")).to_contain_text("100,001 tokens; the limit is")
    assert "prompt" not in state(wide)
    wide.reload()  # this tab keeps it
    expect(wide.get_by_role("alert")).to_contain_text("100,001 tokens; the limit is")
    assert prompt(wide).input_value() == "word " * 20_000


def test_whatever_is_typed_is_text(wide: Page, live: Live):
    opened(wide, live.at(prompt=NASTY))
    assert wide.title() != "run"
    run(wide, "\u202eab\x07 \u200bשלום 🙂")
    expect(strip(wide).get_by_role("option", name="⟨E2⟩").first).to_be_attached()
    assert wide.locator("img[src=x]").count() == 0
    assert wide.title() != "run"
    expect(strip(wide).get_by_role("option", name="␇")).to_be_attached()


def test_a_long_prompt_keeps_the_page_small(wide: Page, live: Live):
    opened(wide, live.at(prompt="a cat " * 32))
    assert strip(wide).get_by_role("option").count() < 80
    strip(wide).press("Home")
    expect(strip(wide).get_by_role("option", name=re.compile("^token 0 "))).to_be_in_viewport()
    strip(wide).press("End")
    expect(token(wide)).to_have_attribute("aria-posinset", "193")
    expect(token(wide)).to_be_in_viewport()


def test_another_model_and_an_example(wide: Page, live: Live):
    opened(wide, live.at(layer=2, head=1))
    wide.get_by_label("Model").select_option("other")
    expect(wide.get_by_role("radio")).to_have_count(2 * 4)
    wide.get_by_role("button", name=EXAMPLES[-1]).click()
    expect(wide.get_by_role("status").first).to_contain_text(f"{len(EXAMPLES[-1]) + 1} tokens")
    expect(prompt(wide)).to_have_value(EXAMPLES[-1])
    assert state(wide)["model"] == "other"


def test_on_a_phone(phone: Page, live: Live, axe: Callable[[Page], list[str]]):
    opened(phone, live.at())
    head(phone, 2, 2).tap()
    expect(phone.get_by_role("heading", name="Layer 2 · head 2")).to_be_visible()
    strip(phone).get_by_role("option", name=re.compile("^token 9 ")).tap()
    expect(sentence(phone)).to_have_text(re.compile("^Token 9 "))
    phone.locator(".plot").scroll_into_view_if_needed()
    phone.touchscreen.tap(*cell(phone, 4, 1, 12))
    expect(phone.locator(".tip .query")).to_contain_text("query 4 ")
    expect(token(phone)).to_have_attribute("data-token", "4")
    phone.wait_for_function("document.documentElement.scrollWidth === 390")
    assert axe(phone) == []


def test_dark_and_chinese(wide: Page, live: Live, axe: Callable[[Page], list[str]]):
    wide.emulate_media(color_scheme="dark")
    wide.goto(live.at(lang="zh"))
    expect(sentence(wide)).to_have_text(re.compile("词元 11 .* 看向"))
    corner = "c => [...c.getContext('2d').getImageData(c.width - 1, 0, 1, 1).data].slice(0, 3)"
    tile = wide.get_by_role("radio").first.locator("canvas")
    assert max(tile.evaluate(corner)) < 60
    assert axe(wide) == []
    wide.locator("#theme").click()
    expect(wide.locator("html")).to_have_attribute("data-theme", "light")
    wide.wait_for_function(f"c => Math.min(...({corner})(c)) > 200", arg=tile.element_handle())


def test_two_readers_at_once(new_context: NewContext, live: Live):
    pages = [new_context().new_page() for _ in range(2)]
    for page, text in zip(pages, ("one reader", "another"), strict=True):
        page.goto(live.at(prompt=text))
    for page, count in zip(pages, (11, 8), strict=True):
        expect(page.get_by_role("status").first).to_contain_text(f"{count} tokens")
        head(page, 1, count % HEADS).click()
    expect(pages[0].get_by_role("heading", name="Layer 1 · head 3")).to_be_visible()
    expect(pages[1].get_by_role("heading", name="Layer 1 · head 0")).to_be_visible()


def test_home_leads_here(wide: Page, live: Live):
    wide.goto(live.url)
    wide.get_by_role("navigation").get_by_role("link", name="Live model").click()
    expect(sentence(wide)).to_have_text(LATER)
    expect(wide).to_have_title("Live model · explainer")


def test_saved_models_are_the_only_ones(wide: Page, live: Live, tmp_path: Path):
    opened(wide, live.at(model=str(tmp_path), head=99, ablate="9.0", then="70000"))
    told = wide.get_by_role("alert")
    expect(told).to_contain_text("Part of the link was ignored: model=")
    for part in ("head=99", "ablate=9.0", "then=70000"):
        expect(told).to_contain_text(part)
    expect(wide.get_by_label("Model")).to_have_value("small")
    assert state(wide)["model"] == "small"
    run(wide, "again")
    expect(told).to_have_count(0)


@pytest.mark.expected_errors("Failed to load resource", "not connected so cannot send")
def test_a_lost_connection_is_told_and_the_page_comes_back_as_it_was(wide: Page, live: Live):
    sockets: list[WebSocketRoute] = []

    def connect(socket: WebSocketRoute) -> None:
        socket.connect_to_server()
        sockets.append(socket)

    gone = re.compile("/static/")
    wide.route_web_socket(re.compile("/live/ws"), connect)
    opened(wide, live.at(layer=2, head=1, token=3))
    wide.route(gone, lambda route: route.abort())  # as when nothing answers
    sockets[-1].close()
    alert = wide.get_by_role("alert")
    expect(alert).to_contain_text("The connection to the server is lost.")
    prompt(wide).fill("typed while it was gone")
    before = state(wide)
    wide.unroute(gone)
    alert.get_by_role("button", name="Try now").press("Enter")
    expect(alert).to_have_count(0)
    expect(sentence(wide)).to_have_text(LATER)
    expect(wide.get_by_role("heading", name="Layer 2 · head 1")).to_be_visible()
    expect(prompt(wide)).to_have_value("typed while it was gone")
    assert state(wide) == before

    sockets[-1].close()  # of itself, when the server answers
    expect(alert).to_have_count(1)
    expect(alert).to_have_count(0)
    expect(sentence(wide)).to_have_text(LATER)


def test_the_page_fits_its_window_and_paper(wide: Page, live: Live):
    opened(wide, live.at(lang="en"))
    fits = "() => document.documentElement.scrollWidth <= innerWidth"
    for width, height in ((1440, 1700), (1160, 800), (1024, 768), (760, 900), (390, 844)):
        wide.set_viewport_size({"width": width, "height": height})
        wide.wait_for_function(fits)
        for tab in (wide.get_by_role("tab").first, wide.get_by_role("tab").last):
            box = tab.bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
    head(wide, 2, 1).click()  # on a phone the map comes into view
    expect(wide.locator(".plot")).to_be_in_viewport(ratio=0.99)
    wide.emulate_media(media="print")
    expect(wide.get_by_text(f"small: {PROMPT}")).to_be_visible()
    expect(prompt(wide)).to_be_hidden()
    clipped = (
        "e => e.scrollHeight > e.clientHeight + 1 && getComputedStyle(e).overflowY !== 'visible'"
    )
    assert not wide.locator(".mosaic .scroller").evaluate(clipped)


def test_a_button_with_nothing_to_do_keeps_the_focus_and_files_are_saved_by_keyboard(
    page: Page, live: Live
):
    opened(page, live.at(view="saving"))
    closer = page.get_by_role("button", name="Zoom in")
    closer.focus()
    page.keyboard.press("Enter")
    whole = page.get_by_role("button", name="Whole map")
    expect(whole).not_to_have_attribute("aria-disabled", "true")
    whole.focus()
    page.keyboard.press("Enter")
    expect(whole).to_have_attribute("aria-disabled", "true")
    expect(whole).to_be_focused()
    page.get_by_role("button", name="CSV", exact=True).focus()
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.endswith(".csv")
