"""Every operation of the table is NumPy's, on random shapes and values."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from explainer.errors import LessonError
from explainer.trace import OPERATIONS, Graph, Traced, one_hot, only, sigmoid, top_k_mask
from explainer.trace import given as start

NUMBERS = st.one_of(
    st.integers(-9, 9).map(float), st.floats(-50, 50, allow_nan=False).map(lambda x: round(x, 3))
)
SIDES = st.integers(1, 4)


def arrays(shape: Any) -> st.SearchStrategy[np.ndarray]:
    return hnp.arrays(np.float64, shape, elements=NUMBERS)


@st.composite
def broadcastable(draw: st.DrawFn, count: int) -> list[np.ndarray]:
    shapes = draw(hnp.mutually_broadcastable_shapes(num_shapes=count, max_dims=3, max_side=4))
    return [draw(arrays(shape)) for shape in shapes.input_shapes]


@st.composite
def along_an_axis(draw: st.DrawFn) -> tuple[np.ndarray, int | None, bool]:
    array = draw(arrays(hnp.array_shapes(min_dims=1, max_dims=3, max_side=4)))
    axis = draw(st.one_of(st.none(), st.integers(-array.ndim, array.ndim - 1)))
    return array, axis, draw(st.booleans())


def traced(*values: np.ndarray) -> list[Traced]:
    graph = Graph()
    return [start(graph, f"x{i}", value) for i, value in enumerate(values)]


def same(result: Any, expected: Any) -> None:
    assert isinstance(result, Traced)
    assert result.value.dtype == np.float64
    np.testing.assert_array_equal(result.value, np.asarray(expected, dtype=np.float64))


EACH_OF_TWO = [
    np.add, np.subtract, np.multiply, np.divide, np.remainder, np.power,
    np.maximum, np.minimum, np.equal, np.not_equal, np.less, np.less_equal, np.greater,
    np.greater_equal, np.logical_and, np.logical_or,
]  # fmt: skip
EACH_OF_ONE = [
    np.negative, np.absolute, np.exp, np.log, np.sqrt, np.square, np.tanh, np.sin, np.cos,
    np.ceil, np.sign, np.logical_not,
]  # fmt: skip


@pytest.mark.parametrize("function", EACH_OF_TWO, ids=lambda f: f.__name__)
@given(values=broadcastable(2))
@settings(max_examples=40)
def test_elementwise_of_two(function: Callable[..., Any], values: list[np.ndarray]) -> None:
    with np.errstate(all="ignore"):
        same(function(*traced(*values)), function(*values))


@pytest.mark.parametrize("function", EACH_OF_ONE, ids=lambda f: f.__name__)
@given(values=broadcastable(1))
@settings(max_examples=40)
def test_elementwise_of_one(function: Callable[..., Any], values: list[np.ndarray]) -> None:
    with np.errstate(all="ignore"):
        same(function(*traced(*values)), function(*values))


def test_the_tests_cover_every_elementwise_ufunc() -> None:
    table = {name for name, op in OPERATIONS.items() if op.feeds == "each"}
    tested = {function.__name__ for function in (*EACH_OF_ONE, *EACH_OF_TWO)}
    assert table - tested == {
        "sigmoid",
        "where",
        "round",
        "only",
        "nan_to_num",
        "floor",
        "floor_divide",
    }


@given(values=broadcastable(2))
def test_floors_are_numpys_but_for_rounding_errors(values: list[np.ndarray]) -> None:
    x, y = traced(*values)
    with np.errstate(all="ignore"):
        quotient = values[0] / values[1]
        whole = np.isclose(quotient, np.rint(quotient), rtol=1e-9, atol=1e-9)
        expected = np.where(whole, np.rint(quotient), np.floor_divide(*values))
    same(x // y, expected)
    same(np.floor(x), np.floor(values[0]))


def test_a_floor_is_that_of_the_number_that_a_person_reads() -> None:
    (x,) = traced(np.array([0.1 * 3 / 0.1, 2.4 / 0.8, 8 - 1e-12, 7.99, -2 + 1e-12, -2.01]))
    same(np.floor(x), [3, 3, 8, 7, -2, -3])
    same((x * 2) // 2, [3, 3, 8, 7, -2, -3])


@given(values=broadcastable(2))
def test_only_leaves_blanks_that_can_be_filled(values: list[np.ndarray]) -> None:
    x, mask = traced(*values)
    blanks = only(x, mask > 0)
    same(blanks, np.where(values[1] > 0, values[0], np.nan))
    same(np.nan_to_num(blanks), np.where(values[1] > 0, values[0], 0))


@given(values=broadcastable(3))
def test_where(values: list[np.ndarray]) -> None:
    condition, x, y = traced(*values)
    same(np.where(condition > 0, x, y), np.where(values[0] > 0, values[1], values[2]))
    same(np.where(values[0] > 0, x, 0), np.where(values[0] > 0, values[1], 0))


@given(arrays((3, 2)), st.integers(0, 3))
def test_round(value: np.ndarray, decimals: int) -> None:
    (x,) = traced(value)
    same(np.round(x, decimals), np.round(value, decimals))
    same(x.round(decimals), np.round(value, decimals))


@given(arrays((3, 2)))
def test_sigmoid(value: np.ndarray) -> None:
    (x,) = traced(value)
    np.testing.assert_allclose(sigmoid(x).value, 0.5 * (1 + np.tanh(value / 2)), atol=1e-12)
    np.testing.assert_array_equal(sigmoid(value), sigmoid(x).value)


@given(st.data(), SIDES, SIDES, SIDES)
def test_matmul(data: st.DataObject, n: int, m: int, k: int) -> None:
    for left, right in (((n, m), (m, k)), ((m,), (m, k)), ((n, m), (m,)), ((m,), (m,))):
        a, b = data.draw(arrays(left)), data.draw(arrays(right))
        x, y = traced(a, b)
        for product in (x @ y, a @ y, np.dot(x, b)):
            assert product.shape == (a @ b).shape
            np.testing.assert_allclose(product.value, a @ b, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    "function", [np.sum, np.mean, np.max, np.min, np.argmax, np.argmin], ids=lambda f: f.__name__
)
@given(case=along_an_axis())
def test_reductions(function: Any, case: tuple[np.ndarray, int | None, bool]) -> None:
    value, axis, keepdims = case
    (x,) = traced(value)
    expected = function(value, axis=axis, keepdims=keepdims)
    same(function(x, axis=axis, keepdims=keepdims), expected)
    same(getattr(x, function.__name__)(axis=axis, keepdims=keepdims), expected)


@given(arrays((4, 3)), st.integers(1, 3))
def test_top_k_mask(value: np.ndarray, k: int) -> None:
    (x,) = traced(value)
    mask = top_k_mask(x, k, axis=0).value
    assert (mask.sum(axis=0) == k).all()
    for column, chosen in zip(value.T, mask.T, strict=True):
        expected = sorted(range(4), key=lambda i: (-column[i], i))[:k]
        assert sorted(np.flatnonzero(chosen)) == sorted(expected)


@given(arrays((3, 4)), arrays((3, 4)))
def test_rearrangements(a: np.ndarray, b: np.ndarray) -> None:
    x, y = traced(a, b)
    same(x.T, a.T)
    same(np.transpose(x, (1, 0)), a.T)
    same(x.reshape(2, 6), a.reshape(2, 6))
    same(x.copy(), a)
    same(np.broadcast_to(x, (2, 3, 4)), np.broadcast_to(a, (2, 3, 4)))
    for axis in (0, 1, -1):
        same(
            np.concatenate([x, y, np.ones((3, 4))], axis=axis),
            np.concatenate([a, b, np.ones((3, 4))], axis),
        )
    same(np.vstack([x, y]), np.vstack([a, b]))
    same(np.hstack([x, y]), np.hstack([a, b]))


@pytest.mark.parametrize(
    "index",
    [
        0,
        -1,
        (1, 2),
        np.s_[1:],
        np.s_[:, 1],
        np.s_[::2, ::-1],
        np.s_[:, [2, 0]],
        np.s_[0, None],
        [1, 1],
    ],
    ids=str,
)
def test_indexing(index: Any) -> None:
    value = np.arange(12.0).reshape(3, 4)
    (x,) = traced(value)
    same(x[index], value[index])


@given(arrays((3, 5)), hnp.arrays(np.int64, 4, elements=st.integers(-5, 4)))
def test_looking_up_by_a_computed_index(table: np.ndarray, index: np.ndarray) -> None:
    x, i = traced(table, index.astype(float))
    same(x[:, i], table[:, index])
    same(np.take(x, i, axis=1), table[:, index])
    same(x.T[i[0]], table.T[index[0]])


def test_an_index_beyond_the_table_gives_nothing() -> None:
    """On a sheet, where a reader's edit may come to it; in a lesson it is a mistake."""
    table, places = np.arange(6.0).reshape(2, 3), np.array([1.0, 7.0])
    found = OPERATIONS["take"](table, places, axis=1)
    np.testing.assert_array_equal(found, [[1, np.nan], [4, np.nan]])
    x, i = traced(table, places)
    with pytest.raises(LessonError, match="index 7 is out of bounds"):
        x[:, i]


