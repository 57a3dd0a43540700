"""A step in parts on stage: `match` is step 4a, `match/halve` 4b, of four."""

from playwright.sync_api import Page, expect

from tests.browser.stage_page import small_sheet, stage_on


def test_a_part_is_a_step_to_go_to_and_has_its_steps_number(wide: Page, stage_files: str) -> None:
    sheet = small_sheet()
    for graph in sheet["graphs"].values():
        graph["steps"] = [*graph["steps"][:4], {"id": "match/halve", "shows": ["H"]}]
    for text in sheet["texts"].values():
        text["steps"]["match/halve"] = text["steps"].pop("halve")
    lesson = stage_on(wide, stage_files, sheet=sheet, url="hash")
    position = wide.locator(".spoken .kicker")
    slider = wide.get_by_role("slider", name="Steps")
    slider.press("4")  # digits go to a step's first part
    expect(position).to_contain_text("step 4a of 4")
    slider.press("5")
    assert lesson.step() == 3
    slider.press("PageDown")
    lesson.rest()
    expect(position).to_contain_text("step 4b of 4")
    expect(slider).to_have_attribute("aria-valuetext", "Step 4b of 4: halve")
    assert lesson.numbers("H") == ["29", "17", "17", "10"]
    assert wide.locator(".tick .name").all_inner_texts() == [
        "given",
        "project",
        "lay-out",
        "4a",
        "4b",
    ]
    last = wide.locator(".tick").last
    expect(last).to_have_attribute("title", "4b halve")
    gaps = wide.evaluate(
        """[...lesson.shadowRoot.querySelectorAll(".tick")]
          .map((tick) => tick.getBoundingClientRect())
          .map(({ left }, i, all) => i && left - all[i - 1].right)"""
    )
    assert 0 <= gaps[4] < gaps[3]
    wide.wait_for_function("location.hash.includes('match%2Fhalve')")
    wide.evaluate("location.hash = 'step=project'")
    expect(position).to_contain_text("step 2 of 4")
    wide.evaluate("location.hash = 'step=match/halve'")
    expect(position).to_contain_text("step 4b of 4")
