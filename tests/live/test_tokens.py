"""What a token says, by tokenizers of every kind; joined, tokens are the prompt."""

from functools import partial

import pytest
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers
from transformers import PreTrainedTokenizerFast

from explainer.errors import LiveError
from explainer.live.tokens import cut, said
from tests.live import llamas

WORDS = ["▁", "▁▁", "▁▁▁▁", "▁cat", *"acté", "▁a"]
NAMES = ["<unk>", "<s>", "</s>", *(f"<0x{byte:02X}>" for byte in range(256)), *WORDS]


def made(tokenizer: Tokenizer) -> PreTrainedTokenizerFast:
    names = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>"}
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, **names)


def sentence_piece(stripped: bool) -> PreTrainedTokenizerFast:
    """As of Llama 2: ▁ for spaces, bytes for what is unknown, and a space before the first word."""
    numbers = {name: number for number, name in enumerate(NAMES)}
    tokenizer = Tokenizer(
        models.BPE(numbers, [("▁", "a")], byte_fallback=True, unk_token="<unk>", fuse_unk=True)
    )
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")]
    )
    last = [decoders.Strip(" ", 1, 0)] if stripped else []
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), *last]
    )
    return made(tokenizer)


def metaspace() -> PreTrainedTokenizerFast:
    """The same with the library's own decoder."""
    tokenizer = Tokenizer(
        models.BPE({name: n for n, name in enumerate(NAMES)}, [], unk_token="<unk>")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    return made(tokenizer)


SPACED = {"▁": " ", "▁▁": "  ", "▁▁▁▁": "    ", "▁cat": " cat", "▁a": " a", "a": "a", "é": "é"}
BYTES = {"<0xE5>": "⟨E5⟩", "<0x41>": "A", "<0x20>": " ", "<0x0A>": "\n"}
SPECIAL = {"<s>": "<s>", "<unk>": "<unk>"}
KINDS = {
    "stripped": (partial(sentence_piece, True), SPACED | BYTES | SPECIAL),
    "as it is": (partial(sentence_piece, False), SPACED | BYTES | SPECIAL),
    "metaspace": (metaspace, SPACED | SPECIAL),
    "bytes": (llamas.tokenizer, {"Ġ": " ", "a": "a", "Ċ": "\n", "å": "⟨E5⟩", "<s>": "<s>"}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_token_says_what_it_adds_to_a_text(kind: str):
    make, expected = KINDS[kind]
    tokenizer = make()
    numbers = tokenizer.get_vocab()
    assert {name: said(tokenizer, numbers[name]) for name in expected} == expected
    beyond = len(tokenizer) + 3
    assert said(tokenizer, beyond) == f"⟨{beyond}⟩"


@pytest.mark.parametrize("kind", KINDS)
def test_tokens_joined_are_the_prompt(kind: str):
    tokenizer = KINDS[kind][0]()
    prompt = "a  a   tact"
    tokens = cut(tokenizer, prompt, len(tokenizer))
    joined = "".join(token.text for token in tokens if token.text != "<s>")
    assert joined.removeprefix(" ") == prompt


def test_a_token_that_is_added_says_its_name():
    tokenizer = sentence_piece(True)
    tokenizer.add_special_tokens({"additional_special_tokens": ["<|turn|>"]})
    numbers = tokenizer.get_added_vocab()
    assert said(tokenizer, numbers["<|turn|>"]) == "<|turn|>"


def test_a_prompt_that_a_tokenizer_cannot_read_is_told():
    lacking = PreTrainedTokenizerFast(
        tokenizer_object=Tokenizer(models.WordLevel({"a": 0}, unk_token="[UNK]"))
    )
    with pytest.raises(LiveError, match="the tokenizer cannot read this prompt") as error:
        cut(lacking, "b", 10)
    assert error.value.code == "unreadable"
