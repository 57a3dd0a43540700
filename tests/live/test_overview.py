"""All heads at a glance: maps and scores, against loops over the exact weights."""

import math

import numpy as np
import pytest

from explainer.errors import LiveError
from explainer.live import Cancelled, LiveModel, overview
from tests.live import near, reference

PROMPT = "one two three one two four, one two three."


def scores(weights: reference.Floats, ids: list[int]) -> dict[str, float]:
    """What the words in Overview's documentation say, row by row."""
    length = len(ids)
    induction = []
    for query in range(length):
        after = [key for key in range(1, query) if ids[key - 1] == ids[query]]
        if after:
            induction.append(sum(weights[query, key] for key in after))
    rows = range(1, length)
    entropy = [
        -sum(w * math.log(w) for w in weights[q, : q + 1] if w > 0) / math.log(q + 1) for q in rows
    ]
    return {
        "previous": float(np.mean([weights[q, q - 1] for q in rows])),
        "first": float(np.mean([weights[q, 0] for q in rows])),
        "induction": float(np.mean(induction)) if induction else math.nan,
        "entropy": float(np.mean(entropy)),
    }


@pytest.mark.parametrize("pool", ["max", "mean"])
def test_maps_and_scores_are_those_of_the_exact_weights(model: LiveModel, pool: str):
    capture = model.capture(PROMPT)
    ids = [token.id for token in capture.tokens]
    made = capture.overview(pixels=9, pool=pool)
    assert made.share == 1
    assert made.maps.shape == (model.layers, model.heads, 9, 9)
    for layer in range(model.layers):
        for head in range(model.heads):
            weights = capture.attention(layer, head)
            pooled = reference.pooled(weights, 9, 9, pool)
            near.weights(made.maps[layer, head], pooled, capture, layer, head)
            off = near.off(model.head_dim, near.size(capture, layer, head), len(ids))
            for name, expected in scores(weights, ids).items():
                assert made.scores[name][layer, head] == pytest.approx(
                    expected, abs=off * len(ids)
                ), name


def test_passes_go_from_few_rows_to_all(grouped: LiveModel):
    capture = grouped.capture("abcdefghij" * 20)
    passes = list(capture.overviews(pixels=4))
    shares = [made.share for made in passes]
    assert shares == sorted(shares) and shares[0] < 0.05 and shares[-1] == 1
    assert len(passes) == 3
    exact = passes[-1]
    for made in passes:
        assert (made.maps <= exact.maps + 1e-6).all()  # a maximum over fewer rows
    np.testing.assert_array_equal(exact.maps, capture.overview(pixels=4).maps)
    off = [np.nanmean(np.abs(m.scores["entropy"] - exact.scores["entropy"])) for m in passes]
    assert off[1] < off[0] and off[2] == 0


def test_scores_find_the_heads_that_they_are_named_after():
    """Queries and keys made so that each head attends as one of the scores says."""
    import torch

    ids = [5, 7, 9, 5, 7, 9, 5, 7]
    length = len(ids)
    wanted = {
        "previous": [max(0, q - 1) for q in range(length)],
        "first": [0] * length,
        "induction": [
            next((k for k in range(q - 1, 0, -1) if ids[k - 1] == ids[q]), 0) for q in range(length)
        ],
    }
    key = torch.eye(length)[None]
    query = torch.stack([torch.eye(length)[places] for places in wanted.values()]) * 50
    (*_, made) = overview.overviews([query], [key], ids, 1.0, length, "max")
    for head, name in enumerate(wanted):
        assert made.scores[name][0, head] == pytest.approx(1, abs=1e-4)
        assert made.scores["entropy"][0, head] == pytest.approx(0, abs=1e-4)
    flat = torch.zeros(1, length, length)
    (*_, even) = overview.overviews([flat], [key], ids, 1.0, length, "max")
    assert even.scores["entropy"][0, 0] == pytest.approx(1, abs=1e-5)


def test_one_token_has_no_scores(grouped: LiveModel):
    capture = grouped.capture("a")
    (made,) = [capture.overview()]
    assert np.isnan(made.scores["induction"]).all()
    assert made.maps.shape == (3, 4, 2, 2)


def test_progress_is_told_and_may_stop_it(grouped: LiveModel):
    capture = grouped.capture(PROMPT)
    told: list[float] = []
    capture.overview(pixels=50, progress=told.append)
    assert told == pytest.approx([1 / 3, 2 / 3, 1])

    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        capture.overview(progress=stop)


def test_what_makes_no_sense_is_a_clear_error(grouped: LiveModel):
    capture = grouped.capture("hello")
    for pixels, pool in [(0, "max"), (8, "sum")]:
        with pytest.raises(LiveError, match="max or mean"):
            capture.overview(pixels, pool)
