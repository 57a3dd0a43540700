"""An array that computes as NumPy does and leaves a graph behind.

NumPy itself hands every operation to the array's own methods: ufuncs by `__array_ufunc__`
(NEP 13), other functions by `__array_function__` (NEP 18). So a lesson is ordinary NumPy.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NoReturn

import numpy as np
from numpy.lib.mixins import NDArrayOperatorsMixin

from explainer.errors import LessonError
from explainer.trace.calls import Recorded, as_numpy, call, called, held, numpys, unsupported
from explainer.trace.composed import outer_of
from explainer.trace.graph import Graph
from explainer.trace.index import picked
from explainer.trace.ops import OPERATIONS
from explainer.trace.refused import LIKE, METHODS

_METHODS: dict[str, Callable[..., Any]] = {
    name: getattr(np, name)
    for name in (
        "sum mean max min argmax argmin round prod cumsum cumprod std var any all clip dot ravel "
        "repeat squeeze swapaxes diagonal trace take argsort copy"
    ).split()
}


class Traced(Recorded, NDArrayOperatorsMixin):
    """A node of a graph that behaves as a NumPy array, for what `calls` and `composed` know.

    Its methods sum, mean, max, min, argmax, argmin, round, prod, cumsum, std, var, any, all, clip,
    dot, ravel, repeat, squeeze, swapaxes, diagonal, trace, take, argsort and copy are NumPy's.
    """

    # What NumPy asks for ---------------------------------------------------------------------

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if kwargs.get("out") is not None:
            unsupported("changing an array in place", LIKE["out"] + ", not S += 1")
        if method == "__call__":
            return call(ufunc, inputs, kwargs)
        function = getattr(ufunc, method)
        if method == "outer" and not kwargs:
            name = called(function)
            return held(outer_of(ufunc, *inputs), numpys(name, function, inputs, {}), name)
        return call(function, inputs, kwargs)

    def __array_function__(
        self, function: Callable[..., Any], types: Any, args: Any, kwargs: Any
    ) -> Any:
        return call(function, args, kwargs)

    def __array__(self, dtype: Any = None, copy: Any = None) -> NoReturn:
        unsupported(
            "putting a computed array into another (np.array, Y[0] = …, C[X])",
            "write np.stack or np.concatenate of the parts, or np.where; to look up in a constant, "
            "declare it as a Matrix",
        )

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
    def T(self) -> Any:
        """The transpose."""
        return self.transpose()

    @property
    def mT(self) -> Any:
        """The transpose of the last two dimensions."""
        return call(np.matrix_transpose, (self,), {})

    def __len__(self) -> int:
        return len(self.value)

    def __iter__(self) -> "Iterator[Traced]":
        return (self[i] for i in range(len(self)))

    def __repr__(self) -> str:
        return f"Traced({self.value!r})"

    def __str__(self) -> str:
        return str(self.as_numpy())

    def __format__(self, form: str) -> str:
        return format(self.as_numpy()[()], form)

    def __round__(self, decimals: int = 0) -> Any:
        return call(np.round, (self, decimals), {})

    def transpose(self, *axes: Any) -> Any:
        """As np.ndarray.transpose."""
        order = axes[0] if len(axes) == 1 else axes or None
        return call(np.transpose, (self, order), {})

    def reshape(self, *shape: Any, **options: Any) -> Any:
        """As np.ndarray.reshape."""
        return call(np.reshape, (self, shape[0] if len(shape) == 1 else shape), options)

    def flatten(self, order: str = "C") -> Any:
        """As np.ndarray.flatten."""
        return call(np.ravel, (self, order), {})

    def astype(self, dtype: Any, **options: Any) -> Any:
        """As np.ndarray.astype, to bool, int or float."""
        to = np.dtype(dtype).kind
        made = self != 0 if to == "b" else np.trunc(self) if to in "iu" and self._broken else None
        made = call(np.copy, (self,), {}) if made is None else made
        return held(made, self.as_numpy().astype(dtype), f".astype({dtype})")

    @property
    def _broken(self) -> bool:
        """Whether a reader's numbers could be no whole ones."""
        return self.dtype.kind == "f"

    def __getitem__(self, index: Any) -> Any:
        return picked(self, index)

    # What would leave the trace unseen ---------------------------------------------------------

    def __setitem__(self, index: Any, value: Any) -> NoReturn:
        unsupported("assigning to cells", "build the array with np.where or np.concatenate")

    def __bool__(self) -> NoReturn:
        unsupported(
            "deciding by a computed value (if, and, or, not, max(…), sorted(…), a < b < c)",
            "use np.where, & and |, X.max() and np.sort(X)",
        )

    def __contains__(self, item: Any) -> NoReturn:
        unsupported("asking whether a number is in a computed array", "write (X == 3).max()")

    def __float__(self) -> NoReturn:
        unsupported(
            "float() or int() of a computed value, or a function of math", "write np.sqrt(X) or so"
        )

    __int__ = __index__ = __complex__ = __float__

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in _METHODS:
            unsupported(
                f"the array method .{name}",
                METHODS.get(name, "write it with the operations that CONTRIBUTING lists"),
            )
        return lambda *args, **kwargs: call(_METHODS[name], (self, *args), kwargs)


def given(graph: Graph, name: str, value: Any, dtype: Any = np.float64) -> Traced:
    """Start a trace: a named array, float64, whose later use `graph` records.

    dtype: int for numbers that count (places of words), so that NumPy would take them as an index.
    """
    return Traced(graph, graph.given(name, value, dtype))


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
    if not -np.ndim(x) <= axis < np.ndim(x):
        raise LessonError(f"top_k_mask: there is no axis {axis} in {np.ndim(x)} dimensions")
    length = np.shape(x)[axis]
    if not 1 <= k <= length:
        raise LessonError(f"top_k_mask: k = {k} of a line of {length} cells")
    return _apply("top_k_mask", [x], {"k": int(k), "axis": int(axis) % np.ndim(x)})


def _apply(op: str, operands: Sequence[Any], attributes: Mapping[str, Any]) -> Any:
    """Trace the operation, or just compute it where no operand is traced."""
    for operand in operands:
        if isinstance(operand, Traced):
            return operand.record(op, operands, attributes)
    arrays = (np.asarray(as_numpy(operand), dtype=np.float64) for operand in operands)
    return OPERATIONS[op](*arrays, **attributes)
