"""The last step of a long lesson, on a screen and on a phone: what fits, and where it leads."""

import re

from playwright.sync_api import Locator, Page, expect

LAST = "/lesson/rlhf?step=align/update&lang="
BEFORE = "link => getComputedStyle(link, '::before').content"


def test_the_largest_sheet_scrolls_downwards_alone(wide: Page, server: str) -> None:
    for language in ("en", "zh"):
        wide.goto(f"{server}{LAST}{language}")
        area, sheet = wide.locator(".sheet"), wide.locator(".matrices")
        expect(sheet).to_have_attribute("style", re.compile("--scale"))
        wide_at_most, needed = area.evaluate("a => [a.clientWidth, a.scrollWidth]")
        assert needed <= wide_at_most, language
        assert float(sheet.evaluate("s => parseFloat(getComputedStyle(s).fontSize)")) >= 11


def test_the_way_on_is_no_way_back(phone: Page, server: str) -> None:
    phone.goto(f"{server}{LAST}zh")
    onward = phone.locator("a[slot=onward]")
    expect(onward).to_be_visible()
    assert onward.evaluate(BEFORE) == "none"
    expect(phone.locator(".tick .name").last).to_be_hidden()
    assert width(onward) > 0.9 * width(phone.locator(".bottom"))


def test_the_name_of_the_last_step_is_read_beside_the_way_on(wide: Page, server: str) -> None:
    wide.goto(f"{server}/lesson/self-attention?step=weigh&lang=en")
    expect(wide.locator("a[slot=onward]").first).to_be_visible()
    end = """name => {
      const text = document.createRange();
      text.selectNodeContents(name);
      return [text.getBoundingClientRect().right, name.getBoundingClientRect().right,
        getComputedStyle(name).overflowX];
    }"""
    text, tick, overflow = wide.locator(".tick[data-current] .name").evaluate(end)
    assert text <= tick + 1
    assert overflow == "visible"


def width(element: Locator) -> float:
    box = element.bounding_box()
    assert box
    return box["width"]
