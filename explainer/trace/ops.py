"""The one table of operations that a lesson may use.

To add an operation, add a row here and its twin, under the same name, in
`explainer/stage/evaluate.js`; `tests/trace/test_ops.py` and `tests/browser/test_evaluate.py`
then hold both to NumPy. All values are float64, and a truth is 1 or 0, because that is what a
browser computes with.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from explainer.trace.feeds import RULES, Array, Call, Cells

Bound = tuple[list[Any], dict[str, Any]]


@dataclass(frozen=True)
class Formula:
    """How one output cell is written: `$0`, `$1` … in `term` are its operands.

    Reductions and products repeat `term` with `join` between, and stand at `$` in `around`
    (`$n` there is the number of terms). `binds` tells when parentheses are needed: 0 an atom or
    a function, 1 a power, 2 a product, 3 a sum, 4 a comparison.
    """

    term: str
    join: str = ""
    around: str = "$"
    binds: int = 0


@dataclass(frozen=True)
class Operation:
    """One row: the forward function, the rule of what feeds a cell, and the formula.

    `stands_for` maps a NumPy callable to the function that sorts its arguments into traced
    inputs and attributes.
    """

    name: str
    forward: Callable[..., Array]
    feeds: str
    formula: Formula
    stands_for: Mapping[Callable[..., Any], Callable[..., Bound]] = field(default_factory=dict)

    def __call__(self, *inputs: Array, **attributes: Any) -> Array:
        """The operation's value, float64; invalid arithmetic gives NaN or infinity, silently."""
        with np.errstate(all="ignore"):
            return np.asarray(self.forward(*inputs, **attributes), dtype=np.float64)

    def feeders(
        self, cell: int, inputs: Sequence[Array], shape: tuple[int, ...], attributes: Any
    ) -> Cells:
        """The (input, cell) pairs that feed one output cell, in the order of the formula."""
        return RULES[self.feeds](cell, Call(self.forward, inputs, attributes, shape))


OPERATIONS: dict[str, Operation] = {}


def _row(
    name: str,
    forward: Callable[..., Any],
    feeds: str,
    formula: Formula,
    stands_for: Mapping[Callable[..., Any], Callable[..., Bound]] | None = None,
) -> None:
    OPERATIONS[name] = Operation(name, forward, feeds, formula, stands_for or {})


# Elementwise ---------------------------------------------------------------------------------


def _operands(*operands: Any) -> Bound:
    return list(operands), {}


def _whole(x: Array, below: Array) -> Array:
    """`below`, or the integer that x is but for rounding errors.

    2.4 is not 0.8 × 3 in binary, and a pencil would not know: without this, floor(□/2) of a cell
    that reads 8 could be 3.
    """
    near = np.rint(x)
    tolerance = np.minimum(1e-9 * np.maximum(1, np.abs(near)), 1e-6)
    return np.where(np.abs(x - near) <= tolerance, near, below)


def _sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)))


_EACH: dict[str, tuple[str, int, tuple[np.ufunc, ...]]] = {
    "add": ("$0 + $1", 3, (np.add,)),
    "subtract": ("$0 − $1", 3, (np.subtract,)),
    "multiply": ("$0 × $1", 2, (np.multiply,)),
    "divide": ("$0 ÷ $1", 2, (np.divide,)),
    "remainder": ("$0 mod $1", 2, (np.remainder,)),
    "power": ("$0^{$1}", 1, (np.power,)),
    "negative": ("−$0", 2, (np.negative,)),
    "absolute": ("|$0|", 0, (np.absolute,)),
    "exp": ("e^{$0}", 1, (np.exp,)),
    "log": ("ln($0)", 0, (np.log,)),
    "sqrt": ("√($0)", 0, (np.sqrt,)),
    "square": ("$0^2", 1, (np.square,)),
    "tanh": ("tanh($0)", 0, (np.tanh,)),
    "sin": ("sin($0)", 0, (np.sin,)),
    "cos": ("cos($0)", 0, (np.cos,)),
    "maximum": ("max($0, $1)", 0, (np.maximum,)),
    "minimum": ("min($0, $1)", 0, (np.minimum,)),
    "ceil": ("⌈$0⌉", 0, (np.ceil,)),
    "sign": ("sign($0)", 0, (np.sign,)),
    "equal": ("$0 = $1", 4, (np.equal,)),
    "not_equal": ("$0 ≠ $1", 4, (np.not_equal,)),
    "less": ("$0 < $1", 4, (np.less,)),
    "less_equal": ("$0 ≤ $1", 4, (np.less_equal,)),
    "greater": ("$0 > $1", 4, (np.greater,)),
    "greater_equal": ("$0 ≥ $1", 4, (np.greater_equal,)),
    "logical_and": ("$0 ∧ $1", 4, (np.logical_and, np.bitwise_and)),
    "logical_or": ("$0 ∨ $1", 4, (np.logical_or, np.bitwise_or)),
    "logical_not": ("¬$0", 2, (np.logical_not, np.invert)),
}
for _name, (_term, _binds, _ufuncs) in _EACH.items():
    _row(_name, _ufuncs[0], "each", Formula(_term, binds=_binds), dict.fromkeys(_ufuncs, _operands))

