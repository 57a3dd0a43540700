"""The stage in a browser: steps and their motion, the transport, cells and their formulas."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.frames import frames
from tests.browser.stage_page import Lesson, small_sheet, stage_on

Stage = Callable[..., Lesson]


@pytest.fixture
def stage(wide: Page, stage_files: str) -> Stage:
    return lambda **options: stage_on(wide, stage_files, **options)


# Steps -----------------------------------------------------------------------------------------


def test_a_step_shows_its_matrices_and_leaves_later_ones_empty(stage: Stage) -> None:
    lesson = stage()
    assert lesson.numbers("X") == ["1", "2", "0", "1", "3", "1"]
    assert lesson.numbers("Y") == [""] * 4
    lesson.page.keyboard.press("Tab")
    lesson.page.evaluate("lesson.seek(3)")
    assert lesson.numbers("S") == ["58", "34", "34", "20"]
    assert lesson.numbers("Y'") == lesson.numbers("Y") == ["7", "4", "3", "2"]
    assert lesson.numbers("H") == [""] * 4


def test_matrices_are_tables_with_names_and_headers(stage: Stage) -> None:
    lesson = stage()
    table = lesson.page.get_by_role("table", name="X, 3 × 2, features")
    expect(table).to_be_visible()
    expect(table.get_by_role("columnheader")).to_have_text(["x1", "x2"])
    expect(lesson.table("Y")).to_have_attribute("aria-label", re.compile("not computed yet"))


def test_cells_are_made_once(stage: Stage) -> None:
    lesson = stage()
    lesson.cell("S", 0).evaluate("cell => window.first = cell")
    for step in (3, 1, 4):
        lesson.page.evaluate("step => lesson.seek(step)", step)
    assert lesson.cell("S", 0).evaluate("cell => window.first === cell")


def test_the_narration_follows_the_steps(stage: Stage) -> None:
    lesson = stage()
    live = lesson.page.locator("[aria-live=polite]").first
    expect(live).to_contain_text("Small · step 1 of 5")
    lesson.page.evaluate("lesson.seek(3)")
    expect(live).to_contain_text("step 4 of 5")
    expect(live.get_by_role("heading", level=2)).to_have_text("Step match")
    assert lesson.events("step")[-1] == {"type": "step", "step": 3, "id": "match"}


@pytest.mark.parametrize(
    ("keys", "step"),
    [
        (["ArrowRight"] * 3, 3),  # each is a step, whatever of the last one's motion is left
        (["End"], 4),
        (["End", "Home"], 0),
        (["3"], 2),
        (["4", "ArrowLeft"], 2),
        (["4", "PageUp", "PageUp"], 1),
        (["4", "n", "["], 3),  # a letter or a sign may be a shortcut of the page around
        (["9"], 0),
    ],
)
def test_keys_change_the_step(stage: Stage, keys: list[str], step: int) -> None:
    lesson = stage()
    lesson.page.locator(".ticks").focus()
    lesson.hold_time()
    for key in keys:
        lesson.page.keyboard.press(key)
    assert lesson.step() == step
    lesson.page.clock.resume()
    lesson.rest()


def test_keys_are_left_alone_while_the_focus_is_elsewhere(stage: Stage) -> None:
    lesson = stage()
    lesson.page.keyboard.press("ArrowRight")
    assert lesson.step() == 0


def test_keys_of_the_page_reach_a_stage_that_asks_for_them(stage: Stage) -> None:
    lesson = stage(keys="page")
    lesson.page.keyboard.press("ArrowRight")
    assert lesson.step() == 1


# Motion ----------------------------------------------------------------------------------------


def test_play_shows_one_step_and_pauses_by_itself(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(2)")
    lesson.hold_time()
    play = lesson.page.get_by_role("button", name="Play", exact=True)
    play.click()
    assert lesson.step() == 3
    assert lesson.numbers("S") != ["58", "34", "34", "20"]
    expect(lesson.page.get_by_role("button", name="Pause")).to_be_visible()
    lesson.page.clock.run_for(4000)
    assert not lesson.moving()
    assert lesson.numbers("S") == ["58", "34", "34", "20"]
    expect(play).to_be_visible()
    lesson.page.clock.run_for(300)
    assert lesson.step() == 3


def test_space_pauses_and_goes_on(stage: Stage) -> None:
    lesson = stage()
    lesson.page.locator(".ticks").focus()
    lesson.hold_time()
    lesson.page.keyboard.press("Space")
    lesson.page.clock.run_for(100)
    lesson.page.keyboard.press("Space")
    bar = lesson.page.locator(".tick[data-current] i")
    stopped = bar.evaluate("bar => bar.style.transform")
    lesson.page.clock.run_for(200)
    assert bar.evaluate("bar => bar.style.transform") == stopped != "scaleX(1)"
    lesson.page.keyboard.press("Space")
    lesson.page.clock.resume()
    lesson.rest()
    assert lesson.step() == 1


def test_the_terms_of_a_product_are_written_one_by_one(stage: Stage) -> None:
    lesson = stage()
    written = lesson.page.locator(".equation .term:not(.later)")
    seen = []
    for fraction in (0.02, 0.1, 0.18, 0.26, 1):
        lesson.page.evaluate("fraction => lesson.seek(1, fraction)", fraction)
        seen.append((written.count(), "".join(lesson.numbers("Y"))))
    counts = [count for count, _ in seen]
    assert counts[0] == 1 and max(counts) == 3
    assert seen[0][1] == "" and seen[-1][1] == "7432"


def test_a_moment_depends_on_nothing_but_step_and_time(stage: Stage) -> None:
    lesson = stage()

    def look() -> str:
        parts = ".matrices > .matrix, .equation"
        return str(
            lesson.page.evaluate(
                "parts => [...lesson.shadowRoot.querySelectorAll(parts)]"
                ".map((part) => part.className + part.textContent).join()",
                parts,
            )
        )

    lesson.page.evaluate("lesson.seek(3, 0.4)")
    straight = look()
    for step, fraction in ((4, 1), (2, 0.5), (3, 0.9), (0, 1), (4, 0.1)):
        lesson.page.evaluate("([s, f]) => lesson.seek(s, f)", [step, fraction])
    lesson.page.evaluate("lesson.seek(3, 0.4)")
    assert look() == straight


def test_copies_and_transposes_fly(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(2, 0.1)")
    flying = lesson.page.locator(".matrices [style*=transform]")
    early = flying.evaluate_all("all => all.map((one) => one.getBoundingClientRect().x)")
    assert len(early) == 5  # four cells of the transpose, and the copy as one
    lesson.page.evaluate("lesson.seek(2, 0.6)")
    late = flying.evaluate_all("all => all.map((one) => one.getBoundingClientRect().x)")
    assert len(late) == 5 and all(a < b for a, b in zip(early, late, strict=True))
    lesson.page.evaluate("lesson.seek(2, 1)")
    assert flying.count() == 0
    assert lesson.numbers("Yt") == ["7", "3", "4", "2"]


def test_what_is_not_in_play_is_dimmed_while_something_moves(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(3, 0.5)")
    matrices = lesson.page.locator(".matrices")
    veil = "matrices => Number(getComputedStyle(matrices, '::after').opacity)"
    beneath = lesson.page.locator(".matrix").evaluate_all(
        """all => all.filter((one) => getComputedStyle(one).zIndex === "auto")
          .map((one) => one.dataset.place)"""
    )
    assert beneath == ["X", "W", "Y"]
    lesson.page.wait_for_function(f"one => ({veil})(one) > 0.5", arg=matrices.element_handle())
    assert matrices.evaluate("one => getComputedStyle(one, '::after').pointerEvents") == "none"
    lesson.page.evaluate("lesson.seek(3, 1)")
    lesson.page.wait_for_function(f"one => ({veil})(one) === 0", arg=matrices.element_handle())


def test_a_step_is_told_before_its_motion_begins(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(2)")
    told, then = lesson.page.evaluate(
        """() => new Promise((done) => {
          const root = lesson.shadowRoot;
          const seen = () => [root.querySelector("h2").textContent,
            root.querySelector(".matrices").classList.contains("veiled")];
          root.querySelector(".next").click();
          requestAnimationFrame(() => {
            const told = seen();
            requestAnimationFrame(() => requestAnimationFrame(() => done([told, seen()])));
          });
        })"""
    )
    assert told == [then[0], False]
    assert then == ["Step match", True]


def test_what_is_to_come_moves_nothing_when_it_is_made(stage: Stage) -> None:
    lesson = stage()
    boxes = """() => Object.fromEntries([...lesson.shadowRoot.querySelectorAll(".matrix")].map(
      (box) => [box.dataset.place,
        [box.offsetLeft, box.offsetTop, box.offsetWidth, box.offsetHeight]]))"""
    whole = lesson.page.evaluate(boxes)
    busy = lesson.page.locator(".sheet[aria-busy]")
    lesson.page.evaluate(
        "() => { window.idle = []; window.requestIdleCallback = (action) => idle.push(action); }"
    )
    lesson.page.evaluate("sheet => { lesson.sheet = sheet; }", small_sheet())
    lesson.page.wait_for_function("idle.length === 2")  # the matrices, the other arithmetic
    first = now = lesson.page.evaluate(boxes)
    expect(busy).to_have_count(1)
    assert 0 < len(first) < len(whole) - 1, "the first step shows some"
    no_time = "({ didTimeout: false, timeRemaining: () => 0 })"
    while len(now) < len(whole):
        before = len(now)
        lesson.page.evaluate(f"idle.splice(0).forEach((action) => action{no_time})")
        now = lesson.page.evaluate(boxes)
        assert len(now) == before + 1, "a turn without time makes one, so that it ends"
        assert {place: now[place] for place in first} == first
    expect(busy).to_have_count(0)
    assert list(now.items()) == list(whole.items()), "read in the order of the sheet"


def test_what_a_step_needs_is_there_at_once(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate(
        "() => { window.idle = []; window.requestIdleCallback = (action) => idle.push(action); }"
    )
    lesson.page.evaluate("sheet => { lesson.sheet = sheet; }", small_sheet())
    missing = """() => [...lesson.sheet.shownAt(lesson.sheet.step)]
      .filter((place) => !lesson.shadowRoot.querySelector(`.matrix[data-place="${place}"] td`))"""
    for step in range(3):
        lesson.page.evaluate(f"lesson.seek({step}, 0.01)")
        assert lesson.page.evaluate(missing) == []
    assert lesson.page.locator(".sheet[aria-busy]").count() == 1


@pytest.mark.parametrize(("key", "step"), [("ArrowRight", 4), ("PageDown", 4), ("Escape", 3)])
def test_skipping_finishes_within_half_a_second(stage: Stage, key: str, step: int) -> None:
    # the last step, or Escape in any
    lesson = stage()
    lesson.page.locator(".speed").select_option("0.5")
    lesson.page.evaluate("step => lesson.seek(step)", step - 1)
    lesson.page.locator(".ticks").focus()
    lesson.hold_time()
    lesson.page.keyboard.press("Space")
    lesson.page.clock.run_for(100)
    lesson.page.keyboard.press(key)
    lesson.page.clock.run_for(100)
    assert lesson.moving(), "plays out, and is not cut"
    lesson.page.clock.run_for(400)
    assert not lesson.moving()
    assert lesson.step() == step


def test_after_the_last_step_play_starts_again(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(4)")
    expect(lesson.page.get_by_role("button", name="Next step")).to_be_disabled()
    lesson.page.get_by_role("button", name="Again").click()
    assert lesson.step() == 0


def test_reduced_motion_is_instant(new_context: NewContext, stage_files: str) -> None:
    page = new_context(reduced_motion="reduce").new_page()
    lesson = stage_on(page, stage_files)
    page.locator(".play").click()
    assert lesson.step() == 1
    assert lesson.numbers("Y") == ["7", "4", "3", "2"]
    assert not lesson.moving()


def test_a_removed_stage_stops_and_comes_back(stage: Stage) -> None:
    lesson = stage()
    lesson.page.locator(".play").click()
    lesson.page.evaluate("window.home = lesson.parentNode; lesson.remove()")
    frames(lesson.page)
    lesson.page.evaluate("home.append(lesson)")
    assert lesson.numbers("Y") == ["7", "4", "3", "2"]


# The scrubber ----------------------------------------------------------------------------------


def test_the_scrubber_is_clicked_dragged_and_steered(stage: Stage) -> None:
    lesson = stage()
    slider = lesson.page.get_by_role("slider", name="Steps")
    lesson.page.locator('.tick[data-step="match"]').click()
    assert lesson.step() == 3 and not lesson.moving()
    expect(slider).to_have_attribute("aria-valuetext", "Step 4 of 5: match")
    box = slider.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    lesson.page.mouse.move(box["x"] + 5, y)
    lesson.page.mouse.down()
    lesson.page.mouse.move(box["x"] + box["width"] * 0.3, y, steps=4)
    assert lesson.step() == 1 and lesson.moving()
    lesson.page.mouse.up()
    slider.press("End")
    assert lesson.step() == 4


# Cells -----------------------------------------------------------------------------------------


def lit(lesson: Lesson) -> list[str]:
    return list(
        lesson.page.locator("td.source").evaluate_all(
            "all => all.map((td) => `${td.closest('table').dataset.place} ${td.dataset.cell}`)"
        )
    )


def test_pointing_at_a_cell_tells_its_formula(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(3)")
    lesson.cell("Y", 1).hover()
    card = lesson.page.locator(".calc")
    expect(card.locator(".equation")).to_have_text("1×2 + 0×1 + 2×1 = 4")
    expect(card.locator(".how")).to_have_text("row 1 of WQ meets column 2 of X")
    expect(lesson.page.locator(".shapes")).to_have_text("(2×3) · (3×2) → (2×2)")
    assert sorted(lit(lesson)) == ["W 0", "W 1", "W 2", "X 1", "X 3", "X 5"]
    expect(card.locator(".equation em").first).to_have_attribute("data-role", "weight")


def test_the_focus_counts_and_not_what_comes_under_a_mouse_at_rest(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(3)")
    kicker = lesson.page.locator(".calc .kicker")
    over = """(cell, moved) => cell.dispatchEvent(new PointerEvent("pointerover", {
      pointerType: "mouse", bubbles: true, composed: true, screenX: 100 + moved, screenY: 100}))"""
    lesson.cell("X", 0).evaluate(over, 0)
    expect(kicker).to_have_text("X · row 1, column 1 (x1)")
    lesson.cell("W", 1).focus()
    lesson.cell("X", 0).evaluate(over, 0)  # as browsers say when a sheet moves under a mouse
    frames(lesson.page)
    expect(kicker).to_have_text("WQ · row 1, column 2")
    lesson.cell("X", 0).evaluate(over, 1)
    expect(kicker).to_have_text("X · row 1, column 1 (x1)")


def test_the_nearest_copy_is_lit(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(3)")
    lesson.cell("S", 1).hover()
    assert sorted(lit(lesson)) == ["Y' 1", "Y' 3", "Yt 0", "Yt 1"]


def test_a_cell_that_was_moved_or_copied_says_so(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(3)")
    how = lesson.page.locator(".how")
    lesson.cell("Yt", 1).hover()
    expect(how).to_have_text("row 2, column 1 of Y, moved here")
    lesson.cell("Y'", 1).hover()
    expect(how).to_have_text("a copy of row 1, column 2 of Y")
    assert lit(lesson) == ["Y 1"]
    lesson.cell("X", 0).hover()
    expect(how).to_contain_text("press Enter")


def test_the_step_s_own_cell_is_the_one_its_text_names(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(3)")
    target = lesson.page.locator("td.target")
    own = lesson.cell("S", 1).element_handle()
    assert target.evaluate("(td, own) => td === own", own)
    lesson.cell("X", 0).hover()
    assert not target.evaluate("(td, own) => td === own", own)
    lesson.page.mouse.move(1, 1)
    assert target.evaluate("(td, own) => td === own", own)


def test_arrows_move_between_cells_and_matrices(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(4)")
    lesson.cell("W", 1).click()
    presses = ["ArrowRight", "ArrowRight", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowUp"]
    been = []
    for key in presses:
        lesson.page.keyboard.press(key)
        been.append(lesson.focused())
    assert been == ["W 2", "Y 0", "Y 2", "Y 3", "Yt 2", "Yt 0"]
    lesson.page.keyboard.press("End")
    lesson.page.keyboard.press("ArrowRight")
    lesson.page.keyboard.press("ArrowUp")
    assert lesson.focused() == "Y' 2"
    assert lesson.step() == 4, "arrows belong to the cells"
    lesson.page.keyboard.press("PageUp")
    assert lesson.step() == 3


def test_tab_goes_from_matrix_to_matrix(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(1)")
    lesson.cell("X", 3).click()
    lesson.page.keyboard.press("Tab")
    assert lesson.focused() == "W 0"
    lesson.page.keyboard.press("Tab")
    assert lesson.focused() == "Y 0", "matrices that are not there yet are passed over"
    lesson.page.keyboard.press("Shift+Tab")
    lesson.page.keyboard.press("Shift+Tab")
    assert lesson.focused() == "X 3"


def test_a_cell_reached_by_keyboard_is_read_aloud(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(1)")
    lesson.cell("Y", 0).click()
    lesson.page.keyboard.press("ArrowRight")
    expect(lesson.page.locator(".unseen")).to_have_text(
        re.compile(r"row 1, column 2.*1×2 \+ 0×1 \+ 2×1 = 4.*row 1 of WQ meets column 2 of X")
    )


def test_a_number_that_follows_an_edit_is_read_aloud_anew(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(1)")
    lesson.cell("Y", 0).click()
    lesson.page.keyboard.press("ArrowRight")
    lesson.page.evaluate("lesson.sheet.edit('X', 1, 5)")
    expect(lesson.page.locator(".unseen")).to_have_text(re.compile(r"1×5 \+ 0×1 \+ 2×1 = 7"))


def test_words_light_matrices_and_matrices_words(stage: Stage) -> None:
    lesson = stage()
    lesson.page.evaluate("lesson.seek(3)")
    word = lesson.page.locator(".words .ref").first
    word.hover()
    expect(lesson.page.locator('.matrix[data-place="S"]')).to_have_class(re.compile(r"\blit\b"))
    lesson.cell("S", 3).hover()
    expect(word).to_have_class(re.compile(r"\blit\b"))
    number = lesson.page.locator(".words .ref[data-cell]")
    expect(number).to_have_text("34")
    number.click()
    assert lesson.focused() == "S 1"


def test_a_stage_takes_another_sheet(stage: Stage) -> None:
    lesson = stage()
    other = small_sheet()
    other["arrays"]["X"]["given"] = [[5, 5], [5, 5], [5, 5]]
    lesson.page.evaluate("sheet => { lesson.sheet = sheet; }", other)
    assert lesson.numbers("X") == ["5"] * 6
