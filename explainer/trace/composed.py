"""NumPy functions that are other operations put together, so that a formula shows what they do.

Each is written with operations of the table, on traced arrays, in place of NumPy's own. What
only moves cells is asked of NumPy itself, on the cells' numbers.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

Function = Callable[..., Any]


# Rearrangements --------------------------------------------------------------------------------


def gathered(a: Any, origins: Any) -> Any:
    """The cells of `a` by their numbers from 1 in C order, in the shape of the numbers; 0 is 0."""
    origins = np.asarray(origins)
    cells = np.ravel(a)
    if not origins.all():
        cells = np.concatenate([cells, np.zeros(1, a.dtype)])
    places = np.where(origins == 0, a.size, origins - 1).ravel().tolist()
    return np.reshape(cells[places], origins.shape)


def numbered(a: Any) -> Any:
    """The shape of `a`, filled with its cells' numbers from 1."""
    return np.arange(1, a.size + 1).reshape(a.shape)


def _rearranged(function: Function) -> Function:
    def moved(a: Any, *args: Any, **kwargs: Any) -> Any:
        origins = function(numbered(a), *args, **kwargs)
        if isinstance(origins, list | tuple):
            return [gathered(a, part) for part in origins]
        return gathered(a, origins)

    return moved


def _reshaped(function: Function) -> Function:
    def moved(a: Any, *args: Any, **kwargs: Any) -> Any:
        return np.reshape(a, function(np.empty(np.shape(a)), *args, **kwargs).shape)

    return moved


def _permuted(function: Function) -> Function:
    def moved(a: Any, *args: Any, **kwargs: Any) -> Any:
        sides = np.empty(tuple(range(2, np.ndim(a) + 2)))  # each axis known by its length
        axes = [side - 2 for side in function(sides, *args, **kwargs).shape]
        return np.transpose(a, axes)

    return moved


def _stack(arrays: Any, axis: int = 0) -> Any:
    return np.concatenate([np.expand_dims(a, axis) for a in arrays], axis=axis)


def _vstack(tup: Any) -> Any:
    return np.concatenate([np.atleast_2d(a) for a in tup], axis=0)


def _hstack(tup: Any) -> Any:
    parts = [np.atleast_1d(a) for a in tup]
    return np.concatenate(parts, axis=0 if np.ndim(parts[0]) == 1 else 1)


def _column_stack(tup: Any) -> Any:
    parts = [np.reshape(a, (-1, 1)) if np.ndim(a) < 2 else a for a in tup]
    return np.concatenate(parts, axis=1)


def _append(arr: Any, values: Any, axis: int | None = None) -> Any:
    if axis is None:
        return np.concatenate([np.ravel(arr), np.ravel(values)])
    return np.concatenate([arr, values], axis=axis)


def _take(a: Any, indices: Any, axis: int | None = None) -> Any:
    if axis is None:
        return np.ravel(a)[indices]
    at = range(np.ndim(a))[axis]
    return a[(*[slice(None)] * at, indices)]


# Products --------------------------------------------------------------------------------------


def _dot(a: Any, b: Any) -> Any:
    if not np.ndim(a) or not np.ndim(b):
        return np.multiply(a, b)
    if max(np.ndim(a), np.ndim(b)) > 2:
        raise ValueError("more than two dimensions: write @")
    return np.matmul(a, b)


def _inner(a: Any, b: Any) -> Any:
    return _dot(a, np.transpose(b))


def outer_of(ufunc: Function, a: Any, b: Any) -> Any:
    """Every cell of `a` with every cell of `b`: the shape of `a`, then that of `b`."""
    return ufunc(np.reshape(a, (*np.shape(a), *[1] * np.ndim(b))), b)


def _outer(a: Any, b: Any) -> Any:
    return outer_of(np.multiply, np.ravel(a), np.ravel(b))


def batched(a: Any, b: Any) -> Any:
    """np.matmul of more than two dimensions: a product for each pair of matrices."""
    left = np.reshape(a, (1, -1)) if np.ndim(a) == 1 else a
    right = np.reshape(b, (-1, 1)) if np.ndim(b) == 1 else b
    batch = np.broadcast_shapes(np.shape(left)[:-2], np.shape(right)[:-2])
    left, right = (
        x if np.shape(x)[:-2] == batch else np.broadcast_to(x, (*batch, *np.shape(x)[-2:]))
        for x in (left, right)
    )
    products = [np.matmul(left[at], right[at]) for at in np.ndindex(*batch)]
    shape = (
        *batch,
        *([np.shape(a)[-2]] if np.ndim(a) > 1 else []),
        *([np.shape(b)[-1]] if np.ndim(b) > 1 else []),
    )
    return np.reshape(np.concatenate(products, axis=0), shape)


