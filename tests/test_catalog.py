"""Lessons are found, loaded again when they change, and a broken one disturbs nobody."""

import os
import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

import explainer
from explainer import cli, paths
from explainer.catalog import Catalog
from explainer.errors import LessonError, LessonNotFound


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A teacher's folder with one lesson, a copy of the shipped one."""
    shutil.copytree(paths.lessons() / "self_attention", tmp_path / "my_lesson")
    return tmp_path


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    later = path.stat().st_mtime_ns + 1_000_000
    os.utime(path, ns=(later, later))


def test_the_shipped_lessons_all_work_in_both_languages() -> None:
    catalog = Catalog()
    assert catalog.problems() == {}
    folders = {f.parent.name.replace("_", "-") for f in paths.lessons().glob("*/lesson.py")}
    assert set(catalog.ids()) == folders
    for lesson in catalog.ids():
        assert {"en", "zh"} <= set(catalog.sheet(lesson)["texts"])
        assert all(needed in folders for needed in catalog.sheet(lesson)["needs"])


def test_an_unknown_lesson_lists_what_exists() -> None:
    with pytest.raises(LessonNotFound, match=r"no lesson 'nonsense'; there is .*self-attention"):
        explainer.lesson("nonsense")


def test_givens_are_set_by_name() -> None:
    changed = [[2] * 4 for _ in range(6)]
    assert explainer.lesson("self-attention", X=changed).run()["X"].tolist() == changed
    with pytest.raises(LessonError, match="has no given Y; it has X, WQ, WK, WV"):
        explainer.lesson("self-attention", Y=changed)


def test_a_teachers_folder_is_added(mine: Path) -> None:
    assert "my-lesson" in Catalog([mine]).ids()
    assert Catalog([mine], shipped=False).ids() == ["my-lesson"]
    assert Catalog([mine / "my_lesson"], shipped=False).ids() == ["my-lesson"]
    with pytest.raises(LessonError, match="is not there"):
        Catalog([mine / "nowhere"])


def test_a_lesson_is_read_again_when_a_file_changes(mine: Path) -> None:
    catalog = Catalog([mine], shipped=False)
    before = catalog.sheet("my-lesson")
    assert catalog.sheet("my-lesson") is before
    rewrite(mine / "my_lesson" / "en.md", "# Self-attention", "# Changed")
    assert catalog.sheet("my-lesson")["texts"]["en"]["title"] == "Changed"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("lesson.py", "import numpy as np", "import numpy as", r"lesson.py line \d+: "),
        (
            "lesson.py",
            "import numpy as np",
            "import numpy as np\n1 / 0",
            r"lesson.py line \d+: ZeroDivisionError: div",
        ),
        ("lesson.py", "order = 10", 'order = "first"', "order must be a whole number"),
        ("lesson.py", "import numpy as np", "import sys; sys.exit(3)", "must not end the program"),
        ("lesson.py", "import numpy as np", "import nonsense", "No module named 'nonsense'"),
        ("lesson.py", "class SelfAttention(Lesson)", "class SelfAttention", "not 0"),
        ("lesson.py", "S = Kt @ Q", "S = np.gcd(Kt, 2)", r"line \d+: np\.gcd is not an operation"),
        ("lesson.py", "S = Kt @ Q", "S = Kt @ X", r"line \d+: matmul of 4×3 and 6×4"),
        ("lesson.py", "WK  K ", "WK  KK", "no array is called KK"),
        ("lesson.py", 'role="query"', 'role="pink"', "'pink' is none of"),
        ("en.md", "## match:", "## mismatch:", r"en.md line \d+: there is no step mismatch"),
        ("zh.md", "{S[1,2]}", "{S[9,9]}", r"zh.md line \d+: step match names S\[9, 9\]"),
    ],
)
def test_a_broken_lesson_is_told_and_the_rest_works(
    mine: Path, file: str, old: str, new: str, message: str
) -> None:
    catalog = Catalog([mine])
    assert "my-lesson" in catalog.ids()
    rewrite(mine / "my_lesson" / file, old, new)
    assert "my-lesson" not in catalog.ids()
    assert "self-attention" in catalog.ids()
    (folder, problem), *others = catalog.problems().items()
    assert folder == "my_lesson"
    assert not others
    assert "\n" not in problem
    with pytest.raises(LessonError, match=message):
        catalog.lesson("my-lesson")
    rewrite(mine / "my_lesson" / file, new, old)
    assert catalog.problems() == {}


