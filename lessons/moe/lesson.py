"""Mixture of experts by hand: a router sends each of four tokens to two of four experts."""

import numpy as np

from explainer import Lesson, Matrix, Picture, Result, only, top_k_mask

MODELS = ("here", "Mixtral/10^9")
BEFORE = np.triu(np.ones((4, 4)), 1)  # which tokens come before which


class MixtureOfExperts(Lesson):
    """One mixture-of-experts layer: four tokens, four experts, two experts a token."""

    order = 30
    minutes = 18
    needs = ("transformer-block",)
    pictures = (
        Picture("bars", "P", steps="softmax choose"),
        Picture("bars", "n", steps="load balance"),
        Picture("bars", "q", steps="balance/loss"),
    )

    X = Matrix([[2, 1, 1, 1], [0, 0, 2, 2], [-1, 2, 1, 0]], role="feature", columns="x1 x2 x3 x4")
    R = Matrix([[0, 1, 0], [1, 0, 0], [1, 1, 1], [2, -1, 0]], role="weight", rows="e1 e2 e3 e4")
    W1 = Matrix([[1, 0, 1, 0], [-1, 0, 1, -1], [0, 1, 1, 2]], role="weight", label="W_1")
    W2 = Matrix([[0, -1, 2, -1], [1, 1, 0, 0], [1, 2, 0, 2]], role="weight", label="W_2")
    W3 = Matrix([[1, -1, 0, 1], [1, 0, 1, 1], [-1, 0, -1, 0]], role="weight", label="W_3")
    W4 = Matrix([[1, 0, -1, 0], [1, 2, 0, 1], [2, -1, 0, -1]], role="weight", label="W_4")
    sizes = Matrix(
        [[12, 1.6], [12, 5.64]],
        label="size",
        rows="shared expert",
        columns=MODELS,
        digits=2,
        bounds=(0, 1000),
    )
    used = Matrix([[4, 8], [2, 2]], label="experts", rows="all token", bounds=(0, 1000))

    S = Result("R X", role="score", rows="e1 e2 e3 e4", columns="x1 x2 x3 x4")
    E = Result({"hand": "3^□", "exact": "e^□"}, role="softmax")
    s = Result({"hand": "Σ 3^□", "exact": "Σ e^□"}, role="softmax")
    P = Result("P", role="softmax", rows="e1 e2 e3 e4", columns="x1 x2 x3 x4")
    M = Result("top 2", rows="e1 e2 e3 e4", columns="x1 x2 x3 x4")
    T = Result("kept", role="softmax")
    t = Result("Σ kept", role="softmax")
    G = Result("G", role="attention", rows="e1 e2 e3 e4", columns="x1 x2 x3 x4")
    I1 = Result("to e_1", role="feature", columns="x1 x2 x3 x4")
    I2 = Result("to e_2", role="feature", columns="x1 x2 x3 x4")
    I3 = Result("to e_3", role="feature", columns="x1 x2 x3 x4")
    I4 = Result("to e_4", role="feature", columns="x1 x2 x3 x4")
    H1 = Result("H_1", role="value")
    H2 = Result("H_2", role="value")
    H3 = Result("H_3", role="value")
    H4 = Result("H_4", role="value")
    F1 = Result("ReLU H_1", role="value")
    F2 = Result("ReLU H_2", role="value")
    F3 = Result("ReLU H_3", role="value")
    F4 = Result("ReLU H_4", role="value")
    Y = Result("Y", role="output", columns="y1 y2 y3 y4")
    n = Result("load", rows="e1 e2 e3 e4", columns="tokens")
    room = Result("room")
    D = Result("seated", columns="x1 x2 x3 x4")
    Yd = Result("Y seated", role="output", columns="y1 y2 y3 y4")
    q = Result("Σ P", role="softmax", columns="e1 e2 e3 e4")
    L = Result("balance", digits=2)
    params = Result("parameters", rows="total active", columns=MODELS)
    share = Result("active share", columns="here Mixtral", digits=2)

    layout = """
        .   X   .   .      .     .       Yd  D      .
        R   S   E   P      M     T       G   n      room
        .   .   s   .      .     t       q   L      .
        .   I1  .   I2     .     I3      .   I4     .
        W1  H1  W2  H2     W3    H3      W4  H4     .
        .   F1  .   F2     .     F3      .   F4     .
        .   Y   .   sizes  used  .       params share .
    """

    def steps(self, X, R, W1, W2, W3, W4, sizes, used):
        yield "given"

        S = R @ X
        yield "score"

        E = 3**S if self.by_hand else np.exp(S)
        s = E.sum(axis=0, keepdims=True)
        P = np.round(E / s, 1) if self.by_hand else E / s
        yield "softmax"

        M = top_k_mask(S, 2)
        T = only(P, M)
        yield "choose"

        t = np.nan_to_num(T).sum(axis=0, keepdims=True)
        G = np.round(T / t, 1) if self.by_hand else T / t
        yield "renormalise"

        _tokens = np.concatenate([X, np.ones((1, 4))])
        I1, I2 = only(_tokens, M[0]), only(_tokens, M[1])
        I3, I4 = only(_tokens, M[2]), only(_tokens, M[3])
        yield "dispatch"

        H1, H2, H3, H4 = W1 @ I1, W2 @ I2, W3 @ I3, W4 @ I4
        yield "compute"

        F1, F2 = np.maximum(H1, 0), np.maximum(H2, 0)
        F3, F4 = np.maximum(H3, 0), np.maximum(H4, 0)
        yield "relu"

        _from_1, _from_2 = np.nan_to_num(G[0] * F1), np.nan_to_num(G[1] * F2)
        _from_3, _from_4 = np.nan_to_num(G[2] * F3), np.nan_to_num(G[3] * F4)
        Y = _from_1 + _from_2 + _from_3 + _from_4
        yield "combine"

        n = M.sum(axis=1, keepdims=True)
        yield "load"

        places = 2 * X.shape[1]
        room = places / len(n) - n
        _turn = M @ BEFORE
        D = M * (_turn < places / len(n))
        _seated_1, _seated_2 = D[0] * _from_1, D[1] * _from_2
        _seated_3, _seated_4 = D[2] * _from_3, D[3] * _from_4
        Yd = _seated_1 + _seated_2 + _seated_3 + _seated_4
        yield "balance"

        q = P.sum(axis=1).reshape(1, 4)
        L = q @ n / places
        yield "balance/loss"

        params = sizes[0] + used * sizes[1]
        share = params[1:] / params[:1]
        if self.by_hand:
            params, share = np.round(params, 1), np.round(share, 2)
        yield "count", "sizes used"
