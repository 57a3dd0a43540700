"""Changing given numbers on the stage: by keyboard, mouse and finger, and what is no number."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.stage_page import Lesson, small_sheet, stage_on

Stage = Callable[..., Lesson]


@pytest.fixture
def stage(wide: Page, stage_files: str) -> Stage:
    return lambda **options: stage_on(wide, stage_files, **options)


def test_an_entry_recomputes_everything_at_once(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(4)")
    lesson.hold_flashes()
    lesson.cell("X", 0).click()
    lesson.page.keyboard.press("Enter")
    lesson.page.keyboard.type("-2")
    lesson.page.keyboard.press("Enter")
    assert lesson.numbers("X")[0] == "−2"
    assert lesson.numbers("Y") == ["4", "4", "3", "2"]
    assert lesson.numbers("S") == ["25", "22", "22", "20"]
    assert lesson.numbers("H") == ["12", "11", "11", "10"]
    assert lesson.focused() == "X 2", "on to the cell below"
    lesson.page.locator(".flash").wait_for(state="attached")
    assert lesson.flashing("S") == [0, 1, 2]
    assert lesson.flashing("W") == []
    assert lesson.events("edit") == [
        {"type": "edit", "edits": [{"name": "X", "cell": 0, "value": -2}]}
    ]


@pytest.mark.parametrize("key", ["7", "-", "F2", "Enter", "Backspace"])
def test_editing_starts_with_these_keys(stage: Stage, key: str) -> None:
    lesson = stage()
    lesson.cell("W", 5).click()
    lesson.page.keyboard.press(key)
    field = lesson.page.locator(".editor input")
    expect(field).to_be_focused()
    expect(field).to_have_value({"F2": "1", "Enter": "1", "Backspace": ""}.get(key, key))
    expect(field).to_have_attribute("aria-label", "New number for row 2, column 3 of W_Q")


def test_a_double_click_edits_and_tab_goes_on(stage: Stage) -> None:
    lesson = stage()
    lesson.cell("W", 2).dblclick()
    lesson.page.keyboard.type("4")
    lesson.page.keyboard.press("Tab")
    assert lesson.numbers("W")[2] == "4"
    assert lesson.focused() == "W 3"


def test_escape_keeps_the_old_number(stage: Stage) -> None:
    lesson = stage()
    lesson.cell("X", 0).click()
    lesson.page.keyboard.type("99")
    lesson.page.keyboard.press("Escape")
    assert lesson.numbers("X")[0] == "1"
    assert lesson.focused() == "X 0"
    assert lesson.events("edit") == []


def test_computed_cells_and_copies_are_not_edited(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(3)")
    for place in ("Y", "Y'"):
        lesson.cell(place, 0).dblclick()
        lesson.page.keyboard.press("Enter")
        assert lesson.page.locator(".editor").count() == 0


@pytest.mark.parametrize(
    ("entry", "english", "chinese"),
    [
        ("", "Type a number", "请输入一个数"),
        ("two", "not a number", "不是一个数"),
        ("<b>1</b>", "not a number", "不是一个数"),
        ("nan", "not a number", "不是一个数"),
        ("inf", "must be finite", "有限的数"),
        ("1e999", "must be finite", "有限的数"),
        ("1000001", "−1,000,000 to 1,000,000", "−1,000,000 到 1,000,000"),
    ],
)
def test_a_bad_entry_stays_with_its_reason(
    stage: Stage, entry: str, english: str, chinese: str
) -> None:
    lesson = stage()
    lesson.cell("X", 0).click()
    lesson.page.keyboard.press("Enter")
    field = lesson.page.locator(".editor input")
    field.fill(entry)
    field.press("Enter")
    expect(field).to_have_value(entry)
    expect(field).to_have_attribute("aria-invalid", "true")
    error = lesson.page.get_by_role("alert")
    expect(error).to_contain_text(english)
    assert lesson.numbers("X")[1:] == ["2", "0", "1", "3", "1"]
    lesson.page.get_by_role("button", name="中文").click()
    expect(error).to_contain_text(chinese)
    expect(field).to_have_value(entry)
    lesson.page.get_by_role("button", name="exact").or_(
        lesson.page.get_by_role("button", name="精确")
    ).click()
    expect(field).to_have_value(entry)
    field.fill("6")
    expect(error).to_have_count(0)
    field.press("Enter")
    assert lesson.numbers("X")[0] == "6"


def test_a_bad_entry_is_not_lost_when_the_focus_goes(stage: Stage) -> None:
    lesson = stage()
    lesson.cell("X", 0).click()
    lesson.page.keyboard.type("1,5x")
    lesson.cell("W", 0).click()
    expect(lesson.page.locator(".editor input")).to_have_value("1,5x")
    expect(lesson.page.locator(".editor input")).to_have_attribute("aria-invalid", "true")
    lesson.page.keyboard.press("Enter")
    lesson.page.keyboard.type("3")
    lesson.page.keyboard.press("Enter")
    assert lesson.numbers("W")[0] == "3"


def test_reset_brings_the_lesson_s_numbers_back(stage: Stage) -> None:
    lesson = stage()
    reset = lesson.page.get_by_role("button", name="Reset numbers")
    expect(reset).to_be_hidden()
    for entry in ("8", "9"):
        lesson.cell("X", 0).dblclick()
        lesson.page.keyboard.type(entry)
        lesson.page.keyboard.press("Enter")
    expect(lesson.cell("X", 0)).to_have_class(re.compile("changed"))
    reset.click()
    assert lesson.numbers("X")[0] == "1"
    expect(reset).to_be_disabled()
    assert lesson.events("edit")[-1]["edits"] == []


def test_an_edit_during_a_motion_goes_on(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(2, 0.3)")
    lesson.page.evaluate("lesson.sheet.edit('X', 0, 5)")
    assert lesson.moving()
    lesson.page.locator(".play").click()
    lesson.rest()
    assert lesson.numbers("Yt") == ["11", "3", "4", "2"]


def test_a_finger_selects_then_edits(phone: Page, stage_files: str) -> None:
    lesson = stage_on(phone, stage_files)
    lesson.cell("X", 0).tap()
    expect(lesson.cell("X", 0)).to_be_focused()
    expect(phone.locator(".how")).to_contain_text("tap again")
    assert phone.locator(".editor").count() == 0
    lesson.cell("X", 0).tap()
    field = phone.locator(".editor input")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("inputmode", "decimal")
    field.fill("5")
    phone.get_by_role("button", name="Change the sign").tap()
    expect(field).to_have_value("-5")
    field.press("Enter")
    assert lesson.numbers("X")[0] == "−5"


def test_a_matrix_that_is_not_editable_says_only_that_it_is_given(stage: Stage) -> None:
    sheet = small_sheet()
    sheet["arrays"]["W"]["editable"] = False
    lesson = stage(sheet=sheet)
    lesson.cell("W", 0).click()
    lesson.page.keyboard.press("Enter")
    assert lesson.page.locator(".editor").count() == 0
    expect(lesson.page.locator(".how")).to_have_text("a given number")
