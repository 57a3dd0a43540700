"""A lesson's text in lines."""

from playwright.sync_api import Page

from tests.browser.stage_page import small_sheet, stage_on

NUMBER = {"array": "S", "cell": [0, 1]}


def test_no_line_begins_with_what_closes(wide: Page, stage_files: str) -> None:
    """Whatever stands before a number, the comma after it stands in the number's line."""
    sheet = small_sheet()
    for text in sheet["texts"].values():
        text["steps"]["given"]["body"] = [
            {"tag": "p", "children": ["一" * before, NUMBER, f"{closing}二三"]}
            for before in range(10, 30)
            for closing in "，。,."
        ] + [
            {
                "tag": "p",
                "children": [
                    "一" * before,
                    {"tag": "strong", "children": [NUMBER]},
                    closing + "二三",
                ],
            }
            for before in range(10, 30)
            for closing in ("。", " %")
        ]
    stage_on(wide, stage_files, sheet=sheet)
    apart = wide.evaluate(
        """[...lesson.shadowRoot.querySelectorAll(".words p")].map((p) => {
          const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
          const range = document.createRange();
          const tops = [];
          while (walker.nextNode()) {
            const at = walker.currentNode.data.search(/[，。,.%]|34/);
            if (at < 0) continue;
            range.setStart(walker.currentNode, at);
            range.setEnd(walker.currentNode, at + 1);
            tops.push(range.getBoundingClientRect().bottom);
          }
          return tops;
        })"""
    )
    assert len(apart) == 120
    assert all(len(tops) == 2 and abs(tops[0] - tops[1]) < 8 for tops in apart)
