"""A pupil at a lesson's page, who knows what is on the screen and the lesson's plain NumPy.

Given numbers are read from the drawn tables, answers are worked out from those, and typed as a
person types them: rounded as the sheet shows numbers, a word for a word, nothing for a blank.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Literal

import numpy as np
from playwright.sync_api import Page, expect

import explainer
from explainer.bank import Bank
from explainer.catalog import Catalog
from explainer.pages import text
from explainer.trace.feeds import Array

Way = Literal["mouse", "keys", "touch"]
Spot = tuple[str, int]

CATALOG = Catalog()
WORDS = {
    "en": {
        "region": "Practice",
        "open": ": to be filled in",
        "count": "{n} of {n} right",
        "more": "Numbers and progress",
        "text": "Show as text",
        "line": "{n} right without help, {n} right, of {n};",
        "paper": "paper {paper}",
        "skip": "Skip",
    },
    "zh": {
        "region": "练习",
        "open": "：待填",
        "count": "{n} 个中对 {n} 个",
        "more": "换数与进度",
        "text": "显示为文字",
        "line": "无提示答对 {n} 个，共答对 {n} 个，总计 {n} 个；",
        "paper": "卷 {paper}",
        "skip": "跳过",
    },
}
# All that a pupil sees of the sheet, and where the focus is.
LOOK = """() => {
  const find = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (element.localName === "explainer-lesson") return element;
      const inner = element.shadowRoot && find(element.shadowRoot);
      if (inner) return inner;
    }
    return null;
  };
  const root = (window.lesson ??= find(document)).shadowRoot;
  const spot = (cell) => cell && [cell.closest("table").dataset.place, Number(cell.dataset.cell)];
  const seen = (it) => Boolean(it?.checkVisibility());
  const tables = {};
  for (const table of root.querySelectorAll(".matrix:not(.todo, .coming) table[data-place]")) {
    tables[table.dataset.place] = [...table.querySelectorAll("td[data-cell]")].map((cell) => ({
      text: cell.querySelector(".editor") ? null : cell.textContent.trim(),
      state: cell.dataset.box ?? null,
      label: cell.getAttribute("aria-label"),
    }));
  }
  const ticks = [...root.querySelectorAll(".tick")];
  return {
    tables,
    step: ticks.findIndex((tick) => tick.hasAttribute("data-current")),
    focus: spot(root.activeElement?.closest("td[data-cell]")),
    types: root.activeElement?.matches(".editor input") ?? false,
    button: root.activeElement?.matches("button") ? root.activeElement.className : "",
    asks: seen(root.querySelector(".ask .ends")),
    figures: [...root.querySelectorAll(".figure")].filter(seen).length,
    words: root.querySelector(".words").textContent,
    said: [...root.querySelectorAll(".editor .error")].map((it) => it.textContent.trim()).join(),
  };
}"""


class Pupil:
    """Somebody at a page of `explainer serve`, who practises one paper of a lesson."""

    def __init__(
        self, page: Page, server: str, lesson: str, *,
        arithmetic: str = "hand", language: str = "en", way: Way = "mouse",
    ) -> None:  # fmt: skip
        self.page, self.server, self.lesson = page, server, lesson
        self.arithmetic, self.language, self.way = arithmetic, language, way
        self.words = WORDS[language]
        self.document = CATALOG.sheet(lesson)
        self.bank_lesson = explainer.lesson(lesson)
        self.bank = Bank(self.bank_lesson)
        self.answers: dict[str, Array] = {}
        self.papers: dict[int, dict[str, Array]] = {}
        self.paper = 0

    def open(self, paper: int, step: str = "") -> None:
        """Come to a paper by its link."""
        self.paper = paper
        self.page.emulate_media(reduced_motion="reduce")
        query = f"practice=1&paper={paper}&arithmetic={self.arithmetic}&lang={self.language}"
        if step:
            query += f"&step={step}"
        self.page.goto(f"{self.server}/lesson/{self.lesson}?{query}")
        expect(self.page.get_by_role("region", name=self.words["region"])).to_be_visible()
        expect(self.page.locator("[aria-busy]")).to_have_count(0)
        self.look()

    def look(self) -> dict[str, Any]:
        """What is on the screen."""
        seen: dict[str, Any] = self.page.evaluate(LOOK)
        return seen

    def go(self, **state: Any) -> None:
        """To another paper or step of the same page."""
        self.paper = state.get("paper", self.paper)
        self.page.evaluate("state => lesson.sheet.go(state)", state)

    def step_of(self, name: str) -> str:
        """The step in which an array comes."""
        return next(str(step["id"]) for step in self.steps if name in step["shows"])

    def says(self, told: str | None, id: str) -> bool:
        """Whether something that is told holds what a lesson says of a slip, a question, a goal.

        Any number may stand where it tells one: of a box that is to be filled in it is "□".
        """
        here = self.document["texts"][self.language]
        own = {name: {"hand": each, "exact": each} for name, each in here["labels"].items()}
        arrays = {
            name: array | {"label": own.get(name, array["label"])}
            for name, array in self.document["arrays"].items()
        }
        document = self.document | {"arrays": arrays}
        sentence = text.html(here["practice"][id], document, self.arithmetic, lambda *_: "\0")
        pattern = re.escape(squeezed(sentence.striptags())).replace("\0", ".{1,9}")
        return re.search(pattern, squeezed(told)) is not None

    def on_paper(self, paper: int) -> dict[str, Array]:
        """All arrays of a paper, from the bank."""
        if paper not in self.papers:
            self.papers[paper] = self.bank.computed(self.bank.givens(paper), self.arithmetic)
        return self.papers[paper]

    # Working it out ------------------------------------------------------------------------------

    def read(self) -> None:
        """See the last step for all that is given, and work out everything from it."""
        self.page.keyboard.press("End")
        self.page.wait_for_function(
            f"lesson.shadowRoot.querySelectorAll('.matrix.todo, [aria-busy]').length === 0 &&"
            f" lesson.sheet.step === {len(self.steps) - 1}"
        )
        tables = self.look()["tables"]
        givens = {
            name: np.reshape([self.number(name, cell["text"]) for cell in tables[name]], own.shape)
            for name, own in self.bank.own.items()
        }
        self.answers = self.bank.computed(givens, self.arithmetic)
        self.page.keyboard.press("Home")
        self.page.wait_for_function("lesson.sheet.step === 0")

    def number(self, name: str, text: str) -> float:
        """The number that a cell shows; 0.33 is a third, as the texts say."""
        words = self.document["arrays"][name].get("words")
        if words:
            return float(words.index(text))
        plain = text.replace("\N{MINUS SIGN}", "-")
        return 1 / 3 if plain == "0.33" else float(Fraction(plain))

    @property
    def steps(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.document["graphs"][self.arithmetic]["steps"]
        return found

    def typed(self, spot: Spot, values: dict[str, Array] | None = None) -> str:
        """What a person writes into a box."""
        name, cell = spot
        value = float((values or self.answers)[name].flat[cell])
        array = self.document["arrays"][name]
        if np.isnan(value):
            return ""
        if "words" in array:
            return str(array["words"][int(value)])
        return written(value, array["digits"][self.arithmetic])

    # Moving about --------------------------------------------------------------------------------

    def onward(self) -> None:
        """On to the next step, whatever is asked before it."""
        step = self.look()["step"]
        self.press_next()
        while (seen := self.look())["asks"]:
            self.foresee(skips=seen["step"] % 2 == 1)
        self.page.wait_for_function("step => lesson.sheet.step === step", arg=step + 1)

    def press_next(self) -> None:
        if self.way == "keys":
            self.page.keyboard.press("PageDown")
        elif self.way == "touch":
            self.page.locator(".next").tap()
        else:
            self.page.locator(".next").click()

    def foresee(self, skips: bool) -> None:
        """Answer a question by its first choice, or skip it."""
        ask = self.page.locator(".ask")
        several = ask.locator(".ends .main").count() > 0
        wanted = [".ends .button:last-child"] if skips else [".choice"] + [".ends .main"] * several
        for selector in wanted:
            button = ask.locator(selector).first
            if self.way == "keys":
                for _ in range(40):
                    if button.evaluate("it => it.getRootNode().activeElement === it"):
                        break
                    self.page.keyboard.press("Tab")
                self.page.keyboard.press("Enter")
            elif self.way == "touch":
                button.tap()
            else:
                button.click()

    def reach(self, spot: Spot) -> None:
        """Bring the focus to a box."""
        name, cell = spot
        if self.way != "keys":
            box = self.page.locator(f'table[data-place="{name}"] td[data-cell="{cell}"]')
            if self.way == "touch":
                box.tap()
            else:
                box.click()
            return
        for _ in range(200):
            focus = self.look()["focus"]
            if focus and focus[0] == name:
                break
            self.page.keyboard.press("Tab")
        columns = self.answers[name].shape[-1]
        while (focus := self.look()["focus"]) and focus[1] != cell:
            (row, column), (to_row, to_column) = divmod(focus[1], columns), divmod(cell, columns)
            down, across = to_row - row, to_column - column
            key = ("Down" if down > 0 else "Up") if down else "Right" if across > 0 else "Left"
            if self.look()["types"]:
                self.page.keyboard.press("Escape")
            self.page.keyboard.press(f"Arrow{key}")

    def fill(self, spot: Spot, entry: str, seen: dict[str, Any] | None = None) -> dict[str, Any]:
        """Type into a box, press Enter, and see what has become of it."""
        seen = seen or self.look()
        if seen["focus"] != list(spot):
            self.reach(spot)
            seen = self.look()
        assert seen["focus"] == list(spot), f"the focus is at {seen['focus']}, not at {spot}"
        if not entry and not seen["types"]:
            self.page.keyboard.press("Enter")
        if entry:
            self.page.keyboard.type(entry)
        self.page.keyboard.press("Enter")
        return self.look()

    # Solving -------------------------------------------------------------------------------------

    def solve(self, paper: int) -> int:
        """Fill in all boxes, step by step; how many there were."""
        self.open(paper)
        self.read()
        filled = 0
        for step in range(len(self.steps)):
            if step:
                self.onward()
            filled += self.solve_step()
        self.finish(filled)
        return filled

    def solve_step(self) -> int:
        """Fill in what is to be filled in now."""
        seen = self.look()
        todo = list(boxes(seen))
        self.sees_nothing_hidden(seen, todo)
        for count in range(len(todo)):
            # where the focus has gone by itself, else to the first that is left
            focus = seen["focus"] and (seen["focus"][0], seen["focus"][1])
            spot = focus if focus in todo and seen["types"] else next(boxes(seen))
            entry = self.typed(spot)
            seen = self.fill(spot, entry, seen)
            state = seen["tables"][spot[0]][spot[1]]["state"]
            told = f"{self.told} {spot}: {entry!r} is {state}, {seen['said']!r}"
            assert state == "right", told
            assert len(list(boxes(seen))) == len(todo) - count - 1, told
        return len(todo)

    @property
    def told(self) -> str:
        return f"{self.lesson} {self.paper} {self.arithmetic} {self.language}"

    def sees_nothing_hidden(self, seen: dict[str, Any], todo: list[Spot]) -> None:
        """Hold that a box is empty, and that neither text nor picture tells what belongs there."""
        for name, cell in todo:
            box = seen["tables"][name][cell]
            assert box["text"] == "", f"{self.told}: {name} {cell} tells {box['text']}"
            assert box["label"].endswith(self.words["open"]), box["label"]
        for cells in seen["tables"].values():
            assert all(cell["text"] == "" for cell in cells if cell["state"] == "copy")
        step = self.steps[seen["step"]]["id"]
        body = self.document["texts"][self.language]["steps"][step]["body"]
        told = [spot for spot in cells_told(body, self.answers) if spot in todo]
        assert seen["words"].count("□") >= len(told), f"{self.told}: {step}: {seen['words']}"
        for picture in self.document.get("pictures", ()):
            if step in picture["steps"] and {name for name, _ in todo} & {*picture["arrays"]}:
                assert seen["figures"] == 0, f"{self.told}: {step} shows a picture"

    def finish(self, filled: int) -> None:
        """Hold that all is right, and that it is told so."""
        asked = sum(len(cells) for cells in self.document["practice"]["blanks"].values())
        assert filled == asked, f"{self.told}: {filled} of {asked}"
        count = {"n": filled, "paper": self.paper}
        expect(self.page.locator(".score")).to_have_text(self.words["count"].format(**count))
        self.page.get_by_text(self.words["more"]).click()
        self.page.get_by_role("button", name=self.words["text"]).click()
        line = self.page.locator("output")
        expect(line).to_contain_text(self.words["line"].format(**count))
        expect(line).to_contain_text(self.words["paper"].format(**count))


def boxes(seen: dict[str, Any]) -> Iterator[Spot]:
    """The boxes on the sheet that are not filled in."""
    for name, cells in seen["tables"].items():
        for cell, box in enumerate(cells):
            if box["state"] == "open":
                yield name, cell


def written(value: float, digits: int) -> str:
    """A number as one writes it with so many decimals at most."""
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def cells_told(tree: Any, arrays: dict[str, Array]) -> Iterator[Spot]:
    """The cells whose numbers a text tells."""
    if isinstance(tree, list):
        for part in tree:
            yield from cells_told(part, arrays)
    elif isinstance(tree, dict) and "cell" in tree:
        name = tree["array"]
        yield name, int(np.ravel_multi_index(tuple(tree["cell"]), arrays[name].shape))
    elif isinstance(tree, dict):
        yield from cells_told(tree.get("children", []), arrays)


def squeezed(told: str | None) -> str:
    """A text without its spaces, which depend on how it is marked up."""
    return re.sub(r"\s", "", told or "")
