"""An array that computes as NumPy does and leaves a graph behind.

NumPy itself hands every operation to the array's own methods: ufuncs by `__array_ufunc__`
(NEP 13), other functions by `__array_function__` (NEP 18). So a lesson is ordinary NumPy.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from explainer.errors import LessonError, UnsupportedOperation
from explainer.trace.feeds import Array
from explainer.trace.graph import Graph
from explainer.trace.ops import OPERATIONS, Bound

_KNOWN: dict[Callable[..., Any], tuple[str, Callable[..., Bound]]] = {
    function: (operation.name, sort_arguments)
    for operation in OPERATIONS.values()
    for function, sort_arguments in operation.stands_for.items()
}
# Functions that ask only for a shape compute nothing, so they leave no node.
_OF_SHAPE: dict[Callable[..., Any], Callable[..., Any]] = {
    np.shape: lambda a: a.shape,
    np.ndim: lambda a: a.ndim,
    np.size: lambda a: a.size,
    np.ones_like: lambda a: np.ones(a.shape),
    np.zeros_like: lambda a: np.zeros(a.shape),
}


def _unsupported(what: str, advice: str = "") -> NoReturn:
    raise UnsupportedOperation(
        f"{what} is not an operation that a lesson can use; "
        + (advice or "to add it, see the table in explainer/trace/ops.py")
    )


def _record(op: str, operands: Sequence[Any], attributes: Mapping[str, Any]) -> "Traced":
    graph = next(operand.graph for operand in operands if isinstance(operand, Traced))
    inputs = [
        operand.number if isinstance(operand, Traced) else graph.constant(operand)
        for operand in operands
    ]
    return Traced(graph, graph.apply(op, inputs, attributes))


def _call(function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> "Traced":
    name = f"np.{function.__name__}"
    if function not in _KNOWN:
        _unsupported(name)
    op, sort_arguments = _KNOWN[function]
    try:
        operands, attributes = sort_arguments(*args, **kwargs)
    except TypeError as error:
        _unsupported(f"{name} with these arguments ({error})")
    return _record(op, operands, attributes)


class Traced(NDArrayOperatorsMixin):
    """A node of a graph that behaves as a NumPy array, for the operations in `OPERATIONS`."""

    def __init__(self, graph: Graph, number: int) -> None:
        self.graph = graph
        self.number = number

    @property
    def value(self) -> Array:
        """The array's numbers, read-only."""
        return self.graph.nodes[self.number].value

    # What NumPy asks for ---------------------------------------------------------------------

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if "out" in kwargs:
            _unsupported("changing an array in place", "write S = S + 1, not S += 1")
        if method != "__call__":
            _unsupported(f"np.{ufunc.__name__}.{method}")
        return _call(ufunc, inputs, kwargs)

    def __array_function__(
        self, function: Callable[..., Any], types: Any, args: Any, kwargs: Any
    ) -> Any:
        if function in _OF_SHAPE:
            return _OF_SHAPE[function](*args, **kwargs)
        return _call(function, args, kwargs)

    def __array__(self, dtype: Any = None, copy: Any = None) -> NoReturn:
        _unsupported("leaving the trace (np.asarray, or a function that NumPy does not hand over)")

    # What an array has -----------------------------------------------------------------------

    @property
    def shape(self) -> tuple[int, ...]:
        """The array's shape."""
        return self.value.shape

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return self.value.ndim

    @property
    def size(self) -> int:
        """The number of cells."""
        return self.value.size

    @property
    def T(self) -> "Traced":
        """The transpose."""
        return self.transpose()

    def __len__(self) -> int:
        return len(self.value)

    def __iter__(self) -> "Iterator[Traced]":
        return (self[i] for i in range(len(self)))

    def __repr__(self) -> str:
        return f"Traced({self.value!r})"

    def sum(self, axis: int | None = None, keepdims: bool = False) -> "Traced":
        """As np.sum."""
        return _call(np.sum, (self,), {"axis": axis, "keepdims": keepdims})

    def mean(self, axis: int | None = None, keepdims: bool = False) -> "Traced":
        """As np.mean."""
        return _call(np.mean, (self,), {"axis": axis, "keepdims": keepdims})

    def max(self, axis: int | None = None, keepdims: bool = False) -> "Traced":
        """As np.max."""
        return _call(np.max, (self,), {"axis": axis, "keepdims": keepdims})

    def min(self, axis: int | None = None, keepdims: bool = False) -> "Traced":
        """As np.min."""
        return _call(np.min, (self,), {"axis": axis, "keepdims": keepdims})

    def argmax(self, axis: int | None = None, keepdims: bool = False) -> "Traced":
        """As np.argmax."""
        return _call(np.argmax, (self,), {"axis": axis, "keepdims": keepdims})

    def round(self, decimals: int = 0) -> "Traced":
        """As np.round: a tie goes to the even neighbour."""
        return _call(np.round, (self, decimals), {})

    def transpose(self, axes: Sequence[int] | None = None) -> "Traced":
        """As np.transpose."""
        return _call(np.transpose, (self, axes), {})

    def reshape(self, *shape: int) -> "Traced":
        """As np.ndarray.reshape."""
        return _call(np.reshape, (self, shape), {})

    def copy(self) -> "Traced":
        """A new node with the same numbers."""
        return _call(np.copy, (self,), {})

    def __getitem__(self, index: Any) -> "Traced":
        items = index if isinstance(index, tuple) else (index,)
        traced = [axis for axis, item in enumerate(items) if isinstance(item, Traced)]
        if traced:
            axis = traced[0]
            if any(item != slice(None) for i, item in enumerate(items) if i != axis):
                _unsupported("an index with a computed array beside other indices")
            return _record("take", [self, items[axis]], {"axis": axis})
        return _record("getitem", [self], {"index": [_index_item(item) for item in items]})

    # What would leave the trace unseen ---------------------------------------------------------

    def __setitem__(self, index: Any, value: Any) -> NoReturn:
        _unsupported("assigning to cells", "build the array with np.where or np.concatenate")

    def __bool__(self) -> NoReturn:
        _unsupported("deciding by a computed value (if, and, or)", "use np.where, & and |")

    def __float__(self) -> NoReturn:
        _unsupported("float() or int() of a computed value", "keep it an array")

    __int__ = __index__ = __float__

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        _unsupported(f"the array method .{name}")


