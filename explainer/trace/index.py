"""What `X[…]` picks: places that stand in the lesson's code, or places that it computes."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from explainer.errors import LessonError
from explainer.trace.calls import Recorded, as_numpy, held, numpys, unsupported
from explainer.trace.composed import gathered, numbered
from explainer.trace.graph import Graph
from explainer.trace.ops import OPERATIONS


def picked(array: Any, index: Any) -> Any:
    """The cells of a traced array at an index, as NumPy picks them.

    Raises UnsupportedOperation for a computed mask, and LessonError where NumPy would refuse.
    """
    items = index if isinstance(index, tuple) else (index,)
    if any(isinstance(item, Recorded) for item in items):
        return _looked_up(array, items)
    if _computed(items):
        unsupported("an index that is a list of computed numbers", "write np.stack of them first")
    expected = numpys("X[…]", lambda x: x[index], [array], {})
    simple = [_item(item) for item in items]
    lists = sum(isinstance(item, dict) and "take" in item for item in simple)
    if None not in simple and lists <= 1:
        made = array.record("getitem", [array], {"index": [i for (i,) in map(_open, simple)]})
    else:
        made = gathered(array, numbered(array)[index])
    return held(made, expected, "X[…]")


def _looked_up(array: Any, items: Sequence[Any]) -> Any:
    axis = next(at for at, item in enumerate(items) if isinstance(item, Recorded))
    indices = items[axis]
    if indices.dtype == bool:
        unsupported(
            "selecting by a computed mask",
            "how many cells it picks would depend on the numbers, and a sheet's shapes must not: "
            "write only(X, mask), np.where(mask, X, 0), or a mask of constants",
        )
    if any(not _all_of(item) for at, item in enumerate(items) if at != axis):
        unsupported(
            "an index with a computed array beside other indices",
            "pick in two steps, as X[1:][:, i], or multiply by one_hot and sum",
        )
    if not counts(indices.graph, indices.number):
        unsupported(
            "an index of numbers that need not be whole",
            "declare its Matrix with words=, or write .astype(int)",
        )
    if axis >= array.ndim:
        raise LessonError(f"X[…]: too many indices for {array.ndim} dimensions")
    whole = np.round(indices.value).astype(np.int64)
    plain = tuple(whole if at == axis else item for at, item in enumerate(items))
    expected = numpys("X[…]", lambda x: x[plain], [array], {})
    return held(array.record("take", [array, indices], {"axis": axis}), expected, "X[…]")


def counts(graph: Graph, number: int) -> bool:
    """Whether a node's numbers are places: whole in NumPy, or moved from a given that is."""
    node = graph.nodes[number]
    if node.dtype.kind == "i":
        return True
    if node.op == "given":
        return bool((node.value == np.round(node.value)).all())
    moves = node.op in OPERATIONS and OPERATIONS[node.op].feeds in ("moved", "taken")
    return moves and all(counts(graph, source) for source in node.inputs)


def _all_of(item: Any) -> bool:
    return isinstance(item, slice) and item == slice(None)


def _computed(items: Sequence[Any]) -> bool:
    return any(
        isinstance(item, Recorded) or (isinstance(item, list | tuple) and _computed(item))
        for item in items
    )


def _open(item: Any) -> tuple[Any]:
    return (None,) if item == "new" else (item,)


def _item(item: Any) -> Any:
    """One item of an index in the form that a sheet carries; None where it has none."""
    if item is None:
        return "new"
    if isinstance(item, int | np.integer) and not isinstance(item, bool):
        return int(item)
    if isinstance(item, slice):
        bounds = (item.start, item.stop, item.step)
        return {"slice": [None if bound is None else int(bound) for bound in bounds]}
    if isinstance(item, list | np.ndarray):
        places = np.asarray(as_numpy(item))
        if places.ndim == 1 and places.size and np.issubdtype(places.dtype, np.integer):
            return {"take": places.tolist()}
    return None
