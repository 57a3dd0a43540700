"""The same numbers by other means: eager attention, plain hooks, loops."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import torch
from transformers.models.llama.modeling_llama import eager_attention_forward

from explainer.live import LiveModel, recorder

Floats = npt.NDArray[np.float32]


@contextmanager
def weights_of_the_run(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Floats]]:
    """The attention weights (H, T, T) by layer of the forward that runs inside the block.

    transformers' own eager attention computes them from the query and key of that very call.
    """
    seen: list[Floats] = []
    real = recorder.sdpa_attention_forward

    def both(module: Any, query: Any, key: Any, value: Any, mask: Any, **options: Any) -> Any:
        length = query.shape[2]
        later = torch.full((length, length), float("-inf")).triu(1)[None, None]
        plain = {"scaling": options["scaling"], "dropout": 0.0}
        _, weights = eager_attention_forward(module, query, key, value, later, **plain)
        seen.append(weights[0].numpy())
        return real(module, query, key, value, mask, **options)

    with monkeypatch.context() as patch:
        patch.setattr(recorder, "sdpa_attention_forward", both)
        yield seen


def eager(model: LiveModel, ids: list[int]) -> Any:
    """What the same weights give with eager attention, all outputs asked for, in another run."""
    network = deepcopy(model.network)  # transformers leaves hooks of its own on it
    network.set_attn_implementation("eager")
    with torch.inference_mode():
        return network(torch.tensor([ids]), output_attentions=True, output_hidden_states=True)


def plain_logits(model: LiveModel, ids: list[int], last: int = 0) -> Floats:
    """The logits after each token, (T, V), or the last so many, with nothing of ours in between."""
    network = model.network
    used = network.config._attn_implementation
    network.set_attn_implementation("sdpa")
    try:
        with torch.inference_mode():
            out = network(torch.tensor([ids]), use_cache=False, logits_to_keep=last)
            return out.logits[0].float().numpy()
    finally:
        network.set_attn_implementation(used)


def pooled(weights: Floats, rows: int, columns: int, pool: str) -> Floats:
    """A map in pixels by loops: block i of n tokens in k blocks is i·n/k to (i+1)·n/k."""
    take = np.max if pool == "max" else np.mean
    height, width = weights.shape
    return np.array(
        [
            [
                take(
                    weights[
                        i * height // rows : (i + 1) * height // rows,
                        j * width // columns : (j + 1) * width // columns,
                    ]
                )
                for j in range(columns)
            ]
            for i in range(rows)
        ],
        dtype=np.float32,
    )