# Reductions ------------------------------------------------------------------------------------


def _over(function: Function) -> Function:
    """A reduction over several axes: they become one first."""

    def reduced(a: Any, axes: Sequence[int], keepdims: bool = False) -> Any:
        places = [range(np.ndim(a))[axis] for axis in axes]
        kept = [axis for axis in range(np.ndim(a)) if axis not in places]
        shape = np.shape(a)
        line = np.reshape(np.transpose(a, [*kept, *places]), (*[shape[k] for k in kept], -1))
        out = function(line, axis=-1)
        if not keepdims:
            return out
        return np.reshape(out, [1 if i in places else n for i, n in enumerate(shape)])

    return reduced


def _lines(a: Any, axis: int) -> list[Any]:
    """The parts of `a` along an axis, each of length 1 there."""
    at = range(np.ndim(a))[axis]
    return [a[(*[slice(None)] * at, slice(i, i + 1))] for i in range(np.shape(a)[at])]


def _flat(a: Any, axis: int | None) -> tuple[Any, int]:
    if axis is not None:
        return a, axis
    return (a if np.ndim(a) == 1 else np.ravel(a)), 0


def _running(function: Function) -> Function:
    """The reduction of all up to each place."""

    def running(a: Any, axis: int | None = None) -> Any:
        a, axis = _flat(a, axis)
        at = range(np.ndim(a))[axis]
        before = [(*[slice(None)] * at, slice(i + 1)) for i in range(np.shape(a)[at])]
        return np.concatenate([function(a[b], axis=at, keepdims=True) for b in before], axis=at)

    return running


def _prod(a: Any, axis: int | None = None, keepdims: bool = False) -> Any:
    whole = np.shape(a)
    a, at = _flat(a, axis)
    out, *more = _lines(a, at)
    for line in more:
        out = out * line
    if axis is None:
        return np.reshape(out, [1] * len(whole) if keepdims else ())
    return out if keepdims else np.squeeze(out, axis=axis)


def _var(
    a: Any, axis: Any = None, ddof: int = 0, keepdims: bool = False, correction: int = 0
) -> Any:
    if ddof or correction:
        raise ValueError("only the plain mean of squares: leave out ddof")
    return np.mean(
        np.square(a - np.mean(a, axis=axis, keepdims=True)), axis=axis, keepdims=keepdims
    )


def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    if ord not in (None, 2, "fro") or (ord == 2 and axis is None and np.ndim(x) > 1):
        raise ValueError(f"of this kind ({ord!r}): write it with np.abs, sum and max")
    return np.sqrt(np.sum(np.square(x), axis=axis, keepdims=keepdims))


def _sort(a: Any, axis: int | None = -1, kind: Any = None, stable: Any = None) -> Any:
    a, axis = _flat(a, axis)
    if np.ndim(a) == 1:
        return a[np.argsort(a)]
    at = range(np.ndim(a))[axis]
    moved = np.moveaxis(a, at, -1)
    lines = np.reshape(moved, (-1, np.shape(a)[at]))
    ordered = [line[np.argsort(line)] for line in lines]
    return np.moveaxis(np.reshape(_stack(ordered), np.shape(moved)), -1, at)


def _diff(a: Any, n: int = 1, axis: int = -1) -> Any:
    at = range(np.ndim(a))[axis]
    for _ in range(n):
        a = a[(*[slice(None)] * at, slice(1, None))] - a[(*[slice(None)] * at, slice(-1))]
    return a


def _clip(a: Any, a_min: Any = None, a_max: Any = None, *, min: Any = None, max: Any = None) -> Any:
    low, high = (a_min if min is None else min), (a_max if max is None else max)
    a = a if low is None else np.maximum(a, low)
    return a if high is None else np.minimum(a, high)


def _truncated(x: Any) -> Any:
    return np.where(x < 0, np.ceil(x), np.floor(x))


