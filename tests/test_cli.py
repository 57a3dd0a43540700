"""The command line, as a person types it: what it prints, and one line for every mistake."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import explainer
from explainer.cli import main
from explainer.commands.run import as_json

Capture = pytest.CaptureFixture[str]
LESSON = "self-attention"


@pytest.fixture
def mine(tmp_path: Path, capsys: Capture) -> Path:
    """A folder with one new lesson."""
    assert main(["new", "my-lesson", "--dir", str(tmp_path)]) == 0
    capsys.readouterr()
    return tmp_path


def mistake(capsys: Capture, *arguments: str) -> str:
    """The one line that a mistaken command leaves on stderr."""
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("explainer: ") and err.endswith("\n") and err.count("\n") == 1
    return err


def test_lessons_are_listed(capsys: Capture):
    assert main(["lessons"]) == 0
    assert LESSON in capsys.readouterr().out


def test_lessons_as_json(capsys: Capture):
    assert main(["lessons", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    lesson = next(entry for entry in listed if entry["id"] == LESSON)
    assert lesson["steps"] == 9
    assert lesson["languages"] == ["en", "zh"]


@pytest.mark.parametrize("arithmetic", ["hand", "exact"])
def test_run_as_json_is_the_run(capsys: Capture, arithmetic: str):
    assert main(["run", LESSON, "--arithmetic", arithmetic, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    run = explainer.lesson(LESSON).run(arithmetic=arithmetic)
    assert printed["lesson"] == LESSON
    assert printed["arithmetic"] == arithmetic
    assert printed["steps"] == [{"id": s.id, "shows": list(s.shows)} for s in run.steps]
    assert printed["arrays"].keys() == run.arrays.keys()
    for name, array in run.arrays.items():
        np.testing.assert_allclose(printed["arrays"][name], array)


def test_run_with_other_numbers(capsys: Capture, mine: Path):
    command = ["run", "my-lesson", "--lessons", str(mine), "--set", "X=[[1,1,1],[2,2,2]]", "--json"]
    assert main(command) == 0
    arrays = json.loads(capsys.readouterr().out)["arrays"]
    assert arrays["H"] == [[-1, -1, -1], [2, 2, 2]]
    assert arrays["Y"] == [[0, 0, 0], [2, 2, 2]]


def test_run_on_a_paper(capsys: Capture, mine: Path):
    bank = {"sets": [{"X": [[5, 6, 7], [1, 0, 2]]}]}
    (mine / "my_lesson" / "papers.json").write_text(json.dumps(bank))
    command = ["run", "my-lesson", "--lessons", str(mine), "--json"]
    arrays = []
    for paper in ("0", "１", "1"):  # a full-width digit is one too
        assert main([*command, "--paper", paper]) == 0
        arrays.append(json.loads(capsys.readouterr().out)["arrays"])
    assert arrays[1]["X"] == [[5, 6, 7], [1, 0, 2]] == arrays[2]["X"]
    assert arrays[0]["Y"] != arrays[1]["Y"]


def test_run_to_read(capsys: Capture):
    assert main(["run", LESSON]) == 0
    out = capsys.readouterr().out
    run = explainer.lesson(LESSON).run()
    assert out.startswith("1. ")
    assert f"{len(run.steps)}. " in out
    for name, array in run.arrays.items():
        assert f"   {name}  {array.shape[0]} × {array.shape[1]}\n" in out
    assert " ".join(f"{value:.0f}" for value in run["X"][0]) in out


def test_what_is_no_number_is_null(mine: Path):
    lesson = mine / "my_lesson" / "lesson.py"
    lesson.write_text(lesson.read_text().replace("np.maximum(H, 0)", "np.log(H - H.min())"))
    catalog = explainer.catalog.Catalog([mine])
    with np.errstate(all="ignore"):
        printed = as_json("my-lesson", catalog.lesson("my-lesson").run())
    text = json.dumps(printed, allow_nan=False)
    assert "null" in text


def test_nothing_is_wrong_with_the_shipped_lessons(capsys: Capture):
    assert main(["check"]) == 0
    assert capsys.readouterr().out.endswith(" checked, no problems\n")


def test_a_new_lesson_passes_its_check(capsys: Capture, mine: Path):
    assert sorted(path.name for path in (mine / "my_lesson").iterdir()) == [
        "en.md",
        "lesson.py",
        "zh.md",
    ]
    assert main(["check", str(mine / "my_lesson")]) == 0
    assert main(["check", "my-lesson", "--lessons", str(mine)]) == 0


@pytest.mark.parametrize("name", ["lesson", "none", "a", "x-2", "matrix"])
def test_a_new_lesson_may_have_any_name(capsys: Capture, tmp_path: Path, name: str):
    assert main(["new", name, "--dir", str(tmp_path)]) == 0
    assert main(["check", str(tmp_path)]) == 0


def test_check_prints_one_line_a_problem(capsys: Capture, mine: Path):
    text = mine / "my_lesson" / "zh.md"
    text.write_text(text.read_text(encoding="utf-8").split("## rectify")[0], encoding="utf-8")
    assert main(["check", str(mine)]) == 1
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert out.startswith("my-lesson: ") and "rectify" in out and "zh.md" in out


def test_new_does_not_overwrite(capsys: Capture, mine: Path):
    before = (mine / "my_lesson" / "lesson.py").read_bytes()
    assert "there already" in mistake(capsys, "new", "my-lesson", "--dir", str(mine))
    assert (mine / "my_lesson" / "lesson.py").read_bytes() == before


@pytest.mark.parametrize("name", ["My-Lesson", "../up", "", "-", "1st", "a--b", "课", "x" * 300])
def test_new_wants_kebab_case(capsys: Capture, tmp_path: Path, name: str):
    mistake(capsys, "new", "--dir", str(tmp_path), "--", name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "COMMAND"),
        (["sing"], "sing"),
        (["run"], "LESSON"),
        (["run", "nothing"], LESSON),
        (["check", "nothing"], LESSON),
        (["check", "./nothing"], "nothing"),
        (["run", LESSON, "--arithmetic", "roman"], "roman"),
        (["run", LESSON, "--paper", "-1"], "from 0 to 999"),
        (["run", LESSON, "--paper", "ten"], "from 0 to 999"),
        (["run", LESSON, "--paper", "1.5"], "from 0 to 999"),
        (["run", LESSON, "--paper", "1000000000000"], "from 0 to 999"),
        (["run", LESSON, "--paper", "[1]"], "from 0 to 999"),
        (["run", LESSON, "--set", "X"], "NAME=JSON"),
        (["run", LESSON, "--set", "X=[[1,"], "JSON"),
        (["run", LESSON, "--set", "X=" + "[" * 100_000], "JSON"),
        (["run", LESSON, "--set", "Nope=[[1]]"], "Nope"),
        (["run", LESSON, "--set", "id=[[1]]"], "id"),
        (["run", LESSON, "--set", "X=[[1,2],[3]]"], "row 2"),
        (["run", LESSON, "--set", "X=[[1,2],[3,4]]"], "6×4"),
        (["run", LESSON, "--set", 'X=[["a"]]'], "number"),
        (["run", LESSON, "--set", "WQ=" + json.dumps([[1e7] * 6] * 3)], "1e+07"),
        (["run", LESSON, "--set", "WQ=" + json.dumps([[float("nan")] * 6] * 3)], "nan"),
        (["run", LESSON, "--set", "WQ=" + json.dumps([[float("inf")] * 6] * 3)], "inf"),
        (["run", LESSON, "--set", "X=[[1]]", "--set", "X=[[1]]"], "twice"),
        (["lessons", "--lessons", "nowhere"], "nowhere"),
        (["serve", "--port", "70000"], "70000"),
        (["serve", "--port", "x"], "x"),
        (["serve", "--lessons", "nowhere"], "nowhere"),
        (["serve", "--port", "0", "--allow-origin", "http://x/y"], "host"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_mistake_is_one_line(capsys: Capture, arguments: list[str], says: str):
    assert says in mistake(capsys, *arguments)


def test_a_broken_lesson_is_told_and_the_rest_works(capsys: Capture, mine: Path):
    (mine / "my_lesson" / "lesson.py").write_text("class Broken(")
    assert main(["lessons", "--lessons", str(mine)]) == 0
    out, err = capsys.readouterr()
    assert LESSON in out
    told = [line for line in err.splitlines() if "my_lesson" in line]
    assert len(told) == 1 and told[0].startswith("explainer: my_lesson does not load: ")
    assert "line 1" in mistake(capsys, "run", "my-lesson", "--lessons", str(mine))


def test_a_mistake_of_ours_is_one_line_too(capsys: Capture, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise RuntimeError("two\nlines")

    monkeypatch.setattr("explainer.commands.lessons.Catalog", fail)
    assert "RuntimeError: two lines" in mistake(capsys, "lessons")


@pytest.mark.parametrize("command", ["serve", "lessons", "run", "check", "new"])
def test_help_has_examples(capsys: Capture, command: str):
    with pytest.raises(SystemExit) as end:
        main([command, "--help"])
    assert end.value.code == 0
    assert f"examples:\n  explainer {command}" in capsys.readouterr().out


def test_version(capsys: Capture):
    with pytest.raises(SystemExit) as end:
        main(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"explainer {explainer.__version__}\n"


def test_only_serve_imports_panel():
    script = (
        "import sys; from explainer.cli import main; "
        "id = 'self-attention'; "
        "assert main(['run', id]) == main(['check', id]) == main(['lessons']) == 0; "
        "assert 'panel' not in sys.modules and 'bokeh' not in sys.modules"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr


def test_a_reader_may_stop_reading():
    script = "from explainer.cli import main; raise SystemExit(main(['run', 'self-attention']))"
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        ran = subprocess.run(
            [sys.executable, "-c", script], stdout=closed, stderr=subprocess.PIPE, text=True
        )
    assert ran.stderr == ""
    assert ran.returncode == 0


def test_words_are_printed_and_taken_as_words(capsys: Capture):
    assert main(["run", "rlhf", "--set", "prompt=doc is them"]) == 0
    out = capsys.readouterr().out
    assert "prompt  3\n    doc   is them\n" in out
    assert main(["run", "rlhf", "--set", 'prompt=["doc","is","them"]', "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["arrays"]["prompt"] == [1, 3, 5]
    assert "'cat' is none of its words" in mistake(capsys, "run", "rlhf", "--set", "prompt=doc cat")
    assert "must be a number" in mistake(capsys, "run", LESSON, "--set", "X=doc")


@pytest.mark.parametrize("name", ["my-lesson", "my_lesson"])
def test_both_spellings_of_a_name_are_one(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
):
    """The first commands of CONTRIBUTING, in a folder of one's own."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", name]) == 0
    for other in ("my-lesson", "my_lesson"):
        for command in (
            ["check", f"./{other}"],
            ["check", other],
            ["check", other, "--lessons", "."],
            ["run", other, "--lessons", f"./{other}"],
        ):
            assert main(command) == 0, command
        assert "there already" in mistake_after(capsys, "new", other)


