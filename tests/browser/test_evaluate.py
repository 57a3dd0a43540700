"""Each operation in JavaScript is the Python table's twin, on random inputs in a real browser."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from playwright.sync_api import Browser, Page

from explainer.catalog import Catalog
from explainer.trace import OPERATIONS

Array = npt.NDArray[np.float64]
Case = tuple[list[Array], dict[str, Any]]
CASES = 50
SPECIAL = [np.nan, np.inf, -np.inf, 0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 1e300, -1e-300]

RUN = """async ({cases, table, stage}) => {
  const {operations} = await import(`${stage}/evaluate.js`);
  const {feeders} = await import(`${stage}/feeds.js`);
  const run = ({op, inputs, attributes}) => {
    const grids = inputs.map(({shape, data}) => ({shape, data: Float64Array.from(data)}));
    const out = operations[op](grids, attributes);
    const nodes = [...inputs.map(() => ({op: "given"})),
                   {op, attributes, inputs: inputs.map((_, i) => i)}];
    const fed = [...out.data].map((_, cell) =>
      feeders(nodes, [...grids, out], table, inputs.length, cell).map((f) => [f.input, f.cell]));
    return {shape: out.shape, data: [...out.data], fed};
  };
  return {names: Object.keys(operations), results: cases.map(run)};
}"""


# Random inputs ---------------------------------------------------------------------------------


def numbers(rng: np.random.Generator, shape: tuple[int, ...], special: float = 0.0) -> Array:
    """Small integers or ordinary decimals, with a share of special values."""
    whole = rng.integers(-9, 10, shape).astype(float)
    values = np.where(rng.random(shape) < 0.5, whole, rng.normal(0, 5, shape))
    return np.where(rng.random(shape) < special, rng.choice(SPECIAL, shape), values)


def some_shape(rng: np.random.Generator, low: int = 0, high: int = 3) -> tuple[int, ...]:
    return tuple(int(side) for side in rng.integers(1, 5, rng.integers(low, high + 1)))


def broadcastable(rng: np.random.Generator, count: int) -> list[Array]:
    full = some_shape(rng)
    inputs = []
    for _ in range(count):
        cut = full[rng.integers(0, len(full) + 1) if rng.random() < 0.4 else 0 :]
        shape = tuple(1 if rng.random() < 0.3 else side for side in cut)
        inputs.append(numbers(rng, shape, special=0.15))
    return inputs


def elementwise(count: int) -> Callable[[np.random.Generator], Case]:
    return lambda rng: (broadcastable(rng, count), {})


def rounding(rng: np.random.Generator) -> Case:
    ties = rng.integers(-40, 40, 6) / 2
    decimals = int(rng.integers(-2, 4))
    return [np.concatenate([ties, ties / 10.0**decimals, numbers(rng, (6,), 0.2)])], {
        "decimals": decimals
    }


def matmul(rng: np.random.Generator) -> Case:
    rows, inner, columns = (int(side) for side in rng.integers(1, 6, 3))
    left = (inner,) if rng.random() < 0.3 else (rows, inner)
    right = (inner,) if rng.random() < 0.3 else (inner, columns)
    return [numbers(rng, left), numbers(rng, right)], {}


def reduction(rng: np.random.Generator) -> Case:
    x = numbers(rng, some_shape(rng, 1))
    x = np.where(rng.random(x.shape) < 0.05, rng.choice([np.nan, np.inf], x.shape), x)
    axis = None if rng.random() < 0.25 else int(rng.integers(-x.ndim, x.ndim))
    return [x], {"axis": axis, "keepdims": bool(rng.random() < 0.5)}


def top_k(rng: np.random.Generator) -> Case:
    x = rng.integers(-3, 4, some_shape(rng, 1)).astype(float)
    x = np.where(rng.random(x.shape) < 0.05, np.nan, x)
    axis = int(rng.integers(-x.ndim, x.ndim))
    return [x], {"k": int(rng.integers(0, x.shape[axis] + 1)), "axis": axis}


def argsort(rng: np.random.Generator) -> Case:
    (x,), attributes = top_k(rng)
    return [x], {"axis": attributes["axis"]}


def transpose(rng: np.random.Generator) -> Case:
    x = numbers(rng, some_shape(rng))
    axes = None if rng.random() < 0.5 else rng.permutation(x.ndim).tolist()
    return [x], {"axes": axes}


def reshape(rng: np.random.Generator) -> Case:
    x = numbers(rng, some_shape(rng))
    shapes = [[x.size], [1, x.size], [-1], [-1, 1], list(x.shape[::-1]), [x.size, 1, 1]]
    return [x], {"shape": shapes[rng.integers(len(shapes))]}


def broadcast_to(rng: np.random.Generator) -> Case:
    shape = some_shape(rng)
    cut = shape[rng.integers(0, len(shape) + 1) :]
    source = tuple(1 if rng.random() < 0.4 else side for side in cut)
    return [numbers(rng, source)], {"shape": list(shape)}


def concatenate(rng: np.random.Generator) -> Case:
    shape = some_shape(rng, 1)
    axis = int(rng.integers(-len(shape), len(shape)))
    inputs = []
    for _ in range(rng.integers(1, 4)):
        sides = list(shape)
        sides[axis] = int(rng.integers(1, 4))
        inputs.append(numbers(rng, tuple(sides)))
    return inputs, {"axis": axis}


def getitem(rng: np.random.Generator) -> Case:
    x = numbers(rng, some_shape(rng, 1))
    length = int(rng.integers(1, 4))
    index: list[Any] = []
    for side in x.shape[: rng.integers(1, x.ndim + 1)]:
        if rng.random() < 0.2:
            index.append(None)
        kind = rng.integers(3)
        if kind == 0:
            index.append(int(rng.integers(-side, side)))
        elif kind == 1:
            bounds = [None if rng.random() < 0.4 else int(rng.integers(-6, 7)) for _ in range(2)]
            index.append({"slice": [*bounds, [None, 1, 2, -1, -2][rng.integers(5)]]})
        else:
            index.append({"take": rng.integers(-side, side, length).tolist()})
    return [x], {"index": index}


def take(rng: np.random.Generator) -> Case:
    table = numbers(rng, some_shape(rng, 1))
    axis = int(rng.integers(-table.ndim, table.ndim))
    indices = rng.integers(-6, 7, some_shape(rng, 0, 2)) + rng.choice([0, 0.3, 0.5])
    return [table, np.where(rng.random(indices.shape) < 0.05, np.nan, indices)], {"axis": axis}


def one_hot(rng: np.random.Generator) -> Case:
    shape = (int(rng.integers(1, 6)),)
    indices = rng.integers(-1, 6, shape if rng.random() < 0.5 else (1, *shape))
    return [indices.astype(float)], {"size": int(rng.integers(1, 6))}


UNARY = (
    "negative absolute exp log sqrt square sigmoid tanh sin cos floor ceil sign logical_not "
    "nan_to_num"
)
SPECIFIC: dict[str, Callable[[np.random.Generator], Case]] = {
    **dict.fromkeys(UNARY.split(), elementwise(1)),
    **dict.fromkeys("sum mean max min argmax argmin".split(), reduction),
    "where": elementwise(3),
    "round": rounding,
    "matmul": matmul,
    "top_k_mask": top_k,
    "argsort": argsort,
    "transpose": transpose,
    "reshape": reshape,
    "copy": elementwise(1),
    "broadcast_to": broadcast_to,
    "concatenate": concatenate,
    "getitem": getitem,
    "take": take,
    "one_hot": one_hot,
}
LOOSE = {"power", "exp", "log", "sigmoid", "tanh", "sin", "cos", "matmul", "sum", "mean"}


def cases(op: str) -> list[Case]:
    rng = np.random.default_rng([ord(letter) for letter in op])
    make = SPECIFIC.get(op, elementwise(2))
    return [make(rng) for _ in range(CASES)]


# The twins -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def blank(browser: Browser, stage_files: str) -> Iterator[Page]:
    """A page from which the stage's modules can be imported."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{stage_files}/evaluate.js")
    yield page
    context.close()


