"""A real head as a sheet: what it computes is what the model has computed."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
import torch

from explainer import sheet
from explainer.live import Capture, load
from explainer.live.excerpt import excerpt
from tests.live import llamas, near

LONG = "The cat sat on the mat, and _the_ {dog} <b>barked</b>."


@pytest.fixture(scope="module", params=llamas.SHAPES)
def capture(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Capture:
    """A prompt of some fifty tokens, run through each shape of Llama."""
    folder = llamas.save(tmp_path_factory.mktemp("llama"), **llamas.SHAPES[request.param])
    return load(str(folder), device="cpu").capture(LONG)


def places(document: dict[str, Any], name: str) -> list[int]:
    """The token positions that an array's rows are labelled with."""
    rows = document["arrays"][name]["rows"]
    return [int(row.rpartition("_{")[2].rstrip("}")) for row in rows if "_{" in row]


@pytest.mark.parametrize("token", [-1, 20, 2, 0])
def test_exact_numbers_are_the_models(capture: Capture, token: int) -> None:
    layer, head = 1, 3
    document = capture.by_hand(layer, head, token)
    token %= len(capture.tokens)
    got = sheet.values(document, "exact")

    weights = capture.attention(layer, head)[token]
    shown = places(document, "A")
    assert shown[-1] == token and len(shown) == min(3, token + 1)
    near.weights(got["A"][: len(shown), 0], weights[shown], capture, layer, head)
    unseen = [t for t in range(token + 1) if t not in shown]
    if unseen:
        off = near.off(capture.model.head_dim, near.size(capture, layer, head), token + 1)
        assert weights[unseen].max() <= weights[shown[:-1]].min() + off
        assert document["arrays"]["A"]["rows"][-1] == f"+{len(unseen)}"
        near.weights(got["A"][-1, 0], weights[unseen].sum(), capture, layer, head)
    assert got["A"].sum() == pytest.approx(1)

    shared = head // (capture.model.heads // capture.model.key_value_heads)
    values = capture.recorder.values[layer][shared].numpy()
    rows = [int(row) for row in document["arrays"]["Z"]["rows"]]
    off = near.off(capture.model.head_dim, near.size(capture, layer, head), token + 1)
    largest = np.abs(values).sum(axis=0)[rows].max()
    np.testing.assert_allclose(got["Z"][:, 0], (weights @ values)[rows], atol=off * largest)


def test_rests_are_what_the_unseen_features_add(capture: Capture) -> None:
    """The weights times the normalised stream, whole, give what the sheet has before rotation."""
    layer, head, token = 2, 2, 30
    made = excerpt(capture, layer, head, token)
    got = sheet.values(capture.by_hand(layer, head, token), "exact")
    model = capture.model
    decoder = model.network.model.layers[layer]
    with torch.inference_mode():
        read = decoder.input_layernorm(torch.tensor(capture.residual(layer)))[made.tokens]
        heads = {
            name: getattr(decoder.self_attn, f"{name}_proj")(read).unflatten(-1, (-1, size))
            for name, size in (("q", model.head_dim), ("k", model.head_dim), ("v", model.head_dim))
        }
    shared = head // (model.heads // model.key_value_heads)

    def close(name: str, expected: np.ndarray, weight: torch.Tensor) -> None:
        size = float(weight.norm(dim=1).max() * read.norm(dim=1).max()) + np.abs(expected).max()
        near.sums(got[name], expected, model.hidden + 1, size)

    attention = decoder.self_attn
    query = heads["q"][-1, head].numpy()[made.dimensions, None]
    close("q0", query, attention.q_proj.weight)
    keys, values = heads["k"][:, shared].numpy().T, heads["v"][:, shared].numpy().T
    close("K0", keys[made.dimensions], attention.k_proj.weight)
    close("V", values[made.values], attention.v_proj.weight)


def test_turning_and_matching_are_the_models(capture: Capture) -> None:
    """Rotated dimensions are those recorded, and whole scores those of all dimensions."""
    layer, head, token = 0, 1, 25
    made = excerpt(capture, layer, head, token)
    got = sheet.values(capture.by_hand(layer, head, token), "exact")
    shared = head // (capture.model.heads // capture.model.key_value_heads)
    query = capture.recorder.queries[layer][head][token].numpy()
    keys = capture.recorder.keys[layer][shared].numpy()[made.tokens]
    near.sums(got["q"][:, 0], query[made.dimensions], 8, np.abs(query).max())
    near.sums(got["K"], keys[:, made.dimensions].T, 8, np.abs(keys).max())
    size = np.linalg.norm(keys, axis=1).max() * np.linalg.norm(query)
    near.sums(got["S"][:, 0], keys @ query, len(query), size)


def test_by_hand_is_what_the_shown_numbers_give(capture: Capture) -> None:
    """A pencil with the two decimals on the sheet gets each next number of the sheet."""
    document = capture.by_hand(1, 0, 40)
    got = sheet.values(document, "hand")
    seen = {name: got[name].round(document["arrays"][name]["digits"]["hand"]) for name in got}
    for name in ("q0", "K0", "V", "q", "K", "S", "F", "E", "A", "Z"):
        np.testing.assert_allclose(got[name], seen[name], atol=1e-9)
    a, b = seen["q0"][:1], seen["q0"][1:]
    cos, sin = seen["C"][:, -1:], seen["N"][:, -1:]
    turned = seen["q0"] * cos + np.concatenate([-b, a]) * sin
    np.testing.assert_allclose(got["q"], turned, atol=0.005 + 1e-9)
    product = seen["WK"] @ seen["X"] + seen["RK"]
    np.testing.assert_allclose(got["K0"], product, atol=0.005 + 1e-9)
    np.testing.assert_allclose(got["S"], seen["Kt"] @ seen["q"] + seen["r"], atol=0.005 + 1e-9)
    np.testing.assert_allclose(got["Z"], seen["U"] @ seen["A"], atol=0.005 + 1e-9)
    exact = sheet.values(document, "exact")
    assert np.abs(got["A"] - exact["A"]).max() < 0.1


def test_it_is_a_valid_sheet_in_both_languages(capture: Capture) -> None:
    document = json.loads(json.dumps(capture.by_hand(0, 0, 12)))
    jsonschema.Draft202012Validator(sheet.schema()).validate(document)
    assert set(document["texts"]) == {"en", "zh"}
    for arithmetic in ("hand", "exact"):
        steps = [step["id"] for step in document["graphs"][arithmetic]["steps"]]
        assert steps[0] == "given" and steps[-1] == "weigh" and "join" in steps


def test_typed_text_stays_text(tmp_path: Path) -> None:
    """What Markdown, labels or HTML would read as more than text reaches the sheet as text."""
    model = load(f"{llamas.save(tmp_path)}", device="cpu")
    for prompt in ("_^{}", "](x)", "**a*", "<b>", "`c`", "a\n\n# b", "\u202eabc", "🙂", "$hidden"):
        capture = model.capture(prompt)
        for token in range(len(capture.tokens)):
            document = capture.by_hand(0, 0, token)
            text = json.dumps(document["texts"])
            tags = set(re.findall(r'"tag": "(\w+)"', text))
            assert tags <= {"p", "strong", "em", "a", "blockquote"}, (prompt, tags)
