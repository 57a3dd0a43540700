"""Runs the stage's model in a page where nothing is drawn."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

Model = Callable[..., Any]

MODULES = ["sheet", "format", "markup", "formula", "schedule", "opening", "state", "grid"]
RUN = """async ({stage, modules, body, document, data}) => {
  const loaded = await Promise.all(modules.map((name) => import(`${stage}/${name}.js`)));
  const m = Object.assign({}, ...loaded);
  const sheet = document ? new m.Sheet(document) : null;
  return new Function("m", "sheet", "data", body)(m, sheet, data);
}"""


@pytest.fixture(scope="module")
def blank(browser: Browser, stage_files: str) -> Iterator[Page]:
    """A page from which the stage's modules can be imported."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{stage_files}/sheet.js")
    yield page
    context.close()


@pytest.fixture
def model(blank: Page, stage_files: str) -> Model:
    """Runs JavaScript on a sheet: `m` are the modules' exports, `sheet` the opened document."""

    def run(body: str, document: Any = None, data: Any = None) -> Any:
        sent = {"stage": stage_files, "modules": MODULES, "body": body}
        return blank.evaluate(RUN, sent | {"document": document, "data": data})

    return run
