"""The Share dialog: what it gives opens as it was chosen, wherever it is pasted."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from explainer.site import pages
from tests.browser.conftest import PHONE, WIDE, NewContext
from tests.browser.stage_page import Lesson, small_sheet, stage_on
from tests.serving import get, serving_files

SEEN = "?step=match&arithmetic=exact&lang=zh&X.0.1=3"


@pytest.fixture
def opened(server: str, new_context: NewContext) -> Callable[..., Page]:
    """A lesson's page in the app, with the state that is to be embedded."""

    def open_page(search: str = SEEN, **options: object) -> Page:
        context = new_context(**{"reduced_motion": "reduce", **WIDE, **options})
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(f"{server}/lesson/self-attention{search}")
        page.locator("table[data-place]").first.wait_for()
        if page.locator(".more").is_visible():
            page.locator(".more").click()
        page.locator(".share").click()
        page.get_by_role("dialog").wait_for()
        return page

    return open_page


@pytest.fixture
def small(wide: Page, stage_files: str) -> Callable[..., Lesson]:
    """The small sheet with another set of numbers, on a page that is not the lesson's."""
    numbers = {"X": [5, 6, 7, 8, 9, 10]}
    sheet = small_sheet() | {"papers": {"sets": [numbers], "shuffles": [], "seeds": {}}}
    return lambda **options: stage_on(wide, stage_files, sheet, **options)


def code(page: Page) -> str:
    return page.locator("dialog textarea").input_value()


def paste(page: Page, folder: Path, html: str, origins: set[str]) -> Locator:
    """Open a page of somebody's own that holds what was copied; the lesson in it."""
    head = "<!doctype html><meta charset=utf-8><link rel=icon href='data:,'><title>Notes</title>"
    (folder / "notes.html").write_text(head + html, encoding="utf-8")
    with serving_files(folder) as url:
        origins.add(urlsplit(url).netloc)
        page.goto(f"{url}/notes.html")
        lesson = page.locator("explainer-lesson")
        if "<iframe" in html:
            lesson = page.frame_locator("iframe").locator("explainer-lesson")
        expect(lesson.locator(".kicker").first).to_contain_text("第 4 步")
    return lesson


def is_as_seen(lesson: Locator) -> None:
    expect(lesson.locator('table[data-place="X"] td[data-cell="1"]')).to_have_text("3")
    exact = lesson.get_by_role("button", name="精确")
    expect(exact).to_have_attribute("aria-pressed", "true")


def test_the_frame_shows_what_was_seen(
    opened: Callable[..., Page], tmp_path: Path, origins: set[str]
):
    page = opened()
    page.get_by_role("tab", name="iframe").click()
    page.get_by_role("button", name="复制", exact=True).click()
    expect(page.get_by_role("status").last).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == code(page)
    is_as_seen(paste(page, tmp_path, copied, origins))
    assert page.locator("iframe").get_attribute("title") == "自注意力"


def test_the_element_shows_what_was_seen(
    opened: Callable[..., Page], built: Path, tmp_path: Path, origins: set[str]
):
    page = opened()
    page.get_by_role("tab", name="元素").click()
    for name in (pages.SCRIPT, "self-attention.json"):
        (tmp_path / name).write_bytes((built / name).read_bytes())
    is_as_seen(paste(page, tmp_path, code(page), origins))


def test_the_file_shows_what_was_seen(
    opened: Callable[..., Page], tmp_path: Path, origins: set[str]
):
    origins.add("")  # file:// has none
    page = opened()
    page.get_by_role("tab", name="文件").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="保存文件").click()
    assert download.value.suggested_filename == "self-attention.html"
    download.value.save_as(tmp_path / "kept.html")
    page.get_by_role("button", name="复制", exact=True).click()
    expect(page.get_by_role("status").last).to_have_text("已复制")
    kept = (tmp_path / "kept.html").read_text(encoding="utf-8")
    assert page.evaluate("navigator.clipboard.readText()") == kept
    page.context.set_offline(True)
    page.goto((tmp_path / "kept.html").as_uri())
    is_as_seen(page.locator("explainer-lesson"))


def test_the_dialog_is_used_by_keyboard_alone(opened: Callable[..., Page]):
    page = opened("?step=match")
    dialog = page.get_by_role("dialog", name="Share this lesson")
    expect(dialog).to_be_visible()
    page.keyboard.press("Enter")  # a link is what most want
    expect(page.get_by_role("status").last).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == code(page)
    assert code(page).endswith("/lesson/self-attention?step=match&lang=en")
    page.get_by_role("tab", name="Link").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="iframe")).to_be_focused()
    assert "<iframe" in code(page)
    page.keyboard.press("ArrowRight")
    assert "<explainer-lesson" in code(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert "<iframe" in code(page)
    page.keyboard.press("1")  # the stage's own keys rest
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page.locator(".share")).to_be_focused()
    expect(page.locator(".kicker").first).to_contain_text("step 4 of 9")


def test_where_copying_is_forbidden_the_text_is_selected(opened: Callable[..., Page]):
    page = opened("")
    page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject('forbidden'))")
    page.get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("status").last).to_contain_text("The text is selected")
    area = page.locator("dialog textarea")
    selected = area.evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")
    assert selected == code(page)


