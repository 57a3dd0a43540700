"""The stage as part of a page: languages, themes, address, phones, strangers' sheets, axe."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from explainer.catalog import Catalog
from tests.browser.conftest import PHONE, WIDE, NewContext
from tests.browser.stage_page import Lesson, small_sheet, stage_on

Stage = Callable[..., Lesson]


@pytest.fixture
def stage(wide: Page, stage_files: str) -> Stage:
    return lambda **options: stage_on(wide, stage_files, **options)


# Switches --------------------------------------------------------------------------------------


def test_the_language_is_switched_and_remembered(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(3)")
    lesson.page.get_by_role("button", name="中文").click()
    expect(lesson.page.get_by_role("heading", level=2)).to_have_text("步骤 match")
    expect(lesson.page.locator(".kicker").first).to_have_text("小课 · 第 4 步，共 5 步")
    expect(lesson.page.locator(".play")).to_have_text("播放")
    assert lesson.step() == 3
    assert lesson.page.evaluate("lesson.lang") == "zh"
    assert lesson.events("language")[-1]["language"] == "zh"
    again = stage()
    assert again.page.evaluate("lesson.sheet.language") == "zh"


def test_the_lang_attribute_is_understood_with_its_region(stage: Stage) -> None:
    lesson = stage(lang="zh-CN")
    expect(lesson.page.locator(".play")).to_have_text("播放")
    lesson.page.evaluate("lesson.lang = 'en'")
    expect(lesson.page.locator(".play")).to_have_text("Play")


def test_exact_keeps_the_step_and_the_cell(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(4)")
    lesson.cell("H", 3).click()
    equation = lesson.page.locator(".equation")
    assert lesson.numbers("H") == ["29", "17", "17", "10"]
    expect(equation).to_contain_text("⌊20")
    lesson.page.evaluate("lesson.sheet.edit('X', 0, 2)")
    lesson.page.get_by_role("button", name="exact").click()
    assert lesson.numbers("H")[0] == "36.50"
    expect(equation).not_to_contain_text("⌊")
    assert lesson.step() == 4
    expect(lesson.cell("H", 3)).to_have_class(re.compile("target"))


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_theme_follows_the_system_until_one_is_chosen(
    new_context: NewContext, stage_files: str, system: Any
) -> None:
    page = new_context(color_scheme=system).new_page()
    lesson = stage_on(page, stage_files)
    seen = []

    def ground() -> str:
        return str(lesson.page.evaluate("getComputedStyle(lesson).backgroundColor"))

    light, dark = "rgb(251, 250, 247)", "rgb(21, 23, 28)"
    button = page.locator(".theme")
    expect(button).to_have_attribute("aria-label", "Theme: as the system")
    seen.append(ground())
    for _ in range(3):
        button.click()
        seen.append(ground())
    own = light if system == "light" else dark
    assert seen == [own, light, dark, own]
    assert [event["theme"] for event in lesson.events("theme")] == ["light", "dark", "auto"]
    button.click()
    assert stage_on(page, stage_files).page.evaluate("lesson.theme") == "light"


def test_a_browser_that_forbids_storage_is_served_too(wide: Page, stage_files: str) -> None:
    wide.add_init_script(
        "Object.defineProperty(window, 'localStorage', {get() { throw new Error('forbidden'); }})"
    )
    lesson = stage_on(wide, stage_files)
    wide.get_by_role("button", name="中文").click()
    wide.locator(".theme").click()
    assert wide.evaluate("[lesson.lang, lesson.theme]") == ["zh", "light"]
    assert lesson.numbers("X")[0] == "1"


def test_size_buttons_scale_the_sheet(stage: Stage) -> None:
    lesson = stage()

    def width() -> float:
        return float(lesson.table("X").evaluate("table => table.offsetWidth"))

    before = width()
    lesson.page.get_by_role("button", name="Larger").click()
    larger = width()
    lesson.page.get_by_role("button", name="Smaller").click()
    assert larger > before == width()


# The address -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("where", "mark"), [("search", "?"), ("hash", "#")])
def test_the_address_holds_the_state(stage: Stage, where: str, mark: str) -> None:
    query = f"{mark}step=match&arithmetic=exact&lang=zh&X.0.1=7"
    lesson = stage(query=query, url=where)
    assert lesson.page.evaluate(
        "[lesson.sheet.step, lesson.sheet.arithmetic, lesson.sheet.language, lesson.sheet.edits]"
    ) == [3, "exact", "zh", [{"name": "X", "cell": 1, "value": 7}]]
    lesson.page.evaluate("lesson.seek(1)")
    lesson.page.wait_for_url(re.compile(rf"\{mark}.*step=project"))
    for part in ("arithmetic=exact", "lang=zh", "X.0.1=7"):
        assert part in lesson.page.url


def test_other_parameters_of_the_address_are_left_alone(stage: Stage) -> None:
    lesson = stage(query="?room=7&step=match", url="search")
    lesson.page.evaluate("lesson.seek(0)")
    lesson.page.wait_for_url(re.compile(r"\?room=7$"))


def test_nonsense_in_the_address_is_told_and_can_be_dismissed(stage: Stage) -> None:
    query = "?step=nowhere&X.0.0=abc&Q.9.9=1&X.1.1=4"
    lesson = stage(query=query, url="search")
    notice = lesson.page.get_by_role("alert")
    expect(notice).to_contain_text("there is no step “nowhere”")
    expect(notice).to_contain_text("“X.0.0=abc”")
    expect(notice).to_contain_text("“Q.9.9=1”")
    assert lesson.numbers("X")[3] == "4", "what makes sense still holds"
    lesson.page.get_by_role("button", name="中文").click()
    expect(notice).to_contain_text("没有名为“nowhere”的步骤")
    notice.get_by_role("button", name="关闭").click()
    expect(notice).to_have_count(0)


def test_the_address_wins_over_the_attributes_and_a_choice_over_both(stage: Stage) -> None:
    attributes = {"url": "hash", "editable": "no", "theme": "dark", "paper": "3", "size": "big"}
    lesson = stage(query="#theme=light&size=2&controls=none&narration=no", **attributes)
    page = lesson.page

    def said(*names: str) -> list[str | None]:
        found: list[str | None] = page.evaluate(
            "names => names.map((name) => lesson.getAttribute(name))", names
        )
        return found

    assert said("theme", "size", "controls", "narration", "editable") == [
        "light", "2", "none", "off", "false",
    ]  # fmt: skip
    expect(page.locator(".text")).to_be_hidden()
    assert page.evaluate("lesson.sheet.locked")
    # a sheet with one paper only: that is its author's mistake, and no reader is told
    expect(page.get_by_role("alert")).to_have_count(0)
    page.evaluate("location.hash = 'theme=light&size=2&controls=theme+size&editable=yes&paper=x'")
    expect(page.get_by_role("alert")).to_contain_text("a paper is a number from 0 to 999, not “x”")
    assert not page.evaluate("lesson.sheet.locked")
    page.locator(".theme").click()
    page.get_by_role("button", name="Smaller").click()
    # dark it would be without an address
    page.wait_for_url(re.compile(r"#controls=theme\+size&editable=true&size=1$"))


def test_a_number_that_is_the_paper_s_again_is_in_the_address(stage: Stage) -> None:
    """The page opens with another one, so a reload would bring that back."""
    attributes = {"numbers": "X.0.0=8&X.0.1=3", "step": "match", "url": "search"}
    lesson = stage(**attributes)
    assert lesson.numbers("X")[:2] == ["8", "3"]
    lesson.page.evaluate("lesson.sheet.reset(); lesson.sheet.edit('X', 1, 3)")
    lesson.page.wait_for_url(re.compile(r"\?X\.0\.0=1$"))
    lesson.page.evaluate("lesson.seek(0)")
    lesson.page.wait_for_url(re.compile(r"\?step=given&X\.0\.0=1$"))
    again = stage(query="?step=given&X.0.0=1", **attributes)
    assert again.numbers("X")[:2] == ["1", "3"] and again.step() == 0


def test_a_teacher_may_allow_no_help_and_no_answers(stage: Stage) -> None:
    query = "?practice=all&step=halve&help=no"
    page = stage(query=query + "&answers=no", url="search", keys="page", lang="en").page
    hint = page.locator(".drill .hint").first
    expect(hint).to_contain_text("Point at a box and type.")
    expect(hint).not_to_contain_text("helps")
    expect(page.locator(".practice")).to_be_hidden()
    page.keyboard.press("Shift+P")
    box = page.locator('table[data-place="H"] td[data-cell="0"]')
    box.click()
    page.keyboard.type("1")
    expect(page.locator(".editor input")).to_have_value("1")
    assert page.locator(".editor .help").count() == 0
    page.keyboard.press("?")
    assert page.evaluate("[lesson.sheet.practice, lesson.sheet.helped?.size ?? 0]") == ["all", 0]
    page = stage(query="?practice=all&step=halve&answers=no", url="search", lang="en").page
    expect(hint).to_contain_text("helps")
    assert page.locator(".printing label").last.evaluate("label => label.hidden"), "with the key"
    box.click()
    for _ in range(4):
        page.keyboard.press("?")
    expect(page.locator(".editor")).to_contain_text("□")
    expect(page.locator(".editor")).not_to_contain_text("number.")
    expect(box).not_to_have_attribute("data-box", "shown")


def test_without_an_address_there_is_nothing_to_share(stage: Stage) -> None:
    lesson = stage()
    expect(lesson.page.locator(".share")).to_be_hidden()
    lesson.hold_time()
    lesson.page.evaluate("lesson.seek(2)")
    lesson.page.clock.run_for(1000)  # longer than an address waits before it is written
    assert lesson.page.url.endswith("/lesson.html")


# Strangers -------------------------------------------------------------------------------------

EVIL = '<img src=x onerror="window.hacked = 1">'


def test_what_a_sheet_says_stays_text(stage: Stage) -> None:
    sheet = small_sheet()
    sheet["arrays"]["X"]["label"] = {"hand": EVIL, "exact": EVIL}
    sheet["arrays"]["X"]["role"] = '"><script>window.hacked = 1</script>'
    sheet["arrays"]["X"]["columns"] = [EVIL, EVIL]
    text = sheet["texts"]["en"]
    text["title"] = EVIL
    text["steps"]["given"] = {
        "title": EVIL,
        "short": EVIL,
        "body": [
            EVIL,
            {"tag": "script", "children": ["window.hacked = 1"]},
            {"tag": "IMG", "children": ["kept"], "src": "x", "onerror": "window.hacked = 1"},
            {"tag": "a", "href": "javascript:window.hacked = 1", "children": ["bad"]},
            {"tag": "a", "href": " data:text/html,x", "children": ["worse"]},
            {"tag": "a", "href": "https://example.org/", "children": ["fine"]},
            {"tag": "a", "href": "#there", "children": ["here"]},
            {"array": "nowhere"},
            {"array": "X", "cell": [9, 9]},
            {"array": "constructor"},
            {"tag": "p"},
            {"children": "none"},
            7,
        ],
    }
    lesson = stage(sheet=sheet)
    words = lesson.page.locator(".words")
    expect(words).to_have_text(f"{EVIL}window.hacked = 1keptbadworsefinehere???")
    assert words.locator("a").evaluate_all("all => all.map((a) => a.getAttribute('href'))") == [
        "https://example.org/",
        "#there",
    ]
    assert lesson.page.evaluate("lesson.shadowRoot.querySelectorAll('img, script').length") == 0
    expect(lesson.page.get_by_role("heading", level=2)).to_have_text(EVIL)
    assert lesson.page.evaluate("window.hacked") is None


@pytest.mark.parametrize("broken", [{}, [], None, {"schema": 2}, "sheet", {"schema": 1, "id": "x"}])
def test_a_broken_sheet_is_told_in_the_element(stage: Stage, broken: Any) -> None:
    lesson = stage(sheet={"broken": True})
    lesson.page.evaluate("sheet => { lesson.sheet = sheet; }", broken)
    alert = lesson.page.get_by_role("alert")
    if broken is not None:
        expect(alert).to_contain_text("This lesson cannot be shown")
    lesson.page.evaluate("sheet => { lesson.sheet = sheet; }", small_sheet())
    expect(alert).to_have_count(0)
    assert lesson.numbers("X")[0] == "1"


def test_an_arithmetic_that_cannot_be_computed_is_told_before_it_is_chosen(stage: Stage) -> None:
    sheet = small_sheet()
    sheet["graphs"]["exact"]["nodes"][2]["inputs"] = [0, 0]
    lesson = stage(sheet=sheet)
    expect(lesson.page.get_by_role("alert")).to_contain_text("This lesson cannot be shown")


# Phones ----------------------------------------------------------------------------------------


def test_a_phone_scrolls_the_sheet_and_not_the_page(phone: Page, stage_files: str) -> None:
    lesson = stage_on(phone, stage_files, Catalog().sheet("self-attention"))
    for step in range(9):
        phone.evaluate("step => lesson.seek(step)", step)
        wide = phone.evaluate("document.documentElement.scrollWidth")
        assert (wide, phone.evaluate("document.documentElement.scrollHeight")) == (390, 844)
    area = phone.locator(".sheet")
    assert area.evaluate("area => area.scrollWidth > area.clientWidth")
    # the step's matrix is scrolled into view
    phone.wait_for_function(
        """(table) => {
          const [a, b] = [table, table.closest(".sheet")].map((e) => e.getBoundingClientRect());
          return a.left >= b.left - 1 && a.right <= b.right + 1 && a.bottom <= b.bottom + 1;
        }""",
        arg=lesson.table("Z").element_handle(),
    )


def test_everything_that_is_pressed_on_a_phone_is_big_enough(phone: Page, stage_files: str) -> None:
    stage_on(phone, stage_files, url="search")
    phone.locator(".more").click()
    sizes = phone.evaluate(
        """[...lesson.shadowRoot.querySelectorAll(".top button, .bottom button, select, .ticks")]
          .map((e) => [e.className, e.getBoundingClientRect()])
          .filter(([, box]) => box.width)
          .map(([name, {width, height, right}]) => [name, width, height, right])"""
    )
    assert len(sizes) >= 12
    for name, width, height, right in sizes:
        assert height >= 40 and width >= 40 and right <= 390, name


def test_a_swipe_over_the_text_changes_the_step(phone: Page, stage_files: str) -> None:
    lesson = stage_on(phone, stage_files)
    session = phone.context.new_cdp_session(phone)

    def swipe(start: int, end: int) -> None:
        points = [[{"x": start + (end - start) * i // 5, "y": 600}] for i in range(6)]
        for kind, at in (("touchStart", points[0]), *(("touchMove", p) for p in points[1:])):
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    swipe(330, 60)
    phone.wait_for_function("lesson.sheet.step === 1")
    lesson.rest()
    swipe(60, 330)
    phone.wait_for_function("lesson.sheet.step === 0")


# Everybody -------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("options", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing(
    new_context: NewContext,
    stage_files: str,
    axe: Callable[[Page], list[str]],
    options: dict[str, Any],
    scheme: str,
) -> None:
    page = new_context(**options, color_scheme=scheme, reduced_motion="reduce").new_page()
    stage_on(page, stage_files, Catalog().sheet("self-attention"), url="search", lang="en")
    for step, language in ((0, "en"), (3, "zh"), (8, "en")):
        page.evaluate(
            "([step, language]) => { lesson.seek(step); lesson.lang = language; }", [step, language]
        )
        assert axe(page) == []
    page.evaluate("lesson.seek(0); lesson.sheet.edit('X', 0, 9)")
    cell = page.locator('table[data-place="X"] td[data-cell="1"]')
    cell.focus()
    cell.press("Enter")
    page.locator(".editor input").fill("x")
    page.locator(".editor input").press("Enter")
    expect(page.locator(".reset")).to_be_visible()  # and the flash has come
    expect(page.locator(".flash")).to_have_count(0)
    assert axe(page) == []
