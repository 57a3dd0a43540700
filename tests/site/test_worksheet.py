"""Worksheets in Chromium, opened as files: boxes to write in, nothing clipped, no answer, and a key
that is right.
"""

import copy
import json
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from explainer import cli, sheet
from explainer.catalog import Catalog
from explainer.site import worksheets
from tests.browser.stage_page import small_sheet
from tests.site.conftest import Opened

IDS = Catalog().ids()
MM = 96 / 25.4  # CSS pixels
BOX = 9 * MM
# the squares of the link below, which a reader of QR codes (OpenCV) has read in a printed page
QR = "ee1b82382649d51f"
WIDE = {"a4": 186, "letter": 192}  # mm of text between the margins
# What stands in a page: its boxes, what sticks out of it, and the cells of its keys.
LOOK = """() => {
  const shown = (td) => ({
    name: td.closest("[data-name]").dataset.name, cell: Number(td.dataset.cell), text: td.innerText,
    size: [td.getBoundingClientRect().width, td.getBoundingClientRect().height],
  });
  return [...document.querySelectorAll("article")].map((article) => {
    const edge = article.getBoundingClientRect();
    const out = [...article.querySelectorAll("*")].filter((one) => {
      const box = one.getBoundingClientRect();
      return box.width && (box.right > edge.right + 1 || box.left < edge.left - 1);
    });
    return {
      paper: Number(article.dataset.paper), isKey: article.classList.contains("key"),
      width: edge.width, out: out.map((one) => one.outerHTML.slice(0, 80)),
      blanks: [...article.querySelectorAll("td.blank")].map(shown),
      carried: [...article.querySelectorAll("td.carried")].map(shown),
    };
  });
}"""


def number(text: str) -> float:
    """What a cell says, as in any other of the product's texts."""
    above, _, below = text.replace("−", "-").partition("/")
    return float(above) / float(below or 1)


def wrote(tmp_path: Path, id: str, *options: str) -> Path:
    out = tmp_path / f"{id}.html"
    assert cli.main(["worksheet", id, *options, "--force", "--out", str(out)]) == 0
    return out


def drawn(opened: Opened, tmp_path: Path, html: str) -> Page:
    out = tmp_path / "own.html"
    out.write_text(html, encoding="utf-8")
    return opened(out)


def asked(document: dict[str, Any]) -> dict[str, list[int]]:
    """The blanks of a lesson, if it declares some."""
    return document.get("practice", {}).get("blanks", {})


@pytest.mark.parametrize("id", IDS)
def test_a_lesson_s_worksheets_can_be_filled_in_and_its_keys_are_right(
    opened: Opened, tmp_path: Path, id: str
):
    document = Catalog().sheet(id)
    papers = [0, 17] if "papers" in document else [0]
    size = "a4" if IDS.index(id) % 2 else "letter"
    chosen = ["--papers", ",".join(map(str, papers)), "--key", "--paper-size", size]
    for language in document["texts"]:
        page = opened(wrote(tmp_path, id, *chosen, "--lang", language))
        page.emulate_media(media="print")
        articles = page.evaluate(LOOK)
        assert [(one["paper"], one["isKey"]) for one in articles] == [
            *((paper, False) for paper in papers),
            *((paper, True) for paper in papers),
        ]
        for one in articles:
            assert one["width"] == pytest.approx(WIDE[size] * MM, abs=1)
            assert one["out"] == []
            arrays = sheet.values(document, "hand", paper=one["paper"])
            cells = {(blank["name"], blank["cell"]) for blank in one["blanks"]}
            for name, blanks in asked(document).items():
                assert cells >= {(name, cell) for cell in blanks}
            for blank in one["blanks"]:
                if not one["isKey"]:
                    assert blank["text"] == "" and min(blank["size"]) >= BOX
                    continue
                told, right = blank["text"], arrays[blank["name"]].ravel()[blank["cell"]]
                if words := document["arrays"][blank["name"]].get("words"):
                    assert told == words[int(right)]
                elif np.isnan(right):
                    assert told == "∅"
                else:
                    assert number(told) == pytest.approx(right, abs=0.051)
            if not one["isKey"]:
                assert [cell["text"] for cell in one["carried"]] == [""] * len(one["carried"])
        assert page.asked == [(tmp_path / f"{id}.html").as_uri()]  # type: ignore[attr-defined]


