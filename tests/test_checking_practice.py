"""What an author gets wrong in a practice or in papers is told with its line."""

import json
from pathlib import Path

import pytest

from explainer.cli import main
from explainer.loading import loaded

GOOD = """
    practice = (
        Blank("H[:,0]", "Y[1,2]"),
        Predict("sign", "rectify", "rows of Y", lambda H: H[:, 0].argmax()),
        Predict("both", "weigh", ("yes", "no"), lambda W: (W[0] > 0)),
        Slip("adds", "H", lambda W, X: W @ X + 1),
        Goal("ten", lambda Y: Y[0, 0] >= 10, "X", 1, {"X[0,0]": 20}),
    )
"""
EN = """
## practice

- can: I can do it.
- sign: Which row?
- both: Is it so?
- both/yes: Yes.
- both/no: No.
- adds: That is one too many.
- ten: Make it ten.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert main(["new", "my-lesson", "--dir", str(tmp_path)]) == 0
    lesson = tmp_path / "my_lesson"
    path = lesson / "lesson.py"
    text = path.read_text(encoding="utf-8")
    text = text.replace("import Lesson,", "import Blank, Goal, Predict, Shuffle, Slip, Lesson,")
    path.write_text(text.replace("    # Where each", f"{GOOD}\n    # Where each"), encoding="utf-8")
    (lesson / "zh.md").unlink()
    with (lesson / "en.md").open("a", encoding="utf-8") as file:
        file.write(EN)
    return lesson


def told(folder: Path, old: str, new: str, file: str = "lesson.py") -> list[str]:
    """The problems once some text is another, on all papers."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return [str(problem) for problem in loaded(folder, all_papers=True).problems]


def test_what_fits_is_shown(folder: Path) -> None:
    found = loaded(folder, all_papers=True)
    assert found.problems == ()
    assert found.sheet is not None
    assert found.sheet["practice"]["blanks"] == {"H": [0, 3], "Y": [5]}


DECLARED = [
    ('"H[:,0]"', '"G[:,0]"', "there is no array G; the arrays are X, W, H, Y"),
    ('"H[:,0]"', '"X[:,0]"', "X is given, and nothing is to be filled in there"),
    ('"H[:,0]"', '"H[:,7]"', "H[:,7] is not there: H is 2×3"),
    ('"H[:,0]"', '"H[0"', "names no cells"),
    ('"rectify", "rows', '"correct", "rows', "there is no step correct; the steps are given"),
    ('"rectify", "rows', '"weigh", "rows', "Y is not on the sheet yet when the step weigh"),
    ('"rows of Y"', '"lines of Y"', "choose is"),
    ('"rows of Y"', '"rows of G"', "there is no array G"),
    ("lambda H: H[:, 0]", "lambda G: G[:, 0]", "there is no array G"),
    ('("yes", "no")', '("yes",)', "two answers or more"),
    ("W @ X + 1", "W @ X.T", "matmul of 2×2 and 3×2"),
    ("W @ X + 1", "(W @ X).T", "it gives an array of (3, 2), and H is (2, 3)"),
    ("W @ X + 1", "W @ Q", "NameError: name 'Q' is not defined"),
    ('"adds", "H"', '"sign", "H"', "practice has a second sign"),
    ('"adds", "H"', '"Adds", "H"', "the id must be in kebab-case"),
    ('10, "X", 1', '10, "H", 1', "H is no given, and cannot be changed"),
    ('10, "X", 1', '10, "X", 0', "most must be a whole number from 1, not 0"),
    ("Y[0, 0] >= 10", "Y >= 10", "reached must give one truth"),
]


@pytest.mark.parametrize(("old", "new", "message"), DECLARED, ids=[m[2][:40] for m in DECLARED])
def test_what_does_not_fit_is_told_with_its_line(
    folder: Path, old: str, new: str, message: str
) -> None:
    first = told(folder, old, new)[0]
    line = int(first.removeprefix("lesson.py line ").partition(":")[0])
    assert message in first
    lines = (folder / "lesson.py").read_text(encoding="utf-8").splitlines()
    block = lines[line - 1 : line + 5]  # a declaration that fits nothing is told with the first
    assert any(new.split()[0].strip('("') in text for text in block), (first, block)
    assert loaded(folder).sheet is None


ON_PAPERS = [
    ("W @ X + 1", "W @ X + 0.01", "paper 0: the slip adds gives the right answer (by hand)"),
    (".argmax()", ".argmax() + 2", "paper 0: the prediction sign has the answer 3, of 2"),
    ("(W[0] > 0)", "(W[0] > -9)", "the prediction both has every answer right, or none"),
    ("Y[0, 0] >= 10", "Y[0, 0] >= -1", "paper 0: the goal ten is reached already"),
    ('{"X[0,0]": 20}', '{"X[0,0]": 2}', "the solution of the goal ten does not reach it"),
    ('{"X[0,0]": 20}', "{}", "the goal ten: its solution changes 0 cells, not 1 to 1"),
    ('{"X[0,0]": 20}', '{"W[0,0]": 20}', "its solution changes W, which it must not"),
]


@pytest.mark.parametrize(("old", "new", "message"), ON_PAPERS, ids=[m[2][:40] for m in ON_PAPERS])
def test_what_does_not_hold_is_told_and_the_lesson_shown(
    folder: Path, old: str, new: str, message: str
) -> None:
    assert any(message in problem for problem in told(folder, old, new))
    assert loaded(folder).problems == ()
    assert loaded(folder).sheet is not None


TEXTS = [
    ("- ten: Make it ten.\n", "", "practice has no sentence for ten"),
    ("- both/no: No.\n", "", "practice has no sentence for both/no"),
    ("- can: I can do it.\n", "", "practice has no `- can: …`"),
    ("- ten: Make", "- elf: Eleven.\n- ten: Make", "tells of elf, which the lesson does not"),
    ("- ten: Make it", "- ten: Make {G}", "practice"),
]


@pytest.mark.parametrize(("old", "new", "message"), TEXTS, ids=[m[2][:40] for m in TEXTS])
def test_sentences_that_are_missing_are_told(
    folder: Path, old: str, new: str, message: str
) -> None:
    problems = told(folder, old, new, "en.md")
    assert len(problems) == 1
    assert problems[0].startswith("en.md line ")
    assert message in problems[0]


def test_papers_are_held_to_the_rules(folder: Path) -> None:
    rules = (
        "    def rules(self, hand, exact):\n"
        '        yield "X is small", max(0, hand["X"].max() - 3)\n\n'
        "    def steps("
    )
    sets = [{"X": [[1, 1, 0], [2, 1, 2]]}, {"X": [[1, 1, 0], [7, 1, 2]]}]
    (folder / "papers.json").write_text(json.dumps({"sets": sets, "seeds": {}}), encoding="utf-8")
    problems = told(folder, "    def steps(", rules)
    assert [p for p in problems if "X is small" in p] == [
        f"lesson.py line {line(folder, 'def rules')}: paper 2 and 498 more: X is small"
    ]


def line(folder: Path, text: str) -> int:
    lines = (folder / "lesson.py").read_text(encoding="utf-8").splitlines()
    return next(number for number, each in enumerate(lines, 1) if text in each)
