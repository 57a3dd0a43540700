"""A push for some heads: while training begins, they are paid for looking where they should.

Heads that copy (Olsson et al. 2022) appear by themselves only after tens of millions of tokens.
Here a few chosen heads get a loss of their own at first: minus the logarithm of the weight that
they put on the token before (previous), or on what followed earlier occurrences of the same
token (induction). The loss fades to nothing well before training ends; what is left of the
heads then is what predicting the next token has kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch
from transformers import AttentionInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import AttentionMaskInterface, sdpa_mask

ATTENTION = "guided"
# (layer, head): what it is to look at; one head of a layer at most
HEADS = {(0, 0): "previous", (1, 0): "previous", (2, 0): "induction", (3, 0): "induction"}

_kept: dict[int, torch.Tensor] | None = None


def attention(
    module: Any, query: torch.Tensor, key: torch.Tensor, *args: Any, **kwargs: Any
) -> Any:
    """The attention of PyTorch; keeps the log-weights (B, T, T) of this layer's guided head."""
    for layer, head in HEADS:
        if _kept is not None and layer == module.layer_idx:
            shared = query.shape[1] // key.shape[1]
            scores = query[:, head] @ key[:, head // shared].mT * module.scaling
            ahead = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1)
            _kept[layer] = scores.masked_fill(ahead, float("-inf")).log_softmax(-1)
    return sdpa_attention_forward(module, query, key, *args, **kwargs)


AttentionInterface.register(ATTENTION, attention)
AttentionMaskInterface.register(ATTENTION, sdpa_mask)


@contextmanager
def keeping(wanted: bool = True) -> Iterator[dict[int, torch.Tensor]]:
    """Within it, a forward pass fills the dict with the guided heads' log-weights by layer."""
    global _kept
    kept: dict[int, torch.Tensor] = {}
    _kept = kept if wanted else None
    try:
        yield kept
    finally:
        _kept = None


def targets(ids: torch.Tensor) -> dict[str, torch.Tensor]:
    """Where each token (B, T) should look, (B, T, T) true or false, by kind of head."""
    length = ids.shape[1]
    place = torch.arange(length)
    follows = torch.zeros(*ids.shape, length, dtype=torch.bool)
    follows[:, :, 1:] = ids[:, :, None] == ids[:, None, :-1]
    return {
        "previous": (place == place[:, None] - 1).expand_as(follows),
        "induction": follows & (place < place[:, None]),
    }


def loss(kept: dict[int, torch.Tensor], ids: torch.Tensor) -> torch.Tensor:
    """The sum over the guided heads of minus the logarithm of the weight on their targets."""
    aims = targets(ids)
    total = torch.zeros(())
    for (layer, _), kind in HEADS.items():
        aim = aims[kind]
        exists = aim.any(-1)
        on = kept[layer][exists].masked_fill(~aim[exists], float("-inf"))
        total = total - on.logsumexp(-1).mean()
    return total
