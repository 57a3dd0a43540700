"""Which input cells feed an output cell: one rule for each family of operations.

A cell is its flat index in C order. A rule takes an output cell and the call that made it, and
returns (input, cell) pairs in the order in which a person would write them down.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Forward = Callable[..., Array]
Cells = list[tuple[int, int]]


@dataclass(frozen=True)
class Call:
    """One application of an operation: its forward function, inputs, attributes, output's shape."""

    forward: Forward
    inputs: Sequence[Array]
    attributes: Mapping[str, Any]
    shape: tuple[int, ...]


Rule = Callable[[int, Call], Cells]


def _numbered(array: Array) -> Array:
    """The array's shape, filled with its cells' own numbers."""
    return np.arange(array.size, dtype=np.float64).reshape(array.shape)


def each(cell: int, call: Call) -> Cells:
    """Elementwise: the cell at the same place of every input, after broadcasting."""
    return [
        (number, int(np.broadcast_to(_numbered(array), call.shape).flat[cell]))
        for number, array in enumerate(call.inputs)
    ]


def product(cell: int, call: Call) -> Cells:
    """Matrix product: a row of the first and a column of the second, in pairs."""
    left, right = (_numbered(array) for array in call.inputs)
    left = left if left.ndim == 2 else left[np.newaxis, :]
    right = right if right.ndim == 2 else right[:, np.newaxis]
    row, column = divmod(cell, right.shape[1])
    pairs = zip(left[row], right[:, column], strict=True)
    return [fed for a, b in pairs for fed in ((0, int(a)), (1, int(b)))]


def line(cell: int, call: Call) -> Cells:
    """Reduction along an axis: the whole line that the output cell sums up or lies in."""
    numbers = _numbered(call.inputs[0])
    if call.attributes["axis"] is None:
        return [(0, int(number)) for number in numbers.flat]
    axis = call.attributes["axis"] % numbers.ndim
    lines = np.moveaxis(numbers, axis, -1)
    if call.shape == numbers.shape:
        # the output is as large as the input, so look up the line through this very cell
        lines = np.broadcast_to(lines[..., np.newaxis, :], (*lines.shape, lines.shape[-1]))
        lines = np.moveaxis(lines, -2, axis)
    return [(0, int(number)) for number in lines.reshape(-1, numbers.shape[axis])[cell]]


def moved(cell: int, call: Call) -> Cells:
    """Rearrangement: run the operation on the cells' numbers, and read where each came from."""
    starts = np.cumsum([0, *(array.size for array in call.inputs)])
    origins = call.forward(
        *(_numbered(array) + start for array, start in zip(call.inputs, starts, strict=False)),
        **call.attributes,
    )
    origin = int(origins.flat[cell])
    number = int(np.searchsorted(starts, origin, side="right")) - 1
    return [(number, origin - int(starts[number]))]


def taken(cell: int, call: Call) -> Cells:
    """Look-up by index: the cell that was picked, and the index that picked it."""
    table, indices = call.inputs
    origin = call.forward(_numbered(table), indices, **call.attributes).flat[cell]
    picked = [] if np.isnan(origin) else [(0, int(origin))]
    axis = call.attributes["axis"] % table.ndim
    position = np.unravel_index(cell, call.shape)[axis : axis + indices.ndim]
    index = int(np.ravel_multi_index(position, indices.shape)) if position else 0
    return [*picked, (1, index)]


def column(cell: int, call: Call) -> Cells:
    """One-hot: the index that belongs to the output's column."""
    return [(0, cell % call.shape[-1])]


RULES: dict[str, Rule] = {
    rule.__name__: rule for rule in (each, product, line, moved, taken, column)
}
