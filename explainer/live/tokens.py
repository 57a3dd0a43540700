"""Tokens: what a prompt is cut into, each with the characters that it covers."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from explainer.errors import LiveError

LONGEST = 1_000_000  # characters; whatever the limit in tokens, more is not worth cutting up


@dataclass(frozen=True)
class Token:
    """One token: its id, its text, and the characters of the prompt that it covers.

    text: what it says; the bytes in hexadecimal (`⟨E5 AD⟩`) where it is a part of a character
    only; its name (`<s>`) where it is a special one, which covers no characters.
    """

    id: int
    text: str
    start: int
    end: int


def cut(tokenizer: Any, prompt: str, vocabulary: int) -> list[Token]:
    """The tokens of a prompt, special ones included, as the model's own tokenizer cuts it.

    Raises LiveError when nothing is left to run, or for a token beyond the vocabulary.
    """
    if not prompt.strip():
        raise LiveError("the prompt is empty: type a few words", "empty-prompt")
    if len(prompt) > LONGEST:
        raise LiveError(
            f"the prompt has {len(prompt):,} characters; the limit is {LONGEST:,}",
            "too-many-characters",
            characters=len(prompt),
            limit=LONGEST,
        )
    # half of a surrogate pair is no character that a tokenizer could take
    prompt = prompt.encode("utf-8", "replace").decode("utf-8")
    try:
        encoded = tokenizer(prompt, return_offsets_mapping=tokenizer.is_fast, verbose=False)
    except Exception as error:  # a vocabulary without a token for what it does not know
        raise LiveError(f"the tokenizer cannot read this prompt: {error}", "unreadable") from None
    ids = encoded["input_ids"]
    spans = encoded["offset_mapping"] if tokenizer.is_fast else [(0, 0)] * len(ids)
    if beyond := [one for one in ids if not 0 <= one < vocabulary]:
        raise LiveError(
            f"the tokenizer gives token {beyond[0]}, but the model knows {vocabulary}: "
            "they do not belong together",
            "foreign-tokenizer",
        )
    return [
        Token(one, said(tokenizer, one), start, end)
        for one, (start, end) in zip(ids, spans, strict=True)
    ]


@lru_cache(maxsize=2**18)  # a short prompt would take as long to name as a layer to compute
def said(tokenizer: Any, token: int) -> str:
    """The text of a token id, never empty and never a replacement character."""
    before, written = _before(tokenizer)
    # after another token, since a decoder may strip what a text begins with: SentencePiece's space
    text = _decoded(tokenizer, [*before, token])
    text = text[len(written) :] if text.startswith(written) else _decoded(tokenizer, [token])
    # a vocabulary may be padded beyond the tokens that the tokenizer knows
    name = str(tokenizer.convert_ids_to_tokens(token) or f"⟨{token}⟩")
    if text and "\ufffd" not in text:
        return text
    raw = _bytes(name)
    return "⟨" + " ".join(f"{byte:02X}" for byte in raw) + "⟩" if raw else name


def _decoded(tokenizer: Any, ids: Sequence[int]) -> str:
    return str(tokenizer.decode(ids, clean_up_tokenization_spaces=False))


@lru_cache(maxsize=64)
def _before(tokenizer: Any) -> tuple[list[int], str]:
    """Ids of a plain text, and what they are when they are decoded."""
    ids = list(tokenizer("a", add_special_tokens=False, verbose=False)["input_ids"])
    return ids, _decoded(tokenizer, ids)


def _bytes(name: str) -> bytes:
    """The bytes that a vocabulary entry stands for, written `<0xE5>` or in the GPT-2 alphabet."""
    if name.startswith("<0x") and name.endswith(">"):
        return bytes([int(name[3:-1], 16)])
    alphabet = _alphabet()
    return bytes(alphabet[letter] for letter in name) if set(name) <= set(alphabet) else b""


def _alphabet() -> dict[str, int]:
    """GPT-2's printable letter for each byte: itself, or the next free one from 256."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others: Sequence[int] = [byte for byte in range(256) if byte not in printable]
    letters = {chr(byte): byte for byte in printable}
    return letters | {chr(256 + place): byte for place, byte in enumerate(others)}
