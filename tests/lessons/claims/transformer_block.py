"""What the texts of the Transformer block claim of its numbers."""

import numpy as np

from tests.lessons.claims import Claim

NEXT = [1, 2, 3, 4, 0]

CLAIMS = (
    Claim(
        "each position reads itself and its neighbour to the right, half and half",
        "每个位置读自己和右边的邻居，各占一半",
        lambda a: np.array_equal(a["A"], (np.eye(5) + np.eye(5)[:, NEXT]) / 2),
    ),
    Claim(
        "The last has no neighbour and reads the first",
        "最后一个右边没有邻居，就绕回去读第一个",
        lambda a: a["A"][0, 4] == 0.5,
    ),
    Claim(
        "each sum halved so that a mixture is no larger than its parts",
        "每个和再取一半，好让混合的结果不比原来更大",
        lambda a: np.array_equal(a["Z"], (a["X"] + a["X"][:, NEXT]) / 2),
    ),
    Claim(
        "This lesson has nothing to round",
        "这一课没有需要舍入的数",
        lambda a: all(np.array_equal(2 * array, np.round(2 * array)) for array in a.values()),
    ),
)
