"""The numbers of each view as they are saved: named arrays, and a table of them."""

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from explainer.pages.live.ablation import softmax
from explainer.pages.live.following import place
from explainer.pages.live.look import Look

CELLS = 2**20  # numbers in one file, about; of a longer prompt, a run of tokens is saved
LENS = 256  # tokens that the lens is read at: each takes a product with the whole vocabulary
TOP = 5
EVERY = 10**9


@dataclass(frozen=True)
class Table:
    """Numbers to save: for an NPZ named arrays, for a CSV a row of titles and rows of cells."""

    name: str
    arrays: dict[str, npt.NDArray[Any]]
    titles: list[str]
    rows: Iterable[Sequence[Any]]

    def csv(self) -> bytes:
        """UTF-8 with a mark that spreadsheets know it by; float32 is written exactly."""
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(self.titles)
        writer.writerows([_cell(value) for value in row] for row in self.rows)
        return out.getvalue().encode("utf-8-sig")

    def npz(self) -> bytes:
        """A compressed NumPy archive, which loads without pickle."""
        out = io.BytesIO()
        np.savez_compressed(out, allow_pickle=False, **self.arrays)
        return out.getvalue()


def attention(look: Look) -> Table:
    """The chosen head's weights: rows are queries, columns keys. Exact, never pooled."""
    capture, (layer, head, token) = look.capture, place(look)
    count = len(capture.tokens)
    run = around(token, count, CELLS // count)
    weights = capture.attention(layer, head, queries=run)
    return Table(
        f"attention-layer-{layer}-head-{head}",
        {"weights": weights, "queries": _numbers(run), **_tokens(capture)},
        ["query", "token", *map(str, range(count))],
        (
            [i, quoted(capture.tokens[i].text), *line]
            for i, line in zip(_range(run), weights, strict=True)
        ),
    )


def norms(look: Look) -> Table:
    """Lengths of the residual stream, a row for each token, a column for each layer and the end."""
    capture = look.capture
    lengths = capture.residual_norms()
    return Table(
        "residual-norms",
        {"norms": lengths, **_tokens(capture)},
        ["token", "text", *(f"layer {i}" for i in range(len(lengths) - 1)), "output"],
        ([i, quoted(capture.tokens[i].text), *line] for i, line in enumerate(lengths.T)),
    )


def lens(look: Look) -> Table:
    """The logit lens: the likeliest tokens by token and layer; the last layer is the output."""
    capture, (*_, token) = look.capture, place(look)
    run = around(token, len(capture.tokens), LENS)
    read = capture.logit_lens(TOP, run)
    texts = {one: quoted(capture.model.text(one)) for one in np.unique(read.ids).tolist()}
    rows = (
        [i, quoted(capture.tokens[i].text), layer, rank + 1, one, texts[one], share]
        for at, i in enumerate(_range(run))
        for layer in range(len(read.ids))
        for rank, (one, share) in enumerate(
            zip(read.ids[layer, at].tolist(), read.probabilities[layer, at], strict=True)
        )
    )
    return Table(
        "logit-lens",
        {
            "ids": read.ids, "probabilities": read.probabilities, "positions": _numbers(run),
            **_tokens(capture),
        },
        ["token", "text", "layer", "rank", "id", "predicted", "probability"],
        rows,
    )  # fmt: skip


def neurons(look: Look) -> Table:
    """All activations of the MLP at the chosen layer and token, the strongest first."""
    layer, _, token = place(look)
    found = look.capture.neurons(layer, token, top=EVERY)
    return Table(
        f"neurons-layer-{layer}-token-{token}",
        {"neurons": found.neurons, "activations": found.activations},
        ["neuron", "activation"],
        zip(found.neurons.tolist(), found.activations, strict=True),
    )


def next_token(look: Look) -> Table:
    """The whole vocabulary from the likeliest token on, with its probability after each filter."""
    found = look.capture.next_token(look.temperature, look.top_k, look.top_p)
    stages = {
        "model": found.model, "temperature": found.tempered, "top_k": found.top_k,
        "top_p": found.top_p,
    }  # fmt: skip
    text = look.capture.model.text
    return Table(
        "next-token",
        {"ids": found.ids, **stages},
        ["id", "text", *stages],
        (
            [one, quoted(text(one)), *shares]
            for one, *shares in zip(found.ids.tolist(), *stages.values(), strict=True)
        ),
    )


def scores(look: Look) -> Table:
    """The scores of all heads, from every row of their maps."""
    found = look.capture.overview(pixels=1).scores
    layers, heads = next(iter(found.values())).shape
    return Table(
        "head-scores",
        dict(found),
        ["layer", "head", *found],
        (
            [layer, head, *(score[layer, head] for score in found.values())]
            for layer in range(layers)
            for head in range(heads)
        ),
    )


def ablation(look: Look) -> Table:
    """The next token's distribution before and after what is silenced, over the vocabulary."""
    after = softmax(look.capture.logits)
    before = softmax(look.plain.logits) if look.plain is not None else after
    order = np.argsort(-before, kind="stable")
    text = look.capture.model.text
    return Table(
        "ablation",
        {"ids": order, "before": before[order], "after": after[order]},
        ["id", "text", "before", "after"],
        ([one, quoted(text(one)), before[one], after[one]] for one in order.tolist()),
    )


TABLES: dict[str, Callable[[Look], Table]] = {
    table.__name__: table
    for table in (attention, scores, norms, lens, neurons, next_token, ablation)
}


def quoted(text: str) -> str:
    """A token's text as a JSON string: unlike the bare text, no spreadsheet takes it for a formula.

    `json.loads` gives the text back, whatever characters it has.
    """
    return "".join(
        json.dumps(letter)[1:-1] if unicodedata.category(letter)[0] == "C" else letter
        for letter in json.dumps(text, ensure_ascii=False)
    )


def around(token: int, count: int, most: int) -> slice:
    """At most so many tokens, one at least, that end with a token where there are enough before."""
    most = max(1, min(most, count))
    start = max(0, min(token + 1, count) - most)
    return slice(start, start + most)


def _cell(value: Any) -> Any:
    """Nine digits give every float32 back, and seventeen every float64; NaN is an empty cell."""
    if not isinstance(value, np.floating):
        return value
    return "" if np.isnan(value) else format(value, ".9g" if value.dtype == "f4" else ".17g")


def _tokens(capture: Any) -> dict[str, npt.NDArray[Any]]:
    """The prompt, token by token; NumPy would drop a null character at the end of bare text."""
    return {
        "token_ids": np.array([token.id for token in capture.tokens]),
        "tokens": np.array([quoted(token.text) for token in capture.tokens]),
    }


def _range(run: slice) -> range:
    return range(run.start, run.stop)


def _numbers(run: slice) -> npt.NDArray[np.int64]:
    return np.arange(run.start, run.stop)
