"""A capture: the model's own numbers, and a model that is left as it was."""

import numpy as np
import pytest
import torch

from explainer.errors import LiveError
from explainer.live import Cancelled, Head, LiveModel, Mlp
from explainer.live.recorder import Recorder, _at_work, recording
from tests.live import near, reference
from tests.live.conftest import hooks

PROMPT = "The cat sat on the mat, and the dog sat on the cat."


def ids(capture: object) -> list[int]:
    return [token.id for token in capture.tokens]  # type: ignore[attr-defined]


def test_logits_are_those_of_the_unhooked_model_bit_for_bit(model: LiveModel):
    capture = model.capture(PROMPT)
    assert capture.logits.dtype == np.float32
    expected = reference.plain_logits(model, ids(capture), last=1)[0]
    np.testing.assert_array_equal(capture.logits, expected)
    assert hooks(model) == 0 and _at_work.get() is None


def test_tokens_cover_the_prompt(grouped: LiveModel):
    capture = grouped.capture("héllo")
    assert [token.text for token in capture.tokens] == ["<s>", "h", "⟨C3⟩", "⟨A9⟩", *"llo"]
    covered = ["héllo"[token.start : token.end] for token in capture.tokens]
    assert covered == ["", "h", "é", "é", *"llo"]


def test_the_residual_stream_is_what_the_layers_hand_on(model: LiveModel):
    capture = model.capture(PROMPT)
    again = reference.eager(model, ids(capture))
    for layer in range(model.layers):
        expected = again.hidden_states[layer][0].numpy()
        near.runs(capture.residual(layer), expected, model)
    # hidden_states ends with what the final norm gives; we keep what it reads
    end = torch.from_numpy(capture.residual(model.layers))
    normed = model.network.model.norm(end).numpy()
    near.runs(normed, again.hidden_states[-1][0].numpy(), model)
    lengths = np.stack([np.linalg.norm(capture.residual(i), axis=1) for i in range(4)])
    near.sums(capture.residual_norms(), lengths, model.hidden)
    for layer in (-1, model.layers + 1):
        with pytest.raises(LiveError, match="places 0 to 3"):
            capture.residual(layer)


def test_padding_and_masks_reach_the_attention(model: LiveModel):
    network, used = model.network, model.network.config._attn_implementation
    batch = torch.tensor([[0, 10, 20, 30, 40], [0, 0, 0, 11, 21]])
    mask = torch.tensor([[1, 1, 1, 1, 1], [0, 0, 1, 1, 1]])
    with torch.inference_mode():
        ours = network(batch, attention_mask=mask).logits
        network.set_attn_implementation("sdpa")
        try:
            theirs = network(batch, attention_mask=mask).logits
            unmasked = network(batch).logits
        finally:
            network.set_attn_implementation(used)
    torch.testing.assert_close(ours, theirs, rtol=0, atol=0)
    assert not torch.allclose(ours[1, -1], unmasked[1, -1])


def test_appending_is_capturing_the_longer_prompt(model: LiveModel):
    capture = model.capture(PROMPT)
    first = capture.append(100).append(7)
    fresh = model.capture(PROMPT, continued=[100, 7])
    assert first.tokens == fresh.tokens and first.tokens[-1].id == 7
    near.runs(first.logits, fresh.logits, model)
    assert first.nbytes == fresh.nbytes > capture.nbytes
    for layer in range(model.layers):
        size = 1 + near.size(fresh, layer, 3)
        near.runs(first.attention(layer, 3), fresh.attention(layer, 3), model, size)
    for layer in range(model.layers + 1):
        near.runs(first.residual(layer), fresh.residual(layer), model)
    one, other = (made.neurons(1, -1, top=80) for made in (first, fresh))  # all that there are
    ordered = (made.activations[np.argsort(made.neurons)] for made in (one, other))
    near.runs(*ordered, model)
    # the shorter capture is as it was
    np.testing.assert_array_equal(capture.attention(0, 0), model.capture(PROMPT).attention(0, 0))


@pytest.mark.parametrize("how", ["zero", "mean"])
def test_appending_keeps_what_is_ablated(grouped: LiveModel, how: str):
    ablate = [Head(1, 2, how), Mlp(0, how)]
    appended = grouped.capture(PROMPT, ablate).append(50)
    fresh = grouped.capture(PROMPT, ablate, continued=[50])
    assert appended.ablations == fresh.ablations
    near.runs(appended.logits, fresh.logits, grouped)
    size = 1 + near.size(fresh, 2, 0)
    near.runs(appended.attention(2, 0), fresh.attention(2, 0), grouped, size)


def test_generating_is_greedy_decoding_with_the_cache(model: LiveModel):
    start = model.capture("Once")
    captures = list(model.generate("Once", 12, temperature=0))
    with torch.inference_mode():
        expected = model.network.generate(
            torch.tensor([ids(start)]),
            attention_mask=torch.ones(1, len(start.tokens), dtype=torch.long),
            max_new_tokens=12,
            do_sample=False,
            pad_token_id=1,
        )[0].tolist()
    if expected[-1] == model.tokenizer.eos_token_id:
        expected.pop()
    assert ids(captures[-1]) == expected
    assert hooks(model) == 0


def test_generating_draws_the_same_from_the_same_seed(grouped: LiveModel):
    def drawn(seed: int) -> list[int]:
        return ids(list(grouped.generate("Once", 8, temperature=2.0, seed=seed))[-1])

    assert drawn(1) == drawn(1) != drawn(2)


