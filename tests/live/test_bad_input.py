"""Prompts as people type them: each is run as it is, or refused in one clear line."""

import numpy as np
import pytest

from explainer.errors import LiveError
from explainer.live import LiveModel
from tests.live import reference
from tests.live.conftest import hooks

STRANGE = {
    "script": "<script>alert(1)</script>",
    "emoji": "👩‍👩‍👧 🇩🇪 é é",
    "right to left": "שלום \u202eabc\u202c مرحبا",
    "controls": "a\x00b\x07c\x1b[31md\x7f\r\n\te",
    "special tokens": "</s><s></s>",
    "half a surrogate": "a\ud83db",
    "joined": "\u200b\ufeff\u2028x",
    "one letter": "x",
}


@pytest.mark.parametrize("prompt", STRANGE.values(), ids=STRANGE.keys())
def test_strange_text_is_run_as_it_is(grouped: LiveModel, prompt: str):
    capture = grouped.capture(prompt)
    ids = [token.id for token in capture.tokens]
    np.testing.assert_array_equal(capture.logits, reference.plain_logits(grouped, ids, last=1)[0])
    assert all(token.text and "\ufffd" not in token.text for token in capture.tokens)
    assert all(0 <= t.start <= t.end <= len(prompt) for t in capture.tokens)
    assert capture.attention(0, 0).shape == (len(ids), len(ids))
    if "\ud83d" not in prompt:
        assert grouped.tokenizer.decode(ids[1:]) == prompt


@pytest.mark.parametrize("prompt", ["", " ", "\n\t ", "\u3000\u2003"])
def test_an_empty_prompt_is_refused(grouped: LiveModel, prompt: str):
    with pytest.raises(LiveError, match="the prompt is empty: type a few words") as error:
        grouped.capture(prompt)
    assert error.value.code == "empty-prompt"


def test_a_hundred_thousand_characters_are_refused(grouped: LiveModel):
    with pytest.raises(LiveError, match="100,001 tokens; the limit is 4,096") as error:
        grouped.capture("x" * 100_000)
    assert error.value.code == "too-many-tokens"
    with pytest.raises(LiveError, match="2,000,000 characters; the limit is 1,000,000") as error:
        grouped.capture("x" * 2_000_000)
    assert error.value.code == "too-many-characters"
    assert hooks(grouped) == 0
    np.testing.assert_array_equal(grouped.capture("x").logits, grouped.capture("x").logits)


def test_a_tokenizer_with_more_than_the_model_knows_is_refused(
    grouped: LiveModel, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(LiveModel, "vocabulary", 100)
    with pytest.raises(LiveError, match="they do not belong together") as error:
        grouped.capture("é")
    assert error.value.code == "foreign-tokenizer"
