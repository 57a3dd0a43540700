"""Attention weights from queries and keys: rows, windows, and maps pooled to pixels.

A map of T² weights is never kept as a whole: a few rows are computed at a time, and pooled at
once into the pixels that they belong to.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import torch

# Weights computed at a time: what stays in a CPU's cache, and what keeps a GPU busy.
TILE = {"cpu": 2**20, "cuda": 2**28}
POOLS = ("max", "mean")


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

    def places(self, device: torch.device) -> torch.Tensor:
        """The number of its block for each token."""
        sizes = torch.tensor(self.edges, device=device).diff()
        return torch.repeat_interleave(torch.arange(len(self), device=device), sizes)


def weights(
    query: torch.Tensor, key: torch.Tensor, positions: torch.Tensor, scale: float
) -> torch.Tensor:
    """Attention weights of some query tokens over all that they may see.

    query (H, n, d) at positions (n,), key (H_kv, T, d), both rotated -> (H, n, S) float32, where
    S is the last position + 1; each row sums to 1, and is 0 beyond its own position.
    Vaswani et al. 2017, eq. 1, with a causal mask; a key head serves H / H_kv query heads.
    """
    heads, n, d = query.shape
    groups = key.shape[0]
    seen = int(positions.max()) + 1
    # in float32 throughout: products of bfloat16 numbers are exact in it
    flat = (query.float() * scale).reshape(groups, heads // groups * n, d)
    scores = (flat @ key[:, :seen].float().transpose(1, 2)).view(heads, n, seen)
    later = torch.arange(seen, device=query.device) > positions[:, None]
    return scores.masked_fill_(later, float("-inf")).softmax(dim=-1)


def window(
    query: torch.Tensor, key: torch.Tensor, scale: float, rows: Blocks, columns: Blocks, pool: str
) -> torch.Tensor:
    """Attention weights of one head, pooled to blocks of query and key tokens.

    query (T, d), key (T, d), both rotated -> (len(rows), len(columns)) float32; pool "max" or
    "mean" of each block. Rows are normalised over all keys that a query may see, not over the
    window. A block of one token pools nothing.
    """
    canvas = Canvas(rows, columns, pool, query.device)
    every = torch.arange(rows.start, rows.start + rows.length, device=query.device)
    for positions in tiles(every, heads=1):
        canvas.add(weights(query[None, positions], key[None], positions, scale), positions)
    return canvas.maps()[0]


def tiles(positions: torch.Tensor, heads: int) -> Iterator[torch.Tensor]:
    """Query positions, in order, as many at a time as make a tile of weights."""
    longest = int(positions[-1]) + 1
    most = TILE.get(positions.device.type, TILE["cpu"]) // (heads * longest)
    return iter(positions.split(max(1, most)))


class Canvas:
    """Maps of pixels that rows of weights are added to, a few at a time and in any order."""

    def __init__(
        self, rows: Blocks, columns: Blocks, pool: str, device: torch.device, heads: int = 1
    ) -> None:
        self.rows, self.columns, self.pool = rows, columns, pool
        self.block = rows.places(device)
        self.total = torch.zeros(heads, len(rows), len(columns), device=device)
        self.count = torch.zeros(len(rows), device=device)

    def add(self, lines: torch.Tensor, positions: torch.Tensor) -> None:
        """Add rows of weights (H, n, S) at positions (n,); keys beyond S have no weight."""
        start, length = self.columns.start, self.columns.length
        inside = lines[..., start : start + length]
        if inside.shape[-1] < length:
            inside = torch.nn.functional.pad(inside, (0, length - inside.shape[-1]))
        across = pooled(inside, self.columns, self.pool)
        block = self.block[positions - self.rows.start]
        if self.pool == "mean":
            self.total.index_add_(1, block, across)
            self.count.index_add_(0, block, torch.ones_like(block, dtype=torch.float32))
        else:
            self.total.scatter_reduce_(1, block[:, None].expand_as(across), across, "amax")

    def maps(self) -> torch.Tensor:
        """What has been added, pooled: (H, rows, columns)."""
        return self.total / self.count[:, None] if self.pool == "mean" else self.total


def pooled(lines: torch.Tensor, blocks: Blocks, pool: str) -> torch.Tensor:
    """The max or mean of each block along the last axis: (…, tokens) -> (…, blocks)."""
    count, length = len(blocks), blocks.length
    if count == length:
        return lines
    if length % count == 0:
        cut: torch.Tensor = lines.unflatten(-1, (count, length // count))
        return cut.amax(-1) if pool == "max" else cut.mean(-1)
    edges = torch.tensor(blocks.edges, device=lines.device)
    starts, sizes = edges[:-1], edges.diff()
    widest = int(sizes.max())
    places = starts[:, None] + torch.arange(widest, device=lines.device)
    # a shorter block takes its last token twice, which no maximum minds
    cut = lines[..., torch.minimum(places, edges[1:, None] - 1)]
    if pool == "max":
        return cut.amax(-1)
    inside = torch.arange(widest, device=lines.device) < sizes[:, None]
    return (cut * inside).sum(-1) / sizes
