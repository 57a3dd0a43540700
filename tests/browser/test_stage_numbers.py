"""What the stage says of numbers that are missing, and how it makes room for those that change."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from explainer.catalog import Catalog
from tests.browser.stage_page import Lesson, stage_on

Stage = Callable[..., Lesson]
# The box of every cell, and the size of their text.
BOXES = """() => {
  const root = lesson.shadowRoot;
  const boxes = [...root.querySelectorAll("td[data-cell]")].map((cell) => {
    const { x, y, width, height } = cell.getBoundingClientRect();
    return [cell.closest("table").dataset.place, x, y, width, height];
  });
  return [getComputedStyle(root.querySelector(".matrices")).fontSize, boxes];
}"""


@pytest.fixture
def stage(wide: Page, stage_files: str) -> Stage:
    def show(id: str, step: str, **attributes: Any) -> Lesson:
        wide.emulate_media(reduced_motion="reduce")
        return stage_on(wide, stage_files, Catalog().sheet(id), step=step, **attributes)

    return show


def told(lesson: Lesson, place: str, cell: int) -> str:
    lesson.cell(place, cell).click()
    expect(lesson.cell(place, cell)).to_have_class(re.compile("target"))
    return " ".join(lesson.page.locator(".calc").inner_text().split())


def test_a_number_that_is_too_large_is_named_where_it_happens(stage: Stage) -> None:
    lesson = stage("self-attention", "weigh", arithmetic="exact")
    warning = lesson.page.locator(".head .wrong")
    expect(warning).to_be_hidden()
    lesson.page.evaluate("lesson.sheet.edit('X', 2, 1000)")
    expect(warning).to_have_text(re.compile(r"^e\d.* is more than this sheet can hold\. What"))
    assert "∞" in lesson.numbers("E")
    column = [lesson.numbers("Z")[row * 4 + 2] for row in range(3)]  # of which the text tells
    assert "?" in column and "" not in column
    expect(lesson.page.locator(".words").get_by_text("?", exact=True)).to_have_count(
        column.count("?")
    )
    at = lesson.numbers("A").index("?")
    assert re.search(r"∞ ÷ ∞ = \? .* is more than this sheet can hold", told(lesson, "A", at))
    lesson.page.evaluate("lesson.sheet.go({language: 'zh'})")
    expect(warning).to_contain_text("太大")
    lesson.page.evaluate("lesson.sheet.reset()")
    expect(warning).to_be_hidden()


def test_a_blank_cell_says_what_left_it_out(stage: Stage) -> None:
    lesson = stage("moe", "relu")
    expect(lesson.page.locator(".head .wrong")).to_be_hidden()  # blanks are no mistake
    for place in ("T", "H1", "F1"):
        at = lesson.numbers(place).index("")
        said = told(lesson, place, at)
        assert "□" not in said and "=" not in said
        why = r"not computed, because row \d \(e1\), column \d \(x\d\) of top 2 is 0"
        assert re.search(why, said)


@pytest.mark.parametrize("value", [2, -1, 100])
def test_an_edit_moves_nothing_under_the_hand(value: float, stage: Stage) -> None:
    lesson = stage("self-attention", "weigh")
    before = lesson.page.evaluate(BOXES)
    lesson.page.evaluate("value => lesson.sheet.edit('X', 0, value)", value)
    after = lesson.page.evaluate(BOXES)
    assert after[0] == before[0], "the text is as large as it was"
    # what is very long makes room for itself, and moves what stands to the right of it
    still = {"X", "WQ", "WK", "WV", "K", "V"} if value == 100 else {box[0] for box in before[1]}
    for (place, *box), (_, *now) in zip(before[1], after[1], strict=True):
        if place in still:
            assert now == pytest.approx(box, abs=0.6), place
    over = "cells => cells.filter((c) => c.scrollWidth > c.clientWidth + 1).length"
    assert lesson.page.locator("td[data-cell]").evaluate_all(over) == 0, "all numbers fit"
    # the next step makes room anew
    lesson.page.evaluate("lesson.sheet.go({step: 'normalise'})")
    assert lesson.page.locator("td.tight").count() == 0


def test_an_old_number_is_as_readable_as_the_new_one(stage: Stage) -> None:
    lesson = stage("rlhf", "learn")
    cell = lesson.cell("Wn", 1)
    was = lesson.numbers("Wo")[1]
    old = "cell => getComputedStyle(cell, '::before')"
    assert was in cell.evaluate(f"cell => ({old})(cell).content")
    sizes = cell.evaluate(f"cell => [({old})(cell), getComputedStyle(cell)].map((s) => s.fontSize)")
    assert [float(size[:-2]) for size in sizes] >= [11, 11]
    line = cell.evaluate("""cell => {
      const style = getComputedStyle(cell, "::before");
      return [style.position, style.textDecorationLine, cell.scrollWidth <= cell.clientWidth + 1];
    }""")
    assert line == ["static", "none", True]
    assert lesson.cell("Wn'", 1).get_attribute("data-was") is None


def test_where_one_has_to_scroll_the_text_is_readable(stage: Stage) -> None:
    lesson = stage("moe", "given")
    lesson.page.set_viewport_size({"width": 1024, "height": 768})
    size = (
        "() => parseFloat(getComputedStyle(lesson.shadowRoot.querySelector('.matrices')).fontSize)"
    )
    lesson.page.wait_for_function(f"({size})() >= 12")


def test_a_size_that_was_chosen_is_kept_and_words_grow_with_the_sheet(
    stage: Stage, wide: Page, stage_files: str
) -> None:
    def sizes() -> list[float]:
        script = """() => [".words", ".equation", ".matrices"].map((one) => {
          const element = lesson.shadowRoot.querySelector(one);
          return parseFloat(getComputedStyle(element).fontSize) * (element.currentCSSZoom ?? 1);
        })"""
        found: list[float] = wide.evaluate(script)
        return found

    stage("self-attention", "scale")
    before = sizes()
    for _ in range(2):
        wide.get_by_role("button", name="Larger").click()
    larger = sizes()
    assert all(a > 1.3 * b for a, b in zip(larger[:2], before[:2], strict=True))
    assert larger[2] > before[2]
    stage("self-attention", "scale")  # the page anew
    assert sizes() == pytest.approx(larger, abs=0.1)
    for _ in range(3):
        wide.get_by_role("button", name="Smaller").click()
    assert sizes()[:2] == before[:2], "words shrink no further than they were"


def test_on_any_phone_the_toolbar_holds_all_that_it_has(phone: Page, stage_files: str) -> None:
    lesson = stage_on(phone, stage_files, url="search", numbers="X.0.0=2")
    expect(phone.locator(".reset")).to_be_visible()
    for width in (320, 360, 412):
        phone.set_viewport_size({"width": width, "height": 800})
        box = phone.get_by_role("link", name="Lessons").bounding_box()
        top = phone.locator(".top").evaluate("e => [e.scrollWidth, e.clientWidth]")
        nav = phone.locator(".nav").evaluate("e => [e.scrollWidth, e.clientWidth]")
        assert box is not None and box["x"] >= 0 and box["width"] >= 24
        assert top[0] <= top[1] and nav[0] <= nav[1], width
    phone.get_by_role("button", name="exact", exact=True).click()
    expect(phone.get_by_role("button", name="by hand")).to_be_focused()
    assert lesson.page.evaluate("lesson.sheet.arithmetic") == "exact"


def test_a_letter_says_what_it_is(stage: Stage) -> None:
    """To who points at it, reads the calculation, or hears it."""
    lesson = stage("self-attention", "normalise")
    for language in ("en", "zh"):
        lesson.page.evaluate("language => lesson.sheet.go({language})", language)
        names = Catalog().sheet("self-attention")["texts"][language]["names"]
        for array in ("A", "F", "Kt"):
            label = lesson.table(array).locator(".label")
            expect(label).to_have_attribute("title", names[array])
            assert names[array] in (lesson.table(array).get_attribute("aria-label") or "")
        reference = lesson.page.locator(".words [data-array=A]").first
        expect(reference).to_have_attribute("title", names["A"])
        assert names["A"] in told(lesson, "A", 5)
