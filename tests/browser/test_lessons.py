"""Every lesson in a browser: its numbers are NumPy's after any edit, and nothing on it collides."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from explainer import sheet as sheets
from explainer.catalog import Catalog

CATALOG = Catalog()
LESSONS = CATALOG.ids()

VALUES = """async ({edits, arithmetic}) => {
  const {sheet} = window.stage;
  sheet.reset();
  sheet.go({arithmetic});
  sheet.editAll(edits);
  return Object.fromEntries(Object.keys(sheet.document.arrays).map((name) => {
    const {shape, data} = sheet.value(name);
    return [name, {shape, data: [...data].map(String)}];
  }));
}"""
# The element, through the shadow roots that Panel's parts have.
FIND = """() => {
  const find = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.localName === "explainer-lesson") return element;
      const inner = element.shadowRoot && find(element.shadowRoot);
      if (inner) return inner;
    }
    return null;
  };
  window.stage = find(document);
}"""
# Pairs of matrices that cover each other, and matrices that stick out of the sheet.
COLLISIONS = """() => {
  const root = window.stage.shadowRoot;
  const sheet = root.querySelector(".matrices").getBoundingClientRect();
  const boxes = [...root.querySelectorAll(".matrix")].map((box) => {
    const edges = [box.querySelector("table"), box.querySelector(".label")]
      .map((part) => part.getBoundingClientRect());
    return {
      place: box.dataset.place,
      left: Math.min(...edges.map((e) => e.left)), right: Math.max(...edges.map((e) => e.right)),
      top: Math.min(...edges.map((e) => e.top)), bottom: Math.max(...edges.map((e) => e.bottom)),
    };
  });
  const found = boxes.filter((b) => b.left < sheet.left - 1 || b.right > sheet.right + 1 ||
    b.top < sheet.top - 1 || b.bottom > sheet.bottom + 1).map((b) => `${b.place} sticks out`);
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (across > 1 && down > 1) found.push(`${a.place} covers ${b.place}`);
  }));
  const wide = [...root.querySelectorAll(".matrix td[data-cell]")].filter((cell) =>
    cell.scrollWidth > cell.clientWidth + 1).map((cell) => `${cell.textContent} is clipped`);
  return [...found, ...wide];
}"""

# The sizes (px) and weights of all text that shows.
FONTS = """() => {
  const texts = document.createTreeWalker(window.stage.shadowRoot, NodeFilter.SHOW_TEXT);
  const fonts = new Set();
  while (texts.nextNode()) {
    const { data, parentElement: element } = texts.currentNode;
    if (!data.trim() || !element?.checkVisibility()) continue;
    const { fontSize, fontWeight } = getComputedStyle(element);
    fonts.add(`${fontSize} ${fontWeight}`);
  }
  return [...fonts];
}"""

# How large the sheet is, and how large it were if a browser asked each matrix.
SIZES = """() => {
  const matrices = window.stage.shadowRoot.querySelector(".matrices");
  const size = () => [matrices.offsetWidth, matrices.offsetHeight];
  const told = size();
  matrices.style.gridTemplateColumns = matrices.style.gridTemplateRows = "";
  return [told, size()];
}"""

# Of some matrices: whether they have come, and how many cells of theirs are not written or blank.
SHOWN = """places => places.map((place) => {
  const box = window.stage.shadowRoot.querySelector(`.matrix[data-place="${place}"]`);
  const cells = [...box.querySelectorAll("td[data-cell]")];
  return {
    place, coming: box.matches(".todo, .coming"),
    unwritten: cells.filter((cell) => cell.classList.contains("empty")).length,
    blank: cells.filter((cell) => cell.innerText === "").length,
  };
})"""


def open_lesson(page: Page, server: str, lesson: str, query: str = "") -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{server}/lesson/{lesson}{query}")
    expect(page.locator("explainer-lesson").get_by_role("table").first).to_be_visible()
    expect(page.locator("[aria-busy]")).to_have_count(0)  # all are made
    page.evaluate(FIND)


def random_edits(document: dict[str, Any], random: np.random.Generator) -> list[dict[str, Any]]:
    """A few cells of every matrix that can be edited, with numbers that a reader might try."""
    edits = []
    for name, array in document["arrays"].items():
        if not array.get("editable"):
            continue
        cells = np.asarray(array["given"]).size
        for cell in random.choice(cells, size=min(3, cells), replace=False):
            if "words" in array:
                value = float(random.integers(len(array["words"])))
            else:
                low, high = np.clip(array["bounds"], -5, 5)
                value = float(np.round(random.uniform(low, high), int(random.integers(2))))
            edits.append({"name": name, "cell": int(cell), "value": value})
    return edits


@pytest.mark.parametrize("arithmetic", ["hand", "exact"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_a_sheet_takes_no_more_room_than_its_matrices_need(
    lesson: str, arithmetic: str, wide: Page, server: str
) -> None:
    open_lesson(wide, server, lesson, f"?arithmetic={arithmetic}")
    told, found = wide.evaluate(SIZES)
    assert told == pytest.approx(found, abs=2)


@pytest.mark.parametrize("lesson", LESSONS)
def test_few_fonts_are_asked_for(lesson: str, wide: Page, server: str) -> None:
    # each is a question from the page to the browser, before anything can be painted
    open_lesson(wide, server, lesson)
    fonts = wide.evaluate(FONTS)
    assert {font.split()[1] for font in fonts} == {"400", "700"}
    assert len(fonts) <= 12


@pytest.mark.parametrize("lesson", LESSONS)
def test_any_edit_gives_numpys_numbers(lesson: str, wide: Page, server: str) -> None:
    document = CATALOG.sheet(lesson)
    open_lesson(wide, server, lesson)
    random = np.random.default_rng(0)
    for number in range(20):
        arithmetic = ("hand", "exact")[number % 2]
        edits = random_edits(document, random)
        assert edits
        got = wide.evaluate(VALUES, {"edits": edits, "arithmetic": arithmetic})
        expected = sheets.values(document, arithmetic, edits)
        assert set(expected) <= set(got)
        for name, value in expected.items():
            assert tuple(got[name]["shape"]) == value.shape
            numbers = np.array(got[name]["data"], dtype=np.float64).reshape(value.shape)
            np.testing.assert_allclose(numbers, value, rtol=1e-9, atol=1e-12, err_msg=name)


@pytest.mark.parametrize("lesson", LESSONS)
def test_nothing_collides_in_any_step(lesson: str, screen: Page, server: str) -> None:
    document = CATALOG.sheet(lesson)
    for language in document["texts"]:
        open_lesson(screen, server, lesson, f"?lang={language}")
        for arithmetic in ("hand", "exact"):
            for step in document["graphs"][arithmetic]["steps"]:
                screen.evaluate(
                    "state => window.stage.sheet.go(state)",
                    {"step": step["id"], "arithmetic": arithmetic},
                )
                assert screen.evaluate(COLLISIONS) == [], f"{language} {arithmetic} {step['id']}"
                assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                    "the page overflows"
                )


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_step_plays_to_its_end(lesson: str, wide: Page, server: str) -> None:
    """With motion: each step starts, is skipped like a person would, and has all its numbers."""
    document = CATALOG.sheet(lesson)
    wide.goto(f"{server}/lesson/{lesson}")
    expect(wide.locator("explainer-lesson").get_by_role("table").first).to_be_visible()
    placed = {place for row in document["layout"] for place in row}
    arrays = CATALOG.lesson(lesson).run("hand").arrays
    blanks = {name: int(np.isnan(array).sum()) for name, array in arrays.items()}
    wide.evaluate(FIND)
    wide.clock.install(time=0)
    wide.clock.pause_at(3600)
    for step in document["graphs"]["hand"]["steps"][1:]:
        wide.keyboard.press("ArrowRight")
        wide.clock.run_for(120)
        wide.keyboard.press("Escape")  # lets the rest play out
        wide.clock.run_for(500)
        bar = wide.locator(".tick[data-current] i")
        assert bar.get_attribute("style") == "transform: scaleX(1);", step["id"]
        shown = [place for place in step["shows"] if place in placed]
        assert wide.evaluate(SHOWN, shown) == [
            {"place": place, "coming": False, "unwritten": 0, "blank": blanks[place.rstrip("'")]}
            for place in shown
        ]


def test_a_picture_shows_the_numbers_in_view_and_needs_no_server(wide: Page, server: str) -> None:
    """It follows edits, arithmetic, language and theme by the browser's own hand."""
    open_lesson(wide, server, "vector-database", "?step=query")
    figure = wide.locator("explainer-lesson svg.figure")
    expect(figure).to_have_count(1)
    wide.context.set_offline(True)  # the server might as well be gone
    document = CATALOG.sheet("vector-database")
    edit = {"name": "P", "cell": 0, "value": 3}
    wide.evaluate("({name, cell, value}) => window.stage.sheet.edit(name, cell, value)", edit)
    after = sheets.values(document, "hand", [edit])
    x, y = after[document["pictures"][0]["arrays"][-1]].ravel()
    arrow = rf"\({x:g}, {y:g}\)".replace("-", "−")
    expect(figure).to_have_attribute("aria-label", re.compile(arrow))
    told = figure.get_attribute("aria-label") or ""
    ink = "(figure) => getComputedStyle(figure.querySelector('circle')).fill"
    light = figure.evaluate(ink)
    wide.locator("explainer-lesson").evaluate("(lesson) => lesson.setAttribute('theme', 'dark')")
    assert figure.evaluate(ink) != light
    wide.evaluate("() => window.stage.sheet.go({language: 'zh'})")
    expect(figure).to_have_attribute("aria-label", re.compile("^平面上的向量"))
    wide.evaluate("() => window.stage.sheet.go({language: 'en', arithmetic: 'exact'})")
    expect(figure).to_have_attribute("aria-label", told)  # here both are whole numbers
    wide.evaluate("() => window.stage.sheet.go({step: 'pool'})")
    expect(figure).to_have_count(0)
    wide.context.set_offline(False)


