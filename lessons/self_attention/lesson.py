"""One attention head by hand: four tokens of six features in, three features out."""

import numpy as np

from explainer import (
    Blank,
    Goal,
    Lesson,
    Matrix,
    Picture,
    Predict,
    Result,
    Shuffle,
    Slip,
    alike,
    beyond,
    halfway,
)


def shares(numbers, axis, by_hand):
    """What each number is of the sum along an axis."""
    found = numbers / numbers.sum(axis=axis, keepdims=True)
    return np.round(found, 1) if by_hand else found


class SelfAttention(Lesson):
    """One attention head, six features in, three out."""

    order = 10
    minutes = 12
    pictures = (Picture("bars", "A", steps="normalise"),)
    # One token all the way: the second, since the texts tell the numbers of the third.
    practice = (
        Blank("Q[:,1]", "S[:,1]", "F[:,1]", "E[:,1]", "s[0,1]", "A[:,1]", "Z[:,1]"),
        Predict("best-key", "match", "rows of S", lambda S: S[:, 3].argmax()),
        Predict("most-read", "normalise", "rows of A", lambda A: A[:, 2].argmax()),
        Slip("key-for-query", "Q", lambda K: K),
        Slip("other-way-round", "S", lambda S: S.T),
        Slip("not-scaled", "F", lambda S: S),
        Slip("rounded-up", "F", lambda S: np.ceil(S / 2)),
        Slip("by-three", "F", lambda S, by_hand: S // 3 if by_hand else S / 3),
        Slip("times", "E", lambda F, by_hand: (3 if by_hand else np.e) * F),
        Slip("base-and-power", "E", lambda F, by_hand: F ** (3 if by_hand else np.e)),
        Slip("sum-of-row", "s", lambda E: E.sum(axis=1).reshape(1, 4)),
        Slip("row-sum", "A", lambda E, by_hand: shares(E, 1, by_hand)),
        Slip("no-powers", "A", lambda F, by_hand: shares(F, 0, by_hand)),
        Slip("row-of-a", "Z", lambda V, A: V @ A.T),
        Slip("keys-mixed", "Z", lambda K, A: K @ A),
        Goal("the-reads-cat", lambda A: A[1, 0] > 0.8999, "WQ", 2, {"WQ[0,3]": 3, "WQ[2,4]": -1}),
        Goal(
            "no-question", lambda S: np.ptp(S[:, 2]) < 1e-6, "WQ", 3, {"WQ[0,1]": -1, "WQ[1,2]": 0}
        ),
    )
    shuffles = (
        Shuffle("X.columns"),
        Shuffle("X.rows", "WQ.columns", "WK.columns", "WV.columns"),
        Shuffle("WQ.rows", "WK.rows"),
        Shuffle("WV.rows"),
    )

    X = Matrix(
        [[0, 0, 0, 1], [0, 0, 1, 0], [1, 0, 1, 0], [1, 1, 0, 1], [1, 2, 0, 1], [1, 0, 0, 0]],
        role="feature",
        columns="the cat it naps",
    )
    WQ = Matrix(
        [[1, 1, 1, 0, 0, 0], [0, 0, 1, 1, 0, 1], [1, 0, 0, -1, 1, 0]], role="weight", label="W_Q"
    )
    WK = Matrix(
        [[-1, 0, 0, 1, 1, 0], [0, 1, 1, 0, 0, 0], [0, 0, 1, 1, 0, 1]], role="weight", label="W_K"
    )
    WV = Matrix(
        [[1, 0, 0, 0, 1, 1], [0, 0, 1, 0, 1, 1], [0, 1, 0, -1, 1, 0]], role="weight", label="W_V"
    )

    Q = Result(role="query", columns="q1 q2 q3 q4")
    K = Result(role="key", columns="k1 k2 k3 k4")
    V = Result(role="value", columns="v1 v2 v3 v4")
    Kt = Result("K^T", role="key", rows="k1 k2 k3 k4")
    S = Result("K^T Q", role="score", rows="k1 k2 k3 k4", columns="q1 q2 q3 q4")
    F = Result({"hand": "⌊□/2⌋", "exact": "□/√d_k"}, role="scaled")
    E = Result({"hand": "3^□", "exact": "e^□"}, role="softmax")
    s = Result("Σ", role="softmax")
    A = Result(role="attention", rows="the cat it naps", columns="the cat it naps")
    Z = Result("Z", role="output", columns="z1 z2 z3 z4")

    layout = """
        .   X   .   Q'  .   .   .
        WQ  Q   Kt  S   F   E   A
        WK  K   .   .   .   s   .
        WV  V   .   .   .   V'  Z
    """

    def steps(self, X, WQ, WK, WV):
        yield "given"

        Q, K, V = WQ @ X, WK @ X, WV @ X
        yield "project"

        Kt = K.T
        yield "lay-out", "Q'"

        S = Kt @ Q
        yield "match"

        d_k = len(K)
        F = S // 2 if self.by_hand else S / np.sqrt(d_k)
        yield "scale"

        E = 3**F if self.by_hand else np.exp(F)
        yield "exponentiate"

        s = E.sum(axis=0, keepdims=True)
        yield "add-up"

        A = np.round(E / s, 1) if self.by_hand else E / s
        yield "normalise"

        Z = V @ A
        yield "weigh"

    def rules(self, hand, exact):
        X, WQ, WK, WV, Q, K, V, S, F, E, A, Z = (
            hand[name] for name in "X WQ WK WV Q K V S F E A Z".split()
        )
        weights = np.concatenate([WQ, WK, WV])
        winners = A.argmax(axis=0)
        yield "no line is zero, or like another", alike(X, WQ, WK, WV, Q, K, V, S, A, Z)
        yield "queries and keys are small", beyond(Q, 0, 3) + beyond(K, 0, 3)
        yield "values and scores have one digit", beyond(V, -1, 4) + beyond(S, 0, 9)
        yield "sums have two digits", beyond(hand["s"], 1, 99)
        yield "nothing is halfway between two decimals", halfway(E / hand["s"])
        yield "weights of a query add up to one", np.abs(A.sum(axis=0) - 1).sum()
        yield "a query has one key that it reads most", (F.max(axis=0) == F).sum() - 4
        yield "scores have the winners of weights", (S.argmax(axis=0) != winners).sum()
        yield "both arithmetics have them", (exact["A"].argmax(axis=0) != winners).sum()
        yield "every query has a score to round down", (~(S % 2).any(axis=0)).sum()
        yield "no query is its own key", (Q == K).all(axis=0).sum()
        yield "no row of powers adds up as its column", (E.sum(axis=1) == hand["s"][0]).sum()
        yield "three tokens are read most", max(0, 3 - len(set(winners)))
        yield "most weights are seen", max(0, (A == 0).sum() - 2)
        yield "half of X is zero at most", max(0, (X == 0).sum() - 13)
        yield "a row of weights has two or three", beyond((weights != 0).sum(axis=1), 2, 3)
        yield (
            "weights are 1 or -1, few of them -1",
            (beyond(weights, -1, 1) + beyond((weights < 0).sum(), 1, 4)),
        )
