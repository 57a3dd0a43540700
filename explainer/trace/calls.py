"""A call of NumPy on traced arrays: recorded in the graph, and held to what NumPy itself gives.

Every call is made twice, on the table's float64 and on NumPy's own arrays. Another shape or other
numbers are a LessonError, so that no sheet shows what NumPy would not.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn, Self

import numpy as np

from explainer.errors import LessonError, UnsupportedOperation
from explainer.trace.composed import COMPOSED, TUPLES, batched
from explainer.trace.feeds import Array
from explainer.trace.graph import Graph, sized
from explainer.trace.ops import OPERATIONS, Bound
from explainer.trace.refused import ALL_THE_SAME, LIKE, instead

_KNOWN: dict[Callable[..., Any], tuple[str, Callable[..., Bound]]] = {
    function: (operation.name, sort_arguments)
    for operation in OPERATIONS.values()
    for function, sort_arguments in operation.stands_for.items()
}
# Functions that ask only for a shape compute nothing, so they leave no node.
_OF_SHAPE = (
    np.shape, np.ndim, np.size, np.ones_like, np.zeros_like, np.empty_like, np.full_like,
    np.result_type, np.iscomplexobj, np.isrealobj,
)  # fmt: skip
# A floor is that of the number a person reads, so it may be NumPy's and one more.
_FLOORS = (np.floor, np.floor_divide, np.remainder)
_OF_TRUTHS = (np.invert, np.bitwise_and, np.bitwise_or, np.bitwise_xor)
_FLOAT = (None, float, np.float64, np.dtype(np.float64), "float64", "float")


class Recorded:
    """A node of a graph, and how calls on it are recorded."""

    def __init__(self, graph: Graph, number: int) -> None:
        self.graph = graph
        self.number = number

    @property
    def value(self) -> Array:
        """The array's numbers, read-only."""
        return self.graph.nodes[self.number].value

    @property
    def dtype(self) -> np.dtype[Any]:
        """What NumPy would hold the array as: bool, int64 or float64."""
        return self.graph.nodes[self.number].dtype

    def as_numpy(self) -> Any:
        """The array as NumPy would hold it."""
        with np.errstate(all="ignore"):
            return self.value.astype(self.dtype)

    def record(self, op: str, operands: Sequence[Any], attributes: Mapping[str, Any]) -> Self:
        """Apply an operation of the table to traced arrays and constants."""
        inputs = [
            operand.number if isinstance(operand, Recorded) else self.graph.constant(operand)
            for operand in operands
        ]
        return type(self)(self.graph, self.graph.apply(op, inputs, attributes))


def unsupported(what: str, advice: str) -> NoReturn:
    """Refuse, and say what to write instead."""
    raise UnsupportedOperation(f"{what} is not an operation that a lesson can use; {advice}")


