"""Given matrices are checked, and every mistake names the matrix and the place."""

from typing import Any

import numpy as np
import pytest

from explainer import Lesson, Matrix, Result
from explainer.errors import LessonError


class Tiny(Lesson):
    X = Matrix([[1, 2], [3, 4]], role="feature")
    Y = Matrix([0, 0, 0], bounds=(-1, 1))


def test_a_given_is_a_float_array_that_nobody_can_change() -> None:
    lesson = Tiny(X=[[5, 6], [7, 8]])
    assert lesson.X.dtype == np.float64
    assert lesson.X.tolist() == [[5, 6], [7, 8]]
    assert Tiny().X.tolist() == [[1, 2], [3, 4]]
    with pytest.raises(ValueError, match="read-only"):
        lesson.X[0, 0] = 9


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("X", [[1, 2], [3]], "X: row 2 has 1 numbers, row 1 has 2"),
        ("X", [[1, 2], 3], "X: row 2 has 1 numbers"),
        ("X", [[1, 2, 3], [4, 5, 6]], "X: the shape must be 2×2, not 2×3"),
        ("X", 5, "X: the shape must be 2×2, not a single number"),
        ("X", [[1, "two"], [3, 4]], "X: every cell must be a number"),
        ("X", [[1, None], [3, 4]], "X: row 1 column 2: nan"),
        ("X", [[1, float("nan")], [3, 4]], "X: row 1 column 2: nan"),
        ("X", [[1, 2], [float("inf"), 4]], "X: row 2 column 1: inf"),
        ("X", [[1, 2], [3, 1e7]], "1e.07 is not a number from -1,000,000 to 1,000,000"),
        ("X", {"a": 1}, "X: every cell must be a number"),
        ("Y", [0, 2, 0], "Y: row 2: 2 is not a number from -1 to 1"),
    ],
)
def test_a_wrong_given_says_what_is_wrong(name: str, value: Any, message: str) -> None:
    with pytest.raises(LessonError, match=message):
        Tiny(**{name: value})
    lesson = Tiny()
    with pytest.raises(LessonError, match=message):
        setattr(lesson, name, value)
    assert lesson.X.tolist() == [[1, 2], [3, 4]]


def test_a_declaration_is_checked_too() -> None:
    with pytest.raises(LessonError, match="row 2 has 1"):
        Matrix([[1, 2], [3]])
    with pytest.raises(LessonError, match="one or two dimensions"):
        Matrix(3)
    with pytest.raises(LessonError, match="'colour' is none of feature"):
        Matrix([[1]], role="colour")
    with pytest.raises(LessonError, match="is none of feature"):
        Result(role="nonsense")


def test_a_label_may_differ_by_arithmetic() -> None:
    assert Result("K^T").labels("Kt") == {"hand": "K^T", "exact": "K^T"}
    assert Result({"hand": "3^x"}).labels("E") == {"hand": "3^x", "exact": "E"}
    assert Result().labels("Z") == {"hand": "Z", "exact": "Z"}