def test_what_would_give_an_answer_away_is_a_gap(opened: Opened, tmp_path: Path):
    """In a text, in a copy of the matrix and in a matrix that only moves it."""
    document = copy.deepcopy(Catalog().sheet("self-attention"))
    blanks = {"S": [6], "K": [4], "A": [6], "Z": [2]}
    answer = {"hand": [{"op": "constant", "value": [0, 1, 1, 0]}]}
    whom = {"by": "rows", "array": "A"}
    asks = {"id": "whom", "before": "normalise", "choose": whom, "answer": answer}
    words = {"id": "yes", "before": "weigh", "choose": {"options": ["more", "less"]},
             "answer": {"hand": [{"op": "constant", "value": 1}]}}  # fmt: skip
    goal = {"id": "goal", "change": ["WQ"], "most": 2, "reached": {"hand": []}}
    document["practice"] = {
        "blanks": blanks, "slips": [], "predictions": [asks, words], "goals": [goal]
    }  # fmt: skip
    text = document["texts"]["en"]
    text["practice"] = {"whom": ["Whom will it read?"], "yes": ["More or less?"]}
    text["steps"]["match"]["body"] = [
        {"tag": "p", "children": ["It is ", {"array": "S", "cell": [1, 2]}, ". ", "<b>bold</b>"]}
    ]
    html = worksheets.page(document, "en", [0], key=True)
    page = drawn(opened, tmp_path, html)
    pupil, key = page.locator("article").nth(0), page.locator("article").nth(1)
    why = pupil.locator("section", has_text="Match every key").locator(".why")
    assert why.inner_text() == "It is ___. <b>bold</b>"
    # k turned on its side has the number of K's blank
    carried = pupil.locator('[data-name="Kt"] td.carried')
    assert carried.count() == 1 and carried.inner_text() == ""
    assert pupil.locator('[data-name="A"] td.carried').count() == 1  # of Z's task
    assert pupil.locator('[data-name="A"] td.blank').count() == 1
    task = pupil.locator("section", has_text="Match every key").locator(".do")
    assert task.inner_text().startswith(
        "Fill in row 2 (k2), column 3 (q3) of KT Q: row 2 of KT meets"
    )
    assert " = ___" not in task.inner_text()  # the example is of a cell that is given
    questions = pupil.locator(".question")
    assert [one.splitlines()[0] for one in questions.all_inner_texts()] == [
        "Before you go on: Whom will it read?", "Before you go on: More or less?",
        "goal",
    ]  # fmt: skip
    assert key.locator(".question").all_inner_texts() == [
        "Before step 8: Whom will it read? row 2 (cat), row 3 (it)",
        "Before step 9: More or less? less",
    ]
    assert pupil.locator(".right").count() == 0


