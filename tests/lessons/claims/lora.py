"""What the texts of LoRA claim of its numbers."""

import numpy as np

from tests.lessons.claims import Arrays, Claim


def moved(a: Arrays) -> object:
    """How each cell of the output moved, times its gradient."""
    return (a["H1"] - a["H"]) * a["G"]


CLAIMS = (
    Claim(
        "{A} has r = 2 rows and starts with random numbers. {B} has r = 2 columns and starts with "
        "**zeros**",
        "{A} 有 r = 2 行，初值随机；{B} 有 r = 2 列，初值**全零**",
        lambda a: len(a["A"]) == 2 and a["A"].any() and not a["B"].any(),
    ),
    Claim(
        "With {B} zero, {H} is the base model's output, exactly",
        "{B} 为零时，{H} 与原模型的输出完全相同",
        lambda a: np.array_equal(a["H"], a["H0"]),
    ),
    Claim(
        "At this size that is hardly less",
        "矩阵这么小，几乎没省",
        lambda a: 80 < a["share"].item() < 100,
    ),
    Claim(
        "Neither is all zero, so {GB} is **not zero**, even while {B} is",
        "这两个矩阵都不全是零，所以即使 {B} 是零，{GB} 也**不为零**",
        lambda a: a["GU"].any() and a["Dt"].any() and a["GB"][0].any(),
    ),
    Claim(
        "As long as {B} is zero, nothing passes: {GA} is **zero**",
        "只要 {B} 是零，什么也传不过来，{GA} 就**全是零**",
        lambda a: not a["GA"].any(),
    ),
    Claim(
        "Only a percentage is rounded here",
        "这一课只有百分比要舍入",
        lambda a: all(
            np.array_equal(4 * array, np.round(4 * array))
            for name, array in a.items()
            if not name.startswith("real")
        ),
    ),
    Claim(
        "On the whole the output moves **against** {G}: multiply each cell's change by its "
        "gradient and add up, and the sum is below zero",
        "总体上，输出**逆着** {G} 移动：每一格的变化乘以它的梯度，全部加起来小于零",
        lambda a: np.sum(moved(a)) < 0,
    ),
    Claim(
        "a cell or two go the wrong way, *with* their gradient",
        "有一两格走反了，**顺着**自己的梯度移动",
        lambda a: np.sum(moved(a) > 0) in (1, 2),
    ),
    Claim(
        "each is also moved by what the others need",
        "每个词元也会被别的词元的需要带动",
        lambda a: np.sum((moved(a) > 0) & (a["G"] * (a["G"] @ a["D"].T @ a["D"]) < 0)) > 0,
    ),
    Claim(
        "its rank is 2 at most",
        "所以秩最多是 2",
        lambda a: np.linalg.matrix_rank(a["BA"]) == 2,
    ),
    Claim(
        "{H2} is {H1}, cell by cell",
        "{H2} 与 {H1} 每一格都相等",
        lambda a: np.allclose(a["H2"], a["H1"]),
    ),
)