TUPLES: dict[Function, Function] = {
    function: _over(function)
    for function in (np.sum, np.mean, np.max, np.min, np.amax, np.amin, np.any, np.all, np.prod)
}
COMPOSED: dict[Function, Function] = {
    **{f: _reshaped(f) for f in (np.ravel, np.expand_dims, np.squeeze, np.atleast_1d)},
    np.atleast_2d: _reshaped(np.atleast_2d),
    **{f: _permuted(f) for f in (np.swapaxes, np.moveaxis, np.rollaxis, np.matrix_transpose)},
    **{
        f: _rearranged(f)
        for f in (
            np.flip, np.fliplr, np.flipud, np.roll, np.rot90, np.repeat, np.tile, np.diag,
            np.diagflat, np.diagonal, np.tril, np.triu, np.pad, np.delete, np.resize,
            np.split, np.array_split, np.hsplit, np.vsplit,
        )
    },
    np.stack: _stack,
    np.vstack: _vstack,
    np.hstack: _hstack,
    np.column_stack: _column_stack,
    np.append: _append,
    np.take: _take,
    np.dot: _dot,
    np.inner: _inner,
    np.outer: _outer,
    np.vdot: lambda a, b: np.matmul(np.ravel(a), np.ravel(b)),
    np.amax: lambda a, axis=None, keepdims=False: np.max(a, axis=axis, keepdims=keepdims),
    np.amin: lambda a, axis=None, keepdims=False: np.min(a, axis=axis, keepdims=keepdims),
    np.ptp: lambda a, axis=None, keepdims=False: (
        np.max(a, axis=axis, keepdims=keepdims) - np.min(a, axis=axis, keepdims=keepdims)
    ),
    np.any: lambda a, axis=None, keepdims=False: np.max(a != 0, axis=axis, keepdims=keepdims),
    np.all: lambda a, axis=None, keepdims=False: np.min(a != 0, axis=axis, keepdims=keepdims),
    np.count_nonzero: lambda a, axis=None, *, keepdims=False: np.sum(
        a != 0, axis=axis, keepdims=keepdims
    ),
    np.nansum: lambda a, axis=None, keepdims=False: np.sum(
        np.nan_to_num(a), axis=axis, keepdims=keepdims
    ),
    np.prod: _prod,
    np.cumsum: _running(np.sum),
    np.cumprod: _running(np.prod),
    np.var: _var,
    np.std: lambda a, axis=None, **options: np.sqrt(_var(a, axis, **options)),
    np.linalg.norm: _norm,
    np.trace: lambda a: np.sum(np.diagonal(a)),
    np.sort: _sort,
    np.diff: _diff,
    np.clip: _clip,
    np.around: lambda a, decimals=0: np.round(a, decimals),
    np.trunc: _truncated,
    np.fix: _truncated,
    np.positive: lambda x: np.copy(x),
    np.fabs: lambda x: np.absolute(x),
    np.reciprocal: lambda x: 1 / x,
    np.float_power: lambda x, y: np.power(x, y),
    np.hypot: lambda x, y: np.sqrt(np.square(x) + np.square(y)),
    np.log1p: lambda x: np.log(1 + x),
    np.expm1: lambda x: np.exp(x) - 1,
    np.exp2: lambda x: np.power(2, x),
    np.log2: lambda x: np.log(x) / np.log(2),
    np.log10: lambda x: np.log(x) / np.log(10),
    np.logical_xor: lambda x, y: np.not_equal(np.not_equal(x, 0), np.not_equal(y, 0)),
    np.bitwise_xor: lambda x, y: np.not_equal(x, y),
    np.divmod: lambda x, y: (np.floor_divide(x, y), np.remainder(x, y)),
    # the methods of a ufunc
    np.add.reduce: lambda a, axis=0, keepdims=False: np.sum(a, axis=axis, keepdims=keepdims),
    np.multiply.reduce: lambda a, axis=0, keepdims=False: np.prod(a, axis=axis, keepdims=keepdims),
    np.maximum.reduce: lambda a, axis=0, keepdims=False: np.max(a, axis=axis, keepdims=keepdims),
    np.minimum.reduce: lambda a, axis=0, keepdims=False: np.min(a, axis=axis, keepdims=keepdims),
    np.add.accumulate: lambda a, axis=0: np.cumsum(a, axis=axis),
}  # fmt: skip
