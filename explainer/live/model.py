"""A loaded model: runs a prompt once and hands over the capture."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import index
from typing import Any

import numpy as np
import torch
from transformers import DynamicCache

from explainer.errors import LiveError
from explainer.live import ablation
from explainer.live.ablation import Ablation
from explainer.live.activations import Floats
from explainer.live.capture import Capture, extended
from explainer.live.device import on_device
from explainer.live.progress import Progress
from explainer.live.recorder import Recorder, recording, turns_by_length
from explainer.live.tokens import Token, cut, said


@dataclass(frozen=True, eq=False, repr=False)
class LiveModel:
    """A Llama with its tokenizer, and the limits within which it runs a prompt.

    max_tokens: of a prompt. memory: bytes that one capture may hold. Threads may share a model:
    each run records its own, and leaves no hook behind.
    """

    name: str
    network: Any
    tokenizer: Any
    max_tokens: int
    memory: int | None = None

    def __repr__(self) -> str:
        return f"LiveModel({self.name}, {self.layers:,} layers × {self.heads:,} heads)"

    @property
    def layers(self) -> int:
        """Number of decoder layers."""
        return int(self.network.config.num_hidden_layers)

    @property
    def heads(self) -> int:
        """Number of query heads of a layer."""
        return int(self.network.config.num_attention_heads)

    @property
    def key_value_heads(self) -> int:
        """Number of key and value heads of a layer, each shared by some query heads."""
        return int(self.network.config.num_key_value_heads)

    @property
    def head_dim(self) -> int:
        """Numbers in a query, a key or a value."""
        return int(self.network.model.layers[0].self_attn.head_dim)

    @property
    def hidden(self) -> int:
        """Numbers that stand for a token in the residual stream."""
        return int(self.network.config.hidden_size)

    @property
    def vocabulary(self) -> int:
        """Number of tokens that the model knows."""
        return int(self.network.config.vocab_size)

    @property
    def scale(self) -> float:
        """What scores are multiplied by before the softmax: 1 / sqrt(head_dim)."""
        return float(self.network.model.layers[0].self_attn.scaling)

    @property
    def ends(self) -> frozenset[int]:
        """The ids of the tokens that end a text, of which a chat model has several."""
        own = self.tokenizer.eos_token_id
        ends = self.network.config.eos_token_id
        return frozenset(ends if own is None else [*ends, own])

    def check(self, layer: int, head: int) -> None:
        """Raise LiveError unless there is such a head."""
        layers, heads = self.layers, self.heads
        if not (0 <= layer < layers and 0 <= head < heads):
            raise LiveError(
                f"there is no head {head} in layer {layer}: the model has layers 0 to "
                f"{layers - 1} and heads 0 to {heads - 1}",
                "no-such-head",
                layers=layers,
                heads=heads,
            )

    def text(self, token: int) -> str:
        """What a token id says."""
        return said(self.tokenizer, int(token))

    def tokens(
        self, prompt: str | Sequence[int], continued: Sequence[int] = ()
    ) -> tuple[Token, ...]:
        """The tokens of a prompt, and of the ids that go on from it.

        Raises LiveError for a prompt that is empty, or too long for the limits.
        """
        if isinstance(prompt, str):
            tokens = cut(self.tokenizer, prompt, self.vocabulary)
            tokens += [self._token(one, len(prompt)) for one in continued]
        else:
            tokens = [self._token(one, 0) for one in (*_listed(prompt), *continued)]
        if not tokens:
            raise LiveError("the prompt is empty: type a few words", "empty-prompt")
        self._fits(len(tokens))
        return tuple(tokens)

    def capture(
        self,
        prompt: str | Sequence[int],
        ablate: Sequence[Ablation | tuple[int, int]] = (),
        continued: Sequence[int] = (),
        progress: Progress | None = None,
    ) -> Capture:
        """Run a prompt through the model once.

        prompt: text, or token ids, to which nothing is added. ablate: heads, as Head or (layer,
        head), and MLPs that are silenced in this run. continued: token ids after the prompt.
        progress is told the share of the layers that are done; to stop the run, let it raise
        Cancelled. Raises LiveError for a prompt that cannot be run, before it runs, and where
        what is computed is no number.
        """
        silenced = ablation.checked(ablate, self.layers, self.heads)
        tokens = self.tokens(prompt, continued)
        recorder = Recorder(silenced, progress)
        logits = self._run([token.id for token in tokens], recorder)
        text = prompt if isinstance(prompt, str) else ""
        return Capture(self, text, tokens, silenced, recorder, logits)

    def extend(self, capture: Capture, token: int) -> Capture:
        """A capture with one more token, computed from the keys and values that it keeps."""
        old = capture.recorder
        ids = [one.id for one in capture.tokens]
        self._fits(len(ids) + 1)
        tokens = (*capture.tokens, self._token(token, len(capture.prompt)))
        recorder = Recorder(capture.ablations)
        averaged = any(one.how == "mean" for one in capture.ablations)
        if averaged or turns_by_length(self.network.config):
            # a token more changes all that came before it: start again
            logits = self._run([*ids, token], recorder)
            return Capture(self, capture.prompt, tokens, capture.ablations, recorder, logits)
        cache = [(k[None], v[None]) for k, v in zip(old.keys, old.values, strict=True)]
        logits = self._run([token], recorder, cache)
        return Capture(
            self, capture.prompt, tokens, capture.ablations, extended(old, recorder), logits
        )

    def generate(
        self,
        prompt: str,
        count: int,
        temperature: float = 1.0,
        top_k: int = 0,
        top_p: float = 1.0,
        seed: int | None = None,
        ablate: Sequence[Ablation] = (),
    ) -> Iterator[Capture]:
        """Go on from a prompt token by token; yields the capture after each.

        seed: draws the same tokens each time. Ends early at a token that ends a text, and where
        the limits are reached.
        """
        capture = self.capture(prompt, ablate)
        for number in range(count):
            if len(capture.tokens) >= self.max_tokens:
                return
            choice = capture.next_token(temperature, top_k, top_p)
            token = choice.sample(None if seed is None else seed + number)
            if token in self.ends:
                return
            capture = capture.append(token)
            yield capture

    @property
    def bytes_per_token(self) -> int:
        """What a capture holds for each token of its prompt."""
        number = self.network.dtype.itemsize
        attended = self.layers * (self.heads + 2 * self.key_value_heads) * self.head_dim
        rotation = 2 * self.head_dim
        return int((attended + rotation + (2 * self.layers + 1) * self.hidden) * number)

    def _token(self, id: int, place: int) -> Token:
        """A token that covers no characters."""
        known = hasattr(id, "__index__") and 0 <= (number := index(id)) < self.vocabulary
        if not known:
            raise LiveError(f"there is no token {id} in the vocabulary", "no-such-token")
        return Token(number, self.text(number), place, place)

    def _fits(self, tokens: int) -> None:
        if tokens > self.max_tokens:
            raise LiveError(
                f"the prompt has {tokens:,} tokens; the limit is {self.max_tokens:,}",
                "too-many-tokens",
                tokens=tokens,
                limit=self.max_tokens,
            )
        needed = tokens * self.bytes_per_token
        if self.memory is not None and needed > self.memory:
            raise LiveError(
                f"{tokens:,} tokens × {self.bytes_per_token / 1e6:.3g} MB = {needed / 1e6:,.4g} MB "
                f"of captured numbers; the limit is {self.memory / 1e6:,.4g} MB",
                "too-much-memory",
                tokens=tokens,
                each=self.bytes_per_token,
                needed=needed,
                limit=self.memory,
            )

    @on_device
    def _run(self, ids: Sequence[int], recorder: Recorder, cache: Any = None) -> Any:
        """Run token ids, recorded; returns the logits after the last, (V,) float32."""
        entry = self.network.get_input_embeddings().weight.device
        with recording(self.network, recorder):
            out = self.network(
                torch.tensor([ids], device=entry),
                past_key_values=None if cache is None else DynamicCache(cache),
                use_cache=cache is not None,
                logits_to_keep=1,
            )
        recorder.progress = None  # it belongs to whoever waited for this run
        logits = out.logits[0, -1].float().cpu().numpy()
        self._are_numbers(recorder, logits)
        return logits

    def _are_numbers(self, recorder: Recorder, logits: Floats) -> None:
        """Raise LiveError where the run has met infinity or NaN, and say where it begins."""
        for place, stream in enumerate(recorder.residual):
            if not stream.isfinite().all():
                layer = max(0, place - 1)
                raise LiveError(
                    f"{self.name} gives no numbers here: from layer {layer} on it computes "
                    f"infinity or NaN, in {str(self.network.dtype).removeprefix('torch.')}",
                    "no-numbers",
                    layer=layer,
                )
        if not np.isfinite(logits).all():
            raise LiveError(
                f"{self.name} gives no numbers here: its output has infinity or NaN", "no-output"
            )


def _listed(prompt: Any) -> Sequence[int]:
    """The prompt as a list, if it is anything that has ids in it."""
    if isinstance(prompt, bytes) or not isinstance(prompt, Iterable):
        raise LiveError("a prompt is text, or a list of token ids", "no-prompt")
    return list(prompt)