def test_a_lesson_leads_to_another_in_the_same_language(wide: Page, server: str) -> None:
    open_lesson(wide, server, "transformer-block", "?step=attention&lang=zh")
    link = wide.locator("explainer-lesson .words a[href*='self-attention']").first
    link.click()
    expect(wide).to_have_title("自注意力 · explainer")


def test_words_are_shown_and_can_be_changed_by_typing_one(wide: Page, server: str) -> None:
    open_lesson(wide, server, "vector-database", "?step=nearest")
    cell = wide.locator('table[data-place="s1"] td[data-cell="0"]')
    expect(cell).to_have_text("how")
    cell.dblclick()
    wide.keyboard.press("ControlOrMeta+a")
    wide.keyboard.type("why")
    wide.keyboard.press("Enter")
    expect(cell).to_have_text("why")
    document = CATALOG.sheet("vector-database")
    why = document["arrays"]["s1"]["words"].index("why")
    assert wide.evaluate("window.stage.sheet.value('s1').data[0]") == why


def test_an_updated_weight_shows_what_it_was(wide: Page, server: str) -> None:
    open_lesson(wide, server, "rlhf", "?step=learn")
    run = CATALOG.lesson("rlhf").run("hand")
    for cell, (old, new) in enumerate(zip(run["Wo"].ravel(), run["Wn"].ravel(), strict=True)):
        drawn = wide.locator(f'table[data-place="Wn"] td[data-cell="{cell}"]')
        if old == new:
            assert drawn.get_attribute("data-was") is None
        else:
            expect(drawn).to_have_attribute("data-was", f"{old:g}".replace("-", "−"))


@pytest.mark.parametrize("lesson", LESSONS)
def test_axe_finds_nothing_serious(
    lesson: str, screen: Page, server: str, axe: Callable[[Page], list[str]]
) -> None:
    steps = CATALOG.sheet(lesson)["graphs"]["hand"]["steps"]
    for theme, step in (("light", steps[-1]), ("dark", steps[len(steps) // 2])):
        screen.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        open_lesson(screen, server, lesson, f"?step={step['id']}")
        assert axe(screen) == []
