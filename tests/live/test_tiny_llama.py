"""The model that explainer ships, and what its card says of it."""

import importlib
import json
import re
import sys

import numpy as np
import pytest
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from explainer.live import load
from explainer.paths import assets
from tests.live import near

FOLDER = assets() / "tiny-llama"
MODULES = ("data", "grammar", "guide", "muon", "score", "train")
SCORES = json.loads((FOLDER / "scores.json").read_text())
TEXTS = [
    "Once upon a time, there was a little girl.",
    "  Naïve café №5: 你好，世界 🦊\tx = {a: [1, 2]};\r\n\n  end ",
    "<s> is no token when somebody types </s",
    "\x00\x7f\ufffd a̐éö",
]


@pytest.fixture(scope="module")
def scripts():
    """The modules beside the model, as they are when one of them is run."""
    sys.path.insert(0, str(FOLDER))
    try:
        yield {name: importlib.import_module(name) for name in MODULES}
    finally:
        sys.path.remove(str(FOLDER))
        for name in MODULES:
            sys.modules.pop(name, None)


@pytest.fixture(scope="module")
def model():
    return load(FOLDER, device="cpu", dtype="float32")


def test_it_is_small_enough_for_git():
    assert sum(file.stat().st_size for file in FOLDER.iterdir() if file.is_file()) <= 8_000_000


def test_it_has_what_a_llama_has(model):
    config = model.network.config
    assert config.model_type == "llama"
    assert config.hidden_act == "silu"
    assert config.rope_parameters["rope_type"] == "default"
    assert model.heads == 2 * model.key_value_heads
    assert type(model.network.model.norm).__name__ == "LlamaRMSNorm"
    assert sum(w.numel() for w in model.network.parameters()) == SCORES["parameters"]


def test_transformers_loads_the_same_model_without_a_network(model, monkeypatch):
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    plain = AutoModelForCausalLM.from_pretrained(FOLDER, dtype=torch.float32).eval()
    ids = AutoTokenizer.from_pretrained(FOLDER)(TEXTS[0], return_tensors="pt").input_ids
    with torch.no_grad():
        logits = plain(ids).logits[0, -1].numpy()
    near.runs(model.capture(TEXTS[0]).logits, logits, model)


@pytest.mark.parametrize("text", TEXTS)
def test_the_tokenizer_writes_any_text(model, text):
    ids = model.tokenizer(text).input_ids
    assert ids[0] == model.tokenizer.bos_token_id
    assert max(ids) < model.vocabulary
    assert model.tokenizer.decode(ids[1:]) == text


@pytest.mark.parametrize(
    "prompt", ["Once upon a time, there was a boy named Tom.", "One day, Lily"]
)
def test_a_story_goes_on_in_words_of_its_stories_and_does_not_turn_in_circles(
    model, scripts, prompt
):
    made = list(model.generate(prompt, 80, temperature=0.0))
    text = model.tokenizer.decode([token.id for token in made[-1].tokens])[len("<s>") :]
    assert text.startswith(prompt)
    source = "".join((FOLDER / name).read_text() for name in ("stories.txt", "words.txt"))
    source += str(scripts["grammar"].PRONOUNS)
    words = re.findall(r"[a-z]+", text.lower())
    assert len(words) > 40
    assert {*words} <= {*re.findall(r"[a-z]+", source.lower())}
    threes = list(zip(words, words[1:], words[2:], strict=False))
    assert len({*threes}) > 0.6 * len(threes)


# The weights are fixed: other kernels than those that the card was written with move what follows
# by less than a thousandth, a tenth of the smallest margin.


def test_held_out_stories_cost_what_the_card_says(model, scripts):
    texts = scripts["data"].read(FOLDER / "held-out.txt")
    found = scripts["score"].loss(model, texts)
    assert found["loss"] == pytest.approx(SCORES["stories"]["loss"], abs=0.01)
    assert found["loss"] < 1.2  # a guess among three or four tokens


def test_held_out_stories_come_from_the_grammar_and_are_not_read_in_training(scripts):
    grammar, train = scripts["grammar"], scripts["train"]
    held_out = scripts["data"].read(FOLDER / "held-out.txt")
    seed = SCORES["training"]["seed"]
    assert held_out == grammar.text(train.HELD_OUT, seed + train.HELD_OUT)
    assert not {*held_out} & {*grammar.text(200_000, seed, without={*held_out})}


def test_its_heads_do_what_the_card_says(model, scripts):
    score = scripts["score"]
    found = score.heads(model, scripts["data"].read(FOLDER / "held-out.txt"))
    for name, scores in SCORES["heads"].items():
        np.testing.assert_allclose(found[name], scores, atol=0.02, err_msg=name)
    assert np.max(found["previous"]) > 0.6
    assert np.max(found["induction"]) > 0.4
    assert score.copying(model) == pytest.approx(SCORES["copying"], abs=0.03)


def test_the_card_is_the_one_that_the_scores_give(scripts):
    score = scripts["score"]
    start, end = score.MARKS
    written = (FOLDER / "README.md").read_text().split(start)[1].split(end)[0]
    assert written.strip() == score.card(SCORES)


def test_what_is_random_is_no_label(scripts):
    data = scripts["data"]
    assert data.predictable([0, 5, 6, 7, 5, 6, 9, 5, 6]) == [
        *[data.IGNORED] * 5,
        6,
        data.IGNORED,
        data.IGNORED,
        6,
    ]


def test_guided_heads_are_paid_for_looking_at_their_targets(scripts):
    aims = scripts["guide"].targets(torch.tensor([[3, 4, 3, 5, 3]]))
    assert aims["previous"][0].nonzero().tolist() == [[1, 0], [2, 1], [3, 2], [4, 3]]
    assert aims["induction"][0].nonzero().tolist() == [[2, 1], [4, 1], [4, 3]]


def test_a_muon_step_is_orthogonal(scripts):
    torch.manual_seed(0)
    made = scripts["muon"].orthogonal(torch.randn(2, 6, 20))
    values = torch.linalg.svdvals(made)
    assert values.min() > 0.6
    assert values.max() < 1.3
