"""What of a real head fits on a sheet, and the rests that keep its sums true.

A head of Llama 3 8B reads 4,096 features and compares 128 numbers of up to 8,192 tokens. An
excerpt shows the few that matter most here; whatever it leaves out of a sum stands in a rest, so
that scores, weights and output are still those of the head.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import torch

from explainer.live.device import on_device

if TYPE_CHECKING:
    from explainer.live.capture import Capture

Array = npt.NDArray[np.float64]

TOKENS, FEATURES, PAIRS, VALUES = 3, 3, 1, 2
DIGITS = {"x": 2, "weight": 3}  # shown numbers are rounded; a rest takes up what that changes


@dataclass(frozen=True)
class Excerpt:
    """The numbers of one head at one query token; the query is the last of the n tokens shown.

    Which are shown: tokens (n,), features (m,) of the residual stream, dimensions (d,) of queries
    and keys, the first halves of rotation pairs before their second halves, and values (e,), the
    dimensions of values and output. Columns are tokens.
    """

    tokens: list[int]
    features: list[int]
    dimensions: list[int]
    values: list[int]
    x: Array
    """(m, n) what the projections read: the residual stream, normalised."""
    w_q: Array
    w_k: Array
    """(d, m), as w_q: rows of the head's projections."""
    w_v: Array
    """(e, m)"""
    rest_q: Array
    """(d, 1) what the other features add to the query."""
    rest_k: Array
    """(d, n)"""
    rest_v: Array
    """(e, n)"""
    cos: Array
    sin: Array
    """(d, n), as cos: of the angle by which a token's place turns each pair."""
    rest_score: Array
    """(n, 1) what the other dimensions add to the scores."""
    root: float
    """What scores are divided by, the square root of the head's size."""
    others: int
    """How many tokens the query sees besides those shown."""
    rest_weight: Array
    """(1, 1) one score that weighs as much as all the others together."""
    rest_value: Array
    """(e, 1) the mean of their values, weighted."""


@on_device
def excerpt(capture: "Capture", layer: int, head: int, token: int) -> Excerpt:
    """The excerpt of a head at a query token.

    Shown are the tokens with the largest weights, the pairs that move the scores most, the
    values that are largest in the output, and the features that make most of all of them.
    """
    model, kept = capture.model, capture.recorder
    shared = head // (model.heads // model.key_value_heads)
    size = model.head_dim
    q = _array(kept.queries[layer][head][token])
    k = _array(kept.keys[layer][shared][: token + 1])
    v = _array(kept.values[layer][shared][: token + 1])
    scaled = k @ q * model.scale
    weights = _softmax(scaled)

    before = [t for t in np.argsort(-weights, kind="stable").tolist() if t != token]
    tokens = [*sorted(before[: TOKENS - 1]), token]
    unseen = sorted(before[TOKENS - 1 :])
    half = size // 2
    products = k[tokens] * q
    moved = np.abs(products[:, :half] + products[:, half:]).max(axis=0)
    pairs = _largest(moved, PAIRS)
    dimensions = [*pairs, *(pair + half for pair in pairs)]
    values = _largest(weights @ v, VALUES)

    cos, sin = (_array(table[tokens]) for table in kept.rotation)
    queries = [head * size + i for i in dimensions]
    keys = [shared * size + i for i in dimensions]
    attention = model.network.model.layers[layer].self_attn
    w_q = _array(attention.q_proj.weight[queries])
    w_k = _array(attention.k_proj.weight[keys])
    w_v = _array(attention.v_proj.weight[[shared * size + i for i in values]])
    read = _read(model.network, kept, layer, tokens)
    parts = [np.abs(w_q * read[-1])] + [np.abs(w) * np.abs(read).max(axis=0) for w in (w_k, w_v)]
    features = _largest(sum((part / part.sum()).sum(axis=0) for part in parts), FEATURES)

    x = read[:, features].T.round(DIGITS["x"])
    w_q, w_k, w_v = (w[:, features].round(DIGITS["weight"]) for w in (w_q, w_k, w_v))
    q_unturned = _unturned(q[None, dimensions], cos[-1:, dimensions], sin[-1:, dimensions])
    k_unturned = _unturned(k[tokens][:, dimensions], cos[:, dimensions], sin[:, dimensions])
    return Excerpt(
        tokens=tokens,
        features=features,
        dimensions=dimensions,
        values=values,
        x=x,
        w_q=w_q,
        w_k=w_k,
        w_v=w_v,
        rest_q=q_unturned.T - w_q @ x[:, -1:],
        rest_k=k_unturned.T - w_k @ x,
        rest_v=v[tokens][:, values].T - w_v @ x,
        cos=cos[:, dimensions].T,
        sin=sin[:, dimensions].T,
        rest_score=(k[tokens] @ q - products[:, dimensions].sum(axis=1))[:, None],
        root=1 / model.scale,
        others=len(unseen),
        rest_weight=_log_sum_exp(scaled[unseen]).reshape(1, 1),
        rest_value=_mean(v[unseen][:, values], scaled[unseen])[:, None],
    )


def _largest(sizes: Array, count: int) -> list[int]:
    """The places of the largest by size, in order."""
    return sorted(np.argsort(-np.abs(sizes), kind="stable")[:count].tolist())


def _read(network: Any, kept: Any, layer: int, tokens: list[int]) -> Array:
    """What a layer's projections read of some tokens, (n, hidden)."""
    norm = network.model.layers[layer].input_layernorm
    return _array(norm(kept.residual[layer][tokens].to(norm.weight.device)))


def _unturned(turned: Array, cos: Array, sin: Array) -> Array:
    """What a rotation was applied to, (n, d); Su et al. 2021, eq. 34, the other way round."""
    first, second = np.split(turned, 2, axis=1)
    half = np.concatenate([-second, first], axis=1)
    return np.asarray((turned * cos - half * sin) / (cos**2 + sin**2))


def _softmax(scores: Array) -> Array:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def _log_sum_exp(scores: Array) -> Array:
    if not scores.size:
        return np.zeros(1)
    return np.asarray(scores.max() + np.log(np.exp(scores - scores.max()).sum()))


def _mean(values: Array, scores: Array) -> Array:
    """Rows of values (n, e), weighted by a softmax of their scores."""
    if not len(values):
        return np.zeros(values.shape[1])
    return np.asarray(_softmax(scores) @ values)


def _array(tensor: torch.Tensor) -> Array:
    return np.asarray(tensor.cpu().double().numpy())
