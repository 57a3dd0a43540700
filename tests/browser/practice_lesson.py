"""A lesson with a cell to fill in of every kind, predictions, slips and goals."""

from typing import Any

import numpy as np

from explainer import Blank, Goal, Lesson, Matrix, Predict, Result, Shuffle, Slip, only, sheet

TOLD = {
    "en": {
        "which": "Which columns of P have no 0?", "which/why": "Column 2 has none.",
        "most": "Which row of P is the largest in column 2?", "most/why": "The second.",
        "larger": "Will the shares be larger?", "larger/yes": "Yes", "larger/no": "No",
        "across": "Columns are shared out, not rows.", "up": "Down, not up: the floor.",
        "even": "Make both shares of column 2 the same.", "never": "Make Q's first number 100.",
    },
    "zh": {
        "which": "P 的哪些列没有 0？", "which/why": "第 2 列没有。",
        "most": "P 的第 2 列中哪一行最大？", "most/why": "第 2 行。",
        "larger": "份额会更大吗？", "larger/yes": "会", "larger/no": "不会",
        "across": "按列分，不是按行。", "up": "向下取整。",
        "even": "使第 2 列的两个份额相同。", "never": "使 Q 的第一个数为 100。",
    },
}  # fmt: skip
BODY = [{"tag": "p", "children": [
    {"array": "Q", "cell": [0, 1]}, " · ", {"array": "P", "cell": [1, 0]},
]}]  # fmt: skip


class Drill(Lesson):
    """Q = [[1, 2], [4, 6]], F = [[0, 1], [2, 3]], P = [[0, .2], [1, .8]] by hand."""

    X = Matrix([[1, 2], [3, 4]], role="feature", columns="x1 x2")
    W = Matrix([[1, 0], [1, 1]], role="weight")
    Q = Result(role="query", rows="a b", columns="x1 x2")
    F = Result(role="scaled")
    P = Result(role="plain", columns="x1 x2")
    G = Result(role="output")
    best = Result(role="plain", words="one two")
    layout = """
        .  X  .  .  .
        W  Q  F  P  G
        .  .  .  best .
    """
    practice = (
        Blank("Q[0,1]", "F[1,0]", "F[1,1]", "P[:,1]", "G[0,0]", "G[0,1]", "best[1]"),
        Predict("which", "share", "columns of P", lambda P: (P > 0).all(axis=0)),
        Predict("most", "share", "rows of P", lambda P: P[:, 1].argmax()),
        Predict("larger", "scale", ("yes", "no"), lambda F: F[0, 0] * 0 + 1),
        Slip("across", "P", lambda F: np.round(F / F.sum(axis=1, keepdims=True), 1)),
        Slip("up", "F", lambda Q: np.ceil(Q / 2) + 1),
        Goal("even", lambda P: P[0, 1] == P[1, 1], "W", 1, {"W[0,1]": 1}),
        Goal("never", lambda Q: Q[0, 0] == 100, "X", 1, {"X[0,0]": 100}),
    )
    shuffles = (Shuffle("X.columns"),)

    def steps(self, X: Any, W: Any) -> Any:
        """Project, halve, share out by column, leave out, choose."""
        yield "given"
        Q = W @ X
        yield "project"
        F = Q // 2 if self.by_hand else Q / np.sqrt(2)
        yield "scale"
        P = F / F.sum(axis=0, keepdims=True)
        if self.by_hand:
            P = np.round(P, 1)
        yield "share"
        G = only(P, P > 0.1)  # noqa: F841
        best = P.argmax(axis=0)  # noqa: F841
        yield "choose"


def drill() -> dict[str, Any]:
    """Its sheet, with texts in both languages."""
    document = sheet.compile(Drill())
    steps = [step["id"] for step in document["graphs"]["hand"]["steps"]]
    document["texts"] = {
        language: {
            "title": "Drill",
            "summary": [],
            "steps": {id: {"title": id, "short": id, "body": BODY} for id in steps},
            "practice": {id: [{"tag": "p", "children": [text]}] for id, text in told.items()},
        }
        for language, told in TOLD.items()
    }  # fmt: skip
    document["pictures"] = [
        {"kind": "bars", "arrays": ["P"], "steps": ["share", "choose"], "function": ""}
    ]
    return document
