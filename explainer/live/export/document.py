"""What a page keeps of a capture, as one JSON document."""

import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import numpy as np

from explainer.errors import LiveError
from explainer.live.ablation import Ablation
from explainer.live.export.heads import STRONGEST, Head, chosen, fitting
from explainer.live.export.numbers import exact, packed, shares, triangle

if TYPE_CHECKING:
    from explainer.live.capture import Capture

VERSION = 1  # of this format
LENS = 5  # predictions a layer
LENS_TOKENS = 128  # the last of a longer prompt: their lens takes as long as a capture of 1,000
NEXT = 12  # likeliest tokens
ROWS = 256  # of a long map, at a time
PACKAGES = ("explainer", "torch", "transformers")


def document(
    capture: "Capture",
    heads: Sequence[Head] | None = None,
    pixels: int = 256,
    lens: int = LENS_TOKENS,
) -> dict[str, Any]:
    """The numbers of a page, as plain values and packed arrays.

    heads: (layer, head) each; None keeps all of a small model, and of a large one those that
    stand out by a score. A map has a pixel a token up to `pixels`; a longer one is pooled to the
    largest weight of each block, and the strongest keys of every query are kept beside it. lens: of
    how many tokens, from the last, the logit lens is kept, which takes longest. Raises LiveError
    for a head that is not there, and for more than a page can hold.
    """
    # Here, since it imports torch: whoever has a capture has that already.
    from explainer.live.attention import Blocks

    if lens < 1:
        raise LiveError("the logit lens is of at least one token", "no-such-window")
    count = len(capture.tokens)
    named = fitting(capture.model, heads, count, pixels)
    overview = capture.overview(pixels=1)
    kept = named or chosen(overview, count, pixels)
    blocks = Blocks.of(slice(0, count), pixels)
    return {
        "version": VERSION,
        "model": {
            "name": capture.model.name,
            "layers": capture.model.layers,
            "heads": capture.model.heads,
        },
        "prompt": _text(capture.prompt),
        "ablated": [_ablated(one) for one in capture.ablations],
        "saved": datetime.now(UTC).isoformat(timespec="seconds"),
        "versions": {
            **{package: version(package) for package in PACKAGES},
            "Python": platform.python_version(),
        },
        "tokens": [_text(token.text) for token in capture.tokens],
        "ids": [token.id for token in capture.tokens],
        "continued": _continued(capture),
        "blocks": list(blocks.edges),
        "heads": [
            {
                "layer": layer,
                "head": head,
                "scores": {
                    name: exact(all_[layer, head]) for name, all_ in overview.scores.items()
                },
                **_map(capture, layer, head, pixels),
            }
            for layer, head in kept
        ],
        "lens": _lens(capture, lens),
        "norms": packed(capture.residual_norms()),
        "next": _next(capture),
    }


def _continued(capture: "Capture") -> int:
    """How many tokens at the end the prompt does not have: somebody has gone on from it."""
    end = len(capture.prompt)
    own = takewhile(lambda token: token.start == token.end == end, reversed(capture.tokens))
    return sum(1 for _ in own)


def _map(capture: "Capture", layer: int, head: int, pixels: int) -> dict[str, Any]:
    """A head's map, and where it is pooled the strongest keys of each query."""
    steps, largest = triangle(capture.attention(layer, head, pixels=pixels))
    kept: dict[str, Any] = {"map": packed(steps), "largest": packed(largest)}
    count = len(capture.tokens)
    if len(largest) < count:
        keys, weights = [], []
        for start in range(0, count, ROWS):
            rows = capture.attention(layer, head, queries=slice(start, start + ROWS))
            best = np.argsort(-rows, axis=1, kind="stable")[:, :STRONGEST]
            keys.append(best.astype(np.uint32))
            weights.append(shares(np.take_along_axis(rows, best, axis=1)))
        kept |= {
            "strongest": {
                "keys": packed(np.concatenate(keys)),
                "weights": packed(np.concatenate(weights)),
            }
        }
    return kept


def _lens(capture: "Capture", most: int) -> dict[str, Any]:
    """The logit lens: which of `ids` each layer would predict after each token, and its share."""
    first = max(0, len(capture.tokens) - most)
    lens = capture.logit_lens(LENS, slice(first, None))
    ids, places = np.unique(lens.ids, return_inverse=True)
    return {
        "first": first,
        "ids": ids.tolist(),
        "words": [_text(capture.model.text(id)) for id in ids.tolist()],
        "places": packed(places.reshape(lens.ids.shape).astype(np.uint32)),
        "shares": packed(shares(lens.probabilities)),
    }


def _next(capture: "Capture") -> list[dict[str, Any]]:
    likeliest = capture.next_token()
    return [
        {
            "id": int(id),
            "text": _text(capture.model.text(int(id))),
            "probability": exact(probability),
        }
        for id, probability in zip(likeliest.ids[:NEXT], likeliest.model[:NEXT], strict=True)
    ]


def _ablated(one: Ablation) -> dict[str, Any]:
    head = getattr(one, "head", None)
    return {"layer": one.layer, "how": one.how} | ({} if head is None else {"head": head})


def _text(text: str) -> str:
    """The text without halves of surrogate pairs, which no file could hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
