"""Every lesson solved as a pupil does; every slip, prediction and goal tried.

`python -m tests.browser.solve` does it on more papers, in both arithmetics and both languages.
"""

import pytest
from playwright.sync_api import Page

from tests.browser import tries
from tests.browser.pupil import CATALOG, Pupil, Way

# Each lesson once; papers, arithmetics, languages and ways all occur.
SOLVED: list[tuple[str, int, str, str, Way]] = [
    ("self-attention", 0, "hand", "en", "keys"),
    ("transformer-block", 7, "exact", "zh", "mouse"),
    ("moe", 23, "hand", "zh", "touch"),
    ("rlhf", 7, "hand", "en", "mouse"),
    ("lora", 23, "exact", "en", "mouse"),
    ("vector-database", 0, "exact", "zh", "mouse"),
]


def test_no_lesson_is_left_out() -> None:
    assert {lesson for lesson, *_ in SOLVED} == set(CATALOG.ids())


@pytest.mark.parametrize(("lesson", "paper", "arithmetic", "language", "way"), SOLVED)
def test_a_lesson_is_solved_by_what_is_seen(
    lesson: str, paper: int, arithmetic: str, language: str, way: Way,
    server: str, request: pytest.FixtureRequest,
) -> None:  # fmt: skip
    page: Page = request.getfixturevalue("phone" if way == "touch" else "wide")
    pupil = Pupil(page, server, lesson, arithmetic=arithmetic, language=language, way=way)
    assert pupil.solve(paper) >= 15


@pytest.mark.parametrize(("lesson", "paper", "arithmetic", "language", "way"), SOLVED)
def test_slips_predictions_and_goals_are_told(
    lesson: str, paper: int, arithmetic: str, language: str, way: Way, wide: Page, server: str
) -> None:
    pupil = Pupil(wide, server, lesson, arithmetic=arithmetic, language=language)
    pupil.open(paper)
    assert tries.make_slips(pupil) >= 5
    assert tries.foresee_all(pupil) >= 1
    assert tries.reach_goals(pupil) >= 2
