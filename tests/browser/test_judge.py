"""What counts as right, and what follows from a pupil's own numbers: the modules by themselves."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.practice_lesson import drill

READ = """async ([stage, cases]) => {
  const { fits, isRougher, parseAnswer } = await import(`${stage}/judge.js`);
  return cases.map(([entry, value, style, unrounded]) => {
    let answer;
    try {
      answer = parseAnswer(entry, style.words);
    } catch (error) {
      return error.code;
    }
    const right = fits(answer, value ?? NaN, style, unrounded ?? value ?? NaN);
    return right && style.written && isRougher(answer, style.written) ? "rougher" : right;
  });
}"""

WHOLE = {"whole": True, "exact": False, "digits": 1}
TENTH = {"whole": False, "exact": False, "digits": 1}
EXACT = {"whole": False, "exact": True, "digits": 2}
WORDS = {"whole": True, "exact": False, "digits": 1, "words": ["him", "them", "2", "v₃"]}

CASES: list[tuple[str, float | None, dict[str, Any], float | None, Any]] = [
    ("2", 2, WHOLE, None, True),
    ("2.0", 2, WHOLE, None, True),
    ("+2", 2, WHOLE, None, True),
    ("２", 2, WHOLE, None, True),
    ("−0", 0, WHOLE, None, True),
    ("2.01", 2, WHOLE, None, False),
    ("4/2", 2, WHOLE, None, True),
    ("2½", 2.5, TENTH, None, True),
    ("０，４", 0.4, TENTH, None, True),
    (".4", 0.4, TENTH, 0.375, True),
    (".375", 0.4, TENTH | {"written": "0.4"}, 0.375, "rougher"),
    ("3/8", 0.4, TENTH | {"written": "0.4"}, 0.375, "rougher"),
    ("３／８", 0.4, TENTH, 0.375, True),
    ("-3/8", 0.4, TENTH, 0.375, False),
    ("−3/8", -0.4, TENTH, -0.375, True),
    (".2", 0.2, TENTH, 0.25, True),  # a half, either way
    (".3", 0.2, TENTH, 0.25, True),
    (".4", 0.2, TENTH, 0.25, False),
    (".3", 0.4, TENTH, 0.375, False),
    ("1/3", 1 / 3, TENTH | {"written": "1/3"}, None, True),
    ("0.67", 0.666, EXACT, None, True),
    ("0.66", 0.666, EXACT, None, True),
    ("0.65", 0.666, EXACT, None, False),
    ("201", 200, EXACT, None, True),  # one per cent
    ("203", 200, EXACT, None, False),
    ("", None, WHOLE, None, True),  # what stays blank
    ("–", None, WHOLE, None, True),
    ("0", None, WHOLE, None, False),
    ("-", 0, WHOLE, None, False),
    ("them", 1, WORDS, None, True),
    ("ＴＨＥＭ", 1, WORDS, None, True),
    ("1", 1, WORDS, None, "not-a-word"),  # the first, or the one after?
    ("2", 2, WORDS, None, True),
    ("him", 1, WORDS, None, False),
    ("v₃", 3, WORDS, None, True),
    ("V3", 3, WORDS, None, True),
    ("she", 1, WORDS, None, "not-a-word"),
    ("1/0", 1, TENTH, None, "not-finite"),
    ("a/b", 1, TENTH, None, "not-a-number"),
    ("1,234.5", 1, TENTH, None, "grouped"),
    ("9" * 200, 1, TENTH, None, "out-of-bounds"),
    ("0" * 400 + "1", 1, TENTH, None, "not-a-number"),  # too long to be kept
]


def test_what_counts_as_right(page: Page, stage_files: str):
    page.goto(f"{stage_files}/judge.js")
    told = page.evaluate(READ, [stage_files, [case[:-1] for case in CASES]])
    assert list(zip([case[0] for case in CASES], told, strict=True)) == [
        (case[0], case[-1]) for case in CASES
    ]


OWN = """async ([stage, document, arithmetic, answers]) => {
  const { Sheet } = await import(`${stage}/sheet.js`);
  const { judge } = await import(`${stage}/own.js`);
  const { slip } = await import(`${stage}/slips.js`);
  const { practiceOf } = await import(`${stage}/programs.js`);
  const sheet = new Sheet(document);
  sheet.go({ arithmetic });
  const cellsOf = (cells) => new Map(cells.map(([cell, answer]) => [cell, answer ?? NaN]));
  const filled = new Map(answers.map(([name, cells]) => [name, cellsOf(cells)]));
  const { judged, values } = judge(sheet, filled);
  const declared = practiceOf(sheet.document);
  const isWrong = (key) => judged.get(key).verdict === "wrong";
  const slips = answers.flatMap(([name, cells]) =>
    cells.filter(([cell]) => isWrong(`${name} ${cell}`))
      .map(([cell, answer]) => slip({ declared, sheet }, values, name, cell, answer)));
  const told = [...judged].map(([key, { verdict, of }]) => [key, verdict, of].join(" ").trim());
  return { told: told.sort(), slips };
}"""


@pytest.mark.parametrize(
    ("arithmetic", "answers", "told", "slips"),
    [
        ("hand", [["Q", [[1, 2]]], ["F", [[3, 3]]]], ["F 3 right", "Q 1 right"], []),
        # a wrong F, and then what follows from it: only the column that has it
        (
            "hand",
            [["F", [[3, 9]]], ["P", [[1, 0.1], [3, 0.9], [0, 0]]]],
            ["F 3 wrong", "P 0 right", "P 1 own F", "P 3 own F"],
            [None],
        ),
        # the true number is right whatever was before it
        ("hand", [["F", [[3, 9]]], ["P", [[1, 0.2]]]], ["F 3 wrong", "P 1 right"], [None]),
        # the array that the wrong number is in, not one between
        (
            "hand",
            [["Q", [[3, 18]]], ["F", [[3, 9]]], ["P", [[3, 0.9]]]],
            ["F 3 own Q", "P 3 own Q", "Q 3 wrong"],
            [None],
        ),
        # slips, by the pupil's own numbers too: 1/(0 + 1)
        (
            "hand",
            [["F", [[3, 9]]], ["P", [[1, 1], [3, 0.8]]]],
            ["F 3 wrong", "P 1 wrong", "P 3 right"],
            [None, "across"],
        ),
        ("hand", [["F", [[1, 2], [2, 3]]]], ["F 1 wrong", "F 2 wrong"], ["up", "up"]),
        # a blank, a number where there is none, a word
        (
            "hand",
            [["G", [[0, None], [1, None]]], ["best", [[0, 1], [1, 0]]]],
            ["G 0 right", "G 1 wrong", "best 0 right", "best 1 wrong"],
            [None] * 2,
        ),
        (
            "exact",
            [["Q", [[1, 3]]], ["F", [[1, 2.12], [3, 4.24]]], ["P", [[1, 0.33]]]],
            ["F 1 own Q", "F 3 right", "P 1 own Q", "Q 1 wrong"],
            [None],
        ),
    ],
)
def test_an_answer_is_judged_by_the_numbers_before_it(
    page: Page,
    stage_files: str,
    arithmetic: str,
    answers: list[Any],
    told: list[str],
    slips: list[str | None],
):
    page.goto(f"{stage_files}/own.js")
    given = [stage_files, drill(), arithmetic, answers]
    assert page.evaluate(OWN, given) == {"told": told, "slips": slips}


def test_a_stranger_s_practice_is_taken_as_far_as_it_makes_sense(page: Page, stage_files: str):
    page.goto(f"{stage_files}/programs.js")
    document = drill()
    known = document["practice"]
    one = {"op": "constant", "value": 1}
    document["practice"] = {
        "blanks": {**known["blanks"], "nobody": [1], "F": "all", "__proto__": [0]},
        "predictions": [*known["predictions"], None, {"id": "x", "before": "never"},
                        known["predictions"][0] | {"choose": {"by": "corners", "array": "P"}}],
        "slips": [*known["slips"], {"id": 1}, known["slips"][0] | {"wrong": {"hand": []}},
                  known["slips"][0] | {"wrong": {"hand": [{"op": "eval", "inputs": []}]}}],
        "goals": [*known["goals"], known["goals"][0] | {"change": ["P"]},
                  known["goals"][0] | {"most": 0}, {"id": "y", "reached": {"hand": [one]}}],
    }  # fmt: skip
    read = """async ([stage, document]) => {
      const { practiceOf } = await import(`${stage}/programs.js`);
      const every = [document, { ...document, practice: "all" }, { ...document, practice: null }];
      return every.map(practiceOf);
    }"""
    some, *none = page.evaluate(read, [stage_files, document])
    blanks = {name: cells for name, cells in known["blanks"].items() if name != "F"}
    assert some == known | {"blanks": blanks}
    assert none == [{"blanks": {}, "predictions": [], "slips": [], "goals": []}] * 2