def mistake_after(capsys: Capture, *arguments: str) -> str:
    """As `mistake`, after other output."""
    capsys.readouterr()
    return mistake(capsys, *arguments)


def test_check_says_where_there_is_no_lesson(capsys: Capture, tmp_path: Path):
    assert "no lesson in" in mistake(capsys, "check", str(tmp_path))
    (tmp_path / "1 bad").mkdir()
    (tmp_path / "1 bad" / "lesson.py").write_text("")
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "en.md").write_text("# Half")
    assert main(["check", str(tmp_path)]) == 1
    assert capsys.readouterr().out == (
        "1 bad: the folder '1 bad' must be named as my-lesson or my_lesson are\n"
        "half: lesson.py: the file is missing\n"
    )


def test_check_knows_the_lessons_that_one_builds_on(capsys: Capture, mine: Path):
    lesson = mine / "my_lesson" / "lesson.py"
    text = lesson.read_text(encoding="utf-8")
    for needs, told in (("self-attention", ""), ("nowhere", "needs nowhere, and there is no")):
        lesson.write_text(text.replace("needs = ()", f'needs = ("{needs}",)'), encoding="utf-8")
        main(["check", "my-lesson", "--lessons", str(mine)])
        assert (told or "no problems") in capsys.readouterr().out