_row(
    "floor_divide",
    lambda x, y: _whole(x / y, np.floor_divide(x, y)),
    "each",
    Formula("⌊$0 ÷ $1⌋"),
    {np.floor_divide: _operands},
)
_row("floor", lambda x: _whole(x, np.floor(x)), "each", Formula("⌊$0⌋"), {np.floor: _operands})
_row(
    "only",
    lambda x, mask: np.where(mask != 0, x, np.nan),
    "each",
    Formula("$0"),
)
_row("nan_to_num", np.nan_to_num, "each", Formula("$0"), {np.nan_to_num: lambda x: ([x], {})})
_row("sigmoid", _sigmoid, "each", Formula("σ($0)"))
_row(
    "where",
    lambda condition, yes, no: np.where(condition != 0, yes, no),
    "each",
    Formula("$0 ? $1 : $2", binds=4),
    {np.where: lambda condition, x, y: ([condition, x, y], {})},
)
_row(
    "round",
    lambda x, decimals: np.round(x, decimals),
    "each",
    Formula("round($0)"),
    {
        np.round: lambda a, decimals=0: ([a], {"decimals": operator.index(decimals)}),
        np.rint: lambda a: ([a], {"decimals": 0}),
    },
)

# Products ------------------------------------------------------------------------------------


def _matmul(a: Array, b: Array) -> Array:
    """np.matmul with each sum taken in order, so that a browser gets the same to the last bit."""
    left, right = np.atleast_2d(a), b if b.ndim == 2 else b[:, np.newaxis]
    if left.shape[1] != right.shape[0]:
        raise ValueError(f"{left.shape[1]} columns meet {right.shape[0]} rows")
    out = np.zeros((left.shape[0], right.shape[1]))
    for column, row in zip(left.T, right, strict=True):
        out += np.multiply.outer(column, row)
    return out.reshape((*a.shape[:-1], *b.shape[1:]))


_row(
    "matmul",
    _matmul,
    "product",
    Formula("$0×$1", " + ", binds=3),
    {np.matmul: _operands},
)

# Reductions ----------------------------------------------------------------------------------


def _axis(array: Any, axis: Any) -> int:
    """The axis counted from 0, so that a sheet never carries a negative one."""
    return int(np.arange(np.ndim(array))[operator.index(axis)])


def _reduced(a: Any, axis: int | None = None, *, keepdims: bool = False) -> Bound:
    whole = axis is None or not np.ndim(a)
    return [a], {"axis": None if whole else _axis(a, axis), "keepdims": bool(keepdims)}


def _top_k_mask(x: Array, k: int, axis: int) -> Array:
    order = np.argsort(-x, axis=axis, kind="stable")
    ranks = np.argsort(order, axis=axis, kind="stable")
    return (ranks < k).astype(np.float64)


for _name, _function, _formula in (
    ("sum", np.sum, Formula("$0", " + ", binds=3)),
    ("mean", np.mean, Formula("$0", " + ", "($) ÷ $n", binds=2)),
    ("max", np.max, Formula("$0", ", ", "max($)")),
    ("min", np.min, Formula("$0", ", ", "min($)")),
    ("argmax", np.argmax, Formula("$0", ", ", "argmax($)")),
    ("argmin", np.argmin, Formula("$0", ", ", "argmin($)")),
):
    _row(_name, _function, "line", _formula, {_function: _reduced})
_row("top_k_mask", _top_k_mask, "line", Formula("$0", ", ", "among the top of ($)"))
_row(
    "argsort",
    lambda x, axis: np.argsort(x, axis=axis, kind="stable"),
    "line",
    Formula("$0", ", ", "order of ($)"),
    {np.argsort: lambda a, axis=-1, *, kind=None, stable=None: ([a], {"axis": _axis(a, axis)})},
)

# Rearrangements ------------------------------------------------------------------------------


def _joined(arrays: Sequence[Any], axis: int = 0) -> Bound:
    return list(arrays), {"axis": _axis(arrays[0], axis)}


def _index(item: Any) -> Any:
    """One item of an index as NumPy takes it, from its form in a sheet."""
    if isinstance(item, Mapping):
        return slice(*item["slice"]) if "slice" in item else list(item["take"])
    return item


_ONE = Formula("$0")
_row(
    "transpose",
    lambda x, axes: np.transpose(x, axes),
    "moved",
    _ONE,
    {np.transpose: lambda a, axes=None: ([a], {"axes": None if axes is None else list(axes)})},
)
_row(
    "reshape",
    lambda x, shape: np.reshape(x, shape),
    "moved",
    _ONE,
    {np.reshape: lambda a, shape: ([a], {"shape": np.ravel(shape).tolist()})},
)
_row(
    "broadcast_to",
    lambda x, shape: np.broadcast_to(x, shape),
    "moved",
    _ONE,
    {np.broadcast_to: lambda array, shape: ([array], {"shape": np.ravel(shape).tolist()})},
)
_row("copy", np.copy, "moved", _ONE, {np.copy: lambda a: ([a], {})})
_row(
    "concatenate",
    lambda *arrays, axis: np.concatenate(arrays, axis),
    "moved",
    _ONE,
    {np.concatenate: _joined},
)
_row("getitem", lambda x, index: x[tuple(map(_index, index))], "moved", _ONE)

# Look-ups ------------------------------------------------------------------------------------


def _take(table: Array, indices: Array, axis: int) -> Array:
    size = table.shape[axis]
    whole = np.round(np.nan_to_num(indices, nan=size, posinf=size, neginf=size)).astype(int)
    inside = (whole >= -size) & (whole < size)
    found = np.take(table, np.where(inside, whole, 0), axis=axis)
    tail = table.ndim - axis % table.ndim - 1
    return np.where(inside.reshape((*inside.shape, *([1] * tail))), found, np.nan)


def _one_hot(indices: Array, size: int) -> Array:
    columns = np.arange(size)[:, np.newaxis] == np.round(indices.ravel())
    return np.asarray(columns, dtype=np.float64)


_row("take", _take, "taken", _ONE)
_row("one_hot", _one_hot, "column", Formula("one-hot($0)"))