class Silenced:
    """A head before the output projection, or an MLP, replaced by hooks of the test's own."""

    def __init__(self, model: LiveModel, ablations: list[Head | Mlp]) -> None:
        self.handles = []
        for one in ablations:
            layer = model.network.model.layers[one.layer]
            if isinstance(one, Head):
                place = slice(one.head * model.head_dim, (one.head + 1) * model.head_dim)
                hook = self.before(place, one.how)
                self.handles.append(layer.self_attn.o_proj.register_forward_pre_hook(hook))
            else:
                self.handles.append(layer.mlp.register_forward_hook(self.after(one.how)))

    @staticmethod
    def before(place: slice, how: str):
        def hook(module, inputs):
            (mixed,) = inputs
            changed = mixed.clone()
            part = mixed[..., place]
            changed[..., place] = 0 if how == "zero" else part.mean(1, keepdim=True)
            return (changed,)

        return hook

    @staticmethod
    def after(how: str):
        def hook(module, inputs, output):
            return output * 0 if how == "zero" else 0 * output + output.mean(1, keepdim=True)

        return hook

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for handle in self.handles:
            handle.remove()


@pytest.mark.parametrize("how", ["zero", "mean"])
def test_ablating_is_replacing_before_the_output_projection(model: LiveModel, how: str):
    ablations = [Head(0, 1, how), Head(2, 3, how), Mlp(1, how)]
    whole = model.capture(PROMPT)
    for chosen in ([one] for one in ablations):
        capture = model.capture(PROMPT, ablate=chosen)
        with Silenced(model, chosen):
            expected = reference.plain_logits(model, ids(capture))[-1]
        near.runs(capture.logits, expected, model)
        with pytest.raises(AssertionError):
            near.runs(capture.logits, whole.logits, model)
    together = model.capture(PROMPT, ablate=ablations)
    with Silenced(model, ablations):
        expected = reference.plain_logits(model, ids(together))[-1]
    near.runs(together.logits, expected, model)
    assert hooks(model) == 0
    np.testing.assert_array_equal(model.capture(PROMPT).logits, whole.logits)


def test_what_cannot_be_ablated_is_a_clear_error(grouped: LiveModel):
    for one in (Head(3, 0), Head(0, 4), Head(-1, 0), Mlp(3)):
        with pytest.raises(LiveError, match="the model has layers 0 to 2 and heads 0 to 3"):
            grouped.capture("hello", ablate=[one])
    with pytest.raises(LiveError, match="none of zero, mean"):
        grouped.capture("hello", ablate=[Head(0, 0, "noise")])
    order = [Mlp(1), Head(1, 2), Head(0, 3), Head(1, 2)]
    assert grouped.capture("hello", ablate=order).ablations == (Head(0, 3), Mlp(1), Head(1, 2))


def test_no_hook_is_left_by_an_error_or_when_it_is_cancelled(grouped: LiveModel):
    before = grouped.capture(PROMPT)

    def stop(share: float) -> None:
        if share > 0.4:
            raise Cancelled

    with pytest.raises(Cancelled):
        grouped.capture(PROMPT, ablate=[Head(0, 0), Mlp(1)], progress=stop)
    assert hooks(grouped) == 0 and _at_work.get() is None
    with pytest.raises(ZeroDivisionError), recording(grouped.network, Recorder([Mlp(0)])):
        assert hooks(grouped) > 0
        1 / 0  # noqa: B018
    assert hooks(grouped) == 0 and _at_work.get() is None
    np.testing.assert_array_equal(grouped.capture(PROMPT).logits, before.logits)


def test_progress_is_told_layer_by_layer(grouped: LiveModel):
    told: list[float] = []
    capture = grouped.capture(PROMPT, progress=told.append)
    assert told == pytest.approx([0.25, 0.5, 0.75, 1])
    capture.append(5)
    assert len(told) == 4


def test_limits_are_told_before_anything_runs(grouped: LiveModel, monkeypatch: pytest.MonkeyPatch):
    from dataclasses import replace

    monkeypatch.setattr(LiveModel, "_run", lambda *_: pytest.fail("it has run"))
    short = replace(grouped, max_tokens=5)
    with pytest.raises(LiveError, match="6 tokens; the limit is 5") as error:
        short.capture("hello")
    assert (error.value.code, error.value.details["tokens"]) == ("too-many-tokens", 6)
    each = grouped.bytes_per_token
    tight = replace(grouped, memory=5 * each)
    with pytest.raises(LiveError, match="6 tokens × 0.00") as error:
        tight.capture("hello")
    assert error.value.code == "too-much-memory"
    assert error.value.details == {"tokens": 6, "each": each, "needed": 6 * each, "limit": 5 * each}
    with pytest.raises(LiveError, match="no token 300"):
        grouped.capture("hello", continued=[300])


def test_the_sum_that_is_told_is_what_a_capture_holds(model: LiveModel):
    capture = model.capture(PROMPT)
    assert capture.nbytes == len(capture.tokens) * model.bytes_per_token + capture.logits.nbytes


def test_memory_grows_with_the_length_not_with_its_square(grouped: LiveModel):
    shorter, longer = (grouped.capture("x" * count).nbytes for count in (99, 199))
    vocabulary = 4 * grouped.vocabulary
    assert longer - vocabulary == 2 * (shorter - vocabulary)