def test_one_hot() -> None:
    (i,) = traced(np.array([2.0, 0.0]))
    np.testing.assert_array_equal(one_hot(i, 3).value, [[0, 1], [0, 0], [1, 0]])


def _samples(random: np.random.Generator) -> list[tuple[str, list[np.ndarray], dict[str, Any]]]:
    """One small example of each operation, for tests that go through the whole table."""

    def draw(*shape: int) -> np.ndarray:
        return random.uniform(0.5, 3, shape)

    arity = {"where": 3, "sigmoid": 1, "round": 1, "nan_to_num": 1, "floor": 1} | {
        f.__name__: 1 for f in EACH_OF_ONE
    }
    samples: list[tuple[str, list[np.ndarray], dict[str, Any]]] = [
        (name, [draw(2, 3), draw(3), draw(2, 1)][: arity.get(name, 2)], {})
        for name, op in OPERATIONS.items()
        if op.feeds == "each" and name != "round"
    ]
    samples += [("round", [draw(2, 3)], {"decimals": 1}), ("matmul", [draw(2, 3), draw(3, 4)], {})]
    for name in ("sum", "mean", "max", "min", "argmax", "argmin"):
        for axis, keepdims in ((0, True), (1, False), (None, False)):
            samples.append((name, [draw(2, 3)], {"axis": axis, "keepdims": keepdims}))
    samples += [("top_k_mask", [draw(4, 3)], {"k": 2, "axis": axis}) for axis in (0, 1)]
    samples += [("argsort", [draw(4, 3)], {"axis": axis}) for axis in (0, 1)]
    samples += [
        ("transpose", [draw(2, 3)], {"axes": None}),
        ("reshape", [draw(2, 3)], {"shape": [3, 2]}),
        ("broadcast_to", [draw(3)], {"shape": [2, 3]}),
        ("copy", [draw(2, 3)], {}),
        ("concatenate", [draw(2, 3), draw(1, 3)], {"axis": 0}),
        ("getitem", [draw(3, 4)], {"index": [{"slice": [None, None, 2]}, {"take": [3, 1]}]}),
        ("take", [draw(2, 5), np.array([4.0, 0.0, 4.0])], {"axis": 1}),
        ("take", [draw(2, 5), np.array([[1.0, 0.0]])], {"axis": 0}),
        ("one_hot", [np.array([1.0, 0.0, 2.0])], {"size": 4}),
    ]
    return samples


