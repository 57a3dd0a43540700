"""Every lesson as pupils do it, in both arithmetics and both languages, as a table.

    python -m tests.browser.solve [LESSON …]

solves them on three papers, and makes every slip, prediction and goal.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from typing import TypeAlias

from playwright.sync_api import Error, sync_playwright

from tests.browser import tries
from tests.browser.pupil import CATALOG, Pupil
from tests.serving import serving

PAPERS = (0, 7, 23)
Task: TypeAlias = Callable[[Pupil], str]


def tasks() -> Iterator[tuple[str, Task]]:
    """What a pupil does, and how it is told."""
    for paper in PAPERS:
        yield f"paper {paper}", partial(solved, paper=paper)
    yield "the rest", the_rest


def solved(pupil: Pupil, paper: int) -> str:
    """A paper, from its first box to its last."""
    return f"{pupil.solve(paper)} right"


def the_rest(pupil: Pupil) -> str:
    """Slips, predictions and goals."""
    pupil.open(0)
    slips, predictions = tries.make_slips(pupil), tries.foresee_all(pupil)
    return f"{slips} slips, {predictions} predictions, {tries.reach_goals(pupil)} goals"


def main(lessons: list[str]) -> int:
    """Do it all; how many tasks have failed."""
    failed = 0
    with serving() as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
        )
        for lesson, arithmetic, language, (task, do) in product(
            lessons or CATALOG.ids(), ("hand", "exact"), ("en", "zh"), list(tasks())
        ):
            context = browser.new_context(viewport={"width": 1440, "height": 860})
            page = context.new_page()
            began = time.monotonic()
            try:
                pupil = Pupil(page, served.url, lesson, arithmetic=arithmetic, language=language)
                told = do(pupil)
            except (AssertionError, Error, LookupError, ValueError) as error:
                failed += 1
                told = f"FAILED {str(error).splitlines()[0]}"
            took = f"{time.monotonic() - began:5.1f} s"
            print(f"{lesson:18} {arithmetic:6} {language} {task:9} {took}  {told}", flush=True)
            context.close()
    print(f"{failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
