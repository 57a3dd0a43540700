"""All heads at a glance: a small map of each, and scores that say what kind of head it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import torch

from explainer.live.attention import Blocks, Canvas, tiles, weights
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
            drawn, measured = _layer(query, key, ids, scale, blocks, rows, pool)
            maps.append(drawn.cpu())
            scores.append(measured.cpu())
            if progress is not None:
                progress((number + 1) / len(queries))
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
) -> tuple[torch.Tensor, torch.Tensor]:
    """One layer's maps (H, pixels, pixels) and scores (H, number of scores)."""
    heads, device = len(query), query.device
    tokens = torch.tensor(ids, device=device)
    canvas = Canvas(blocks, blocks, pool, device, heads)
    sums = torch.zeros(heads, len(SCORES), device=device)
    counts = torch.zeros(len(SCORES), device=device)
    for positions in tiles(torch.tensor(rows, device=device), heads):
        tile = weights(query[:, positions], key, positions, scale)
        canvas.add(tile, positions)
        measured, counted = _measured(tile, positions, tokens)
        sums += measured
        counts += counted
    return canvas.maps(), sums / counts  # 0 / 0 where nothing could be measured: NaN


def _measured(
    tile: torch.Tensor, positions: torch.Tensor, tokens: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """What a tile (H, n, S) adds to each head's scores (H, scores), and for how many rows."""
    seen = tile.shape[-1]
    after = positions >= 1  # the first token can only look at itself
    back = (positions - 1).clamp(min=0)
    previous = tile.gather(2, back[None, :, None].expand(len(tile), -1, 1))[..., 0]
    # key j follows an earlier occurrence of the query's token
    follows = torch.zeros(len(positions), seen, dtype=torch.bool, device=tile.device)
    follows[:, 1:] = tokens[: seen - 1] == tokens[positions, None]
    follows &= torch.arange(seen, device=tile.device) < positions[:, None]
    again = follows.any(dim=1)
    induction = torch.einsum("hns,ns->hn", tile, follows.float())
    spread = torch.special.entr(tile).sum(-1) / torch.log1p(positions.float()).clamp(min=1e-9)
    lines = torch.stack([previous, induction, tile[..., 0], spread])
    counted = torch.stack([after, again, after, after])
    return (lines * counted[:, None]).sum(-1).T, counted.sum(-1)