def test_a_folder_with_an_odd_name_is_told(mine: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(mine) + b"/b\xff"))
    try:
        odd.mkdir()
    except OSError:
        pytest.skip("this file system takes no such name")
    (odd / "lesson.py").write_text("")
    catalog = Catalog([mine])
    (told,) = catalog.broken().values()
    assert "must be named as my-lesson or my_lesson are" in told
    assert told.encode("utf-8") and "self-attention" in catalog.ids()


def test_two_spellings_of_one_name_are_told(mine: Path) -> None:
    shutil.copytree(mine / "my_lesson", mine / "my-lesson")
    assert "are one lesson" in Catalog([mine]).broken()["my-lesson"]


def test_the_last_sheet_that_could_be_shown_is_kept(mine: Path) -> None:
    catalog = Catalog([mine], shipped=False)
    before, version = catalog.sheet("my-lesson"), catalog.version("my-lesson")
    rewrite(mine / "my_lesson" / "lesson.py", "S = Kt @ Q", "S = Kt @ X")
    assert catalog.last("my-lesson") == before
    assert catalog.version("my-lesson") != version
    assert [problem.file for problem in catalog.stopping("my-lesson")] == ["lesson.py"]


def test_one_of_two_spellings_is_a_lesson_again_without_the_other(mine: Path) -> None:
    shutil.copytree(mine / "my_lesson", mine / "my-lesson")
    catalog = Catalog([mine], shipped=False)
    assert catalog.ids() == []
    shutil.rmtree(mine / "my-lesson")
    assert catalog.ids() == ["my-lesson"]


@pytest.mark.parametrize(
    ("needs", "told"),
    [
        ("self-attention", "^2 checked, no problems$"),
        ("another", "^2 checked, no problems$"),
        ("self-atention", r"lesson.py line \d+: needs self-atention, .*; is it self-attention\?"),
    ],
)
def test_what_a_lesson_needs_may_be_shipped_or_beside_it(
    mine: Path, capsys: pytest.CaptureFixture[str], needs: str, told: str
) -> None:
    (mine / "my_lesson" / "papers.json").unlink()
    rewrite(mine / "my_lesson" / "lesson.py", "    shuffles = (", "    unused = (")  # one paper
    shutil.copytree(mine / "my_lesson", mine / "another")
    rewrite(mine / "my_lesson" / "lesson.py", "order = 10", f'order = 10\n    needs = ("{needs}",)')
    asked = [str(mine / name) for name in ("another", "my_lesson")]
    cli.main(["check", *asked])
    assert re.search(told, capsys.readouterr().out)


def test_all_lessons_together_keep_a_reader_waiting_no_longer_than_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = 0.0

    class Endless:
        """A job that never ends, for whoever waits as long as he may."""

        def __init__(self, folder: Path) -> None: ...

        def result(self, patience: float) -> None:
            nonlocal clock
            clock += patience

    monkeypatch.setattr("explainer.catalog.Job", Endless)
    monkeypatch.setattr("explainer.catalog.time", SimpleNamespace(monotonic=lambda: clock))
    for name in ("one", "two", "three"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "lesson.py").write_text("while True: pass")
    catalog = Catalog([tmp_path], shipped=False, patience=0.5)
    assert len(catalog.broken()) == 3
    assert clock == 0.5
    assert catalog.ids() == [] and catalog.version("one") and clock == 0.5  # and only once
    rewrite(tmp_path / "two" / "lesson.py", "pass", "continue")
    assert catalog.ids() == [] and clock == 1.0