def call(function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """What a NumPy function gives for traced arrays.

    Raises UnsupportedOperation with what to write instead, and LessonError where NumPy itself
    refuses, or would give another array.
    """
    name = called(function)
    if function in _OF_SHAPE:
        if any(isinstance(value, Recorded) for value in (*args[1:], *kwargs.values())):
            unsupported(f"{name} with a computed number", "write np.broadcast_to")
        return function(*as_numpy(list(args)), **kwargs)
    first = _first(args)
    named = {
        key: value
        for key, value in kwargs.items()
        if not (key in ALL_THE_SAME and value in ALL_THE_SAME[key])
        and not (key == "dtype" and any(value is one or value == one for one in _FLOAT))
    }
    axis = named.get("axis", args[1] if len(args) > 1 else None)
    if function is np.matmul and max(map(np.ndim, args)) > 2:
        made = _bound(name, batched, args, named)
    elif function in TUPLES and isinstance(axis, tuple | list):
        rest = {key: value for key, value in named.items() if key != "axis"}
        made = _bound(name, TUPLES[function], (args[0], axis), rest)
    elif function is np.take:
        return _bound(name, COMPOSED[function], args, named)  # X[…], which is held itself
    elif function in COMPOSED:
        expected = numpys(name, function, args, kwargs)
        return held(_bound(name, COMPOSED[function], args, named), expected, name)
    elif function in _KNOWN:
        op, sort_arguments = _KNOWN[function]
        operands, attributes = _bound(name, sort_arguments, args, named)
        made = first.record(op, operands, attributes)
    else:
        unsupported(name, instead(name))
    return held(made, numpys(name, function, args, kwargs), name, function in _FLOORS)


def called(function: Callable[..., Any]) -> str:
    """A function's name as a lesson writes it."""
    owner = getattr(function, "__self__", None)
    if isinstance(owner, np.ufunc):
        return f"np.{owner.__name__}.{function.__name__}"
    linear = ".linalg" in (getattr(function, "__module__", None) or "")
    return f"np.linalg.{function.__name__}" if linear else f"np.{function.__name__}"


def as_numpy(value: Any) -> Any:
    """A value with every traced array in it as NumPy would hold it."""
    if isinstance(value, Recorded):
        return value.as_numpy()
    if isinstance(value, list | tuple):
        items = [as_numpy(item) for item in value]
        return tuple(items) if isinstance(value, tuple) else items
    return value


def numpys(
    name: str, function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Any:
    """What NumPy itself gives; raises LessonError with what NumPy complains about."""
    kwargs = dict(kwargs)
    if function in (np.argsort, np.sort):
        kwargs["kind"] = "stable"  # as in a sheet: of two that are alike the first comes first
        kwargs.pop("stable", None)
    try:
        with np.errstate(all="ignore"):
            return function(*as_numpy(list(args)), **{k: as_numpy(v) for k, v in kwargs.items()})
    except Exception as error:
        if function in _OF_TRUTHS:
            raise LessonError(
                f"{name} needs truths, and these are numbers: compare first, as (X > 0) & (Y > 0)"
            ) from error
        what = " and ".join(sized(arg.value.shape) for arg in args if isinstance(arg, Recorded))
        raise LessonError(f"{name} of {what or 'these'}: {error}") from error


def held(made: Any, expected: Any, name: str, floor: bool = False) -> Any:
    """What was recorded, if it is what NumPy gives; raises LessonError if not.

    floor: that a cell may be one off.
    """
    if isinstance(made, list | tuple):
        return type(made)(held(m, e, name) for m, e in zip(made, expected, strict=True))
    expected = np.asarray(expected)
    if not isinstance(made, Recorded):
        return made
    if made.value.shape != expected.shape:
        raise LessonError(
            f"{name}: NumPy gives {sized(expected.shape)} where a sheet would show "
            f"{sized(made.value.shape)}; {instead(name)}"
        )
    if not _alike(made.value, expected.astype(np.float64), floor):
        raise LessonError(
            f"{name} of truths or whole numbers: NumPy gives {_short(expected)} where a sheet "
            f"would show {_short(made.value)}; make them numbers first, as (X > 0) * 1.0"
        )
    made.graph.hold_as(made.number, expected.dtype)
    return made


def _alike(a: Array, b: Array, floor: bool) -> bool:
    """Whether the numbers are the same, but for the order in which sums were rounded."""
    with np.errstate(all="ignore"):
        scale = max(1.0, *(np.abs(x[np.isfinite(x)]).max(initial=0) for x in (a, b)))
        return np.allclose(a, b, rtol=1e-6, atol=1e-6 * scale + floor, equal_nan=True)


def _first(args: Sequence[Any]) -> Recorded:
    """The first traced array in some arguments."""
    for arg in args:
        if isinstance(arg, Recorded):
            return arg
        if isinstance(arg, list | tuple):
            for item in arg:
                if isinstance(item, Recorded):
                    return item
    return unsupported("a computed array as an option", "write a number there")


def _bound(
    name: str, function: Callable[..., Any], args: Sequence[Any], kwargs: Mapping[str, Any]
) -> Any:
    """Call one of ours with a lesson's arguments; raises UnsupportedOperation for others."""
    for key in kwargs:
        if key in LIKE:
            unsupported(f"{name} with {key}=", LIKE[key])
    try:
        return function(*args, **kwargs)
    except LessonError:
        raise
    except TypeError as error:
        options = ", ".join(f"{key}=" for key in kwargs) or "these arguments"
        raise UnsupportedOperation(
            f"{name} with {options} is not an operation that a lesson can use; {instead(name)}"
        ) from error
    except (ValueError, IndexError) as error:
        raise LessonError(f"{name}: {error}") from error


def _short(array: Any) -> str:
    text = " ".join(str(array).split())
    return text if len(text) <= 60 else text[:59] + "…"