@pytest.fixture(scope="module")
def twins(blank: Page, stage_files: str) -> dict[str, list[dict[str, Any]]]:
    """What JavaScript makes of all cases of all operations."""
    sent = [
        {
            "op": op,
            "inputs": [{"shape": list(x.shape), "data": x.ravel().tolist()} for x in inputs],
            "attributes": attributes,
        }
        for op in OPERATIONS
        for inputs, attributes in cases(op)
    ]
    table = {name: {"feeds": operation.feeds} for name, operation in OPERATIONS.items()}
    answer = blank.evaluate(RUN, {"cases": sent, "table": table, "stage": stage_files})
    assert set(answer["names"]) == set(OPERATIONS)
    results = iter(answer["results"])
    return {op: [next(results) for _ in range(CASES)] for op in OPERATIONS}


@pytest.mark.parametrize("op", OPERATIONS)
def test_a_value_is_numpys(op: str, twins: dict[str, list[dict[str, Any]]]) -> None:
    for (inputs, attributes), got in zip(cases(op), twins[op], strict=True):
        expected = OPERATIONS[op](*inputs, **attributes)
        found = np.array(got["data"], dtype=np.float64).reshape(got["shape"])
        assert found.shape == expected.shape, (inputs, attributes)
        if op in LOOSE:
            np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-13)
        else:
            np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("op", OPERATIONS)
