"""One attention head by hand: four tokens of six features in, three features out."""

import numpy as np

from explainer import Lesson, Matrix, Picture, Result


class SelfAttention(Lesson):
    """One attention head, six features in, three out."""

    order = 10
    minutes = 12
    pictures = (Picture("bars", "A", steps="normalise"),)

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
