"""What the model reads: a tokenizer, rows of text, and rows that only induction can predict."""

import random
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import PreTrainedTokenizerFast

VOCABULARY = 2048
CONTEXT = 256
BOS, EOS = 0, 1
SPECIAL = ("<s>", "</s>")
IGNORED = -100  # a label that the loss leaves out
SEPARATOR = "\n<|doc|>\n"

BOOKS = 0.125  # of a batch, where there are any
HELD_OUT = 100  # passages of the books


def read(path: Path) -> list[str]:
    """The documents of a file in which a line `<|doc|>` ends each."""
    return [text for part in path.read_text().split(SEPARATOR) if (text := part.strip())]


def books(path: Path | None) -> tuple[list[str], list[str]]:
    """The passages of a file of books, shuffled: those to learn from, and those held out."""
    texts = read(path) if path else []
    random.Random(0).shuffle(texts)
    return texts[HELD_OUT:], texts[:HELD_OUT]


def make_tokenizer(texts: Sequence[str]) -> PreTrainedTokenizerFast:
    """Train a byte-level BPE, which can write any text; it puts <s> before each."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=list(SPECIAL),
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    made.train_from_iterator(texts, trainer)
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", BOS)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=made,
        bos_token=SPECIAL[0],
        eos_token=SPECIAL[1],
        model_max_length=CONTEXT,
        clean_up_tokenization_spaces=False,
    )


def encode(tokenizer: PreTrainedTokenizerFast, texts: Sequence[str]) -> list[list[int]]:
    """Token ids of each text, </s> at its end and no <s> yet."""
    fast = tokenizer.backend_tokenizer
    return [[*one.ids, EOS] for one in fast.encode_batch(list(texts), add_special_tokens=False)]


class Rows:
    """Endless rows of CONTEXT tokens from some documents.

    Each begins with <s> at the start of a document, goes on with the next ones, and drops what
    is left of its last; `whole` begins where the row before has ended instead, so that of a
    book nothing is dropped.
    """

    def __init__(self, documents: Sequence[list[int]], draw: random.Random, whole: bool) -> None:
        self.documents, self.draw, self.whole = documents, draw, whole
        self.order: list[int] = []
        self.rest: list[int] = []

    def __iter__(self) -> Iterator[list[int]]:
        return self

    def __next__(self) -> list[int]:
        while len(self.rest) < CONTEXT - 1:
            if not self.order:
                self.order = list(range(len(self.documents)))
                self.draw.shuffle(self.order)
            self.rest = self.rest + self.documents[self.order.pop()]
        row = [BOS, *self.rest[: CONTEXT - 1]]
        self.rest = self.rest[CONTEXT - 1 :] if self.whole else []
        return row


def walk(draw: random.Random) -> list[int]:
    """A row that follows a random successor table in short runs from random starts.

    A few tokens are drawn from the whole vocabulary, each has one successor. How far back a
    token was last seen says nothing: only looking for it, and at what came after it, does.
    """
    tokens = draw.sample(range(len(SPECIAL), VOCABULARY), draw.randint(6, 60))
    following = dict(zip(tokens, draw.sample(tokens, len(tokens)), strict=True))
    row = [BOS]
    while len(row) < CONTEXT:
        at = draw.choice(tokens)
        for _ in range(draw.randint(3, 12)):
            row.append(at)
            at = following[at]
    return row[:CONTEXT]


def again(draw: random.Random, text: Sequence[int] | None) -> list[int]:
    """A row in which one segment comes again and again: random tokens, or a passage of text."""
    length = draw.randint(8, CONTEXT // 2 - 1)
    if text is None:
        segment = [draw.randrange(len(SPECIAL), VOCABULARY) for _ in range(length)]
    else:
        start = draw.randint(1, len(text) - length)
        segment = list(text[start : start + length])
    return [BOS, *(segment * (CONTEXT // length + 1))][:CONTEXT]


def predictable(row: Sequence[int]) -> list[int]:
    """Labels of a row of random tokens: those that stand after a pair's second occurrence.

    Anything else in such a row is chance, and the loss would teach the model to expect it.
    """
    seen: dict[int, int] = {}
    labels = [IGNORED]
    for before, token in pairwise(row):
        labels.append(token if seen.get(before) == token else IGNORED)
        seen[before] = token
    return labels


class Batches:
    """Endless batches (ids, labels), each (rows, CONTEXT) int64."""

    def __init__(self, stories: list[list[int]], books: list[list[int]], seed: int) -> None:
        self.draw = random.Random(seed)
        self.stories = Rows(stories, self.draw, whole=False)
        self.books = Rows(books, self.draw, whole=True) if books else self.stories

    def induction(self) -> tuple[list[int], list[int]]:
        """A row made for induction, and its labels."""
        kind = self.draw.random()
        if kind < 0.25:
            row = again(self.draw, next(self.stories))
            return row, row
        row = walk(self.draw) if kind < 0.7 else again(self.draw, None)
        return row, predictable(row)

    def next(self, rows: int, induction: float) -> tuple[torch.Tensor, torch.Tensor]:
        """A batch of so many rows, a share of them made for induction."""
        made = []
        for number in range(rows):
            if number < induction * rows:
                made.append(self.induction())
            else:
                row = next(self.books if number < (induction + BOOKS) * rows else self.stories)
                made.append((row, row))
        ids, labels = zip(*made, strict=True)
        return torch.tensor(ids), torch.tensor(labels)
