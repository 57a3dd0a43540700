"""What comes next, what each layer would say, and which neurons speak: against plain code."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import LiveError
from explainer.live import LiveModel
from explainer.live.activations import LogitLens
from explainer.live.prediction import next_token
from tests.live import near, reference

PROMPT = "The cat sat on the mat."

logits_ = st.lists(st.floats(-20, 20, width=32), min_size=1, max_size=12)


def filtered(logits: list[float], temperature: float, top_k: int, top_p: float) -> list[float]:
    """The probabilities by id, by loops, as the papers say it."""
    ranked = sorted(range(len(logits)), key=lambda i: (-logits[i], i))
    if temperature == 0:
        return [1.0 if i == ranked[0] else 0.0 for i in range(len(logits))]
    powers = {i: np.exp((logits[i] - logits[ranked[0]]) / temperature) for i in ranked}
    kept = ranked[:top_k] if top_k else ranked
    total = sum(powers[i] for i in kept)
    nucleus, reached = [], 0.0
    for i in kept:
        if reached >= top_p:
            break
        nucleus.append(i)
        reached += powers[i] / total
    total = sum(powers[i] for i in nucleus)
    return [powers[i] / total if i in nucleus else 0.0 for i in range(len(logits))]


@given(
    logits_,
    st.sampled_from([0.0, 0.3, 1.0, 1.7]),
    st.integers(0, 14),
    st.sampled_from([0.1, 0.5, 0.9, 0.999, 1.0]),
)
def test_filters_do_what_their_papers_say(
    logits: list[float], temperature: float, top_k: int, top_p: float
):
    given_ = np.array(logits, dtype=np.float32)
    made = next_token(given_, temperature, top_k, top_p)
    expected = filtered([float(x) for x in given_], temperature, top_k, top_p)
    assert sorted(made.ids) == list(range(len(logits)))
    assert (np.diff(given_[made.ids]) <= 0).all()
    found = np.zeros(len(logits))
    found[made.ids] = made.probabilities
    if not np.allclose(found, expected, atol=1e-5):
        # a sum within rounding of top_p may fall on either side
        assert top_p < 1 and np.count_nonzero(found) - np.count_nonzero(expected) in (-1, 1)
    for stage in (made.model, made.tempered, made.top_k, made.top_p):
        assert stage.sum() == pytest.approx(1, abs=1e-5)


def test_filters_agree_with_transformers(grouped: LiveModel):
    from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

    capture = grouped.capture(PROMPT)
    scores = torch.from_numpy(capture.logits)[None]
    for warper in (TemperatureLogitsWarper(0.8), TopKLogitsWarper(40), TopPLogitsWarper(0.9)):
        scores = warper(None, scores)
    expected = scores.softmax(-1)[0].numpy()
    made = capture.next_token(0.8, 40, 0.9)
    size = float(np.abs(capture.logits).max()) / 0.8
    near.softmax(made.probabilities, expected[made.ids], 1, size, len(expected))
    assert made.ids[0] == capture.logits.argmax()


def test_a_draw_follows_the_distribution_and_its_seed():
    made = next_token(np.log(np.array([0.1, 0.6, 0.3], dtype=np.float32)), 1.0, 2, 1.0)
    drawn = [made.sample(seed) for seed in range(300)]
    assert set(drawn) == {1, 2}  # top-k has left out token 0
    assert drawn.count(1) / 300 == pytest.approx(2 / 3, abs=0.1)
    assert made.sample(7) == made.sample(7)


@pytest.mark.parametrize(
    "filters",
    [(-1.0, 0, 1.0), (float("nan"), 0, 1.0), (float("inf"), 0, 1.0), (1.0, -1, 1.0), (1.0, 0, 0.0),
     (1.0, 0, 1.5), (1.0, 0, float("nan"))],
)  # fmt: skip
def test_filters_that_make_no_sense_are_a_clear_error(filters: tuple[float, int, float]):
    with pytest.raises(LiveError, match="cannot be negative") as error:
        next_token(np.zeros(3, dtype=np.float32), *filters)
    assert error.value.code == "no-such-filter"


def test_the_logit_lens_ends_with_the_models_own_output(model: LiveModel):
    capture = model.capture(PROMPT)
    lens = capture.logit_lens(top=3)
    length = len(capture.tokens)
    assert lens.ids.shape == lens.probabilities.shape == (model.layers + 1, length, 3)
    logits = reference.plain_logits(model, [token.id for token in capture.tokens])
    shares, size = torch.from_numpy(logits).softmax(-1).numpy(), float(np.abs(logits).max())
    own = np.sort(shares, axis=-1)[:, ::-1][:, :3]
    near.runs(lens.probabilities[-1], own, model, size)
    named = np.take_along_axis(shares, lens.ids[-1], axis=-1)  # the best, or as good as they
    near.runs(lens.probabilities[-1], named, model, size)
    window = by_id(capture.logit_lens(1000, slice(4, 9)))
    near.runs(window, by_id(capture.logit_lens(1000))[:, 4:9], model, size)


def by_id(lens: LogitLens) -> np.ndarray:
    """The probabilities of a lens of everything, in the vocabulary's order."""
    found = np.zeros_like(lens.probabilities)
    np.put_along_axis(found, lens.ids, lens.probabilities, axis=-1)
    return found


def test_the_logit_lens_reads_each_layer_with_the_final_norm(grouped: LiveModel):
    capture = grouped.capture(PROMPT)
    lens = capture.logit_lens(top=1000)  # as many as there are
    weight = grouped.network.model.norm.weight.numpy()
    for layer in range(4):
        stream = capture.residual(layer)
        size = np.sqrt((stream**2).mean(-1, keepdims=True) + grouped.network.config.rms_norm_eps)
        logits = (stream / size * weight) @ grouped.network.lm_head.weight.numpy().T
        powers = np.exp(logits - logits.max(-1, keepdims=True))
        shares = powers / powers.sum(-1, keepdims=True)
        near.runs(by_id(lens)[layer], shares, grouped, float(np.abs(logits).max()))


def test_neurons_are_what_the_down_projection_reads(model: LiveModel):
    capture = model.capture(PROMPT)
    read: dict[int, torch.Tensor] = {}
    handles = [
        layer.mlp.down_proj.register_forward_pre_hook(
            lambda module, inputs, number=number: read.update({number: inputs[0][0]})
        )
        for number, layer in enumerate(model.network.model.layers)
    ]
    try:
        reference.plain_logits(model, [token.id for token in capture.tokens])
    finally:
        for handle in handles:
            handle.remove()
    for layer in range(model.layers):
        for token in (0, 5, -1):
            expected = read[layer][token].numpy()
            found = capture.neurons(layer, token, top=10)
            near.runs(found.activations, expected[found.neurons], model)
            strongest = np.sort(np.abs(expected))[::-1][:10]
            near.runs(np.abs(found.activations), strongest, model)
    assert len(capture.neurons(0, 0, top=10_000).neurons) == 80
    with pytest.raises(LiveError, match="no token 99"):
        capture.neurons(0, 99)
