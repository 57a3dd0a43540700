"""Each mistake of an author is found, and told with its file and its line."""

import re
from pathlib import Path

import pytest

from explainer.cli import main
from explainer.loading import loaded

STEP = "        H = W @ X\n"
LAST = "        Y = np.maximum(H, 0)\n"
SHOWN = 'H = Result("W X", role="score")'
RELU = 'Y = Result({"hand": "ReLU", "exact": "ReLU"}, role="output")'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert main(["new", "my-lesson", "--dir", str(tmp_path)]) == 0
    return tmp_path / "my_lesson"


def told(folder: Path, old: str, new: str, file: str = "lesson.py") -> tuple[list[str], bool]:
    """The problems once some text is another, each with what stands in its line; and whether
    the lesson can still be shown.
    """
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = loaded(folder)
    return [str(problem) for problem in found.problems], found.sheet is not None


MISTAKES = [
    ("order = 100", 'order = "first"', "order must be a whole number"),
    ("order = 100", "order = True", "order must be a whole number"),
    ("minutes = 5", "minutes = 0", "minutes must be a whole number from 1"),
    ("needs = ()", 'needs = "self-attention"', "needs must be the ids of lessons"),
    ("needs = ()", "pictures = 3", "pictures must be pictures"),
    ("needs = ()", "texts = 3", "texts means something in every lesson"),
    ("        W  H  Y", "        W  H", "layout: row 2 has 2 places, row 1 has 3"),
    ("        W  H  Y", "        W  HH Y", "layout: no array is called HH; is it H?"),
    ("        W  H  Y", "        W  H' Y", "layout: H' is a copy of H, which has no place"),
    ('role="score"', 'role="pink"', "role 'pink' is none of"),
    ('role="score"', "rows=[1, 2]", "rows must be words"),
    ('role="score"', "digits=1.5", "digits must be from 0 to 12"),
    (SHOWN, 'H = Result(3)', "label must be a text, not 3"),
    ("[[1, -1], [2, 0]]", "[[1, -1], [2]]", "row 2 has 1 numbers, row 1 has 2"),
    (SHOWN, 'H = G = Result("H")', "G is declared, but never computed"),
    (RELU, 'Y = Result(updates="W")', "Y updates W, which is no array of its shape"),
    (STEP, "        H = W @ X.T\n", "matmul of 2×2 and 3×2: 2 columns meet 3 rows"),
    (STEP, "        H = W @ Q\n", "NameError: name 'Q' is not defined"),
    (STEP, "        H = W @ \n", "invalid syntax"),
    (LAST, "        Y = H[H > 0]\n", "selecting by a computed mask"),
    (LAST, "        Y = H if H[0, 0] > 0 else X\n", "deciding by a computed value"),
    (LAST, "        Y = H + np.random.rand()\n", "Y has other numbers in every run"),
    ('yield "rectify"', 'yield "weigh"', "the step id 'weigh' must be unique"),
    ('yield "rectify"', "yield 3", "a step is its id, or its id and places"),
    ('yield "rectify"', 'yield "rectify", "Q"', "step rectify: the layout has no place Q"),
    ("import numpy as np", "import nonsense", "No module named 'nonsense'"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES, ids=[m[2][:40] for m in MISTAKES])
def test_a_mistake_is_told_with_its_line(folder: Path, old: str, new: str, message: str) -> None:
    problems, shown = told(folder, old, new)
    found = re.fullmatch(r"lesson\.py line (\d+): (.*)", problems[0])
    assert found is not None, problems
    assert message in found[2]
    assert not shown
    lines = (folder / "lesson.py").read_text(encoding="utf-8").splitlines()
    line = lines[int(found[1]) - 1]
    told_of_all = message.startswith("Y has other") or "texts" in message
    assert told_of_all or any(word in line for word in new.split()), (line, problems)


ELSEWHERE = [
    (LAST, "        Y = np.stack([H, H])\n", "W  H  Y", "Y has 3 dimensions, and"),
    (STEP, "        H = np.ones((2, 3))\n", "W  H  Y", "H: H is computed from no given"),
    ("def steps(self, X, W)", "def steps(self, X)", "def steps", "as def steps(self, X, W):"),
    ("def steps(self, X, W)", "def steps(X, W)", "def steps", "as def steps(self, X, W):"),
    ("    layout =", "    plan =", "class MyLesson", "the layout is empty"),
    (LAST, "        H = X + 1\n", 'yield "rectify"', "step rectify: H is given a second array"),
    (SHOWN, "run = Result()", "class MyLesson", "run means something in every lesson"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "where", "message"), ELSEWHERE)
def test_a_mistake_is_told_where_it_is_to_be_mended(
    folder: Path, old: str, new: str, where: str, message: str
) -> None:
    problems, shown = told(folder, old, new)
    assert message in problems[0] and not shown
    line = int(re.findall(r"lesson\.py line (\d+)", problems[0])[0])
    assert where in (folder / "lesson.py").read_text(encoding="utf-8").splitlines()[line - 1]


REMARKS = [
    ('columns="x1 x2 x3"', 'columns="x1 x2"', "X has 3 columns, and 2 labels: x1 x2"),
    (SHOWN, 'H = Result(rows="a b c")', "H has 2 rows, and 3 labels: a b c"),
    (RELU, 'Y = Result(words="a b")', "a number that is none of its 2 words"),
    (RELU, 'Y = Result(role="attention")', "Y is attention, and its columns add up to 2 5 0"),
    (STEP, "        H = X * 2\n", "nothing is computed from W; leave it out"),
    (LAST, "        Y = 1 / (H - H)\n", "Y has a cell that is infinite"),
    (LAST, "        Y = (H - H) / (H - H)\n", "Y has a cell that is no number"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), REMARKS, ids=[m[2][:30] for m in REMARKS])
def test_what_may_mislead_is_told_and_shown(folder: Path, old: str, new: str, message: str) -> None:
    (problem,), shown = told(folder, old, new)
    assert shown
    assert re.match(r"lesson\.py line \d+: ", problem) and message in problem


def test_attention_adds_up_to_one_by_columns_or_by_rows(folder: Path) -> None:
    (folder / "lesson.py").write_text(
        (folder / "lesson.py").read_text(encoding="utf-8").replace('"weight"', '"attention"')
    )
    for numbers, fine in (
        ("[[0.3, 1], [0.7, 0]]", True),
        ("[[0.3, 0.7], [1, 0]]", True),
        ("[[0.3, 0.5], [0.7, 0.4]]", False),
    ):
        text = (folder / "lesson.py").read_text(encoding="utf-8")
        text = re.sub(r"W = Matrix\(\[\[.*\]\],", f"W = Matrix({numbers},", text)
        (folder / "lesson.py").write_text(text, encoding="utf-8")
        problems = [str(problem) for problem in loaded(folder).problems]
        assert problems == [] if fine else "W is attention" in problems[0]


def test_a_blank_that_is_meant_is_none_to_mend(folder: Path) -> None:
    text = "from explainer import only\n\nimport numpy as np"
    assert told(folder, "import numpy as np", text)[0] == []
    assert told(folder, LAST, "        Y = only(H, H > 0) * 2\n")[0] == []


def test_all_problems_are_told(folder: Path) -> None:
    told(folder, "order = 100", "order = 1.5")
    problems, _ = told(folder, "minutes = 5", "minutes = 'x'")
    assert [problem.split(": ")[0] for problem in problems] == [
        "lesson.py line 11", "lesson.py line 12"
    ]  # fmt: skip


PICTURES_OF_IT = """pictures = (
        Picture("curve", "H", steps="weigh", function="gelu"),
        Picture("bars", "Q", steps="nope"),
        Picture("plane", "Y", steps="weigh"),
        Picture("bars", "H Y", steps="weigh"),
    )"""


def test_pictures_are_held_to_what_they_show(folder: Path) -> None:
    told(folder, "Lesson, Matrix,", "Lesson, Matrix, Picture,")
    problems, shown = told(folder, "needs = ()", PICTURES_OF_IT)
    assert not shown
    assert [problem.partition(": ")[2] for problem in problems] == [
        "picture curve: its function 'gelu' is none of sigmoid, exp, relu, tanh",
        "picture bars: it shows Q, which is no array",
        "picture bars: there is no step nope",
        "picture bars: it shows 2 arrays, and needs one",
    ]


TEXTS = [
    ("{H[0,0]}", "{H[0,0]:.2f}", r"en.md line 11: step weigh has \{H\[0,0\]:.2f\}", False),
    ("{H[0,0]}", "{H[0,0]", r"en.md line 11: step weigh has \{H\[0,0\]", False),
    ("{H[0,0]}", "{Q}", "en.md line 11: step weigh names Q, which is no array", False),
    ("## weigh:", "## wiegh:", "en.md: the step weigh has no text", False),
    ("## weigh: Weigh the features | Weigh", "## Weigh", "en.md line 9: the heading must", False),
    ("One layer", "![x](y.png)\n\nOne layer", "en.md line 3: image cannot be used", False),
    ("# My lesson", "no title", "en.md: the title is missing", False),
    ("One layer of a neural network, on three tokens.", "", "en.md: the summary is missing", True),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message", "still"), TEXTS)
def test_a_texts_mistake_is_told(
    folder: Path, old: str, new: str, message: str, still: bool
) -> None:
    problems, shown = told(folder, old, new, "en.md")
    assert re.match(message, problems[0]), problems
    assert shown == still


def test_files_of_every_kind_are_told_or_read(folder: Path) -> None:
    good = {path.name: path.read_bytes() for path in folder.iterdir()}

    def problems(file: str, content: bytes) -> list[str]:
        for name, before in good.items():
            (folder / name).write_bytes(before)
        (folder / file).write_bytes(content)
        return [str(problem) for problem in loaded(folder).problems]

    for file in ("lesson.py", "en.md"):
        windows = b"\xef\xbb\xbf" + good[file].replace(b"\n", b"\r\n")
        assert problems(file, windows) == []
    assert "not 0" in problems("lesson.py", b"")[0]
    assert "lesson.py" in problems("lesson.py", b"\x00\xff")[0]
    utf8 = "this is not UTF-8; have your editor save it as UTF-8"
    assert problems("en.md", b"# T\n\n\xff") == [f"en.md line 3: {utf8}"]
    assert problems("en.md", b"")[0].startswith("en.md: the title is missing")
    assert problems("en.md", b"# T\n\nx\n") == [
        "en.md: no step has a text; each begins with `## step-id: Title`"
    ]
    for name, before in good.items():
        (folder / name).write_bytes(before)
    (folder / "lesson.py").unlink()
    assert [str(p) for p in loaded(folder).problems] == ["lesson.py: the file is missing"]


@pytest.mark.parametrize(("encoding", "line"), [("latin-1", 2), ("utf-16", 1)])
def test_code_that_is_not_utf8_is_told_as_texts_are(folder: Path, encoding: str, line: int) -> None:
    path = folder / "lesson.py"
    lesson = path.read_text(encoding="utf-8")
    path.write_bytes(f"\nname = 'Übung'\n{lesson}".encode(encoding))
    utf8 = "this is not UTF-8; have your editor save it as UTF-8"
    assert [str(problem) for problem in loaded(folder).problems] == [
        f"lesson.py line {line}: {utf8}"
    ]
    path.write_bytes(f"# coding: latin-1\nname = 'Übung'\n{lesson}".encode("latin-1"))
    assert loaded(folder).problems == ()