SAMPLES = _samples(np.random.default_rng(0))


def test_the_samples_cover_the_table() -> None:
    assert {name for name, _, _ in SAMPLES} == set(OPERATIONS)


@pytest.mark.parametrize(("name", "inputs", "attributes"), SAMPLES, ids=[s[0] for s in SAMPLES])
def test_only_the_cells_that_feed_a_cell_change_it(
    name: str, inputs: list[np.ndarray], attributes: dict[str, Any]
) -> None:
    operation = OPERATIONS[name]
    before = operation(*inputs, **attributes)
    for which, array in enumerate(inputs):
        for cell in range(array.size):
            changed = [value.copy() for value in inputs]
            changed[which].flat[cell] += 1.0 if operation.feeds in ("taken", "column") else 40.0
            after = operation(*changed, **attributes)
            for out in np.flatnonzero(before.ravel() != after.ravel()):
                fed = operation.feeders(int(out), inputs, before.shape, attributes)
                assert (which, cell) in fed, f"{name}: {which, cell} changes {out}, not in {fed}"


@pytest.mark.parametrize(("name", "inputs", "attributes"), SAMPLES, ids=[s[0] for s in SAMPLES])
def test_a_cell_is_the_value_of_what_feeds_it(
    name: str, inputs: list[np.ndarray], attributes: dict[str, Any]
) -> None:
    """Written out from its feeders alone, each cell has the number that NumPy gave it."""
    operation = OPERATIONS[name]
    output = operation(*inputs, **attributes)
    for out in range(output.size):
        fed = operation.feeders(out, inputs, output.shape, attributes)
        numbers = [inputs[which].flat[cell] for which, cell in fed]
        if operation.feeds == "each":
            again = operation(*map(np.asarray, numbers), **attributes)
        elif operation.feeds == "product":
            again = np.dot(numbers[::2], numbers[1::2])
        elif operation.feeds in ("moved", "taken"):
            again = numbers[0]
        else:
            assert {which for which, _ in fed} == {0}
            continue
        np.testing.assert_allclose(output.flat[out], again, rtol=1e-12)
