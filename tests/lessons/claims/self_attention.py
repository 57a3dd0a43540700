"""What the texts of self-attention claim of its numbers."""

import numpy as np

from tests.lessons.claims import Arrays, Claim


def mostly_zeros_and_ones(a: Arrays) -> bool:
    weights = np.concatenate([a["WQ"], a["WK"], a["WV"]])
    return bool(np.isin(weights, (0, 1)).mean() > 0.9)


def winners_stay(a: Arrays) -> bool:
    top = a["A"] == a["A"].max(axis=0)
    return bool((top == (a["E"] == a["E"].max(axis=0))).all() and (top.sum(axis=0) == 1).all())


CLAIMS = (
    Claim("here they are mostly zeros and ones", "这里大多取 0 和 1", mostly_zeros_and_ones),
    Claim(
        "for {Kt} row k₂ and {Q} column q₃ it is {S[1,2]}",
        "{Kt} 的 k₂ 行与 {Q} 的 q₃ 列得到 {S[1,2]}",
        lambda a: np.isclose(a["K"][:, 1] @ a["Q"][:, 2], a["S"][1, 2]),
    ),
    Claim("Each number becomes positive", "每个数都变成正数", lambda a: (a["E"] > 0).all()),
    Claim(
        "The first query collects {s[0,0]} in all, the third {s[0,2]}",
        "第一个查询一共得到 {s[0,0]}，第三个得到 {s[0,2]}",
        lambda a: np.allclose(a["s"][0, [0, 2]], a["E"][:, [0, 2]].sum(axis=0)),
    ),
    Claim(
        "Now each column of {A} is a distribution",
        "于是 {A} 的每一列都是一个分布",
        lambda a: np.allclose(a["A"].sum(axis=0), 1) and (a["A"] >= 0).all(),
    ),
    Claim(
        "The largest power in a column becomes its largest weight",
        "一列里最大的幂，就成为这一列最大的权重",
        winners_stay,
    ),
    Claim(
        "for *it* {Z[0,2]}, {Z[1,2]} and {Z[2,2]}",
        "*it* 得到 {Z[0,2]}、{Z[1,2]}、{Z[2,2]}",
        lambda a: np.allclose(a["V"] @ a["A"][:, 2], a["Z"][:, 2]),
    ),
)
