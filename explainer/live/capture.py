"""A capture: everything that one forward pass did, computed in full when somebody looks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch

from explainer.errors import LiveError
from explainer.live import activations, attention, overview, prediction
from explainer.live.ablation import Ablation
from explainer.live.activations import Floats, LogitLens, Neurons
from explainer.live.device import on_device
from explainer.live.overview import Overview
from explainer.live.prediction import NextToken
from explainer.live.progress import Progress
from explainer.live.recorder import Recorder
from explainer.live.tokens import Token

if TYPE_CHECKING:
    from explainer.live.model import LiveModel

SHOWN = 40  # characters of a prompt where a capture is told in one line


@dataclass(frozen=True, eq=False, repr=False)
class Capture:
    """One prompt, run once through a model.

    What a `Recorder` has kept stays on the model's device; each method computes what it is asked
    for and returns NumPy float32 on the CPU. All raise LiveError for a layer, head or token that
    is not there, and when the device has no memory left.
    """

    model: "LiveModel"
    prompt: str
    tokens: tuple[Token, ...]
    ablations: tuple[Ablation, ...]
    recorder: Recorder
    logits: Floats
    """Of the token after the last, (V,)."""

    def __repr__(self) -> str:
        prompt = self.prompt if len(self.prompt) <= SHOWN else f"{self.prompt[: SHOWN - 1]}…"
        return f"Capture({prompt!r}, {len(self.tokens):,} tokens, {self.model.name})"

    @property
    def nbytes(self) -> int:
        """What the capture holds, in bytes."""
        return sum(tensor.nbytes for tensor in self.recorder.tensors) + self.logits.nbytes

    @on_device
    def attention(
        self,
        layer: int,
        head: int,
        queries: slice = slice(None),
        keys: slice = slice(None),
        pixels: int | None = None,
        pool: str = "max",
    ) -> Floats:
        """Attention weights of a head: rows are queries, each sums to 1 over all keys it may see.

        queries, keys: slices of tokens (step 1), for a window. pixels: at most so many rows and
        columns, by the "max" or the "mean" of blocks of tokens. Returns (queries, keys) or
        (pixels, pixels).
        """
        self.model.check(layer, head)
        if pool not in attention.POOLS or (pixels is not None and pixels < 1):
            raise LiveError("pixels are pooled by max or mean, and at least one", "no-such-pool")
        rows = attention.Blocks.of(self._slice(queries), pixels)
        columns = attention.Blocks.of(self._slice(keys), pixels)
        query, key = self._head(layer, head)
        scale = self.model.scale
        return _array(attention.window(query, key, scale, rows, columns, pool))

    def overview(
        self, pixels: int = 32, pool: str = "max", progress: Progress | None = None
    ) -> Overview:
        """Maps and scores of all heads, from every row."""
        *_, exact = self.overviews(pixels, pool, progress)
        return exact

    def overviews(
        self, pixels: int = 32, pool: str = "max", progress: Progress | None = None
    ) -> Iterator[Overview]:
        """The overview from a few rows, then from more, and at last from all of them.

        progress is told the share of the pass under way; to stop it, let it raise Cancelled.
        """
        if pool not in attention.POOLS or pixels < 1:
            raise LiveError("pixels are pooled by max or mean, and at least one", "no-such-pool")
        kept, ids = self.recorder, [token.id for token in self.tokens]
        passes = overview.overviews(
            kept.queries, kept.keys, ids, self.model.scale, pixels, pool, progress
        )
        following = on_device(lambda: next(passes, None))
        while (made := following()) is not None:
            yield made

    @on_device
    def residual(self, layer: int) -> Floats:
        """The residual stream entering a layer, (T, hidden); layer L: what the final norm reads."""
        if not 0 <= layer <= self.model.layers:
            raise LiveError(f"the residual stream has places 0 to {self.model.layers}", "no-layer")
        return _array(self.recorder.residual[layer])

    @on_device
    def residual_norms(self) -> Floats:
        """Euclidean length of the residual stream by layer and token, (L + 1, T)."""
        return activations.norms(self.recorder.residual)

    @on_device
    def logit_lens(self, top: int = 5, tokens: slice = slice(None)) -> LogitLens:
        """What each layer would predict after each token, as ids and shares, (L + 1, T, top).

        For all tokens this takes up to ten times as long as the capture: each is read after
        every layer with the whole vocabulary. `tokens` chooses some.
        """
        window = self._slice(tokens)
        return activations.logit_lens(self.model.network, self.recorder.residual, window, top)

    @on_device
    def neurons(self, layer: int, token: int, top: int = 20) -> Neurons:
        """The strongest MLP activations of a layer at a token, by size."""
        self.model.check(layer, 0)
        place = self._token(token)
        decoder = self.model.network.model.layers[layer]
        return activations.neurons(decoder, self.recorder.middle[layer][place], top)

    def next_token(self, temperature: float = 1.0, top_k: int = 0, top_p: float = 1.0) -> NextToken:
        """The distribution of the token after the last, after each filter."""
        return prediction.next_token(self.logits, temperature, top_k, top_p)

    def append(self, token: int) -> "Capture":
        """The capture of this prompt with one more token, from what is kept of this one."""
        return self.model.extend(self, token)

    def by_hand(self, layer: int, head: int, token: int) -> dict[str, Any]:
        """A sheet of this head at one query token, for the lessons' stage: real numbers."""
        from explainer.live.by_hand import by_hand

        self.model.check(layer, head)
        return by_hand(self, layer, head, self._token(token))

    def _head(self, layer: int, head: int) -> tuple[torch.Tensor, torch.Tensor]:
        """The queries (T, d) of a head and the keys (T, d) that it shares."""
        shared = self.model.heads // self.model.key_value_heads
        return self.recorder.queries[layer][head], self.recorder.keys[layer][head // shared]

    def _token(self, token: int) -> int:
        """The token's place, counted from the end where it is negative."""
        count = len(self.tokens)
        if not -count <= token < count:
            raise LiveError(f"there is no token {token}: the prompt has {count}", "no-such-token")
        return token % count

    def _slice(self, tokens: slice) -> slice:
        """The slice with its bounds; it must hold a token."""
        start, stop, step = tokens.indices(len(self.tokens))
        if step != 1 or stop <= start:
            raise LiveError("a window is a run of tokens, one at least", "no-such-window")
        return slice(start, stop)


def extended(old: Recorder, new: Recorder) -> Recorder:
    """What two passes have left, the second of which has gone on from the keys of the first."""

    def joined(a: Sequence[torch.Tensor], b: Sequence[torch.Tensor], dim: int) -> list[Any]:
        return [torch.cat(pair, dim) for pair in zip(a, b, strict=True)]

    return Recorder(
        queries=joined(old.queries, new.queries, 1),
        keys=new.keys,  # the cache has joined them already
        values=new.values,
        residual=joined(old.residual, new.residual, 0),
        middle=joined(old.middle, new.middle, 0),
        rotation=joined(old.rotation, new.rotation, 0),
    )


def _array(tensor: torch.Tensor) -> Floats:
    return tensor.float().cpu().numpy()
