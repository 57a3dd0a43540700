"""As equal as float32 promises, on whatever processor: bounds from what is summed up, not measured.

A sum of n products is off by at most n × eps × the sum of their sizes, in whatever order a kernel
adds (Higham 2002, eq. 3.5); two that are compared may each be off so far.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from explainer.live import Capture, LiveModel

EPS = 2.0**-23
Numbers = npt.ArrayLike


def sums(found: Numbers, expected: Numbers, terms: int, size: float | None = None) -> None:
    """Sums of so many terms; size: what the sizes of the terms add up to, at most."""
    size = float(np.abs(expected).max()) if size is None else size
    np.testing.assert_allclose(found, expected, rtol=0, atol=2 * terms * EPS * size)


def off(terms: int, size: float, count: int) -> float:
    """How far a softmax of count scores may be off, each a sum of terms of that size."""
    score = 2 * (terms + 2) * EPS * size
    return 2 * score + (count + 4) * EPS  # a weight is at most 1, and e to the score its factor


def softmax(found: Numbers, expected: Numbers, terms: int, size: float, count: int) -> None:
    """Weights, or means or maxima of them."""
    np.testing.assert_allclose(found, expected, rtol=0, atol=off(terms, size, count))


def size(capture: Capture, layer: int, head: int) -> float:
    """The most that the products in a score of this head add up to."""
    query, key = capture._head(layer, head)
    return float(query.norm(dim=-1).max() * key.norm(dim=-1).max()) * capture.model.scale


def weights(found: Numbers, expected: Numbers, capture: Capture, layer: int, head: int) -> None:
    """Attention weights from the same queries and keys."""
    terms, count = capture.model.head_dim, len(capture.tokens)
    softmax(found, expected, terms, size(capture, layer, head), count)


def runs(found: Numbers, expected: Numbers, model: LiveModel, size: float | None = None) -> None:
    """What two runs of a model give that add in other orders: all sums of all layers on the way."""
    config: Any = model.network.config
    width = config.num_attention_heads * config.head_dim
    layer = 3 * config.hidden_size + config.intermediate_size + width + 2 * config.head_dim
    sums(found, expected, (model.layers + 1) * layer, size)
