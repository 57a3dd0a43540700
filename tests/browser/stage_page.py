"""A small sheet, a page that puts it on stage, and short ways to ask that page."""

import copy
import json
from typing import Any

from playwright.sync_api import Locator, Page

from explainer.trace import OPERATIONS

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<title>A lesson on stage</title><style>body { margin: 0 }</style>
<main id="main"></main>
<script type="module">
  import "./practice.bundle.js";
  import "./stage.bundle.js";
  window.seen = [];
  window.put = (sheet, attributes) => {
    const lesson = document.createElement("explainer-lesson");
    for (const [name, value] of Object.entries(attributes)) lesson.setAttribute(name, value);
    lesson.insertAdjacentHTML("beforeend", '<a slot="nav" href="#home">Lessons</a>');
    for (const type of ["step", "edit", "arithmetic", "language", "theme", "answer", "progress"]) {
      lesson.addEventListener(type, ({ detail }) => seen.push({ type, ...detail }));
    }
    lesson.sheet = sheet;
    document.querySelector("#main").replaceChildren(lesson);
    window.lesson = lesson;
  };
  window.ready = true;
</script></html>"""


def _array(label: str, role: str, **more: Any) -> dict[str, Any]:
    both = {"hand": label, "exact": label}
    return {"label": both, "role": role, "rows": [], "columns": [],
            "digits": {"hand": 1, "exact": 2}, **more}  # fmt: skip


def _text(title: str, step: str, own: str) -> dict[str, Any]:
    shorts = ["given", "project", "lay-out", "match", "halve"]
    body = [
        {"tag": "p", "children": [own, " ", {"array": "S"}, " ", {"array": "S", "cell": [0, 1]}]}
    ]
    steps = {name: {"title": f"{step} {name}", "short": name, "body": body} for name in shorts}
    return {"title": title, "summary": [], "steps": steps}


def _nodes(halve: str) -> list[dict[str, Any]]:
    return [
        {"op": "given", "name": "X"},
        {"op": "given", "name": "W"},
        {"op": "matmul", "inputs": [1, 0], "name": "Y"},
        {"op": "transpose", "inputs": [2], "attributes": {"axes": None}, "name": "Yt"},
        {"op": "matmul", "inputs": [3, 2], "name": "S"},
        {"op": "constant", "value": 2},
        {"op": halve, "inputs": [4, 5], "name": "H"},
    ]


STEPS = [
    {"id": "given", "shows": ["X", "W"]},
    {"id": "project", "shows": ["Y"]},
    {"id": "lay-out", "shows": ["Yt", "Y'"]},
    {"id": "match", "shows": ["S"]},
    {"id": "halve", "shows": ["H"]},
]

# Y = [[7, 4], [3, 2]], S = Yᵀ Y = [[58, 34], [34, 20]], H = S / 2
SHEET: dict[str, Any] = {
    "schema": 1, "id": "small", "order": 1, "minutes": 1, "needs": [],
    "layout": [[".", "X", ".", "Y'", "."], ["W", "Y", "Yt", "S", "H"]],
    "arrays": {
        "X": _array("X", "feature", columns=["x_1", "x_2"], given=[[1, 2], [0, 1], [3, 1]],
                    bounds=[-1e6, 1e6], editable=True),
        "W": _array("W_Q", "weight", given=[[1, 0, 2], [0, 1, 1]], bounds=[-1e6, 1e6],
                    editable=True),
        "Y": _array("Y", "query"),
        "Yt": _array("Y^T", "key"),
        "S": _array("Y^T Y", "score"),
        "H": _array("H", "scaled"),
    },
    "operations": {
        name: {"feeds": OPERATIONS[name].feeds, "formula": dict(vars(OPERATIONS[name].formula))}
        for name in ("matmul", "transpose", "floor_divide", "divide")
    },
    "graphs": {
        "hand": {"nodes": _nodes("floor_divide"), "steps": STEPS},
        "exact": {"nodes": _nodes("divide"), "steps": STEPS},
    },
    "texts": {"en": _text("Small", "Step", "See"), "zh": _text("小课", "步骤", "看")},
}  # fmt: skip


def small_sheet() -> dict[str, Any]:
    """A copy to change: X 3×2 and W 2×3 given, Y, its transpose and a copy, S 2×2, H 2×2."""
    return copy.deepcopy(SHEET)


class Lesson:
    """A page with one lesson on stage."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def table(self, place: str) -> Locator:
        return self.page.locator(f'table[data-place="{place}"]')

    def cell(self, place: str, cell: int) -> Locator:
        return self.table(place).locator(f'td[data-cell="{cell}"]')

    def numbers(self, place: str) -> list[str]:
        return self.table(place).locator("td[data-cell]").all_inner_texts()

    def hold_flashes(self) -> None:
        """From now on a flash stays as bright as it begins."""
        self.page.evaluate(
            """new MutationObserver(() => {
              const flash = lesson.shadowRoot.querySelector(".flash");
              for (const animation of flash?.getAnimations() ?? []) animation.pause();
            }).observe(lesson.shadowRoot.querySelector(".matrices"), { childList: true })"""
        )

    def flashing(self, place: str) -> list[int]:
        """The cells of a matrix that are alight: of each, whether its middle is."""
        found: list[int] = self.page.evaluate(
            """place => {
              const path = lesson.shadowRoot.querySelector(`.flash [data-place="${place}"]`);
              const table = lesson.shadowRoot.querySelector(`table[data-place="${place}"]`);
              return [...table.querySelectorAll("td")].flatMap((cell, i) => {
                const { left, top, width, height } = cell.getBoundingClientRect();
                const middle = new DOMPoint(left + width / 2, top + height / 2);
                const inside = middle.matrixTransform(path?.getScreenCTM().inverse());
                return path?.isPointInFill(inside) ? [i] : [];
              });
            }""",
            place,
        )
        return found

    def hold_time(self) -> None:
        """From now on no time passes on the page but what `page.clock` lets pass."""
        self.page.clock.install(time=0)
        self.page.clock.pause_at(3600)

    def step(self) -> int:
        return int(self.page.evaluate("lesson.sheet.step"))

    def moving(self) -> bool:
        """Whether a motion is under way, running or paused."""
        bar = self.page.locator(".tick[data-current] i")
        return bar.evaluate("bar => bar.style.transform") != "scaleX(1)"

    def rest(self) -> None:
        """Wait until the motion is over."""
        self.page.wait_for_function(
            "lesson.shadowRoot.querySelector('.tick[data-current] i').style.transform"
            " === 'scaleX(1)'"
        )

    def events(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.page.evaluate("seen") if event["type"] == kind]

    def focused(self) -> str:
        """The cell that has the focus, as "X 3", or the class of what else has it."""
        return str(
            self.page.evaluate(
                """() => {
                  const it = lesson.shadowRoot.activeElement;
                  const cell = it?.closest("td[data-cell]");
                  if (!cell) return it?.className ?? "";
                  return cell.closest("table").dataset.place + " " + cell.dataset.cell;
                }"""
            )
        )


def stage_on(
    page: Page, files: str, sheet: Any = None, query: str = "", **attributes: str
) -> Lesson:
    """Put a sheet (the small one if none) on a page's stage."""
    page.route("**/lesson.html*", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.goto(f"{files}/lesson.html{query}")
    page.wait_for_function("window.ready")
    data = json.dumps([SHEET if sheet is None else sheet, attributes])
    page.evaluate("([sheet, attributes]) => put(sheet, attributes)", json.loads(data))
    # what is to come is made when the browser is idle
    page.wait_for_function("!window.lesson?.shadowRoot.querySelector('[aria-busy]')")
    return Lesson(page)
