"""The graph that a traced computation leaves: nodes in the order in which they were computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from explainer.errors import LessonError
from explainer.trace.feeds import Array, Cells
from explainer.trace.ops import OPERATIONS

FLOAT = np.dtype(np.float64)


@dataclass
class Node:
    """One array: the operation that made it, the nodes it was made from, and its value.

    `op` is a key of `OPERATIONS`, or "given" or "constant". `name` is the author's variable.
    `dtype` is what NumPy would hold these numbers as: bool, int64 or float64.
    """

    op: str
    inputs: tuple[int, ...]
    attributes: Mapping[str, Any]
    value: Array
    name: str | None = None
    dtype: np.dtype[Any] = FLOAT

    def form(self) -> dict[str, Any]:
        """The node as a sheet carries it; only a constant takes its value along."""
        form: dict[str, Any] = {"op": self.op}
        if self.op == "constant":
            form["value"] = self.value.tolist()
        if self.inputs:
            form["inputs"] = list(self.inputs)
        if self.attributes:
            form["attributes"] = dict(self.attributes)
        if self.name is not None:
            form["name"] = self.name
        return form


@dataclass
class Graph:
    """Nodes in order; every input points back."""

    nodes: list[Node] = field(default_factory=list)

    def given(self, name: str, value: Any, dtype: Any = FLOAT) -> int:
        """Add an array that the author gives; returns its number."""
        return self._append(Node("given", (), {}, _frozen(value), name, kind(dtype)))

    def constant(self, value: Any) -> int:
        """Add a number or array that stands in the lesson's code; returns its number.

        Raises LessonError when it is no array of numbers, when it is not finite, which JSON, and
        so a sheet, cannot carry, and when it has no cells.
        """
        try:
            plain = np.asarray(value)
        except ValueError as error:  # ragged lists
            raise LessonError(f"a constant must be numbers, not {_short(value)}") from error
        if plain.dtype.kind not in "biuf":
            raise LessonError(f"a constant must be numbers, not {_short(value)}")
        array = _frozen(plain)
        if not np.isfinite(array).all():
            raise LessonError("a constant must be finite; for a mask take -1e9, or `only`")
        if not array.size:
            raise LessonError(f"a constant of shape {sized(array.shape)} has no cells")
        return self._append(Node("constant", (), {}, array, None, kind(plain.dtype)))

    def apply(self, op: str, inputs: Sequence[int], attributes: Mapping[str, Any]) -> int:
        """Compute an operation of the table on nodes, and keep it; returns its number.

        Raises LessonError when the shapes do not fit, or nothing is left.
        """
        values = [self.nodes[number].value for number in inputs]
        try:
            value = OPERATIONS[op](*values, **attributes)
        except (ValueError, IndexError, TypeError) as error:
            shapes = " and ".join(sized(v.shape) for v in values)
            raise LessonError(f"{op} of {shapes}: {error}") from error
        if not value.size:
            shapes = " and ".join(sized(v.shape) for v in values)
            raise LessonError(f"{op} of {shapes} leaves no cells: its shape is {value.shape}")
        return self._append(Node(op, tuple(inputs), dict(attributes), _frozen(value)))

    def hold_as(self, number: int, dtype: Any) -> None:
        """Note what NumPy would hold a node's numbers as."""
        self.nodes[number].dtype = kind(dtype)

    def feeders(self, number: int, cell: int) -> Cells:
        """The (node, cell) pairs that feed one cell of a node directly."""
        node = self.nodes[number]
        if node.op not in OPERATIONS:
            return []
        values = [self.nodes[i].value for i in node.inputs]
        fed = OPERATIONS[node.op].feeders(cell, values, node.value.shape, node.attributes)
        return [(node.inputs[which], source) for which, source in fed]

    def _append(self, node: Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1


def kind(dtype: Any) -> np.dtype[Any]:
    """Truths, whole numbers or numbers: bool, int64 or float64."""
    letter = np.dtype(dtype).kind
    return np.dtype(bool) if letter == "b" else np.dtype(np.int64) if letter in "iu" else FLOAT


def sized(shape: Sequence[int]) -> str:
    """A shape as a person says it: 2×3, or a number."""
    return "×".join(map(str, shape)) or "a number"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else text[:39] + "…"


def _frozen(value: Any) -> Array:
    """A float64 copy that nobody can change, since later nodes were computed from it."""
    array = np.array(value, dtype=np.float64)
    array.flags.writeable = False
    return array
