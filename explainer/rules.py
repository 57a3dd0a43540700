"""Measures of how far small matrices are from being good ones, for the `rules` of a lesson."""

import numpy as np
import numpy.typing as npt

from explainer.trace.feeds import Array


def alike(*arrays: Array) -> int:
    """How many rows and columns are zero or repeat another one, in all arrays together."""
    found = 0
    for array in arrays:
        rows, columns = (set(map(tuple, lines.tolist())) for lines in (array, array.T))
        zeros = (~array.any(axis=0)).sum() + (~array.any(axis=1)).sum()
        found += int(len(array) - len(rows) + array.shape[1] - len(columns) + zeros)
    return found


def beyond(numbers: npt.ArrayLike, low: float, high: float) -> float:
    """By how much the numbers leave a range, in all; blanks do not."""
    array = np.asarray(numbers, dtype=np.float64)
    return float(np.nansum(np.maximum(array - high, 0) + np.maximum(low - array, 0)))


def halfway(numbers: npt.ArrayLike, decimals: int = 1) -> int:
    """How many numbers lie halfway between two roundings, where people round differently."""
    array = np.asarray(numbers, dtype=np.float64)
    return int(np.isclose(array * 10**decimals % 1, 0.5, atol=1e-6).sum())
