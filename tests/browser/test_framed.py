"""A lesson's page within a frame that becomes as high as the lesson wants to be."""

from pathlib import Path

from playwright.sync_api import Page, expect

from explainer.catalog import Catalog
from explainer.site import pages
from tests.browser.conftest import NewContext
from tests.serving import serving_files
from tests.site.test_guides import code

HOST = """<!doctype html><meta charset="utf-8"><title>Notes</title><link rel="icon" href="data:,">
<body style="margin: 0"><script>
  window.told = [];
  addEventListener("message", ({ data }) => told.push(data));
</script>
<iframe src="lesson.html" width="100%" height="300" title="A lesson"></iframe>
"""
SCROLLS = """() => {
  const root = frames[0].document.querySelector("explainer-lesson").shadowRoot;
  return [".sheet", ".text", ".spoken"].filter((part) => {
    const { scrollHeight, clientHeight } = root.querySelector(part);
    return scrollHeight > clientHeight + 1;
  });
}"""


def test_a_frame_fits_its_lesson(new_context: NewContext, origins: set[str], tmp_path: Path):
    """By the script of the guide; no page is told anything that frames none."""
    (tmp_path / "lesson.html").write_text(pages.single(Catalog().sheet("self-attention")))
    fits = code("html", "html", "explainer-size")
    (tmp_path / "notes.html").write_text(HOST + fits, encoding="utf-8")
    size = {"width": 1440, "height": 1500}
    page: Page = new_context(viewport=size, screen=size, reduced_motion="reduce").new_page()
    with serving_files(tmp_path) as url:
        origins.add(url.removeprefix("http://"))
        page.goto(f"{url}/notes.html")
        lesson = page.frame_locator("iframe").locator("explainer-lesson")
        page.wait_for_function("told.length && document.querySelector('iframe').height > 600")
        page.wait_for_function(f"!({SCROLLS})().length")
        lesson.locator(".next").focus()
        for _ in range(
            8
        ):  # a number that has more to say about itself makes it higher, never lower
            page.keyboard.press("ArrowRight")
            page.wait_for_function(f"!({SCROLLS})().length")
        heights = [data["height"] for data in page.evaluate("told")]
        assert heights == sorted(set(heights)) and heights[-1] <= 1500
        expect(page.locator("iframe")).to_have_attribute("height", str(heights[-1]))
        # where the screen is small, what is said and what it is about stay together on it
        page.set_viewport_size({"width": 390, "height": 1500})
        page.keyboard.press("ArrowLeft")
        page.wait_for_function("told.at(-1).height === 1500")
        page.goto(f"{url}/lesson.html")
        page.evaluate("addEventListener('message', () => (window.told = true))")
        expect(page.locator(".kicker").first).to_be_visible()
        page.keyboard.press("ArrowRight")
        expect(page.locator(".kicker").first).to_contain_text("step 2")
        assert page.evaluate("window.told") is None
