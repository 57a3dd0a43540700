"""A lesson's text in lines."""

from playwright.sync_api import Page, expect

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


def test_a_term_of_a_text_tells_what_it_is(wide: Page, stage_files: str) -> None:
    """With a glossary it is a link; without one the word itself tells it, to every hand."""
    sheet = small_sheet()
    children = [
        {"tag": "a", "href": "../glossary#token", "title": "<b>A piece", "children": ["token"]},
        {"tag": "a", "href": "term:key", "title": "What is found", "children": ["key"]},
        {"tag": "a", "href": "javascript:1", "title": 7, "children": ["harmless"]},
    ]
    body = [{"tag": "p", "children": children}]
    sheet["texts"]["en"]["steps"]["given"]["body"] = body
    stage_on(wide, stage_files, sheet=sheet)
    words = wide.locator(".words")
    expect(words.get_by_role("link")).to_have_count(1)
    link = words.get_by_role("link", name="token")
    assert link.get_attribute("title") == "<b>A piece"
    assert link.get_attribute("href") == "../glossary#token"
    link.focus()
    wide.keyboard.press("Tab")
    alone = words.get_by_role("note")
    expect(alone).to_be_focused()
    shown = alone.evaluate("word => getComputedStyle(word, '::after').content")
    assert shown.startswith('"What is found"')
    wide.keyboard.press("Tab")
    assert alone.evaluate("word => getComputedStyle(word, '::after').content") == "none"
