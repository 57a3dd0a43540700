"""Which heads a page keeps, and whether they fit."""

from collections.abc import Sequence
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

import numpy as np

from explainer.errors import LiveError

if TYPE_CHECKING:
    from explainer.live.model import LiveModel
    from explainer.live.overview import Overview

Head = tuple[int, int]

FEW = 64  # a model of so many heads is kept whole
SOME = 24  # of a larger one
STRONGEST = 8  # keys of each query that stay exact when the map is pooled
LIMIT = 16 * 2**20  # bytes of maps and strongest keys, before they are deflated


def fitting(
    model: "LiveModel", heads: Sequence[Head] | None, tokens: int, pixels: int
) -> list[Head] | None:
    """The heads that are named, in order, or None; it can be asked before a prompt is run.

    heads: (layer, head) each. Raises LiveError for a head that is not there, for none at all, and
    for more than fit.
    """
    if pixels < 1:
        raise LiveError("a map has at least one pixel", "no-such-pool")
    if heads is None:
        _check([(0, 0)], tokens, pixels)
        return None
    named = sorted({(int(layer), int(head)) for layer, head in heads})
    if not named:
        raise LiveError("a page needs a head at least", "no-heads")
    for layer, head in named:
        model.check(layer, head)
    _check(named, tokens, pixels)
    return named


def chosen(overview: "Overview", tokens: int, pixels: int) -> list[Head]:
    """The heads to keep where none is named: all of a small model, or the most telling."""
    ranked = _ranked(overview)
    most = len(ranked) if len(ranked) <= FEW else SOME
    return sorted(ranked[: max(1, min(most, LIMIT // nbytes(tokens, pixels)))])


def nbytes(tokens: int, pixels: int) -> int:
    """Bytes of one head, before they are deflated: its map, and its strongest keys if pooled."""
    side = min(tokens, pixels)
    return side * (side + 1) // 2 + (tokens * STRONGEST * 4 if tokens > side else 0)


def _check(heads: Sequence[Head], tokens: int, pixels: int) -> None:
    size = len(heads) * nbytes(tokens, pixels)
    if size > LIMIT:
        raise LiveError(
            f"{len(heads)} heads of {tokens:,} tokens at {pixels} pixels are {size / 1e6:,.4g} MB; "
            f"the limit is {LIMIT / 1e6:,.4g} MB: keep fewer heads, or fewer pixels",
            "page-too-large",
            size=size,
            limit=LIMIT,
        )


def _ranked(overview: "Overview") -> list[Head]:
    """All heads, the first of each score before the second of any."""
    rankings = []
    for scores in overview.scores.values():
        order = np.argsort(-np.nan_to_num(scores, nan=-1).ravel(), kind="stable")
        rankings.append([divmod(int(place), scores.shape[1]) for place in order])
    return list(dict.fromkeys(chain.from_iterable(zip_longest(*rankings))))