def test_a_cell_is_fed_by_the_same_cells(op: str, twins: dict[str, list[dict[str, Any]]]) -> None:
    for (inputs, attributes), got in zip(cases(op), twins[op], strict=True):
        expected = OPERATIONS[op](*inputs, **attributes)
        for cell, fed in enumerate(got["fed"]):
            cells = OPERATIONS[op].feeders(cell, inputs, expected.shape, attributes)
            assert [tuple(pair) for pair in fed] == cells, (op, cell, attributes)


def test_the_cases_are_worth_testing() -> None:
    """Random cases must not all be alike: shapes stretch, axes vary, special values occur."""
    added = cases("add")
    assert any(a.shape != b.shape for (a, b), _ in added)
    assert any(np.isnan(a).any() for (a, _), _ in added)
    assert len({case[1]["axis"] for case in cases("sum")}) >= 4
    assert any("take" in str(case[1]) for case in cases("getitem"))


# Whole graphs ----------------------------------------------------------------------------------

EVALUATE = """async ({stage, graph, arrays}) => {
  const {evaluate} = await import(`${stage}/evaluate.js`);
  const {grid, nested} = await import(`${stage}/grid.js`);
  const givens = Object.fromEntries(Object.entries(arrays).filter(([, a]) => a.given)
    .map(([name, a]) => [name, grid(a.given)]));
  const values = evaluate(graph.nodes, givens);
  const named = graph.nodes.flatMap(({name}, i) => name ? [[name, nested(values[i])]] : []);
  return Object.fromEntries(named);
}"""


@pytest.mark.parametrize("arithmetic", ["hand", "exact"])
@pytest.mark.parametrize("lesson", Catalog().ids())
def test_a_lesson_computes_the_same(
    lesson: str, arithmetic: str, blank: Page, stage_files: str
) -> None:
    sheet, run = Catalog().sheet(lesson), Catalog().lesson(lesson).run(arithmetic)
    got = blank.evaluate(
        EVALUATE,
        {
            "stage": stage_files,
            "graph": sheet["graphs"][arithmetic],
            "arrays": sheet["arrays"],
        },
    )
    assert set(run.arrays) <= set(got)
    for name, value in run.arrays.items():
        np.testing.assert_allclose(got[name], value, rtol=1e-9, err_msg=name)


@pytest.mark.parametrize(
    ("nodes", "message"),
    [
        ([{"op": "fft", "inputs": []}], 'unknown operation "fft"'),
        ([{"op": "toString", "inputs": []}], 'unknown operation "toString"'),
        ([{"op": "given", "name": "X"}], 'no numbers for the given "X"'),
    ],
)
def test_what_cannot_be_computed_is_named(
    nodes: list[Any], message: str, blank: Page, stage_files: str
) -> None:
    error = blank.evaluate(
        """async ({stage, nodes}) => {
          const {evaluate} = await import(`${stage}/evaluate.js`);
          try { evaluate(nodes, {}); } catch (error) { return error.message; }
        }""",
        {"stage": stage_files, "nodes": nodes},
    )
    assert error == message