def _index_item(item: Any) -> Any:
    """One item of an index in the form that a sheet carries."""
    if item is None or isinstance(item, int | np.integer):
        return item if item is None else int(item)
    if isinstance(item, slice):
        bounds = (item.start, item.stop, item.step)
        return {"slice": [None if bound is None else int(bound) for bound in bounds]}
    if isinstance(item, list | tuple | np.ndarray):
        array = np.asarray(item)
        if array.ndim == 1 and np.issubdtype(array.dtype, np.integer):
            return {"take": array.tolist()}
    _unsupported(f"the index {item!r}")


def given(graph: Graph, name: str, value: Any) -> Traced:
    """Start a trace: a named array, float64, whose later use `graph` records."""
    return Traced(graph, graph.given(name, value))


def sigmoid(x: Any) -> Any:
    """The logistic function 1 / (1 + e^-x), elementwise; the shape of x."""
    return _apply("sigmoid", [x], {})


def only(x: Any, mask: Any) -> Any:
    """x where mask is not 0, and elsewhere a blank (NaN), as for what is not computed at all.

    x and mask broadcast together; `np.nan_to_num` turns blanks into zeros again.
    """
    return _apply("only", [x, mask], {})


def one_hot(indices: Any, size: int) -> Any:
    """Columns with a single 1: indices (n,) -> (size, n), column j has its 1 in row indices[j]."""
    return _apply("one_hot", [indices], {"size": int(size)})


def top_k_mask(x: Any, k: int, axis: int = 0) -> Any:
    """1 where a cell is among the k largest along an axis, else 0; the shape of x.

    A tie goes to the lower index. Raises LessonError when k is not between 1 and the length.
    """
    length = np.shape(x)[axis]
    if not 1 <= k <= length:
        raise LessonError(f"top_k_mask: k = {k} of a line of {length} cells")
    return _apply("top_k_mask", [x], {"k": int(k), "axis": int(axis) % np.ndim(x)})


def _apply(op: str, operands: list[Any], attributes: Mapping[str, Any]) -> Any:
    """Trace the operation, or just compute it where no operand is traced."""
    if any(isinstance(operand, Traced) for operand in operands):
        return _record(op, operands, attributes)
    arrays = (np.asarray(operand, dtype=np.float64) for operand in operands)
    return OPERATIONS[op](*arrays, **attributes)