def test_what_is_picked_or_left_out_is_not_told_by_its_task(opened: Opened, tmp_path: Path):
    """Nor what a blank in a sum is: on paper it is no 0. What is rounded, and to what, is told."""
    store = drawn(opened, tmp_path, worksheets.page(Catalog().sheet("vector-database"), "en", [9]))
    tasks = store.locator(".do").all_inner_texts()
    picked = "Fill in the boxes of Nearest: from s1, s2 and s3, the one that max says."
    assert tasks[-1] == picked
    assert not [task for task in tasks if ": 1 = 1" in task]  # an example with nothing to compute
    assert "stays empty" not in store.locator(".legend").inner_text()
    again = store.locator(".question", has_text="Do not multiply yet")
    assert "The query is (−2, 3)" in again.inner_text()
    document = Catalog().sheet("moe")
    moe = drawn(opened, tmp_path, worksheets.page(document, "en", [7]))
    tasks = moe.locator(".do").all_inner_texts()
    for task in (
        "Fill in the boxes of kept: from P and top 2.",
        "Fill in the boxes of Y: from G, ReLU H1, ReLU H2, ReLU H3 and ReLU H4. "
        "For example, row 2, column 2 (y2): 0.1 × 0 + 0.9 × 3 = 2.7.",
    ):
        assert task in tasks
    assert "balance: from Σ P and load. Round to two decimals. That is round(" in tasks[-1]
    assert moe.locator(".legend").inner_text().endswith("neither a number nor a 0, stays empty.")
    moe = drawn(opened, tmp_path, worksheets.page(document, "zh", [7]))
    assert "保留两位小数。即 round(" in moe.locator(".do").last.inner_text()
    assert "round(□)：四舍五入到一位小数" in moe.locator("aside").inner_text()


def test_a_goal_has_room_and_what_it_needs(opened: Opened, tmp_path: Path):
    page = drawn(opened, tmp_path, worksheets.page(Catalog().sheet("rlhf"), "en", [12]))
    page.emulate_media(media="print")
    goals = page.locator(".question:has(.line + .line)")
    assert [goal.locator(".line").count() for goal in goals.all()] == [3, 3]
    needed = goals.first.locator(".matrix")
    assert [one.get_attribute("data-name") for one in needed.all()] == ["Wv", "prompt"]
    assert goals.last.locator(".matrix").count() == 0  # they stand above
    can = page.locator("section:has(.can)")
    assert can.evaluate("section => getComputedStyle(section).breakInside") == "avoid"
    # how far a subscript reaches into the words below it, in px
    deep = page.locator(".caption:has(sub) > span").evaluate_all(
        """all => Math.max(...all.map((told) => Math.max(...[...told.parentElement.querySelectorAll(
          "b sub")].map((sub) => sub.getBoundingClientRect().bottom))
          - told.getBoundingClientRect().top))"""
    )
    assert deep < 1


def test_a_sheet_that_fits_a_page_stands_as_its_layout_has_it(opened: Opened, tmp_path: Path):
    document = small_sheet()
    document["texts"]["en"]["title"] = "</script><img src=x>"
    page = drawn(opened, tmp_path, worksheets.page(document, "en", [0], base="https://e.org/"))
    assert page.locator("h1").inner_text() == document["texts"]["en"]["title"]
    whole = page.locator(".whole")
    assert whole.locator(".matrix").count() == len(
        {place for row in document["layout"] for place in row} - {"."}
    )
    assert page.locator(".row").count() == 0
    # nothing is declared: what a step ends with is to be filled in
    boxed = whole.locator("[data-name]:has(td.blank)")
    names = {one.get_attribute("data-name") for one in boxed.all()}
    assert names == {"Y", "S", "H"}
    # X above its product with W
    above = whole.locator('[data-name="X"]').bounding_box()
    below = whole.locator('[data-name="Y"]:has(td.blank)').bounding_box()
    assert above and below and above["y"] + above["height"] <= below["y"]


