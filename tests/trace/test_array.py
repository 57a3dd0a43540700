"""A traced array is ordinary NumPy, and says clearly what it cannot do."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from explainer.errors import LessonError, UnsupportedOperation
from explainer.trace import Graph, Traced, given, top_k_mask


@pytest.fixture
def x() -> Traced:
    return given(Graph(), "x", [[1, 2], [3, 4]])


def test_the_graph_has_a_node_for_each_operation_and_constant(x: Traced) -> None:
    y = (x @ x) / 2
    nodes = x.graph.nodes
    assert [node.op for node in nodes] == ["given", "matmul", "constant", "divide"]
    assert nodes[y.number].inputs == (1, 2)
    np.testing.assert_array_equal(y.value, [[3.5, 5], [7.5, 11]])


def test_operators_work_from_both_sides(x: Traced) -> None:
    for result, expected in (
        (1 - x, [[0, -1], [-2, -3]]),
        (3**x, [[3, 9], [27, 81]]),
        (x // 2, [[0, 1], [1, 2]]),
        (-x, [[-1, -2], [-3, -4]]),
        (np.eye(2) @ x, [[1, 2], [3, 4]]),
        ((x > 1) & (x < 4), [[0, 1], [1, 0]]),
        (~(x > 1), [[1, 0], [0, 0]]),
    ):
        np.testing.assert_array_equal(result.value, expected)


def test_integers_become_floats_so_that_negative_powers_exist(x: Traced) -> None:
    assert (3 ** (x - 2)).value[0, 0] == pytest.approx(1 / 3)


def test_shapes_are_plain_numbers(x: Traced) -> None:
    assert (x.shape, x.ndim, x.size, len(x)) == ((2, 2), 2, 4, 2)
    assert np.shape(x) == (2, 2)
    assert np.ones_like(x).tolist() == [[1, 1], [1, 1]]
    assert np.sqrt(len(x)) == pytest.approx(1.4142, abs=1e-4)
    assert [row.value.tolist() for row in x] == [[1, 2], [3, 4]]


def test_values_cannot_be_changed(x: Traced) -> None:
    with pytest.raises(ValueError, match="read-only"):
        x.value[0, 0] = 5


@pytest.mark.parametrize(
    ("use", "message"),
    [
        (lambda x: np.linalg.inv(x), r"np\.linalg\.inv is not an operation.*beforehand"),
        (lambda x: np.einsum("ij->ji", x), r"np\.einsum .*with @"),
        (lambda x: np.gcd(x, 2), r"np\.gcd .*CONTRIBUTING"),
        (lambda x: np.divide.reduce(x), r"np\.divide\.reduce"),
        (lambda x: np.sum(x, dtype=int), "dtype=.*leave it out"),
        (lambda x: x.tolist(), r"\.tolist"),
        (lambda x: x.sort(), r"np\.sort\(X\)"),
        (lambda x: bool(x[0, 0] > 1), r"np\.where"),
        (lambda x: float(x[0, 0]), r"np\.sqrt\(X\)"),
        (lambda x: np.asarray(x), r"np\.stack or np\.concatenate"),
        (lambda x: x.__setitem__((0, 0), 1), r"np\.where or np\.concatenate"),
        (lambda x: x.__iadd__(1), r"S = S \+ 1"),
        (lambda x: x[x[0].astype(int), 0], "beside other indices"),
        (lambda x: x[x > 1], r"only\(X, mask\)"),
        (lambda x: x[x > 1, 0], r"only\(X, mask\)"),
        (lambda x: x[x * 1.0], r"words=, or write \.astype\(int\)"),
        (lambda x: np.where(x > 1), "depends on the numbers"),
        (lambda x: max(x[0]), r"X\.max\(\)"),
        (lambda x: 3 in x, r"\(X == 3\)\.max\(\)"),
    ],
)
def test_what_is_not_traced_is_named(x: Traced, use: Callable[[Any], Any], message: str) -> None:
    with pytest.raises(UnsupportedOperation, match=message):
        use(x)


def test_shapes_that_do_not_fit_are_told_with_their_sizes(x: Traced) -> None:
    with pytest.raises(LessonError, match="matmul of 2×2 and 3×1"):
        x @ np.ones((3, 1))
    with pytest.raises(LessonError, match="getitem of 2×2"):
        x[:0]
    with pytest.raises(LessonError, match="out of bounds for axis 0"):
        x[5]
    with pytest.raises(LessonError, match="constant must be finite"):
        x + np.inf
    with pytest.raises(LessonError, match="k = 3 of a line of 2"):
        top_k_mask(x, 3)
