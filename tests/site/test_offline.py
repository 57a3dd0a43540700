"""The static pages in Chromium, opened as files, with no network: all that the stage can do."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from explainer import cli
from explainer.catalog import Catalog
from tests.browser.conftest import PHONE
from tests.site.conftest import Opened

IDS = Catalog().ids()
# A given whose first cell much follows from, and the pictures that do.
GIVEN = {
    "self-attention": "X", "transformer-block": "X", "moe": "R",
    "rlhf": "Wo", "lora": "A", "vector-database": "W",
}  # fmt: skip


def numbers(page: Page, place: str) -> list[str]:
    return page.locator(f'table[data-place="{place}"] td[data-cell]').all_inner_texts()


def type_into(page: Page, place: str, text: str) -> None:
    """Change the first number of a matrix, as a person does."""
    page.locator(f'table[data-place="{place}"] td[data-cell="0"]').dblclick()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("id", IDS)
def test_a_lesson_steps_edits_and_switches_language(built: Path, opened: Opened, id: str):
    page = opened(built / f"{id}.html")
    texts = Catalog().sheet(id)["texts"]
    steps = list(texts["en"]["steps"].values())
    heading = page.get_by_role("heading", level=2)
    expect(heading).to_have_text(steps[0]["title"])
    page.keyboard.press("Space")
    expect(heading).to_have_text(steps[1]["title"])
    page.keyboard.press("End")
    expect(heading).to_have_text(steps[-1]["title"])
    before = page.locator("td[data-cell]").all_inner_texts()
    first = Catalog().sheet(id)["arrays"][GIVEN[id]]["given"][0][0]
    type_into(page, GIVEN[id], f"{first + 3:g}")
    expect(page.locator(".reset")).to_be_visible()
    after = page.locator("td[data-cell]").all_inner_texts()
    assert sum(a != b for a, b in zip(before, after, strict=True)) > 5
    page.get_by_role("button", name="中文").click()
    expect(heading).to_have_text(texts["zh"]["steps"][[*texts["zh"]["steps"]][-1]]["title"])
    expect(page).to_have_title(f"{texts['zh']['title']} · explainer")
    expect(page.get_by_role("link", name="课程")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.asked == [  # type: ignore[attr-defined]
        (built / name).as_uri() for name in (f"{id}.html", "explainer-lesson.js")
    ]


def test_a_link_reopens_what_was_seen(built: Path, opened: Opened):
    page = opened(built / "self-attention.html")
    expect(page.locator("table[data-place]").first).to_be_visible()
    page.keyboard.press("4")
    page.get_by_role("button", name="exact", exact=True).click()
    expect(page).to_have_url(re.compile("#step=match&arithmetic=exact$"))
    again = opened(built / "self-attention.html", "#step=match&arithmetic=exact&lang=zh&X.0.1=7")
    expect(again.locator(".kicker").first).to_contain_text("第 4 步")
    expect(again.get_by_role("button", name="精确")).to_have_attribute("aria-pressed", "true")
    assert numbers(again, "X")[1] == "7"
    again.evaluate("location.hash = 'step=scale&lang=zh'")
    expect(again.locator(".kicker").first).to_contain_text("第 5 步")
    assert numbers(again, "X")[1] != "7"


def test_home_leads_to_each_lesson_and_back_in_the_language_that_was_chosen(
    built: Path, opened: Opened
):
    page = opened(built / "index.html")
    assert page.locator(".card").count() == len(IDS)
    page.get_by_role("link", name="中文").click()
    expect(page).to_have_url((built / "index.zh.html").as_uri())
    page.locator("h2 a").first.click()
    expect(page.locator(".play")).to_have_text("播放")
    page.get_by_role("link", name="课程").click()
    expect(page).to_have_url((built / "index.zh.html").as_uri())


def test_a_lesson_leads_to_another(built: Path, opened: Opened):
    sheet = Catalog().sheet("self-attention")
    source = next(id for id in IDS if '"lesson:' in str(Catalog().sheet(id)).replace("'", '"'))
    document = Catalog().sheet(source)
    step = next(
        id
        for id, text in document["texts"]["en"]["steps"].items()
        if "lesson:" in str(text["body"])
    )
    page = opened(built / f"{source}.html", f"#step={step}")
    link = page.locator(".words a[href$='#lang=en']").first
    link.click()
    page.wait_for_url(re.compile(r"#lang=en"))
    expect(page.locator("table[data-place]").first).to_be_visible()
    assert sheet["id"] in IDS


@pytest.mark.parametrize("id", ["self-attention", "rlhf", "vector-database", "moe"])
def test_a_picture_follows_the_numbers(built: Path, opened: Opened, id: str):
    picture = Catalog().sheet(id)["pictures"][0]
    page = opened(built / f"{id}.html", f"#step={picture['steps'][0]}")
    figure = page.locator("svg.figure")
    expect(figure).to_have_count(1)
    told = figure.get_attribute("aria-label") or ""
    type_into(page, GIVEN[id], "4")
    expect(figure).not_to_have_attribute("aria-label", told)
    page.locator(".first").click()
    expect(figure).to_have_count(0)


def test_a_picture_s_shapes_are_its_numbers(built: Path, opened: Opened):
    page = opened(built / "self-attention.html", "#step=normalise")
    heights = page.locator("svg.figure rect").evaluate_all(
        "bars => bars.map((bar) => bar.getAttribute('height') / 1)"
    )
    cells = [float(text) for text in numbers(page, "A")]
    by_column = [cells[row * 4 + column] for column in range(4) for row in range(4)]
    unit = max(heights) / max(by_column)
    assert heights == pytest.approx([unit * value for value in by_column], abs=0.02)


def test_a_single_file_works_alone(tmp_path: Path, opened: Opened):
    out = tmp_path / "files"
    assert cli.main(["build", "--out", str(out), "--single", "rlhf"]) == 0
    page = opened(out / "rlhf.html", "#step=gap")
    expect(page.locator("svg.figure")).to_have_count(1)
    assert page.locator("explainer-lesson > a").count() == 0
    page.keyboard.press("ArrowRight")
    expect(page.locator(".kicker").first).to_contain_text("step 9 of 15")
    page.keyboard.press("Shift+P")
    expect(page.get_by_role("region", name="Practice")).to_be_visible()
    assert page.asked == [(out / "rlhf.html").as_uri()]  # type: ignore[attr-defined]


def test_practice_comes_when_it_is_wanted(built: Path, opened: Opened):
    page = opened(built / "self-attention.html", "#step=given")
    expect(page.get_by_role("heading", level=2)).to_be_visible()
    practice = (built / "explainer-practice.js").as_uri()
    assert practice not in page.asked  # type: ignore[attr-defined]
    page.get_by_role("button", name="Practice").click()
    expect(page.get_by_role("region", name="Practice")).to_be_visible()
    assert page.asked.count(practice) == 1  # type: ignore[attr-defined]


GLOSSARIES = ("glossary.html", "glossary.zh.html")


def test_what_is_read_without_script_is_what_the_stage_tells(built: Path, opened: Opened):
    """The sheet in the page has no bodies; the element makes them from the articles, exactly."""

    def joined(tree: Any) -> Any:
        """A tree with neighbouring strings as one, since HTML has no border between them."""
        if isinstance(tree, list):
            parts: list[Any] = []
            for part in map(joined, tree):
                both = parts and isinstance(part, str) and isinstance(parts[-1], str)
                parts[-1:] = [parts[-1] + part] if both else [*parts[-1:], part]
            return parts
        if isinstance(tree, dict):
            return {key: joined(value) for key, value in tree.items()}
        return tree

    page = opened(built / "moe.html")
    for id in Catalog().ids():
        page.goto((built / f"{id}.html").as_uri())
        texts = page.evaluate(
            "JSON.stringify(document.querySelector('explainer-lesson').sheet.document.texts)"
        )
        own = {
            language: json.loads(json.dumps(told).replace('"term:', f'"{glossary}#'))
            for (language, told), glossary in zip(
                Catalog().sheet(id)["texts"].items(), GLOSSARIES, strict=True
            )
        }
        assert joined(json.loads(texts)) == joined(own), id


def test_without_script_a_lesson_is_read(built: Path, opened: Opened):
    page = opened(built / "self-attention.html", java_script_enabled=False)
    expect(page.get_by_role("heading", name="Self-attention", exact=True)).to_be_visible()
    table = page.get_by_role("table", name=re.compile("^A, 4 × 4"))
    expect(table).to_be_visible()
    first = Catalog().lesson("self-attention").run("hand")["A"][0]
    assert table.get_by_role("cell").all_inner_texts()[1:5] == [f"{weight:g}" for weight in first]
    expect(page.get_by_role("heading", name="自注意力", exact=True)).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollHeight > innerHeight")


# axe reads style sheets once more, which a file may not.
@pytest.mark.expected_errors("explainer.css", "Failed to load resource")
@pytest.mark.parametrize(
    "options", [{}, PHONE, {"color_scheme": "dark"}], ids=["wide", "phone", "dark"]
)
def test_axe_finds_nothing_serious(
    built: Path, opened: Opened, axe: Callable[[Page], list[str]], options: dict[str, object]
):
    page = opened(built / "self-attention.html", "#step=normalise", bypass_csp=True, **options)
    expect(page.locator("svg.figure")).to_have_count(1)
    assert axe(page) == []
    page.goto((built / "index.html").as_uri())
    assert axe(page) == []


def test_the_last_step_leads_to_the_next_lesson(built: Path, opened: Opened):
    last = list(Catalog().sheet(IDS[0])["texts"]["en"]["steps"])[-1]
    page = opened(built / f"{IDS[0]}.html", f"#step={last}")
    title = Catalog().sheet(IDS[1])["texts"]["en"]["title"]
    link = page.get_by_role("link", name=f"Next: {title}")
    expect(link).to_be_visible()
    page.get_by_role("button", name="中文").click()
    expect(link).to_be_hidden()
    page.get_by_role("link", name=re.compile("^下一课：")).click()
    page.wait_for_url(re.compile(rf"{IDS[1]}\.html#lang=zh"))
    expect(page.locator(".play")).to_have_text("播放")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("link", name=re.compile("^下一课："))).to_be_hidden()
