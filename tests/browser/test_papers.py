"""A paper's numbers are the same in a browser as in Python, and a sheet goes to them."""

import numpy as np
from playwright.sync_api import Page

from explainer import papers
from explainer.sheet import values
from tests.browser.stage_page import small_sheet
from tests.test_papers import OWN, SHEET

NUMBERS = """async ({stage, own, sheet, last}) => {
  const {numbersOf} = await import(`${stage}/papers.js`);
  const grids = Object.fromEntries(Object.entries(own).map(([name, {shape, data}]) =>
    [name, {shape, data: Float64Array.from(data)}]));
  return Array.from({length: last + 1}, (_, paper) =>
    Object.fromEntries(Object.entries(numbersOf(sheet, grids, paper)).map(([name, {data}]) =>
      [name, [...data]])));
}"""
GOING = """async ({stage, document}) => {
  const {Sheet} = await import(`${stage}/sheet.js`);
  const sheet = new Sheet(document);
  const seen = [];
  sheet.addEventListener("change", ({detail}) => seen.push(detail));
  sheet.edit("X", 0, 9);
  sheet.go({paper: 7, practice: "1"});
  const [edits, S] = [sheet.edits, [...sheet.value("S").data]];
  sheet.edit("X", 0, 5);
  sheet.reset();
  const same = sheet.value("S").data.every((number, cell) => number === S[cell]);
  for (const paper of [7, -1, 1000, 2.5, "3", 1e12]) sheet.go({paper});
  sheet.go({practice: "some"});
  return {seen, edits, S, same, paper: sheet.paper, practice: sheet.practice};
}"""


def test_a_browser_has_the_same_numbers_on_every_paper(wide: Page, stage_files: str) -> None:
    wide.goto(f"{stage_files}/papers.js")
    own = {n: {"shape": list(a.shape), "data": a.ravel().tolist()} for n, a in OWN.items()}
    given = {"stage": stage_files, "own": own, "sheet": SHEET, "last": papers.LAST}
    for paper, found in enumerate(wide.evaluate(NUMBERS, given)):
        for name, array in papers.numbers(SHEET, OWN, paper).items():
            assert found[name] == array.ravel().tolist(), (paper, name)


def test_a_sheet_goes_to_a_paper_and_back_to_its_numbers(wide: Page, stage_files: str) -> None:
    document = small_sheet() | {
        "papers": {"sets": [], "shuffles": [["X.rows", "W.columns"], ["X.columns"]], "seeds": {}}
    }
    wide.goto(f"{stage_files}/papers.js")
    found = wide.evaluate(GOING, {"stage": stage_files, "document": document})
    assert found["seen"] == [{"paper": 7, "practice": "1"}]
    assert found["edits"] == []  # an edit was of the numbers before
    assert found["S"] == np.ravel(values(document, "hand", paper=7)["S"]).tolist()
    assert found["same"]
    assert (found["paper"], found["practice"]) == (7, "1")
