"""What a lesson cannot use, and what to write instead."""

_IN_PLACE = "an array is never changed: build the new one with np.where or np.concatenate"
_COUNTS = (
    "how many cells it gives depends on the numbers, and a sheet's shapes must not; "
    "keep all cells with np.where or `only`"
)
_BEFORE = "compute it beforehand, and declare the numbers as a Matrix"
_BY_VALUE = "a sheet is for all numbers; compare with ==, and keep the result an array"

_INSTEAD = {
    "np.einsum": "write it with @, .T and sum(axis=…)",
    "np.tensordot": "write it with @, .T and reshape",
    "np.kron": "write np.outer and reshape",
    "np.cross": "write out its three cells, and np.stack them",
    "np.convolve": "write a sum of shifted slices",
    "np.concatenate": "name the axis, 0 or 1",
    "np.block": "write np.concatenate",
    "np.median": "write np.sort and take the middle",
    "np.average": "write (X * w).sum() / w.sum()",
    "np.where": "write np.where(condition, yes, no); with the condition alone " + _COUNTS,
    "np.select": "write np.where within np.where",
    "np.isnan": "write `only` where cells are to stay blank, and np.nan_to_num to fill them",
    "np.bincount": "write (x == k).sum() for each k, and np.stack them",
    "np.take_along_axis": "write np.take, or multiply by one_hot and sum",
    "np.apply_along_axis": "write it for the whole array, with axis=",
    "np.vectorize": "write it for the whole array",
    "np.argpartition": "write np.argsort, or top_k_mask",
    "np.partition": "write np.sort, or top_k_mask",
    **dict.fromkeys(("np.cov", "np.corrcoef"), "write it with mean, @ and .T"),
    **dict.fromkeys(
        "np.nonzero np.flatnonzero np.argwhere np.unique np.extract np.compress".split(), _COUNTS
    ),
    **dict.fromkeys("np.put np.place np.copyto np.fill_diagonal np.insert".split(), _IN_PLACE),
    **dict.fromkeys("np.isclose np.allclose np.array_equal np.array_equiv".split(), _BY_VALUE),
}
_OTHERWISE = (
    "write it with +, -, *, /, @, sums and np.where; CONTRIBUTING lists all operations, and how "
    "one is added"
)

METHODS = {
    "sort": "it would change the array; write np.sort(X)",
    "fill": _IN_PLACE,
    "put": _IN_PLACE,
    "resize": "write np.resize(X, shape)",
    "itemset": _IN_PLACE,
    "nonzero": _COUNTS,
    "compress": _COUNTS,
    "tolist": "its numbers would no longer follow a reader's; keep it an array",
    "item": "its number would no longer follow a reader's; keep it an array, as X[0, 0]",
    "view": "write .copy()",
    "flat": "write .ravel()",
}

# Options that change nothing when they have these values.
ALL_THE_SAME = {"out": (None,), "order": ("C", "K", "A", None), "subok": (True,), "copy": (None,)}
# Options that a lesson does not know, and what to write for them.
LIKE = {
    "out": "write S = S + 1, which makes a new array",
    "where": "write np.where(condition, X, other) first",
    "dtype": "leave it out: a sheet computes with float64",
    "casting": "leave it out: a sheet computes with float64",
    "initial": "write np.maximum, np.minimum or + afterwards",
    "order": "leave it out; write .T to go by columns",
    "mode": "leave it out",
}


def instead(name: str) -> str:
    """What to write instead of a function of NumPy."""
    if name.startswith("np.linalg."):
        return _INSTEAD.get(name, _BEFORE)
    return _INSTEAD.get(name, _OTHERWISE)
