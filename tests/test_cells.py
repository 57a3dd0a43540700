"""Cells as an author writes them."""

import pytest

from explainer import cells
from explainer.errors import LessonError


@pytest.mark.parametrize(
    ("text", "shape", "found"),
    [
        ("S[1,2]", (3, 4), [6]),
        ("S[ 1, -1 ]", (3, 4), [7]),
        ("A[:,2]", (3, 4), [2, 6, 10]),
        ("A[0:2,1:3]", (3, 4), [1, 2, 5, 6]),
        ("A[1]", (3, 4), [4, 5, 6, 7]),
        ("r", (), [0]),
        ("n", (2, 1), [0, 1]),
    ],
)
def test_cells_are_those_that_numpy_picks(
    text: str, shape: tuple[int, ...], found: list[int]
) -> None:
    assert cells.flat(text, shape) == found
    assert cells.named(text) == text[0]


@pytest.mark.parametrize(
    "text", ["S[3,0]", "S[0,0,0]", "S[2:2,0]", "S[]", "S[a]", "S.0.1", "", "S[,]"]
)
def test_what_names_no_cells_is_told(text: str) -> None:
    with pytest.raises(LessonError):
        cells.flat(text, (3, 4))
