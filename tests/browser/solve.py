"""Every lesson solved on some papers, in both arithmetics and both languages, as a table.

python -m tests.browser.solve [LESSON …]
"""

import os
import sys
import time
from itertools import product

from playwright.sync_api import Error, sync_playwright

from tests.browser.pupil import CATALOG, Pupil
from tests.serving import serving

PAPERS = (0, 7, 23)


def main(lessons: list[str]) -> int:
    """Solve them all; how many could not be solved."""
    failed = 0
    with serving() as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"]
        )
        for lesson, paper, arithmetic, language in product(
            lessons or CATALOG.ids(), PAPERS, ("hand", "exact"), ("en", "zh")
        ):
            context = browser.new_context(viewport={"width": 1440, "height": 860})
            began = time.monotonic()
            try:
                pupil = Pupil(
                    context.new_page(), served.url, lesson, arithmetic=arithmetic, language=language
                )
                told = f"{pupil.solve(paper)} right"
            except (AssertionError, Error, ValueError) as error:
                failed += 1
                told = f"FAILED {str(error).splitlines()[0]}"
            took = time.monotonic() - began
            print(
                f"{lesson:20} {paper:3} {arithmetic:6} {language}  {took:5.1f} s  {told}",
                flush=True,
            )
            context.close()
    print(f"{failed} failed")
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
