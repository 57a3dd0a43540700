"""All heads at a glance: a small map of each, and scores that say what kind of head it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import torch

from explainer.live.attention import Blocks, Canvas, Columns, scored, tiles
from explainer.live.progress import Progress

Array = npt.NDArray[np.float32]
SCORES = ("previous", "induction", "first", "entropy")
# Rows of each pixel row in the passes before the exact one: something to see, then a good guess.
SAMPLES = (1, 8)


@dataclass(frozen=True)
class Overview:
    """Maps (L, H, pixels, pixels) of all heads and their scores, each (L, H).

    previous: mean weight on the token before. first: mean weight on the first token. induction:
    mean weight on what followed earlier occurrences of the same token, the token itself apart
    (Olsson et al. 2022), NaN where there is no such place. entropy: of a row, as a share of the
    most that it could have (0 looks at one token, 1 at all alike). share: of all rows, how many
    were computed.
    """

    maps: Array
    scores: dict[str, Array]
    share: float

    @property
    def nbytes(self) -> int:
        """What it holds, in bytes."""
        return self.maps.nbytes + sum(score.nbytes for score in self.scores.values())


def overviews(
    queries: Sequence[torch.Tensor],
    keys: Sequence[torch.Tensor],
    ids: Sequence[int],
    scale: float,
    pixels: int,
    pool: str,
    progress: Progress | None = None,
) -> Iterator[Overview]:
    """The overview from few rows of each pixel, from more, and at last from all.

    queries (H, T, d) and keys (H_kv, T, d) by layer. progress is told the share of the current
    pass, and may raise to stop it.
    """
    length = len(ids)
    blocks = Blocks.of(slice(0, length), pixels)
    largest = -(-length // len(blocks))
    for sample in [*(s for s in SAMPLES if 4 * s <= largest), largest]:
        rows = _rows(blocks, sample)
        maps, scores = [], []
        for number, (query, key) in enumerate(zip(queries, keys, strict=True)):

            def tell(share: float, done: int = number) -> None:
                if progress is not None:
                    progress((done + share) / len(queries))

            drawn, measured = _layer(query, key, ids, scale, blocks, rows, pool, tell)
            maps.append(drawn.cpu())
            scores.append(measured.cpu())
        together = torch.stack(scores).numpy()
        yield Overview(
            torch.stack(maps).numpy(),
            {name: together[..., i] for i, name in enumerate(SCORES)},
            len(rows) / length,
        )


def _rows(blocks: Blocks, sample: int) -> list[int]:
    """Some rows of each block, spread evenly over it, its last one included."""
    return [
        start + (i + 1) * (stop - start) // count - 1
        for start, stop in pairwise(blocks.edges)
        for count in [min(sample, stop - start)]
        for i in range(count)
    ]


def _layer(
    query: torch.Tensor,
    key: torch.Tensor,
    ids: Sequence[int],
    scale: float,
    blocks: Blocks,
    rows: list[int],
    pool: str,
    progress: Progress,
) -> tuple[torch.Tensor, torch.Tensor]:
    """One layer's maps (H, pixels, pixels) and scores (H, number of scores)."""
    heads, device = len(query), query.device
    tokens = torch.tensor(ids, device=device)
    columns = Columns(blocks, len(ids), device)
    keys = columns.arranged(key)
    # the token that comes before that of each column; none before the first, or in a gap
    before = torch.full_like(columns.tokens, -1)
    before[columns.of_token[1:]] = tokens[:-1]
    canvas = Canvas(blocks, columns, pool, heads)
    sums = torch.zeros(heads, len(SCORES), device=device)
    counts = torch.zeros(len(SCORES), device=device)
    for positions in tiles(torch.tensor(rows, device=device), heads):
        scores = scored(query[:, positions], keys, columns, positions, scale)
        tile = scores.softmax(dim=-1)
        pooled = canvas.add(tile, positions)
        after = positions >= 1  # the first token can only look at itself
        back = columns.of_token[(positions - 1).clamp(min=0)]
        previous = tile.gather(2, back[None, :, None].expand(heads, -1, 1))[..., 0]
        follows = before[: tile.shape[-1]] == tokens[positions, None]
        follows &= columns.tokens[: tile.shape[-1]] < positions[:, None]
        spread = _entropy(scores, tile, pooled, columns) / positions.log1p().clamp(min=1e-9)
        measured = torch.stack([previous, _total(tile, follows), tile[..., 0], spread])
        counted = torch.stack([after, follows.any(dim=1), after, after])
        sums += (measured * counted[:, None]).sum(-1).T
        counts += counted.sum(-1)
        progress((int(positions[-1]) + 1) / len(ids))
    return canvas.maps(), sums / counts  # 0 / 0 where nothing could be measured: NaN


def _total(tile: torch.Tensor, chosen: torch.Tensor) -> torch.Tensor:
    """The sum of the weights (H, n, S) that are chosen, few of (n, S): (H, n)."""
    row, column = chosen.nonzero().unbind(1)
    total = tile.new_zeros(tile.shape[:2])
    return total.index_add_(1, row, tile[:, row, column])


def _entropy(
    scores: torch.Tensor, tile: torch.Tensor, pooled: torch.Tensor, columns: Columns
) -> torch.Tensor:
    """The entropy of each row in nats, (H, n), from scores and weights (H, n, S).

    It is log Z - Σ w s, which needs no logarithm of each weight: log Z is s - log w at any key,
    best at one of much weight, and the pooled rows say in which block there is one.
    """
    start, width = columns.blocks.start, columns.width
    block = start + pooled.argmax(-1, keepdim=True) * width
    inside = block + torch.arange(width, device=tile.device)
    weight, place = tile.gather(2, inside).max(-1, keepdim=True)
    score = scores.gather(2, block + place)
    return (score - weight.log())[..., 0] - (tile * scores).sum(-1)
