"""What a pupil has typed, where a browser keeps it badly, and what is typed that is no answer."""

from playwright.sync_api import Page, expect

from tests.browser.pupil import Pupil
from tests.browser.test_practice import box, practise


def test_two_pages_of_one_paper_lose_nothing_of_each_other(wide: Page, stage_files: str) -> None:
    one = practise(wide, stage_files, step="choose")
    other = practise(wide.context.new_page(), stage_files, step="choose")
    box(one, "Q", 1, "2")
    expect(other.cell("Q", 1)).to_have_attribute("data-box", "right")
    expect(other.page.locator(".score")).to_have_text("1 of 8 right")
    box(other, "F", 3, "3")
    expect(one.cell("F", 3)).to_have_text("3")
    one = practise(wide, stage_files, step="choose")
    expect(wide.locator(".score")).to_have_text("2 of 8 right")


def test_where_there_is_no_room_left_it_is_said_once(wide: Page, stage_files: str) -> None:
    full = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }"
    wide.add_init_script(full)
    lesson = practise(wide, stage_files, step="choose")
    box(lesson, "Q", 1, "2")
    box(lesson, "F", 3, "3")
    expect(wide.locator(".score")).to_have_text("2 of 8 right")
    notice = wide.get_by_role("status").filter(has_text="This browser keeps nothing")
    expect(notice).to_have_count(1)


def test_what_is_no_answer_hurts_nothing(wide: Page, stage_files: str) -> None:
    lesson = practise(wide, stage_files, step="choose")
    said = lesson.cell("Q", 1).get_by_role("alert")
    for entry in (
        "two",
        "😀",
        "<b>2</b>",
        "Infinity",
        "1/0",
        "1 2",
        "0x2",
        "9" * 400,
    ):
        box(lesson, "Q", 1, entry)
        expect(said).to_have_text("Write a number such as 2, −0.5 or 3/8.")
        assert lesson.cell("Q", 1).get_attribute("data-box") == "open"
        assert lesson.focused() == "Q 1"
    box(lesson, "Q", 1, "1,234.5")
    expect(said).to_have_text("Is that a decimal sign? Write 1234.5 or 1234,5.")
    box(lesson, "Q", 1, "   ")
    expect(lesson.cell("Q", 1)).to_have_attribute("data-box", "open")
    box(lesson, "best", 1, "1")
    expect(lesson.cell("best", 1).get_by_role("alert")).to_contain_text("There is one, two.")
    assert wide.locator(".score").text_content() == "0 of 8 right"


def test_a_paper_that_is_none_is_told_and_the_lessons_own_stand(wide: Page, server: str) -> None:
    pupil = Pupil(wide, server, "transformer-block")
    for paper in ("-1", "word", "1000000000000", "1.5"):
        wide.goto(f"{server}/lesson/transformer-block?practice=1&paper={paper}&lang=en")
        expect(wide.get_by_role("region", name="Practice")).to_be_visible()
        expect(wide.locator("explainer-lesson").get_by_text(f"“{paper}”")).to_be_visible()
        pupil.look()
        assert wide.evaluate("lesson.sheet.paper") == 0
