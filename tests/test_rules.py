"""Measures of good numbers, on matrices small enough to see."""

import numpy as np
import pytest

from explainer.rules import alike, beyond, halfway


@pytest.mark.parametrize(
    ("array", "found"),
    [
        ([[1, 2], [3, 4]], 0),
        ([[1, 2], [1, 2]], 1),  # a row twice
        ([[1, 1], [2, 2]], 1),  # a column twice
        ([[1, 2], [0, 0]], 1),  # a row of zeros
        ([[0.0, 1], [-0.0, 1], [2, 3]], 1),  # zero is zero
        ([[0, 0], [0, 0]], 6),
    ],
)
def test_lines_that_are_zero_or_alike_are_counted(array: list[list[float]], found: int) -> None:
    assert alike(np.array(array, float)) == found
    assert alike(np.array(array, float), np.eye(2)) == found


def test_what_leaves_a_range_is_added_up_and_blanks_are_not() -> None:
    assert beyond([[-3, 0, 12], [np.nan, 9, 1]], -1, 9) == 5
    assert beyond(7, 1, 3) == 4


def test_halves_between_two_decimals_are_counted() -> None:
    assert halfway([0.25, 0.2, 1.75, 3]) == 2
    assert halfway(3 / 8, 2) == 1
