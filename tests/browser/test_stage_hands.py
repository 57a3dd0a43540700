"""The stage's hands: which keys it takes from whom, taking back, lists of keys, old browsers."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.stage_page import PAGE, SHEET, Lesson, small_sheet, stage_on

Stage = Callable[..., Lesson]

# Whatever reaches the page around, and what the lesson has no use for.
LISTEN = """() => { window.leaked = []; window.idle = [];
  document.addEventListener("keydown", ({ key, target }) => leaked.push(key));
  document.addEventListener("key", ({ detail }) => idle.push(detail)); }"""


@pytest.fixture
def stage(wide: Page, stage_files: str) -> Stage:
    wide.emulate_media(reduced_motion="reduce")
    return lambda **options: stage_on(wide, stage_files, **options)


def pressed(lesson: Lesson, *keys: str) -> list[str]:
    """The keys among those pressed that the page around the lesson has heard of."""
    lesson.page.evaluate("leaked.length = idle.length = 0")
    for key in keys:
        lesson.page.keyboard.press(key)
    return list(lesson.page.evaluate("leaked"))


# Whose a key is --------------------------------------------------------------------------------


def test_a_key_that_an_embedded_lesson_takes_reaches_nobody_else(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate(LISTEN)
    play = lesson.page.locator(".play")
    play.focus()
    taken = ["ArrowRight", "PageDown", "4", "ArrowLeft", "Home", "End", "PageUp", " ", "Space"]
    assert pressed(lesson, *taken) == []
    lesson.page.evaluate("lesson.seek(2)")
    free = ["n", "p", "r", "s", "/", "f", "]", "[", "?", "Escape"]
    assert pressed(lesson, *free) == free, "the site's own, and not the lesson's"
    assert lesson.step() == 2
    # with nothing to do at an end, still the lesson's: whoever wants it can ask for it
    lesson.page.evaluate("lesson.seek(4)")
    assert pressed(lesson, "ArrowRight", "PageDown", "9") == ["9"]
    assert lesson.page.evaluate("idle") == [
        {"key": "ArrowRight", "keyCode": 39},
        {"key": "PageDown", "keyCode": 34},
    ]
    lesson.page.evaluate("lesson.seek(0)")
    assert pressed(lesson, "ArrowLeft", "Home", "1") == []
    assert [one["key"] for one in lesson.page.evaluate("idle")] == ["ArrowLeft", "Home", "1"]
    # in a field, all that is typed is the field's
    lesson.page.locator(".speed").focus()
    assert pressed(lesson, "1", "f", "ArrowDown") == []
    lesson.cell("X", 0).dblclick()
    assert pressed(lesson, "5", "e", "/", "Escape") == []


def test_a_page_that_is_the_lesson_s_has_letters_too(stage: Stage) -> None:
    lesson = stage(keys="page")
    for key, step in (("n", 1), ("]", 2), ("p", 1), ("[", 0), ("r", 0)):
        lesson.page.keyboard.press(key)
        assert lesson.step() == step


def test_what_a_framed_lesson_does_not_take_is_told_to_the_page_around(
    wide: Page, stage_files: str
) -> None:
    wide.emulate_media(reduced_motion="reduce")
    wide.route("**/lesson.html", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    deck = (
        "<!doctype html><title>Deck</title><iframe src=lesson.html width=900 height=600></iframe>"
    )
    wide.route("**/deck.html", lambda route: route.fulfill(body=deck, content_type="text/html"))
    wide.goto(f"{stage_files}/deck.html")
    frame = wide.frames[1]
    frame.wait_for_function("window.ready")
    wide.evaluate(
        "() => { window.heard = []; addEventListener('message', (e) => heard.push(e.data)); }"
    )
    frame.evaluate("sheet => put(sheet, { keys: 'page' })", json.loads(json.dumps(SHEET)))
    frame.locator("h2").click()
    for key in ("PageDown", "End", "PageDown", "f", "Control+k", "Tab"):
        wide.keyboard.press(key)
    frame.locator('table[data-place="X"] td[data-cell="0"]').dblclick()
    for key in ("7", "Escape", "b"):
        wide.keyboard.press(key)
    wide.wait_for_function("heard.some(({ key }) => key === 'b')")
    assert wide.evaluate("heard.filter(({ type }) => type === 'explainer-key')") == [
        {"type": "explainer-key", "key": "PageDown", "keyCode": 34},
        {"type": "explainer-key", "key": "f", "keyCode": 70},
        {"type": "explainer-key", "key": "b", "keyCode": 66},
    ]


def test_a_number_typed_on_a_computed_cell_changes_nothing(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(3)")
    lesson.page.evaluate(LISTEN)
    lesson.cell("Y", 0).click()
    assert pressed(lesson, "1", "2", "-", ",") == []
    assert lesson.step() == 3
    assert lesson.page.locator(".editor").count() == 0


def test_the_focus_stays_on_a_button_that_has_nothing_more_to_do(stage: Stage) -> None:
    lesson = stage()
    following = lesson.page.get_by_role("button", name="Next step")
    following.focus()
    lesson.page.keyboard.press("End")
    expect(following).to_be_disabled()
    expect(following).to_be_focused()
    lesson.page.keyboard.press("Enter")
    assert lesson.step() == 4
    lesson.page.keyboard.press("ArrowLeft")
    assert lesson.step() == 3
    lesson.page.get_by_role("button", name="First step").focus()
    lesson.page.keyboard.press("Enter")
    lesson.page.keyboard.press("ArrowRight")
    assert lesson.step() == 1


def test_fast_presses_are_a_step_each(wide: Page, stage_files: str) -> None:
    lesson = stage_on(wide, stage_files)
    lesson.page.locator(".ticks").focus()
    lesson.hold_time()
    for _ in range(2):
        lesson.page.keyboard.press("PageDown")
    lesson.page.get_by_role("button", name="Next step").click()
    assert lesson.step() == 3 and lesson.moving()
    lesson.page.clock.run_for(50)
    assert lesson.numbers("Yt") == ["7", "3", "4", "2"], "what went before is there"
    lesson.page.keyboard.down("ArrowRight")
    lesson.page.keyboard.down("ArrowRight")  # as a key repeats that is held down
    assert lesson.step() == 4 and lesson.moving()
    lesson.page.keyboard.up("ArrowRight")


# Numbers ---------------------------------------------------------------------------------------


def test_every_change_is_taken_back_and_brought_again(stage: Stage) -> None:
    lesson = stage(keys="page")
    undo, redo, reset = (
        lesson.page.get_by_role("button", name=name) for name in ("Undo", "Redo", "Reset numbers")
    )
    expect(undo).to_be_hidden()
    for entry in ("8", "9"):
        lesson.cell("X", 0).dblclick()
        lesson.page.keyboard.press("ControlOrMeta+a")
        lesson.page.keyboard.type(entry)
        lesson.page.keyboard.press("Enter")
    expect(redo).to_be_disabled()
    reset.click()
    assert lesson.numbers("X")[0] == "1"
    first = lesson.cell("X", 0)
    for key, number in (("z", "9"), ("z", "8"), ("z", "1"), ("z", "1"), ("y", "8")):
        lesson.page.keyboard.press(f"Control+{key}")
        expect(first).to_have_text(number)
    lesson.page.keyboard.press("Meta+Shift+z")
    expect(first).to_have_text("9")
    undo.click()
    expect(first).to_have_text("8")
    expect(undo).to_be_enabled()
    undo.click()
    expect(first).to_have_text("1")
    expect(undo).to_be_disabled()
    expect(undo).to_be_focused()
    redo.click()
    expect(first).to_have_text("8")
    assert lesson.events("edit")[-1]["edits"] == [{"name": "X", "cell": 0, "value": 8}]
    # an entry has the field's own undo, and a new one leaves nothing to bring again
    first.dblclick()
    lesson.page.keyboard.type("4")
    lesson.page.keyboard.press("Control+z")
    expect(lesson.page.locator(".editor")).to_have_count(1)
    lesson.page.keyboard.press("ControlOrMeta+a")
    lesson.page.keyboard.type("0,5")
    lesson.page.keyboard.press("Enter")
    expect(first).to_have_text("0.5")
    expect(redo).to_be_disabled()


def test_what_a_link_brings_is_not_taken_back(stage: Stage) -> None:
    lesson = stage(query="?X.0.0=7", url="search", keys="page")
    expect(lesson.page.get_by_role("button", name="Undo")).to_be_disabled()
    lesson.page.keyboard.press("Control+z")
    assert lesson.numbers("X")[0] == "7"


def test_a_word_is_typed_as_it_is_and_asked_for_by_name(stage: Stage) -> None:
    sheet = small_sheet()
    sheet["arrays"]["X"]["words"] = ["never", "is", "CEO", "him"]
    lesson = stage(sheet=sheet, keys="page")
    assert lesson.numbers("X")[:2] == ["is", "CEO"]
    lesson.cell("X", 0).click()
    lesson.page.keyboard.press("n")
    field = lesson.page.locator(".editor input")
    expect(field).to_have_value("n")
    expect(field).to_have_attribute("inputmode", "text")
    lesson.page.keyboard.press("Enter")
    alert = lesson.page.get_by_role("alert")
    expect(alert).to_have_text("There is no such word here. There is never, is, CEO, him.")
    field.fill("ceo")
    field.press("Enter")
    assert lesson.numbers("X")[0] == "CEO" and lesson.step() == 0
    lesson.cell("X", 0).dblclick()
    expect(field).to_have_value("CEO")


def test_a_sign_between_thousands_is_asked_about(stage: Stage) -> None:
    lesson = stage()
    lesson.cell("X", 0).dblclick()
    field = lesson.page.locator(".editor input")
    field.fill("1,234.5")
    field.press("Enter")
    expect(lesson.page.get_by_role("alert")).to_contain_text("1234.5 or 1234,5")
    field.fill("–1 234,5")
    field.press("Enter")
    assert lesson.numbers("X")[0] == "−1234.5"


# What there is to see --------------------------------------------------------------------------


def test_a_list_of_keys_in_both_languages(stage: Stage, axe: Callable[[Page], list[str]]) -> None:
    lesson = stage(keys="page")
    lesson.page.keyboard.press("?")
    dialog = lesson.page.get_by_role("dialog", name="Keys and gestures")
    expect(dialog.get_by_role("row", name="Space play the next step, pause")).to_be_visible()
    expect(dialog.get_by_role("row", name="? this list")).to_be_visible()
    assert axe(lesson.page) == []
    lesson.page.keyboard.press("2")  # keys rest while it is open
    lesson.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert lesson.step() == 0
    lesson.page.evaluate("lesson.lang = 'zh'; lesson.removeAttribute('keys')")
    lesson.page.get_by_role("button", name="按键与手势").click()
    rows = lesson.page.get_by_role("dialog").get_by_role("row")
    expect(rows.first).to_have_text("空格播放下一步，暂停")
    expect(rows).to_have_count(10)  # those of a page that is the lesson's are left out
    lesson.page.keyboard.press("Escape")


def test_on_a_phone_a_menu_holds_what_is_chosen_once(phone: Page, stage_files: str) -> None:
    lesson = stage_on(phone, stage_files, url="search")
    more = phone.get_by_role("button", name="More")
    expect(phone.locator(".theme")).to_be_hidden()
    more.tap()
    expect(more).to_have_attribute("aria-expanded", "true")
    sizes = phone.locator(".menu button:visible").evaluate_all(
        """all => all.map((one) => one.getBoundingClientRect())
          .map((box) => [box.height, box.left, box.right])"""
    )
    assert len(sizes) == 7
    assert all(height >= 40 and left >= 0 and right <= 390 for height, left, right in sizes)
    phone.get_by_role("button", name="Keys and gestures").tap()
    expect(phone.get_by_role("row", name="Swipe")).to_be_visible()
    phone.keyboard.press("Escape")
    more.focus()
    phone.keyboard.press("Escape")
    expect(phone.locator(".theme")).to_be_hidden()
    expect(more).to_be_focused()
    lesson.cell("X", 0).dblclick()
    phone.locator(".editor input").fill("5")
    phone.locator(".editor input").press("Enter")
    phone.get_by_role("button", name="Undo").tap()
    assert lesson.numbers("X")[0] == "1"
    for button in phone.locator(".numbers button").all():
        box = button.bounding_box()
        assert box and min(box["width"], box["height"]) >= 44 and box["x"] >= 0


def test_after_the_last_step_the_page_says_where_to_go(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate(
        """() => lesson.insertAdjacentHTML("beforeend",
          '<a slot="onward" href="#next">Next: MoE</a>')"""
    )
    link = lesson.page.get_by_role("link", name="Next: MoE")
    expect(link).to_be_hidden()
    lesson.page.locator(".ticks").focus()
    lesson.page.keyboard.press("End")
    expect(link).to_be_visible()
    link.focus()
    lesson.page.keyboard.press("ArrowLeft")
    expect(link).to_be_hidden()
    lesson.page.keyboard.press("ArrowLeft")
    assert lesson.step() == 2, "the focus has not gone astray"


def test_the_address_may_say_what_is_to_be_seen(stage: Stage) -> None:
    query = "?controls=play+steps&editable=false&narration=off&X.0.0=7"
    lesson = stage(query=query, url="search")
    expect(lesson.page.locator(".play")).to_be_visible()
    for gone in (".top", ".text", ".speed"):
        expect(lesson.page.locator(gone)).to_be_hidden()
    assert lesson.numbers("X")[0] == "7"
    lesson.cell("X", 1).dblclick()
    expect(lesson.page.locator(".editor")).to_have_count(0)
    lesson.page.evaluate("lesson.seek(2)")
    lesson.page.wait_for_url(re.compile("step=lay-out"))
    assert all(part in lesson.page.url for part in query[1:].split("&"))


@pytest.mark.parametrize("where", ["search", "hash"])
def test_an_address_full_of_nonsense_is_told_in_one_line(stage: Stage, where: str) -> None:
    huge = "x" * 5000
    keys = ["step", "arithmetic", "lang", "controls", "narration", "editable", "X.0.0", "Q.1.1"]
    cases = [f"{key}={value}" for key in keys for value in ("", huge, "a&" + key + "=b", "%FF")]
    mark = "?" if where == "search" else "#"
    lesson = stage(query=f"{mark}{'&'.join(cases)}&X.1.1=4", url=where)
    notice = lesson.page.get_by_role("alert")
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text("“step” is given more than once")
    expect(notice).to_contain_text(re.compile(r"\d+ more"))
    assert len(notice.inner_text()) < 500
    assert lesson.numbers("X")[3] == "4", "what makes sense still holds"
    lesson.page.keyboard.press("Tab")
    expect(lesson.page.locator(".top")).to_be_visible()


def test_edits_that_a_program_sets_and_that_are_none_are_passed_over(stage: Stage) -> None:
    lesson = stage()
    numbers = lesson.page.evaluate(
        """async (sheet) => {
          const { render } = await import("./stage.bundle.js");
          const follow = {};
          const model = { sheet, step: "", arithmetic: "hand", language: "en",
            theme: "auto", edits: [], url: "", lesson_href: "", links: [],
            on: (name, act) => (follow[name] = act) };
          const element = render({ model });
          document.body.append(element);
          const seen = [];
          const own = { name: "X", cell: 0, value: 7 };
          const strange = [[null], [own], "x", [{}], [own, null, 3], [{ ...own, value: "x" }]];
          for (const edits of strange) {
            model.edits = edits;
            follow.edits();
            seen.push(element.sheet.value("X").data[0]);
          }
          element.remove();
          return seen;
        }""",
        SHEET,
    )
    assert numbers == [1, 7, 1, 1, 7, 7]


def test_a_program_steers_a_stage_and_is_told_of_it(stage: Stage) -> None:
    lesson = stage()
    papers = {"sets": [{"X": [5, 6, 7, 8, 9, 10]}], "shuffles": [], "seeds": {}}
    found = lesson.page.evaluate(
        """async (sheet) => {
          const { render } = await import("./stage.bundle.js");
          const follow = {};
          const model = { sheet, step: "", arithmetic: "hand", language: "en", paper: 3,
            practice: "", theme: "auto", edits: [{ name: "X", cell: 0, value: 4 }],
            url: "", links: [],
            on: (name, act) => (follow[name] = act) };
          const element = render({ model });
          document.body.append(element);
          const own = element.sheet, opened = [own.step, own.paper, ...own.value("X").data];
          Object.assign(model, { paper: 4, practice: "all" });
          follow.paper();
          follow.practice();
          const led = [own.practice, ...own.value("X").data];
          own.go({ paper: 5, practice: "1", step: "match" });
          own.edit("X", 1, 0);
          const told = () => model.step === "match" && model.edits.length === 1;
          while (!told()) await new Promise(requestAnimationFrame);
          element.remove();
          const { step, paper, practice, edits } = model;
          return { opened, led, told: { step, paper, practice, edits } };
        }""",
        {**SHEET, "papers": papers},
    )
    assert found == {
        "opened": [0, 3, 4, 6, 7, 8, 9, 10],
        "led": ["all", 5, 6, 7, 8, 9, 10],
        "told": {
            "step": "match",
            "paper": 5,
            "practice": "1",
            "edits": [{"name": "X", "cell": 1, "value": 0}],
        },
    }


# Older browsers --------------------------------------------------------------------------------


@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_browser_some_years_old_is_dressed_too(
    new_context: NewContext, stage_files: str, system: Any
) -> None:
    page = new_context(color_scheme=system, reduced_motion="reduce").new_page()
    page.add_init_script(
        """delete window.CSSStyleSheet;
        const supports = CSS.supports.bind(CSS);
        CSS.supports = (...asked) => !asked.join().includes("light-dark") && supports(...asked);"""
    )
    lesson = stage_on(page, stage_files)
    light, dark = "rgb(251, 250, 247)", "rgb(21, 23, 28)"

    def ground() -> str:
        return str(page.evaluate("getComputedStyle(lesson).backgroundColor"))

    assert page.evaluate("lesson.shadowRoot.querySelectorAll('style').length") == 4
    assert not page.evaluate("lesson.shadowRoot.textContent.includes('light-dark')")
    assert ground() == (light if system == "light" else dark)
    for theme in (light, dark):
        page.locator(".theme").click()
        assert ground() == theme
    page.locator(".next").click()
    assert lesson.numbers("Y") == ["7", "4", "3", "2"]
    page.evaluate("lesson.sheet = { broken: true }")
    expect(page.get_by_role("alert")).to_be_visible()
    assert ground() == dark
