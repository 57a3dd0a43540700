"""The live page's views in a browser, under the policy that the server sends with its pages."""

import io
import re
import socket
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser.views_app import HOSTILE, NASTY, VIEWS
from tests.serving import STARTS_WITHIN, wait_until_it_answers

PLOTS = [name for name in VIEWS if name not in ("by_hand", "saving")]


@pytest.fixture(scope="module")
def views(origins: set[str]) -> Iterator[str]:
    """The address of the views of a random Llama, to which `?view=` is added."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.views_app", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://localhost:{port}/?view=norms&none=1"
        wait_until_it_answers(url, process, within=3 * STARTS_WITHIN)  # PyTorch is slow to import
        origins.add(f"localhost:{port}")
        yield f"http://localhost:{port}/"
    finally:
        process.terminate()
        process.wait(10)


def plot(page: Page) -> Locator:
    """The first plot, once it is painted."""
    canvas = page.locator(".bk-events").first
    expect(canvas).to_be_visible()
    page.wait_for_function("Bokeh.documents.every((document) => document.is_idle)")
    return canvas


def at(page: Page, x: float, y: float) -> tuple[float, float]:
    """Where on the page a place in the first plot's own coordinates is."""
    plot(page)
    found = page.evaluate(
        """([x, y]) => {
            const view = Bokeh.index.query_one((view) => view.model.type === "Figure");
            const box = view.canvas_view.el.getBoundingClientRect();
            const { x_scale, y_scale } = view.frame;
            return [box.x + x_scale.compute(x), box.y + y_scale.compute(y)];
        }""",
        [x, y],
    )
    return found[0], found[1]


def downloaded(page: Page, button: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button, exact=True).click()
    return Path(waiting.value.path()).read_bytes()


def test_all_views_are_drawn_and_fit(screen: Page, views: str, axe: Callable[[Page], list[str]]):
    screen.goto(views)
    expect(screen.locator("explainer-lesson").get_by_role("table").first).to_be_visible()
    for button in screen.get_by_role("button", name="Replace layer").all():
        button.click()  # so that its plot is there, too
    expect(screen.locator(".bk-Figure")).to_have_count(len(PLOTS))
    # a plot is made, and then as wide as its place
    screen.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
    assert screen.title() == "Views"
    assert axe(screen) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_dark_page_is_readable(
    wide: Page, views: str, language: str, axe: Callable[[Page], list[str]]
):
    wide.goto(f"{views}?dark=1&lang={language}&view=next_token&view=lens&view=saving")
    plot(wide)
    assert axe(wide) == []


def test_a_click_on_the_norms_chooses_token_and_layer(screen: Page, views: str):
    screen.goto(f"{views}?view=norms&view=neurons")
    expect(screen.get_by_text("the MLP of layer 1 activates most at token 5")).to_be_visible()
    screen.mouse.click(*at(screen, 7.3, 2.2))
    expect(screen.get_by_text("the MLP of layer 2 activates most at token 7")).to_be_visible()
    expect(screen.get_by_text("Entering layer 2, token 7")).to_be_visible()


def test_a_token_full_of_markup_is_shown_as_it_is(wide: Page, views: str):
    wide.goto(f"{views}?view=norms&view=next_token")
    wide.mouse.move(*at(wide, HOSTILE, 1))
    expect(wide.locator(".bk-Tooltip").first).to_contain_text(NASTY.replace(" ", "␣"))
    wide.mouse.click(*at(wide, HOSTILE, 1))
    expect(wide.get_by_text(f"token {HOSTILE} {NASTY.replace(' ', '␣')}")).to_be_visible()
    assert wide.title() == "Views"


def test_others_need_not_wait_for_what_a_model_takes_long_to_say(
    wide: Page, views: str, page: Page
):
    wide.goto(f"{views}?view=lens&slow=1")
    told = wide.get_by_text("Reading it from the model…")
    expect(told).to_be_visible()
    page.goto(f"{views}?view=norms")
    plot(page)
    expect(told).to_be_visible()
    page.goto(f"{views}?view=neurons&open=1")
    plot(wide)
    expect(told).to_be_hidden()
    expect(wide.get_by_text("after token")).to_be_visible()


def test_the_lens_is_moved_by_keyboard(wide: Page, views: str):
    wide.goto(f"{views}?view=lens")
    expect(wide.get_by_text("Read before layer 1, after token 5")).to_be_visible()
    wide.get_by_label("Read before layer").focus()
    wide.keyboard.press("ArrowRight")
    expect(wide.get_by_text("Read before layer 2, after token 5")).to_be_visible()
    wide.keyboard.press("End")
    expect(wide.get_by_text("After the last layer, and after token 5")).to_be_visible()


