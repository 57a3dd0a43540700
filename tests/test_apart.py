"""A lesson's own code can neither end the server nor hang it; the helper goes on for the next."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from explainer import paths
from explainer.apart import Helper
from explainer.catalog import Catalog


@pytest.fixture(scope="module")
def helper() -> Iterator[Helper]:
    """A helper that gives a lesson one second of processor time."""
    helper = Helper(computing=1)
    yield helper
    helper.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(paths.lessons() / "self_attention", tmp_path / "my_lesson")
    return tmp_path / "my_lesson"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import sys; sys.exit(3)", r"lesson.py line \d+: a lesson must not end .*SystemExit: 3"),
        ("import os; os._exit(3)", r"lesson.py: a lesson must not end the program \(exit code 3\)"),
        ("import os; os.abort()", r"must not end the program \(signal 6\)"),
        ("while True: pass", r"lesson.py line \d+: did not end within 1 seconds"),
        ("_big = np.ones(10**10)", r"lesson.py line \d+: MemoryError"),
        ("raise BaseException('x')", r"lesson.py line \d+: BaseException: x"),
        ("input()", r"lesson.py line \d+: EOFError"),
    ],
)
def test_whatever_a_lesson_does_is_told(helper: Helper, folder: Path, code: str, told: str) -> None:
    path = folder / "lesson.py"
    good = path.read_text(encoding="utf-8")
    marker = '        yield "given"\n'
    assert marker in good
    path.write_text(good.replace(marker, f"{marker}        {code}\n"), encoding="utf-8")
    found = helper.load(folder)
    assert found.sheet is None
    (problem,) = found.problems
    with pytest.raises(AssertionError, match=told):
        raise AssertionError(str(problem))
    path.write_text(good.replace(marker, f"{marker}        print('seen')\n"), encoding="utf-8")
    again = helper.load(folder)
    assert again.sheet is not None and again.problems == ()


def test_a_lesson_apart_has_the_sheet_that_it_has_here(folder: Path) -> None:
    catalog = Catalog([folder])
    mine, shipped = catalog.sheet("my-lesson"), catalog.sheet("self-attention")
    assert mine == shipped | {"id": "my-lesson"}


def test_a_helper_that_has_ended_is_started_again(helper: Helper, folder: Path) -> None:
    assert helper.load(folder).sheet is not None
    assert helper._process is not None
    helper._process.kill()
    helper._process.wait()
    assert helper.load(folder).sheet is not None


def test_a_slow_lesson_keeps_nobody_waiting(folder: Path) -> None:
    # not for long: all catalogs of a process have one helper, and the next test would wait for it
    (folder / "lesson.py").write_text("import time; time.sleep(5)", encoding="utf-8")
    catalog = Catalog([folder], shipped=False, patience=0)
    assert catalog.broken() == {"my-lesson": "lesson.py: it is still being computed"}
    assert catalog.version(
        "my-lesson",
    ).endswith("-pending")  # type: ignore[union-attr]
