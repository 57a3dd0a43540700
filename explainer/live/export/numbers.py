"""Arrays as text that a browser takes apart: few bytes a number, deflated, in base64."""

import base64
import zlib
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

STEPS = 255  # of a weight within its row: a uint8
SHARES = 65535  # of a probability: a uint16


def packed(array: Array) -> dict[str, Any]:
    """An array of any shape as its type, its shape, and its deflated little-endian bytes."""
    raw = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).tobytes()
    return {
        "type": array.dtype.name,
        "shape": list(array.shape),
        "data": base64.b64encode(zlib.compress(raw, 9)).decode("ascii"),
    }


def unpacked(kept: dict[str, Any]) -> Array:
    """The array that `packed` has taken."""
    raw = zlib.decompress(base64.b64decode(kept["data"]))
    return np.frombuffer(raw, np.dtype(kept["type"]).newbyteorder("<")).reshape(kept["shape"])


def triangle(weights: npt.NDArray[np.float32]) -> tuple[Array, Array]:
    """The lower triangle of a map (n, n), and the largest weight of each row (n,).

    A weight is stored as so many 255ths of the largest of its row, so it is off by at most
    1/510 of that. Nothing is stored of the keys after a query, whose weights are 0. Returns
    (n · (n + 1) / 2,) uint8, row after row, and (n,) float32.
    """
    largest = weights.max(axis=1)
    steps = np.rint(weights / np.where(largest > 0, largest, 1)[:, None] * STEPS)
    return steps.astype(np.uint8)[np.tril_indices(len(weights))], largest.astype(np.float32)


def shares(probabilities: npt.NDArray[np.float32]) -> Array:
    """Probabilities as uint16, off by at most 1/131070."""
    return np.rint(np.clip(probabilities, 0, 1) * SHARES).astype(np.uint16)


def exact(number: Any) -> float | None:
    """A float32 as the shortest decimal that means the same; None for what is no number."""
    return float(str(np.float32(number))) if np.isfinite(number) else None
