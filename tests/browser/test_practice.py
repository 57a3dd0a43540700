"""Practice on the stage in a real Chromium: boxes, help, slips, predictions, goals, papers."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.practice_lesson import drill
from tests.browser.stage_page import Lesson, stage_on


def practise(page: Page, files: str, *, still: bool = True, **state: Any) -> Lesson:
    """The drill on stage, with practice begun by its button."""
    if still:
        page.emulate_media(reduced_motion="reduce")
    attributes = {"practice-src": "practice.bundle.js", "keys": "page"}
    lesson = stage_on(page, files, drill(), **attributes)
    page.get_by_role("button", name="Practice").click()
    expect(page.get_by_role("region", name="Practice")).to_be_visible()
    if state:
        page.evaluate("state => lesson.sheet.go(state)", state)
    return lesson


def box(lesson: Lesson, place: str, cell: int, entry: str, key: str = "Enter") -> None:
    """Type into a box, as a person does."""
    lesson.cell(place, cell).click()
    field = lesson.cell(place, cell).get_by_role("textbox")
    field.fill(entry)
    field.press(key)


def state(lesson: Lesson, place: str, cell: int) -> str | None:
    return lesson.cell(place, cell).get_attribute("data-box")


def test_what_is_to_be_filled_in_is_told_nowhere(screen: Page, stage_files: str):
    lesson = practise(screen, stage_files, step="choose")
    expect(screen.locator(".words p")).to_have_text("□ · 1")
    screen.evaluate("lesson.sheet.go({ practice: 'all' })")
    expect(screen.locator(".words p")).to_have_text("□ · □")
    assert set(lesson.numbers("Q") + lesson.numbers("P") + lesson.numbers("best")) == {""}
    expect(screen.locator(".figure")).to_have_count(0)
    screen.evaluate("lesson.sheet.go({ practice: '1' })")
    lesson.cell("P", 3).focus()
    expect(screen.locator(".calc")).to_contain_text("to be filled in")
    expect(screen.locator(".calc .equation")).to_have_text("")
    expect(screen.locator("td.source")).to_have_count(0)
    # its result is hidden from what follows from it, too
    lesson.cell("F", 1).focus()
    expect(screen.locator(".calc .equation")).to_have_text("⌊□ ÷ 2⌋ = 1")
    # nor does what only carries it on give it away
    assert lesson.numbers("G") == ["", "", "1", ""]
    lesson.cell("G", 3).focus()
    expect(screen.locator(".calc .equation")).to_have_text("□")
    # and all is there again when practice is over
    screen.get_by_role("button", name="Practice").click()
    expect(screen.locator(".figure")).to_have_count(1)
    assert lesson.numbers("P") == ["0", "0.2", "1", "0.8"]
    assert screen.locator("[data-box]").count() == 0


def test_boxes_are_filled_in_and_judged_at_once(
    screen: Page, stage_files: str, axe: Callable[[Page], list[str]]
):
    lesson = practise(screen, stage_files, step="choose")
    count = screen.locator(".score")
    expect(count).to_have_text("0 of 8 right")
    box(lesson, "Q", 1, "２")
    expect(lesson.cell("Q", 1)).to_have_attribute("data-box", "right")
    expect(lesson.cell("Q", 1)).to_have_text("2")
    assert lesson.focused() == "F 2"  # on to the next box
    # a slip is named, and the box keeps the focus
    screen.keyboard.type("3")
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("alert").filter(has_text="Down, not up: the floor.")).to_be_visible()
    assert lesson.focused() == "F 2"
    assert state(lesson, "F", 2) == "wrong"
    expect(screen.get_by_role("region", name="Practice")).to_contain_text(
        "✗ row 2, column 1 of F: Down, not up: the floor."
    )
    assert axe(screen) == []
    # what is no number stays, with the reason
    screen.keyboard.type("a")
    screen.keyboard.press("Tab")
    expect(screen.get_by_role("alert").filter(has_text="Write a number such as")).to_be_visible()
    screen.keyboard.press("ControlOrMeta+a")
    screen.keyboard.type("5")
    screen.keyboard.press("ArrowRight")  # leaves what is wrong
    assert lesson.focused() == "F 3"
    screen.keyboard.type("9")
    screen.keyboard.press("Tab")
    # right from the pupil's own numbers
    box(lesson, "P", 1, "1/10")
    expect(lesson.cell("P", 1)).to_have_attribute("data-box", "own")
    expect(screen.locator(".last")).to_contain_text(
        "½ row 1, column 2 of P: right from your F; look at F again."
    )
    assert lesson.cell("P", 1).get_attribute("aria-label") == (
        "row 1, column 2 of P: 1/10, right from your F; look at F again"
    )
    # no longer, once F is as it should be; and the halves go either way
    box(lesson, "F", 3, "3")
    expect(lesson.cell("P", 1)).to_have_attribute("data-box", "wrong")
    box(lesson, "P", 1, ".3")
    expect(screen.locator(".last")).to_contain_text("right; the sheet writes 0.2.")
    # a cell that stays blank: a 0 there is something else
    box(lesson, "G", 0, "0")
    expect(
        screen.get_by_role("alert").filter(has_text="computed and zero, or never computed?")
    ).to_be_visible()
    screen.keyboard.press("Delete")
    screen.keyboard.press("Enter")
    expect(lesson.cell("G", 0)).to_have_attribute("data-box", "right")
    box(lesson, "best", 1, "TWO")
    expect(lesson.cell("best", 1)).to_have_text("two")
    # the rest by the order of boxes, round to the first
    lesson.cell("P", 3).click()
    for entry in (".75", ".2", "2"):
        screen.keyboard.type(entry)
        screen.keyboard.press("Enter")
    expect(count).to_have_text("8 of 8 right")
    expect(screen.get_by_role("region", name="Practice")).to_contain_text("All is filled in.")
    answers = lesson.events("answer")
    assert answers[0] == {
        "type": "answer",
        "array": "Q",
        "cell": 1,
        "entry": "２",
        "verdict": "right",
        "help": 0,
    }
    assert [one["verdict"] for one in answers].count("own") == 1
    assert lesson.events("progress")[-1] == {
        "type": "progress", "right": 8, "alone": 8, "of": 8, "goals": 0, "goalsOf": 2,
    }  # fmt: skip


def test_help_comes_in_three_levels(screen: Page, stage_files: str):
    lesson = practise(screen, stage_files, step="project")
    lesson.cell("Q", 1).click()
    field = lesson.cell("Q", 1).get_by_role("textbox")
    expect(field).to_have_attribute("aria-label", "Your number for row 1, column 2 of Q")
    expect(field).to_have_attribute("inputmode", "decimal")
    field.press("?")
    expect(screen.locator("td.source")).to_have_count(4)
    expect(screen.locator(".calc .equation")).to_have_text("")
    screen.get_by_role("button", name="Help").first.click()
    expect(screen.locator(".calc .equation")).to_have_text("1×2 + 0×4 = □")
    expect(lesson.cell("Q", 1).get_by_role("alert")).to_contain_text("1×2 + 0×4 = □")
    field.press("?")
    expect(lesson.cell("Q", 1)).to_have_text("2")
    expect(lesson.cell("Q", 1)).to_have_attribute("data-box", "shown")
    assert lesson.focused() == "Q 1"
    assert lesson.events("answer")[-1]["help"] == 3
    # a number with help is right, but not alone
    screen.evaluate("lesson.sheet.go({ step: 'scale' })")
    lesson.cell("F", 2).focus()
    screen.keyboard.press("?")
    screen.keyboard.type("2")
    screen.keyboard.press("Enter")
    last = lesson.events("progress")[-1]
    assert (last["right"], last["alone"]) == (1, 0)
    screen.get_by_text("Numbers and progress").click()
    screen.get_by_role("button", name="Show as text").click()
    expect(screen.locator("output")).to_have_text(
        "drill, paper 0, by hand: 0 right without help, 1 right, of 8; goals 0 of 2"
    )


def test_what_was_typed_outlives_a_reload(wide: Page, stage_files: str):
    lesson = practise(wide, stage_files, step="choose")
    box(lesson, "Q", 1, "2")
    box(lesson, "F", 3, "7", "Tab")
    lesson.cell("P", 1).click()
    wide.keyboard.type(".2")  # not yet entered
    lesson = practise(wide, stage_files, step="choose")
    expect(lesson.cell("P", 1)).to_have_text("0.2")
    assert [state(lesson, *at) for at in (("Q", 1), ("F", 3), ("G", 1))] == [
        "right",
        "wrong",
        "open",
    ]
    # another arithmetic, another paper: each has its own
    wide.evaluate("lesson.sheet.go({ arithmetic: 'exact' })")
    expect(lesson.cell("Q", 1)).to_have_attribute("data-box", "open")
    box(lesson, "F", 3, "4.25")
    expect(lesson.cell("F", 3)).to_have_text("4.24")
    wide.evaluate("lesson.sheet.go({ arithmetic: 'hand', paper: 3 })")
    expect(wide.locator(".score")).to_have_text("0 of 8 right")
    wide.evaluate("lesson.sheet.go({ paper: 0, language: 'zh' })")
    expect(wide.locator(".score")).to_have_text("8 个中对 2 个")
    wide.evaluate("lesson.sheet.go({ language: 'en' })")
    wide.get_by_text("Numbers and progress").click()
    wide.get_by_role("button", name="Begin again").click()
    wide.get_by_role("button", name="Forget all answers?").click()
    expect(wide.locator(".score")).to_have_text("0 of 8 right")
    # what an older or a broken version has left is none
    keys = wide.evaluate(
        "Object.keys(localStorage).filter((key) => key.startsWith('explainer-practice'))"
    )
    assert len(keys) == 2
    for rest in (
        '{"version": 0, "entries": {"Q 1": ["2", 0]}}',
        "{",
        '{"version": 1, "entries": 3}',
        "null",
    ):
        wide.evaluate(
            "([key, rest]) => localStorage.setItem(key, rest)",
            ["explainer-practice drill 0 hand", rest],
        )
        lesson = practise(wide, stage_files)
        expect(wide.locator(".score")).to_have_text("0 of 8 right")


def test_where_nothing_can_be_kept_it_is_said_once(wide: Page, stage_files: str):
    forbid = (
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } })"
    )
    wide.add_init_script(forbid)
    lesson = practise(wide, stage_files, step="choose")
    box(lesson, "Q", 1, "2")
    box(lesson, "F", 3, "3")
    expect(lesson.cell("F", 3)).to_have_attribute("data-box", "right")
    notice = wide.get_by_role("status").filter(has_text="This browser keeps nothing")
    expect(notice).to_have_count(1)


@pytest.mark.expected_errors("404|ERR_FAILED")
def test_a_script_that_does_not_come_is_asked_for_again(wide: Page, stage_files: str):
    stage_on(wide, stage_files, drill(), **{"practice-src": "practice.bundle.js", "keys": "page"})
    wide.evaluate("delete globalThis.explainerPractice")  # the page of the tests has it already
    wide.route("**/practice.bundle.js", lambda route: route.abort())
    wide.keyboard.press("Shift+P")
    alert = wide.get_by_role("alert").filter(has_text="could not be loaded")
    expect(alert).to_be_visible()
    wide.unroute("**/practice.bundle.js")
    alert.get_by_role("button", name="Try again").click()
    expect(wide.get_by_role("region", name="Practice")).to_be_visible()
    expect(alert).to_have_count(0)


def test_a_step_waits_for_a_prediction(
    screen: Page, stage_files: str, axe: Callable[[Page], list[str]]
):
    lesson = practise(screen, stage_files, step="project")
    question = screen.get_by_role("region", name="Practice").locator(".ask")
    screen.keyboard.press("Escape")
    screen.locator(".next").click()
    expect(question).to_contain_text("Will the shares be larger?")
    assert lesson.step() == 1
    screen.get_by_role("button", name="Yes").click()
    expect(question).to_contain_text("✗ Not quite. You chose: Yes. It is: No.")
    assert lesson.step() == 2
    # of an array that is not there yet; on the sheet, several, and then one
    screen.locator(".next").click()
    expect(question).to_contain_text("Which columns of P have no 0?")
    assert axe(screen) == []
    lesson.cell("P", 3).click()
    expect(lesson.cell("P", 1)).to_have_attribute("data-chosen", "")
    lesson.cell("P", 0).click()
    lesson.cell("P", 0).click()
    expect(question.get_by_role("button", pressed=True)).to_have_text("x2")
    question.get_by_role("button", name="That is my answer").click()
    expect(question).to_contain_text("Which row of P is the largest in column 2?")
    assert lesson.step() == 2
    screen.keyboard.press("Tab")
    screen.keyboard.press("Tab")
    screen.keyboard.press("Enter")
    expect(question).to_contain_text("✓ Right. You chose: row 2. The second.")
    assert lesson.step() == 3
    expect(lesson.cell("P", 2)).to_have_attribute("data-truth", "")
    # asked once; and what follows from an edit is what is right
    screen.evaluate("lesson.sheet.go({ step: 'scale' })")
    expect(question).to_be_hidden()
    screen.locator(".next").click()
    assert lesson.step() == 3
    expect(question).to_be_hidden()
    screen.evaluate("""() => {
      localStorage.clear();
      lesson.sheet.go({ step: 'scale', arithmetic: 'exact' });
    }""")
    screen.locator(".next").click()
    question.get_by_role("button", name="x1").click()
    question.get_by_role("button", name="x2").click()
    question.get_by_role("button", name="That is my answer").click()
    question.get_by_role("button", name="Skip").click()
    assert lesson.step() == 3


def test_after_a_motion_what_was_foreseen_is_told(wide: Page, stage_files: str):
    lesson = practise(wide, stage_files, still=False, step="project")
    wide.keyboard.press("Escape")
    wide.locator(".next").click()
    wide.get_by_role("button", name="No", exact=True).click()
    assert lesson.step() == 2 and lesson.moving()
    expect(wide.locator(".ask")).to_be_hidden()
    lesson.rest()
    expect(wide.locator(".ask")).to_contain_text("✓ Right. You chose: No.")


def test_a_goal_is_reached_by_changing_numbers(
    screen: Page, stage_files: str, axe: Callable[[Page], list[str]]
):
    lesson = practise(screen, stage_files, step="choose")
    editable = (
        "() => [...lesson.sheet.places].filter(({ name }) => lesson.sheet.editable(name)).length"
    )
    assert screen.evaluate(editable) == 0
    screen.get_by_text("Goals (0 of 2)").click()
    screen.get_by_role("button", name="Make both shares of column 2 the same.").click()
    assert screen.evaluate(editable) == 1
    expect(screen.locator(".aim")).to_contain_text("0 of at most 1 numbers changed.")
    assert state(lesson, "P", 1) == "open"
    lesson.cell("W", 1).dblclick()
    screen.keyboard.type("1")
    screen.keyboard.press("Enter")
    expect(screen.locator(".aim")).to_contain_text("✓ Reached.")
    expect(screen.get_by_text("Goals (1 of 2)")).to_be_visible()
    expect(lesson.cell("P", 1)).to_have_text("0.5")  # these are no longer the numbers asked for
    assert lesson.events("progress")[-1]["goals"] == 1
    assert axe(screen) == []
    lesson.cell("W", 3).dblclick()
    screen.keyboard.type("2")
    screen.keyboard.press("Enter")
    expect(screen.locator(".aim")).to_contain_text("2 of at most 1 numbers changed.")
    screen.get_by_role("button", name="Leave this goal").click()
    expect(lesson.cell("P", 1)).to_have_attribute("data-box", "open")
    assert screen.evaluate("lesson.sheet.edits") == []
    expect(screen.get_by_text("Goals (1 of 2)")).to_be_visible()


def test_there_are_other_numbers(screen: Page, stage_files: str):
    lesson = practise(screen, stage_files, step="choose")
    screen.get_by_text("Numbers and progress").click()
    paper = screen.get_by_role("textbox", name="Paper", exact=True)
    for wrong in ("-1", "word", "1e12", "", "1000"):
        paper.fill(wrong)
        screen.get_by_role("button", name="Go", exact=True).click()
        expect(screen.get_by_role("alert").filter(has_text="from 0 to 999")).to_be_visible()
        assert screen.evaluate("lesson.sheet.paper") == 0
    paper.fill("１7")
    paper.press("Enter")
    assert screen.evaluate("lesson.sheet.paper") == 17
    screen.get_by_role("button", name="Other numbers").click()
    screen.wait_for_function("![0, 17].includes(lesson.sheet.paper)")
    expect(paper).to_have_value(re.compile(r"\d+"))
    screen.get_by_role("button", name="The lesson’s own").click()
    assert lesson.numbers("X") == ["1", "2", "3", "4"]
    expect(screen.get_by_role("button", name="The lesson’s own")).to_be_hidden()
