"""What one forward pass leaves behind, kept while it runs and without changing it.

The attention of a loaded model goes through `attend`, which hands the work to PyTorch's own
kernels. Only while a `Recorder` is at work does it also keep the rotated queries and the keys,
which are references and cost no time; maps are computed from them when somebody looks.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import torch
from transformers import AttentionInterface, AttentionMaskInterface
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.masking_utils import sdpa_mask

from explainer.live.ablation import Ablation, Head, Mlp, replaced
from explainer.live.progress import Progress

ATTENTION = "explainer"


@dataclass(repr=False)
class Recorder:
    """One forward pass: what is replaced in it, and by layer what it leaves.

    queries (H, T, d), keys and values (H_kv, T, d), residual (T, hidden) entering the layer,
    with one more for the final norm, and middle (T, hidden), entering the layer's MLP part.
    rotation: cosine and sine of the angles by which this run has turned queries and keys, (T, d)
    each, the same in all layers; it is empty before the run.
    """

    ablations: Sequence[Ablation] = ()
    progress: Progress | None = None
    queries: list[torch.Tensor] = field(default_factory=list)
    keys: list[torch.Tensor] = field(default_factory=list)
    values: list[torch.Tensor] = field(default_factory=list)
    residual: list[torch.Tensor] = field(default_factory=list)
    middle: list[torch.Tensor] = field(default_factory=list)
    rotation: list[torch.Tensor] = field(default_factory=list)

    def __repr__(self) -> str:
        return f"Recorder({len(self.queries)} layers)"

    @property
    def tensors(self) -> list[torch.Tensor]:
        """All that is kept."""
        by_layer = (self.queries, self.keys, self.values, self.residual, self.middle)
        return [*chain.from_iterable(by_layer), *self.rotation]


# A context variable, not an attribute: threads that share a model each have their own pass.
_at_work: ContextVar[Recorder | None] = ContextVar("recorder", default=None)


def attend(
    module: torch.nn.Module,
    query: torch.Tensor,
    key: torch.Tensor,
    value: torch.Tensor,
    attention_mask: torch.Tensor | None,
    **options: Any,
) -> tuple[torch.Tensor, None]:
    """Scaled dot-product attention, recorded if somebody records.

    query (batch, H, T, d), key and value (batch, H_kv, S, d), rotated -> (batch, T, H, d).
    """
    output, _ = sdpa_attention_forward(module, query, key, value, attention_mask, **options)
    recorder = _at_work.get()
    if recorder is not None:
        recorder.queries.append(query[0])
        recorder.keys.append(key[0])
        recorder.values.append(value[0])
        for one in recorder.ablations:
            if isinstance(one, Head) and one.layer == module.layer_idx:
                output[:, :, one.head] = replaced(output[:, :, one.head], one.how)
    return output, None


AttentionInterface.register(ATTENTION, attend)
# Without a mask of the same name, a padded prompt would silently be attended to as a whole.
AttentionMaskInterface.register(ATTENTION, sdpa_mask)


def turns_by_length(config: Any) -> bool:
    """Whether the angles of all positions change when a prompt gets longer.

    "longrope" has other ones from a length on (Ding et al. 2024), "dynamic" from token to token.
    """
    return config.rope_parameters["rope_type"] in ("dynamic", "longrope")


@contextmanager
def recording(network: Any, recorder: Recorder) -> Iterator[Recorder]:
    """Record what this thread runs through a network; afterwards no hook is left on it."""
    base = network.model
    hooks = []

    def entering(kept: list[torch.Tensor]) -> Callable[..., None]:
        def hook(module: Any, inputs: tuple[torch.Tensor, ...]) -> None:
            if _at_work.get() is recorder:
                kept.append(inputs[0][0])
                if kept is recorder.residual and recorder.progress is not None:
                    recorder.progress(len(kept) / (len(base.layers) + 1))

        return hook

    def turned(module: Any, inputs: Any, options: Any, output: Any) -> Any:
        if _at_work.get() is not recorder:
            return output
        if turns_by_length(module.config):
            # its angles change with the runs before, and under the hands of another thread
            output = type(module)(module.config)(*inputs, **options)
        recorder.rotation[:] = [table[0] for table in output]
        return output

    def silenced(how: str) -> Callable[..., torch.Tensor | None]:
        def hook(module: Any, inputs: Any, output: torch.Tensor) -> torch.Tensor | None:
            return replaced(output, how) if _at_work.get() is recorder else None

        return hook

    token = _at_work.set(recorder)
    try:
        hooks.append(base.rotary_emb.register_forward_hook(turned, with_kwargs=True))
        for layer in base.layers:
            hooks.append(layer.register_forward_pre_hook(entering(recorder.residual)))
            middle = layer.post_attention_layernorm
            hooks.append(middle.register_forward_pre_hook(entering(recorder.middle)))
        hooks.append(base.norm.register_forward_pre_hook(entering(recorder.residual)))
        for one in recorder.ablations:
            if isinstance(one, Mlp):
                hooks.append(base.layers[one.layer].mlp.register_forward_hook(silenced(one.how)))
        yield recorder
    finally:
        for hook in hooks:
            hook.remove()
        _at_work.reset(token)