LONG = "a" * 300
MANY = "9" * 400


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["serve", "--capture-memory", MANY], "is no size, as 512M or 8G are"),
        (["serve", "--capture-memory", "0.1"], "is no size"),
        (["serve", "--port", MANY * 20], "invalid port value"),
        (["serve", "--max-tokens", MANY * 20], "is not a number from 1"),
        (["serve", "--address", LONG], "cannot serve at"),
        (["serve", "--lessons", LONG], "File name too long"),
        (["serve", "--model", LONG], "File name too long"),
        (["run", LONG], "there is no lesson"),
        (["run", "self-attention", "--lessons", LONG], "File name too long"),
        (["run", "self-attention", "--set", f"X=[[{MANY}]]"], "larger number than a computer"),
        (["run", "self-attention", "--set", f"X=[[{MANY * 20}]]"], "X: neither a number nor"),
        (["run", "self-attention", "--set", f"X={'[' * 100_000}"], "X: neither a number nor"),
        (["new", LONG], "is no name for a lesson"),
        (["new", "a", "--dir", LONG], "File name too long"),
        (["build", "moe", "--out", LONG], "File name too long"),
        (["check", f"./{LONG}"], "File name too long"),
        (["capture", "--prompt", "a", "--out", LONG], "File name too long"),
        (["capture", "--prompt-file", LONG], "File name too long"),
        (["capture", "--prompt", "a", "--heads", f"{MANY}.1"], "is not LAYER.HEAD"),
    ],
)
def test_what_is_far_too_long_is_one_short_sentence(
    capsys: Capture, arguments: list[str], says: str
):
    told = mistake(capsys, *arguments)
    assert says in told and "Error" not in told
    assert len(told) < 300


@pytest.mark.parametrize("device", ["moon", "", "cuda:", "cuda:-1", "cpu,cuda", "cuda:99999999"])
@pytest.mark.parametrize("command", [["serve"], ["capture", "--prompt", "a", "--out", "a.html"]])
def test_what_is_no_device_is_told_at_once(capsys: Capture, command: list[str], device: str):
    assert f"{device!r} is no device" in mistake(capsys, *command, "--device", device)
