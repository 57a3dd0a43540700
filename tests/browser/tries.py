"""What else a pupil does with a lesson: every slip, every prediction, every goal."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from playwright.sync_api import expect

from explainer import cells
from explainer.bank import told_by
from explainer.practice import Goal, Predict, Slip
from tests.browser.pupil import Pupil, Spot, written

PAPERS = (0, 7, 23, *range(1, 7))
FAR = {"hand": 0.09, "exact": 0.02}  # nearer ones may be two roundings of the same number


@dataclass(frozen=True)
class Slipped:
    """A slip on a paper where it gives another number than the right one, or than another slip."""

    id: str
    paper: int
    spot: Spot
    entry: str
    right: str


def slips(pupil: Pupil) -> list[Slipped]:
    """Each slip of a lesson in a box of its own, those of later arrays first; raises LookupError.

    What is before a box is then always right.
    """
    declared = [each for each in pupil.bank_lesson.practice if isinstance(each, Slip)]
    graph = pupil.document["graphs"][pupil.arithmetic]["nodes"]
    order = {node["name"]: place for place, node in enumerate(graph) if "name" in node}
    found: list[Slipped] = []
    taken: set[tuple[int, Spot]] = set()
    for slip in declared:
        one = next((each for each in _places(pupil, slip, declared) if each not in taken), None)
        if one is None:
            raise LookupError(f"{slip.id} is never another number")
        taken.add(one)
        paper, spot = one
        arrays = pupil.on_paper(paper)
        wrong = np.broadcast_to(_wrong(pupil, slip, arrays), arrays[spot[0]].shape).flat[spot[1]]
        digits = pupil.document["arrays"][spot[0]]["digits"][pupil.arithmetic]
        words = pupil.document["arrays"][spot[0]].get("words")
        entry = words[int(wrong)] if words else written(float(wrong), digits)
        found.append(Slipped(slip.id, paper, spot, entry, pupil.typed(spot, arrays)))
    return sorted(found, key=lambda each: (each.paper, -order[each.spot[0]]))


def _wrong(pupil: Pupil, slip: Slip, arrays: Any) -> Any:
    return told_by(slip.wrong, arrays, pupil.arithmetic == "hand")


def _places(pupil: Pupil, slip: Slip, declared: list[Slip]) -> Iterator[tuple[int, Spot]]:
    name = cells.named(slip.cells)
    for paper in PAPERS:
        arrays = pupil.on_paper(paper)
        shape = arrays[name].shape
        earlier = [
            (cells.flat(each.cells, shape), np.broadcast_to(_wrong(pupil, each, arrays), shape))
            for each in declared[: declared.index(slip)]
            if cells.named(each.cells) == name
        ]
        wrong = np.broadcast_to(_wrong(pupil, slip, arrays), shape).flat
        for cell in cells.flat(slip.cells, shape):
            others = [arrays[name].flat[cell]]
            others += [told.flat[cell] for where, told in earlier if cell in where]
            asked = cell in pupil.document["practice"]["blanks"].get(name, ())
            far = [
                not abs(wrong[cell] - other) < max(FAR[pupil.arithmetic], 0.03 * abs(other))
                for other in others
            ]
            if asked and not np.isnan(wrong[cell]) and all(far):
                yield paper, (name, cell)


def make_slips(pupil: Pupil) -> int:
    """Make every slip, be told so, and mend it; how many there are."""
    every = slips(pupil)
    for each in every:
        name, cell = each.spot
        pupil.go(paper=each.paper, step=pupil.step_of(name))
        seen = pupil.fill(each.spot, each.entry)
        where = f"{pupil.told}: {each}"
        assert seen["tables"][name][cell]["state"] == "wrong", where
        assert pupil.says(seen["said"], each.id), f"{where}: {seen['said']}"
        pupil.page.keyboard.press("ControlOrMeta+a")
        pupil.page.keyboard.press("Delete")
        seen = pupil.fill(each.spot, each.right)
        assert seen["tables"][name][cell]["state"] == "right", f"{where}: {seen['said']}"
    return len(every)


def foresee_all(pupil: Pupil) -> int:
    """Answer every prediction, rightly on one paper and wrongly on another; how many there are."""
    every = [each for each in pupil.bank_lesson.practice if isinstance(each, Predict)]
    steps = [step["id"] for step in pupil.steps]
    ask = pupil.page.locator(".ask")
    for each in every:
        for paper, rightly in ((0, True), (7, False)):
            first = max(steps.index(each.before) - 1, 0)
            pupil.go(paper=paper, step=steps[first])
            if not ask.is_visible():
                pupil.press_next()
            choices = ask.locator(".choice")
            while not pupil.says(ask.text_content(), each.id):
                ask.locator(".ends .button").last.click()  # something else is asked before
            truth = told_by(each.answer, pupil.on_paper(paper), pupil.arithmetic == "hand").ravel()
            several = truth.size > 1
            right = {i for i, true in enumerate(truth) if true} if several else {int(truth[0])}
            count = choices.count()
            assert all(0 <= i < count for i in right), f"{pupil.told}: {each.id}: {right}"
            wrong = {*range(count)} - right if several else {(min(right) + 1) % count}
            for i in sorted(right if rightly else wrong):
                choices.nth(i).click()
            if several:
                ask.locator(".ends .main").click()
            expect(ask.locator(".verdict")).to_contain_text("✓" if rightly else "✗")
            assert pupil.says(ask.text_content(), f"{each.id}/why"), f"{pupil.told}: {each.id}"
            assert pupil.look()["step"] == steps.index(each.before)
    return len(every)


def reach_goals(pupil: Pupil) -> int:
    """Reach every goal by typing what is declared to reach it; how many there are."""
    page = pupil.page
    every = [each for each in pupil.bank_lesson.practice if isinstance(each, Goal)]
    pupil.go(paper=0, step=pupil.steps[-1]["id"])
    page.locator(".folds details").first.locator("summary").click()
    for each in every:
        buttons = page.locator(".button.goal")
        at = [pupil.says(told, each.id) for told in buttons.all_text_contents()].index(True)
        buttons.nth(at).click()
        for place, value in each.solution.items():
            array = cells.named(place)
            cell = cells.flat(place, pupil.bank.own[array].shape)[0]
            words = pupil.document["arrays"][array].get("words")
            page.locator(f'table[data-place="{array}"] td[data-cell="{cell}"]').dblclick()
            page.keyboard.press("ControlOrMeta+a")
            page.keyboard.type(words[int(value)] if words else str(value))
            page.keyboard.press("Enter")
        expect(page.locator(".aim .verdict")).to_contain_text("✓")
        page.locator(".aim .button").click()
    expect(page.locator(".folds .mark")).to_have_count(len(every))
    return len(every)
