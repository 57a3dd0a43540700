"""Papers: a set of the bank, shuffled, and the same wherever it is computed."""

import json
from pathlib import Path

import numpy as np
import pytest

import explainer
from explainer import Lesson, Matrix, Shuffle, papers
from explainer.errors import LessonError, LessonProblems

OWN = {
    "X": np.arange(12.0).reshape(3, 4),
    "W": np.arange(8.0).reshape(2, 4),
    "b": np.array([1.0, 2.0]),
}
SHEET = {
    "sets": [{"X": list(range(12, 24))}, {"b": [3, 4.5]}],
    "shuffles": [["X.rows", "W.columns"], ["X.columns"]],
    "seeds": {"4": 1004},
}


class Scores(Lesson):
    X = Matrix([[1, 0], [2, 1]])
    W = Matrix([[1, 1], [0, 2]])
    shuffles = (Shuffle("X.rows", "W.columns"),)
    layout = "W Q\n. X"

    def steps(self, X, W):  # type: ignore[no-untyped-def]
        Q = W @ X  # noqa: F841
        yield "project"


def test_paper_0_has_the_lessons_own_numbers() -> None:
    found = papers.numbers(SHEET, OWN, 0)
    assert all(np.array_equal(found[name], OWN[name]) for name in OWN)


def test_a_paper_is_a_set_whose_rows_and_columns_move_together() -> None:
    for paper in range(1, 40):
        found = papers.numbers(SHEET, OWN, paper)
        base = OWN | {
            name: np.array(flat).reshape(OWN[name].shape)
            for name, flat in SHEET["sets"][(paper - 1) % 2].items()
        }
        assert found["b"].tolist() == base["b"].tolist()
        rows = [base["X"][:, 0].tolist().index(min(row, key=lambda v: v % 4)) for row in found["X"]]
        assert sorted(rows) == [0, 1, 2]
        # the columns of W moved as the rows of X did, and the one beyond them stayed
        assert found["W"][0].tolist() == [*(float(row) for row in rows), 3.0]
        assert np.sort(found["X"], axis=1).tolist() == np.sort(base["X"][rows], axis=1).tolist()


def test_papers_differ_and_are_always_the_same() -> None:
    shown = [papers.numbers(SHEET, OWN, paper)["X"].tolist() for paper in range(30)]
    assert len({json.dumps(each) for each in shown}) > 20
    assert shown[7] == papers.numbers(SHEET, OWN, 7)["X"].tolist()


def test_a_seed_of_its_own_gives_a_paper_another_order() -> None:
    plain = SHEET | {"seeds": {}}
    numbers = [papers.numbers(each, OWN, 4)["X"].tolist() for each in (SHEET, plain)]
    assert numbers[0] != numbers[1]


@pytest.mark.parametrize("paper", [-1, 1000, 10**12, 1.5, "3", True, None])
def test_a_paper_that_there_is_not_is_told(paper: object) -> None:
    with pytest.raises(LessonError, match="from 0 to 999"):
        papers.numbers(SHEET, OWN, paper)  # type: ignore[arg-type]


def test_the_generator_is_mulberry32() -> None:
    draw = papers.mulberry32(1)
    assert [round(draw() * 2**32) for _ in range(3)] == [2693262067, 11749833, 2265367787]


def test_a_lesson_runs_on_a_paper_and_takes_givens_on_top() -> None:
    own, other = explainer.lesson("lora"), explainer.lesson("lora", paper=0)
    assert all(np.array_equal(getattr(own, n), getattr(other, n)) for n in own.givens())
    with pytest.raises(LessonError, match="from 0 to 999"):
        explainer.lesson("lora", paper=1000)


@pytest.mark.parametrize(
    ("held", "told"),
    [
        ("[]", "must be"),
        ("{", "must be"),
        ('{"sets": [{"X": [[1, 2]]}]}', "set 1: X is no given of the lesson, or of another shape"),
        ('{"sets": [{"Z": [[1]]}]}', "set 1: Z is no given"),
        ('{"sets": [{"X": [["a", 0], [1, 2]]}]}', "must be"),
    ],
)
def test_a_bank_that_does_not_fit_is_told(tmp_path: Path, held: str, told: str) -> None:
    (tmp_path / "papers.json").write_text(held)

    class Banked(Scores):
        folder = tmp_path

    with pytest.raises(LessonProblems, match=r"papers\.json") as error:
        Banked.papers()
    assert told in str(error.value)


def test_a_shuffle_must_be_of_axes_that_there_are() -> None:
    with pytest.raises(LessonError, match="an axis is"):
        Shuffle("X.depth")

    class Lost(Scores):
        shuffles = (Shuffle("Y.rows"),)

    with pytest.raises(LessonError, match="Y is no given"):
        Lost.papers()
