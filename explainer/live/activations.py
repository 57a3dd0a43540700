"""What stands in the residual stream: norms, what it would predict, which neurons write to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

# Logits computed at a time, so that a long prompt and a large vocabulary fit.
LOGITS = 2**24


@dataclass(frozen=True)
class LogitLens:
    """What each layer would predict: token ids and their probabilities, (L + 1, T, top) each.

    Row l is read from the residual stream that enters layer l; the last is the model's own output.
    """

    ids: Ints
    probabilities: Floats


@dataclass(frozen=True)
class Neurons:
    """The strongest MLP activations of one token: the neurons' numbers and their activations."""

    neurons: Ints
    activations: Floats


def logit_lens(
    network: Any, residual: Sequence[torch.Tensor], tokens: slice, top: int
) -> LogitLens:
    """Read the residual stream before each layer with the model's own final norm and output.

    residual: (T, hidden) for each layer and the end. nostalgebraist 2020, "interpreting GPT: the
    logit lens".
    """
    norm, head = network.model.norm, network.lm_head
    top = min(top, head.out_features)
    most = max(1, LOGITS // head.out_features)
    ids, probabilities = [], []
    for stream in residual:
        chosen, shares = [], []
        for part in stream[tokens].split(most):
            normed = norm(part.to(norm.weight.device))
            logits = head(normed.to(head.weight.device)).float()
            best = logits.softmax(-1).topk(top, dim=-1)
            chosen.append(best.indices.cpu())
            shares.append(best.values.cpu())
        ids.append(torch.cat(chosen))
        probabilities.append(torch.cat(shares))
    return LogitLens(torch.stack(ids).numpy(), torch.stack(probabilities).numpy())


def neurons(layer: Any, middle: torch.Tensor, top: int) -> Neurons:
    """The largest activations of an MLP by their size, signs kept.

    layer: a decoder layer; middle (hidden,): the residual stream entering its MLP part. An
    activation is act(gate) · up, what the down projection reads (Shazeer 2020, eq. 6).
    """
    mlp = layer.mlp
    normed = layer.post_attention_layernorm(middle[None])
    activations = (mlp.act_fn(mlp.gate_proj(normed)) * mlp.up_proj(normed))[0].float()
    best = activations.abs().topk(min(top, len(activations))).indices
    return Neurons(best.cpu().numpy(), activations[best].cpu().numpy())


def norms(residual: Sequence[torch.Tensor]) -> Floats:
    """Euclidean length of the residual stream by layer and token, (L + 1, T)."""
    return torch.stack([stream.float().norm(dim=-1).cpu() for stream in residual]).numpy()
