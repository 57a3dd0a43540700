"""Attention weights: those that the forward used, in windows and in pixels."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from explainer.errors import LiveError
from explainer.live import LiveModel, attention
from tests.live import near, reference

PROMPT = "The cat sat on the mat, and the dog sat on the cat."


def test_weights_are_those_that_the_same_forward_used(
    model: LiveModel, monkeypatch: pytest.MonkeyPatch
):
    with reference.weights_of_the_run(monkeypatch) as used:
        capture = model.capture(PROMPT)
    assert len(used) == model.layers
    for layer, heads in enumerate(used):
        assert heads.shape[0] == model.heads
        for head, expected in enumerate(heads):
            found = capture.attention(layer, head)
            assert found.dtype == np.float32
            near.weights(found, expected, capture, layer, head)


def test_weights_are_those_of_an_eager_run(model: LiveModel):
    capture = model.capture(PROMPT)
    again = reference.eager(model, [token.id for token in capture.tokens])
    for layer, heads in enumerate(again.attentions):
        for head, expected in enumerate(heads[0].numpy()):
            found = capture.attention(layer, head)
            near.runs(found, expected, model, 1 + near.size(capture, layer, head))


def test_rows_sum_to_one_and_see_nothing_later(model: LiveModel):
    weights = model.capture(PROMPT).attention(1, 2)
    near.sums(weights.sum(axis=1), np.ones(len(weights)), len(weights))
    assert (np.triu(weights, 1) == 0).all()


@pytest.mark.parametrize("tile", [2**20, 40])  # whole, and one row at a time
def test_windows_are_cut_from_the_whole(
    grouped: LiveModel, tile: int, monkeypatch: pytest.MonkeyPatch
):
    capture = grouped.capture(PROMPT)
    whole = capture.attention(1, 3)
    monkeypatch.setitem(attention.TILE, "cpu", tile)
    for queries, keys in [
        (slice(0, 5), slice(0, 5)),
        (slice(3, 20), slice(10, None)),
        (slice(-4, None), slice(None, -4)),
        (slice(2, 3), slice(30, 31)),  # beyond what the query may see
    ]:
        found = capture.attention(1, 3, queries, keys)
        near.weights(found, whole[queries, keys], capture, 1, 3)


@pytest.mark.parametrize("pool", ["max", "mean"])
@pytest.mark.parametrize("pixels", [1, 4, 13, 52, 500])
def test_pixels_are_pooled_from_the_whole(grouped: LiveModel, pixels: int, pool: str):
    capture = grouped.capture(PROMPT)
    whole = capture.attention(2, 1)
    count = min(pixels, len(whole))
    found = capture.attention(2, 1, pixels=pixels, pool=pool)
    near.weights(found, reference.pooled(whole, count, count, pool), capture, 2, 1)
    window = capture.attention(2, 1, slice(7, 40), slice(2, 50), pixels, pool)
    part = whole[7:40, 2:50]
    expected = reference.pooled(part, min(pixels, 33), min(pixels, 48), pool)
    near.weights(window, expected, capture, 2, 1)


@given(
    st.integers(1, 40), st.integers(1, 12), st.sampled_from(attention.POOLS), st.integers(1, 200)
)
def test_pooling_is_the_loop_over_blocks(length: int, pixels: int, pool: str, tile: int):
    generator = torch.Generator().manual_seed(length * 100 + pixels)
    query = torch.randn(length, 4, generator=generator)
    key = torch.randn(length, 4, generator=generator)
    blocks = attention.Blocks.of(slice(0, length), pixels)
    scores = (query @ key.T * 0.5).masked_fill(torch.ones(length, length).triu(1) > 0, -torch.inf)
    whole = scores.softmax(-1).numpy()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(attention.TILE, "cpu", tile)
        found = attention.window(query, key, 0.5, blocks, blocks, pool).numpy()
    count = min(length, pixels)
    size = float(query.norm(dim=-1).max() * key.norm(dim=-1).max()) * 0.5
    near.softmax(found, reference.pooled(whole, count, count, pool), 4, size, length)


def test_what_is_not_there_is_a_clear_error(grouped: LiveModel):
    capture = grouped.capture("hello")
    for layer, head in [(-1, 0), (3, 0), (0, 4), (0, -1)]:
        with pytest.raises(LiveError, match=f"no head {head} in layer {layer}"):
            capture.attention(layer, head)
    with pytest.raises(LiveError, match="run of tokens"):
        capture.attention(0, 0, slice(3, 3))
    with pytest.raises(LiveError, match="run of tokens"):
        capture.attention(0, 0, slice(0, 4, 2))
    with pytest.raises(LiveError, match="max or mean"):
        capture.attention(0, 0, pixels=4, pool="median")
    with pytest.raises(LiveError, match="at least one"):
        capture.attention(0, 0, pixels=0)