@pytest.mark.parametrize("options", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_serious_in_the_dialog(
    opened: Callable[..., Page], axe: Callable[[Page], list[str]], options: dict[str, object]
):
    page = opened("", **options)
    expect(page.get_by_role("dialog")).to_be_visible()
    box = page.get_by_role("dialog").bounding_box()
    assert box and box["x"] >= 0
    assert box["x"] + box["width"] <= page.evaluate("innerWidth")
    assert axe(page) == []
    close = page.locator("dialog .head .button").bounding_box()
    first = page.locator("dialog select").first.bounding_box()
    assert close is not None and first is not None
    assert close["y"] + close["height"] <= first["y"], "they do not lie on each other"
    page.get_by_role("button", name="Close").click()
    at = "more" if page.locator(".more").is_visible() else "share"
    expect(page.locator(f".{at}")).to_be_focused()


def test_the_server_gives_a_lesson_as_one_file(server: str):
    evil = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E"
    status, body = get(f"{server}/lesson/moe.html?step={evil}&X.0.0={evil}&other={evil}")
    html = body.decode()
    assert status == 200
    assert "<script>alert" not in html
    element = re.search(r"<explainer-lesson[^>]*>", html)
    assert element and 'step="&#34;&gt;&lt;script' in element[0] and "other" not in element[0]
    sheet = re.search(r'<script type="application/json">(\{.*?)</script>', html, re.DOTALL)
    assert sheet and json.loads(sheet[1])["id"] == "moe"
    assert get(f"{server}/lesson/nonsense.html")[0] == 404
    assert get(f"{server}/lesson/moe.html?step=%FF&step=&X.0.0=%00&lang=%FF")[0] == 200


def test_only_some_parts_are_put_into_the_other_page(
    opened: Callable[..., Page], built: Path, tmp_path: Path, origins: set[str]
):
    page = opened()
    for part in ("上方的开关", "可修改的数字", "讲解"):
        page.get_by_role("checkbox", name=part).uncheck()
    page.get_by_role("tab", name="iframe").click()
    framed = code(page)
    page.get_by_role("tab", name="元素").click()
    element = code(page)
    page.get_by_role("tab", name="文件").click()
    file = page.get_by_role("link", name="保存文件").get_attribute("href") or ""
    for name in (pages.SCRIPT, "self-attention.json"):
        (tmp_path / name).write_bytes((built / name).read_bytes())
    for html in (framed, element, f'<iframe src="{file}" width=900 height=600></iframe>'):
        where = tmp_path / "notes.html"
        head = "<!doctype html><meta charset=utf-8><link rel=icon href='data:,'>"
        where.write_text(f"{head}<title>Notes</title>{html}", encoding="utf-8")
        with serving_files(tmp_path) as url:
            origins.add(urlsplit(url).netloc)
            page.goto(f"{url}/notes.html")
            lesson = page.locator("explainer-lesson")
            if "<iframe" in html:
                lesson = page.frame_locator("iframe").locator("explainer-lesson")
            expect(lesson.locator(".play")).to_be_visible()
            for gone in (".top", ".text"):
                expect(lesson.locator(gone)).to_be_hidden()
            cell = lesson.locator('table[data-place="X"] td[data-cell="1"]')
            expect(cell).to_have_text("3")
            cell.dblclick()
            expect(lesson.locator(".editor")).to_have_count(0)


def test_nonsense_in_the_address_of_a_file_is_told(server: str, new_context: NewContext):
    page = new_context(**WIDE).new_page()
    page.goto(f"{server}/lesson/self-attention.html?step=nowhere&X.0.0=x&X.0.1=3&lang=en")
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("there is no step “nowhere”; “X.0.0=x”")
    expect(page.locator('table[data-place="X"] td[data-cell="1"]')).to_have_text("3")


def test_a_teacher_chooses_what_a_link_opens(
    small: Callable[..., Lesson], axe: Callable[[Page], list[str]]
):
    """From the beginning, on a paper, with practice and no help, in the reader's language."""
    lesson = small(query="#step=match&X.0.0=9&room=7", url="hash", lang="en")
    page = lesson.page
    page.locator(".share").click()
    dialog = page.get_by_role("dialog")
    assert dialog.get_by_role("tab").count() == 0, "the page is somebody else's"
    before = page.url
    assert code(page).split("#")[1] == "step=match&lang=en&X.0.0=9"
    dialog.get_by_label("It opens").select_option("at the beginning")
    dialog.get_by_label("Language").select_option("the reader's own")
    dialog.get_by_label("To fill in").select_option("all results")
    dialog.get_by_label("help").uncheck()
    dialog.get_by_label("numbers that can be changed").uncheck()
    assert code(page).split("#")[1] == "practice=all&editable=false&help=no&X.0.0=9"
    paper = dialog.get_by_label("Paper")
    for wrong in ("-1", "seventeen", "1000000000000", ""):
        paper.fill(wrong)
        expect(dialog.get_by_role("alert")).to_have_text("A paper is a number from 0 to 999.")
        assert code(page) == "" and paper.get_attribute("aria-invalid") == "true"
    assert axe(page) == []
    paper.fill("１７")  # as a Chinese keyboard has it
    expect(dialog.get_by_role("alert")).to_have_count(0)
    expect(dialog.get_by_label("my numbers")).to_be_hidden()  # they are of another paper
    link = code(page)
    assert link.split("#")[1] == "paper=17&practice=all&editable=false&help=no"
    assert page.url == before, "what is on the stage stays"
    opened = small(query="#" + link.split("#")[1], url="hash", lang="zh")
    assert page.evaluate("""() => {
      const { paper, practice, language, step, locked, allows } = lesson.sheet;
      return { paper, practice, language, step, locked, allows };
    }""") == {
        "paper": 17, "practice": "all", "language": "zh", "step": 0, "locked": True,
        "allows": {"help": False, "answers": True},
    }  # fmt: skip
    assert opened.numbers("X") == ["5", "6", "7", "8", "9", "10"]
