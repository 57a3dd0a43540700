"""On paper: all of the sheet, the text and the step, on every kind of page; and home."""

import re

import pytest
from playwright.sync_api import Page, expect

MARGIN = 12 / 25.4 * 96  # px, as the pages' style says
PAPERS = {"A4": (794, 1123), "Letter": (816, 1056)}
# What is cut off, or lies outside of the paper's width; whole matrices on one sheet of paper.
LOST = """([wide, high]) => {
  const lesson = [...function* find(root) {
    for (const element of root.querySelectorAll("*")) {
      if (element.localName === "explainer-lesson") yield element;
      if (element.shadowRoot) yield* find(element.shadowRoot);
    }
  }(document)][0];
  const root = lesson.shadowRoot;
  const lost = [];
  const parts = ".matrix, .head h2, .kicker, .words > *, .calc, .figure";
  for (const element of root.querySelectorAll(parts)) {
    if (!element.getClientRects().length) continue;
    const {left, right} = element.getBoundingClientRect();
    if (left < -1 || right > wide + 1) lost.push(`${element.className}: ${left} to ${right}`);
  }
  const {height} = root.querySelector(".matrices").getBoundingClientRect();
  if (height > high) lost.push(`the sheet is ${height} high`);
  for (let element = root.querySelector(".words"); element; ) {
    const { clientHeight: shown, scrollHeight: all } = element;
    const cuts = getComputedStyle(element).overflowY !== "visible";
    if (cuts && shown && all > shown + 1) lost.push(`${element.className}: ${shown} of ${all}`);
    element = element.parentElement ?? element.getRootNode().host;
  }
  return lost;
}"""


@pytest.mark.parametrize("lesson", ["self-attention", "rlhf"])
def test_a_printed_lesson_is_whole(lesson: str, wide: Page, server: str) -> None:
    step = {"self-attention": "normalise", "rlhf": "align/expect"}[lesson]
    wide.emulate_media(reduced_motion="reduce", color_scheme="dark")
    wide.goto(f"{server}/lesson/{lesson}?step={step}&theme=dark")
    area = wide.locator("explainer-lesson .sheet")
    expect(area).not_to_have_attribute("aria-busy", "true")
    wide.emulate_media(media="print")
    for across, down in [*PAPERS.values(), *(size[::-1] for size in PAPERS.values())]:
        size = (round(across - 2 * MARGIN), round(down - 2 * MARGIN))
        wide.set_viewport_size({"width": size[0], "height": size[1]})
        assert wide.evaluate(LOST, size) == []
    for hidden in (".top", ".bottom", ".hint"):
        expect(wide.locator(f"explainer-lesson {hidden}")).to_be_hidden()
    for shown in (".kicker h1", ".words", ".calc", "svg.figure"):
        expect(wide.locator(f"explainer-lesson {shown}").first).to_be_visible()
    ground = wide.locator("explainer-lesson .stage").evaluate("e => getComputedStyle(e).color")
    assert ground == "rgb(34, 37, 43)"  # dark ink, whatever the theme
    pages = re.findall(rb"/Type\s*/Page\b", wide.pdf(format="A4", prefer_css_page_size=True))
    assert 1 <= len(pages) <= 3


def test_home_is_printed_whole(wide: Page, server: str) -> None:
    wide.goto(server)
    wide.emulate_media(media="print")
    wide.set_viewport_size({"width": 703, "height": 1032})
    for card in wide.locator(".card").all():
        box = card.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 703
        assert card.evaluate("card => getComputedStyle(card).breakInside") == "avoid"
    expect(wide.locator(".tools")).to_be_hidden()
    assert len(re.findall(rb"/Type\s*/Page\b", wide.pdf(format="A4"))) <= 3
