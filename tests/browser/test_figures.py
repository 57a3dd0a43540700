"""The names in a picture, which lie on no point, no line and no other name, for any numbers."""

from typing import Any

import numpy as np
from playwright.sync_api import Page

# Draws planes and curves of given numbers as the stage does, and finds what their names cover.
COVERED = """async ({ files, sets }) => {
  const [{ plane }, { curve }, { s }, { words }] = await Promise.all(
    ["plane", "curve", "svg", "strings"].map((name) => import(`${files}/${name}.js`)));
  document.body.innerHTML = "<style>svg { width: 330px; font: 11px sans-serif }</style>";
  const shown = (numbers, name) => ({
    label: name, role: "key", rows: numbers.map((_, i) => `r${i}`),
    columns: numbers[0].map((_, j) => `${name}${j + 1}`),
    at: (i, j) => numbers[i][j], told: (i, j) => String(numbers[i][j]),
  });
  const meet = (a, b) =>
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  return sets.map(({ kind, arrays }) => {
    const [first, second] = arrays.map((numbers, i) => shown(numbers, "vw"[i]));
    const { shapes } = kind === "plane"
      ? plane([first, second].filter(Boolean), words("en")) : curve(first, "sigmoid", words("en"));
    const svg = s("svg", { viewBox: "0 0 330 190" }, ...shapes);
    document.body.replaceChildren(document.body.firstChild, svg);
    const texts = [...svg.querySelectorAll("text.name")].filter((e) => /\\d/.test(e.textContent));
    const area = svg.getBoundingClientRect();
    const boxes = texts.map((text) => {
      const { left, right, top, bottom } = text.getBoundingClientRect();
      return { left, right, top: top + 3, bottom: bottom - 3 }; // a line is higher than its letters
    });
    const dots = [...svg.querySelectorAll("circle")].map((dot) => dot.getBoundingClientRect());
    const found = { names: texts.length, names_met: 0, dots_met: 0, lines_met: 0, outside: 0 };
    boxes.forEach((box, i) => {
      found.names_met += boxes.slice(i + 1).filter((other) => meet(box, other)).length;
      found.dots_met += dots.filter((dot) => meet(box, dot)).length;
      found.outside += box.left < area.left - 1 || box.right > area.right + 1;
    });
    for (const path of svg.querySelectorAll(".vector path, .curve")) {
      const length = path.getTotalLength();
      const along = Array.from({ length: 200 }, (_, k) => {
        const { x, y } = path.getPointAtLength((length * k) / 199);
        const [left, top] = [area.left + x, area.top + y];
        return { left, right: left + 2, top, bottom: top + 2 };
      });
      const hit = (box) => along.some((point) => meet(box, point));
      found.lines_met += boxes.filter(hit).length;
    }
    return found;
  });
}"""


def some_sets() -> list[dict[str, Any]]:
    random = np.random.default_rng(34)
    planes = [[random.integers(-5, 6, (2, 3)), random.integers(-5, 6, (2, 1))] for _ in range(60)]
    planes += [
        [np.array([[1, 1, 1], [2, 2, 2]]), np.array([[1], [2]])],  # all the same
        [np.array([[1, 2, 3], [1, 2, 3]]), np.array([[4], [4]])],  # on one line
        [np.zeros((2, 3)), np.zeros((2, 1))],
        [np.array([[1, 0, 3], [3, 4, 3]]), np.array([[3], [2]])],  # the lesson's own
    ]
    curves = [[random.normal(0, 3, (1, n))] for n in (1, 2, 3, 4)]
    kinds = [*(("plane", arrays) for arrays in planes), *(("curve", arrays) for arrays in curves)]
    return [
        {"kind": kind, "arrays": [array.tolist() for array in arrays]} for kind, arrays in kinds
    ]


def test_names_cover_nothing(wide: Page, stage_files: str) -> None:
    wide.goto(f"{stage_files}/sheet.js")
    sets = some_sets()
    found = wide.evaluate(COVERED, {"files": stage_files, "sets": sets})
    assert [f["names"] for f in found] == [
        sum(len(array[0]) for array in each["arrays"]) for each in sets
    ]
    for each, one in zip(sets, found, strict=True):
        assert one == {"names": one["names"]} | dict.fromkeys(list(one)[1:], 0), each
    assert wide.evaluate(COVERED, {"files": stage_files, "sets": sets}) == found