def test_a_prompt_grows_by_keyboard_up_to_its_limit(wide: Page, views: str):
    wide.goto(f"{views}?view=next_token&prompt=" + "a" * 55)
    line = wide.get_by_text(re.compile("After token"))
    expect(line).to_contain_text("After token 55")
    wide.get_by_role("button", name="Append the likeliest").focus()
    wide.keyboard.press("Enter")
    expect(line).to_contain_text("After token 56")
    wide.get_by_role("button", name="Draw one").focus()
    wide.keyboard.press("Enter")
    expect(line).to_contain_text("After token 57")
    menu = wide.get_by_role("combobox")
    menu.focus()
    wide.keyboard.press("ArrowDown")
    label = menu.evaluate("menu => menu.selectedOptions[0].label")
    rank, chosen = label.split(". ", 1)
    assert int(rank) > 1
    wide.get_by_role("button", name="Append it").focus()
    wide.keyboard.press("Enter")
    expect(line).to_contain_text(f"After token 58 {chosen},")
    wide.get_by_role("button", name="Append the likeliest").click()
    expect(wide.get_by_text("has reached the limit of 60 tokens")).to_be_visible()
    for button in wide.get_by_role("button", name=re.compile("Append|Draw")).all():
        expect(button).to_be_disabled()


def test_the_filters_are_set_by_keyboard(wide: Page, views: str):
    wide.goto(f"{views}?view=next_token")
    line = wide.get_by_text(re.compile("After token"))
    expect(line).to_contain_text("one of 259 tokens")
    wide.get_by_label("Top-k").fill("3")
    wide.keyboard.press("Enter")
    expect(line).to_contain_text("one of 3 tokens")
    field = wide.get_by_label("Top-k")
    for wrong in ("−3", "3,5", "many", "1e9", ""):
        field.fill(wrong)
        wide.keyboard.press("Enter")
        expect(wide.get_by_role("alert")).to_have_text("A whole number from 0 to 259, please.")
        expect(field).to_have_value(wrong)
        wide.keyboard.press("Escape")
        expect(field).to_have_value("3")
    field.fill("４")
    wide.keyboard.press("Enter")
    expect(line).to_contain_text("one of 4 tokens")
    wide.keyboard.press("ArrowDown")
    expect(line).to_contain_text("one of 3 tokens")
    wide.get_by_label("Temperature").focus()
    wide.keyboard.press("Home")
    expect(line).to_contain_text("one of 1 tokens")


def test_a_head_is_silenced_and_heard_again_by_keyboard(wide: Page, views: str):
    wide.goto(f"{views}?view=ablation")
    wide.get_by_role("button", name="Replace layer 1 · head 0").focus()
    wide.keyboard.press("Enter")
    expect(wide.get_by_text("KL divergence")).to_be_visible()
    expect(wide.get_by_role("button", name="PNG")).to_be_visible()
    wide.get_by_role("button", name="✕ layer 1 · head 0").focus()
    wide.keyboard.press("Enter")
    expect(wide.get_by_text("Nothing is silenced")).to_be_visible()
    expect(wide.get_by_text("KL divergence")).not_to_be_visible()


@pytest.mark.parametrize("name", ["norms", "lens", "neurons", "next_token"])
def test_a_plot_is_saved_as_it_stands(wide: Page, views: str, name: str):
    wide.goto(f"{views}?view={name}")
    box = plot(wide).bounding_box()
    assert box is not None
    picture = Image.open(io.BytesIO(downloaded(wide, "PNG")))
    assert picture.format == "PNG"
    assert picture.size == (round(box["width"]), round(box["height"]))
    assert len(np.unique(np.asarray(picture.convert("RGB")).reshape(-1, 3), axis=0)) > 20
    drawn = ET.fromstring(downloaded(wide, "SVG"))
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert len([*drawn.iter("{http://www.w3.org/2000/svg}text")]) > 5
    assert not [*drawn.iter("{http://www.w3.org/2000/svg}script")]


def test_numbers_are_saved(wide: Page, views: str):
    wide.goto(f"{views}?view=saving")
    archive = np.load(io.BytesIO(downloaded(wide, "NPZ")))
    np.testing.assert_allclose(archive["weights"].sum(1), 1, atol=1e-5)
    assert len(archive["weights"]) == len(archive["tokens"])
    assert downloaded(wide, "PNG").startswith(b"\x89PNG")
    wide.get_by_role("combobox").select_option("neurons of the chosen layer and token")
    expect(wide.get_by_role("button", name="PNG")).not_to_be_visible()
    assert downloaded(wide, "CSV").decode("utf-8-sig").startswith("neuron,activation\r\n")
