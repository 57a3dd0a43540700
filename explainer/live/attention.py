"""Attention weights from queries and keys: rows, windows, and maps pooled to pixels.

A map of T² weights is never kept as a whole: a few rows are computed at a time, and pooled at
once into the pixels that they belong to.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import torch

# Weights computed at a time: what stays in a CPU's cache, and what keeps a GPU busy.
TILE = {"cpu": 2**20, "cuda": 2**28}
POOLS = ("max", "mean")
# The score of what a query does not see: its weight is 0, as for -inf, and so is 0 times it.
UNSEEN = -1e30


@dataclass(frozen=True)
class Blocks:
    """A run of tokens cut into blocks, one for each pixel; they differ by one token at most."""

    start: int
    edges: tuple[int, ...]  # counted from start; block i is edges[i] to edges[i + 1]

    @classmethod
    def of(cls, tokens: slice, pixels: int | None) -> "Blocks":
        """The blocks of a slice with bounds and step 1; a pixel a token where there are enough."""
        length = tokens.stop - tokens.start
        count = length if pixels is None else min(pixels, length)
        return cls(tokens.start, tuple(i * length // count for i in range(count + 1)))

    def __len__(self) -> int:
        return len(self.edges) - 1

    @property
    def length(self) -> int:
        """How many tokens there are in all blocks together."""
        return self.edges[-1]

    @property
    def stop(self) -> int:
        """The token after the last block."""
        return self.start + self.length

    def sizes(self, device: torch.device) -> torch.Tensor:
        """How many tokens each block has."""
        return torch.tensor(self.edges, device=device).diff()

    def places(self, device: torch.device) -> torch.Tensor:
        """The number of its block for each token."""
        return torch.repeat_interleave(torch.arange(len(self), device=device), self.sizes(device))


class Columns:
    """The key tokens in an order in which blocks are all equally wide, so that pooling is quick.

    A block that is a token shorter than the widest ends with a gap, which no query sees. tokens
    (columns,): the token of each column; a gap's comes after all others.
    """

    def __init__(self, blocks: Blocks, length: int, device: torch.device) -> None:
        self.blocks, self.length = blocks, length
        sizes = blocks.sizes(device)
        self.sizes = sizes
        self.width = int(sizes.max())
        inside = torch.arange(self.width, device=device).expand(len(blocks), -1)
        starts = blocks.start + sizes.cumsum(0) - sizes
        cut = torch.where(inside < sizes[:, None], starts[:, None] + inside, length).flatten()
        before = torch.arange(blocks.start, device=device)
        after = torch.arange(blocks.stop, length, device=device)
        self.tokens = torch.cat([before, cut, after])
        self.gaps = (self.tokens == length).nonzero()[:, 0]
        self._gaps: list[int] = self.gaps.tolist()

    @cached_property
    def of_token(self) -> torch.Tensor:
        """The column of each token."""
        there = self.tokens < self.length
        found = torch.empty(self.length, dtype=torch.long, device=self.tokens.device)
        found[self.tokens[there]] = there.nonzero()[:, 0]
        return found

    def arranged(self, key: torch.Tensor) -> torch.Tensor:
        """Keys (H_kv, T, d) in the order of the columns, as float32 (H_kv, d, columns)."""
        if self._gaps:
            key = key[:, self.tokens.clamp(max=self.length - 1)]
        return key.float().transpose(1, 2).contiguous()

    def column(self, token: int) -> int:
        """The column of a token."""
        start, edges = self.blocks.start, self.blocks.edges
        if token < start:
            return token
        if token >= self.blocks.stop:
            return start + len(self.blocks) * self.width + token - self.blocks.stop
        block = bisect_right(edges, token - start) - 1
        return start + block * self.width + token - start - edges[block]

    def seen(self, last: int) -> int:
        """How many columns, in whole blocks, hold all tokens up to one."""
        column, start = self.column(last), self.blocks.start
        if not start <= last < self.blocks.stop:
            return column + 1
        return start + ((column - start) // self.width + 1) * self.width

    def hide(self, scores: torch.Tensor, positions: torch.Tensor) -> None:
        """Make what queries do not see unseen: scores (H, n, columns) at rising positions (n,)."""
        columns = scores.shape[-1]
        # all columns up to that of the first query are seen by all of them, but for the gaps
        corner = min(self.column(int(positions[0])) + 1, columns)
        later = self.tokens[corner:columns] > positions[:, None]
        scores[..., corner:].masked_fill_(later, UNSEEN)
        if count := bisect_right(self._gaps, corner - 1):
            scores.index_fill_(-1, self.gaps[:count], UNSEEN)

    def pooled(self, lines: torch.Tensor, pool: str) -> torch.Tensor:
        """The max or mean of each block that is there, (…, columns) -> (…, blocks)."""
        inside = lines[..., self.blocks.start : self.blocks.start + len(self.blocks) * self.width]
        if self.width == 1:
            return inside
        cut: torch.Tensor = inside.unflatten(-1, (-1, self.width))
        return cut.amax(-1) if pool == "max" else cut.sum(-1) / self.sizes[: cut.shape[-2]]


def scored(
    query: torch.Tensor, key: torch.Tensor, columns: Columns, positions: torch.Tensor, scale: float
) -> torch.Tensor:
    """Scaled scores of some query tokens with all that they may see, before the softmax.

    query (H, n, d) at rising positions (n,), key (H_kv, d, columns), arranged, both rotated
    -> (H, n, S) float32, where S columns hold all up to the last position. Vaswani et al. 2017,
    eq. 1, with a causal mask; a key head serves H / H_kv query heads.
    """
    heads, n, d = query.shape
    groups = key.shape[0]
    seen = columns.seen(int(positions[-1]))
    # in float32 throughout: products of bfloat16 numbers are exact in it
    flat = (query.float() * scale).reshape(groups, heads // groups * n, d)
    scores = (flat @ key[..., :seen]).view(heads, n, seen)
    columns.hide(scores, positions)
    return scores


def window(
    query: torch.Tensor, key: torch.Tensor, scale: float, rows: Blocks, columns: Blocks, pool: str
) -> torch.Tensor:
    """Attention weights of one head, pooled to blocks of query and key tokens.

    query (T, d), key (T, d), both rotated -> (len(rows), len(columns)) float32; pool "max" or
    "mean" of each block. Rows are normalised over all keys that a query may see, not over the
    window. A block of one token pools nothing.
    """
    order = Columns(columns, len(key), query.device)
    keys = order.arranged(key[None])
    canvas = Canvas(rows, order, pool)
    every = torch.arange(rows.start, rows.stop, device=query.device)
    for positions in tiles(every, heads=1):
        scores = scored(query[None, positions], keys, order, positions, scale)
        canvas.add(scores.softmax(dim=-1), positions)
    return canvas.maps()[0]


def tiles(positions: torch.Tensor, heads: int) -> Iterator[torch.Tensor]:
    """Query positions, in order, as many at a time as make a tile of weights."""
    longest = int(positions[-1]) + 1
    most = TILE.get(positions.device.type, TILE["cpu"]) // (heads * longest)
    return iter(positions.split(max(1, most)))


class Canvas:
    """Maps of pixels that rows of weights are added to, a few at a time and in any order."""

    def __init__(self, rows: Blocks, columns: Columns, pool: str, heads: int = 1) -> None:
        self.rows, self.columns, self.pool = rows, columns, pool
        device = columns.tokens.device
        self.block = rows.places(device)
        self.total = torch.zeros(heads, len(rows), len(columns.blocks), device=device)
        self.count = torch.zeros(len(rows), device=device)

    def add(self, lines: torch.Tensor, positions: torch.Tensor) -> torch.Tensor:
        """Add rows of weights (H, n, S) at positions (n,); columns beyond S have no weight.

        Returns the rows pooled, (H, n, blocks).
        """
        across = self.columns.pooled(lines, self.pool)
        block = self.block[positions - self.rows.start]
        total = self.total[..., : across.shape[-1]]
        if self.pool == "mean":
            total.index_add_(1, block, across)
            self.count.index_add_(0, block, torch.ones_like(block, dtype=torch.float32))
        else:
            total.scatter_reduce_(1, block[:, None].expand_as(across), across, "amax")
        return across

    def maps(self) -> torch.Tensor:
        """What has been added, pooled: (H, rows, columns)."""
        return self.total / self.count[:, None] if self.pool == "mean" else self.total