def test_a_qr_code_is_that_of_the_link(opened: Opened, tmp_path: Path):
    link = worksheets.link("https://example.org/course/", "small", "en").format(paper=7)
    assert link == "https://example.org/course/small.html#paper=7&practice=1&lang=en"
    base = "http://school.example:5006/lesson/{id}"
    assert worksheets.link(base, "moe", "zh").startswith("http://school.example:5006/lesson/moe?pa")
    html = worksheets.page(small_sheet(), "en", [7], base="https://example.org/course/")
    page = drawn(opened, tmp_path, html)
    code = page.locator("svg.qr")
    (size,) = {int(one) for one in (code.get_attribute("viewBox") or "").split()[2:]}
    dark = np.zeros((size, size), dtype=int)
    runs = re.findall(r"M(\d+) (\d+)h(\d+)", code.locator("path").get_attribute("d") or "")
    for x, y, length in ([int(n) for n in run] for run in runs):
        dark[y, x : x + length] = 1
    assert dark[:4].sum() == dark[:, -4:].sum() == 0  # the quiet zone
    assert sha256(dark.astype("u1").tobytes()).hexdigest()[:16] == QR
    assert code.locator("title").text_content() == link
    assert page.locator(".link p").inner_text().endswith(link)


def test_a_worksheet_is_one_page_that_may_do_nothing_but_draw(tmp_path: Path):
    html = wrote(tmp_path, "lora").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    hashes = [b64encode(sha256(script.encode()).digest()).decode() for script in scripts]
    [policy] = re.findall(r'Content-Security-Policy" content="(.*?)"', html)
    assert "default-src &#39;none&#39;" in policy
    assert all(f"sha256-{one}" in policy.replace("&#43;", "+") for one in hashes)
    [order] = re.findall(r'id="order">(.*?)</script>', html, re.DOTALL)
    assert list(json.loads(order)["document"]["texts"]) == ["en"]
    assert "<noscript><p>These worksheets are drawn by a script" in html


def test_in_practice_a_page_is_printed_as_its_worksheet(built: Path, opened: Opened):
    """By Ctrl+P the paper on the stage, by the form whichever one likes; then all is as before."""
    page = opened(built / "transformer-block.html")
    note = """() => {
      const host = document.querySelector("body > .explainer-worksheets");
      const articles = host ? [...host.shadowRoot.querySelectorAll("article")] : [];
      return articles.map((one) => [one.classList.contains("key"), Number(one.dataset.paper)]);
    }"""
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(note) == []  # a lesson is printed as it is
    lesson = page.locator("explainer-lesson")
    lesson.evaluate("lesson => lesson.sheet.go({ practice: '1' })")
    lesson.locator(".drill").wait_for(state="attached")
    page.evaluate(f"addEventListener('beforeprint', () => (window.noted = ({note})()))")
    page.pdf(prefer_css_page_size=True)  # as a browser prints
    assert page.evaluate("noted") == [[False, 0]]
    assert page.evaluate(note) == []
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert not lesson.is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert lesson.is_visible()
    after = "dispatchEvent(new Event('afterprint'))"
    page.evaluate(f"window.print = () => {{ window.noted = ({note})(); {after} }}")
    lesson.locator(".drill details summary").last.click()
    form = lesson.locator("form.printing")
    form.get_by_label("with key").check()
    form.get_by_role("button", name="Print").click()
    assert page.evaluate("noted") == [[False, 0], [True, 0]]
    papers = form.locator("input").first
    if Catalog().sheet("transformer-block").get("papers"):
        papers.fill("2-3，7")
        papers.press("Enter")
        assert [paper for _, paper in page.evaluate("noted")] == [2, 3, 7] * 2
        papers.fill("3-2")
        papers.press("Enter")
        expect(form.get_by_role("alert")).to_have_text(re.compile("^Write 1-30 or 1,4,9"))
        assert len(page.evaluate("noted")) == 6


def test_a_page_printed_in_the_middle_of_a_motion_is_settled(built: Path, opened: Opened):
    page = opened(built / "transformer-block.html", reduced_motion="no-preference")
    page.locator("explainer-lesson").evaluate("lesson => lesson.seek(2, 0.4)")
    expect(page.locator(".matrices.veiled")).to_have_count(1)
    assert "" in page.locator('table[data-place="Z"] td[data-cell]').all_inner_texts()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".matrices.veiled")).to_have_count(0)
    assert "" not in page.locator('table[data-place="Z"] td[data-cell]').all_inner_texts()
