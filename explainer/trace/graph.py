"""The graph that a traced computation leaves: nodes in the order in which they were computed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from explainer.errors import LessonError
from explainer.trace.feeds import Array, Cells
from explainer.trace.ops import OPERATIONS


@dataclass
class Node:
    """One array: the operation that made it, the nodes it was made from, and its value.

    `op` is a key of `OPERATIONS`, or "given" or "constant". `name` is the author's variable.
    """

    op: str
    inputs: tuple[int, ...]
    attributes: Mapping[str, Any]
    value: Array
    name: str | None = None


@dataclass
class Graph:
    """Nodes in order; every input points back."""

    nodes: list[Node] = field(default_factory=list)

    def given(self, name: str, value: Any) -> int:
        """Add an array that the author gives; returns its number."""
        return self._append(Node("given", (), {}, _frozen(value), name))

    def constant(self, value: Any) -> int:
        """Add a number or array that stands in the lesson's code; returns its number.

        Raises LessonError when it is not finite, which JSON, and so a sheet, cannot carry.
        """
        array = _frozen(value)
        if not np.isfinite(array).all():
            raise LessonError("a constant must be finite; for a mask take -1e9, or `only`")
        return self._append(Node("constant", (), {}, array))

    def apply(self, op: str, inputs: Sequence[int], attributes: Mapping[str, Any]) -> int:
        """Compute an operation of the table on nodes, and keep it; returns its number.

        Raises LessonError when the shapes do not fit.
        """
        values = [self.nodes[number].value for number in inputs]
        try:
            value = OPERATIONS[op](*values, **attributes)
        except (ValueError, IndexError, TypeError) as error:
            shapes = " and ".join("×".join(map(str, v.shape)) or "a number" for v in values)
            raise LessonError(f"{op} of {shapes}: {error}") from error
        return self._append(Node(op, tuple(inputs), dict(attributes), _frozen(value)))

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


def _frozen(value: Any) -> Array:
    """A float64 copy that nobody can change, since later nodes were computed from it."""
    array = np.array(value, dtype=np.float64)
    array.flags.writeable = False
    return array
