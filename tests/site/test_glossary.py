"""The glossary of a site in Chromium."""

from pathlib import Path

from playwright.sync_api import expect

from explainer import glossary
from tests.browser.conftest import PHONE
from tests.site.conftest import Opened


def test_a_term_is_found_in_any_language(built: Path, opened: Opened):
    page = opened(built / "index.html", **PHONE)
    page.get_by_role("link", name="Glossary").click()
    field = page.get_by_role("searchbox", name="Find a term")
    terms = page.locator("dl > div:visible")
    expect(terms).to_have_count(len(glossary.terms()))
    field.fill("残差")
    expect(terms.locator("dfn")).to_have_text(["residual stream", "residual connection"])
    expect(page.get_by_role("heading", level=2)).to_have_count(2)
    field.fill("nonsense <b>")
    expect(page.get_by_role("status")).to_have_text("No term has this.")
    field.fill("softmax raise")
    expect(terms).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    terms.get_by_role("link", name="Softmax 1: make it positive").click()
    expect(page.locator(".kicker").first).to_contain_text("step 6 of 9")
