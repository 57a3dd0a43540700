"""Mixture of experts by hand: a router sends each of four tokens to two of four experts."""

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
    only,
    top_k_mask,
)

MODELS = ("here", "Mixtral/10^9")
BEFORE = np.triu(np.ones((4, 4)), 1)  # which tokens come before which


def with_ones(X):
    """The tokens, each with a one below it for the bias."""
    return np.concatenate([X, np.ones((1, 4))])


def of_all(P, X, W1, W2, W3, W4):
    """What the layer would return if no token were spared: all experts, by their shares."""
    tokens = with_ones(X)
    first, second = P[0] * np.maximum(W1 @ tokens, 0), P[1] * np.maximum(W2 @ tokens, 0)
    third, fourth = P[2] * np.maximum(W3 @ tokens, 0), P[3] * np.maximum(W4 @ tokens, 0)
    return first + second + third + fourth


def unweighed(F1, F2, F3, F4):
    """What the layer would return without gates."""
    return np.nan_to_num(F1) + np.nan_to_num(F2) + np.nan_to_num(F3) + np.nan_to_num(F4)


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
    practice = (
        Blank("S[3,0]", "P[3,0]", "M[2]", "T[2]", "G[2]", "H4[0]", "F4[0]", "Y[0]", "n", "L"),
        Predict("idlest", "choose", "rows of P", lambda n: n.argmin()),
        Predict("dropped", "balance", "columns of M", lambda M, D: (M > D).any(axis=0)),
        Slip("by-row", "M", lambda S: top_k_mask(S, 2, axis=1)),
        Slip("not-renormalised", "G", lambda T: T),
        Slip("never-computed", "H4", lambda W4, X: W4 @ with_ones(X)),
        Slip("all-experts", "Y", of_all),
        Slip("no-gates", "Y", unweighed),
        Slip("not-divided", "L", lambda q, n: q @ n),
        Goal("even", lambda n: (n == 2).all(), "R", 2, {"R[2,1]": 0}),
        Goal("collapse", lambda n: (n == 4).any(), "R", 2, {"R[0,0]": 2}),
        Goal("undecided", lambda G: (np.nan_to_num(G) == 0.5).any(), "X", 1, {"X[0,0]": 0}),
    )
    shuffles = (
        Shuffle("X.columns"),
        Shuffle(*"X.rows R.columns W1.columns W2.columns W3.columns W4.columns".split()),
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

        _tokens = with_ones(X)
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
        L = np.round(q @ n / places, 2) if self.by_hand else q @ n / places
        yield "balance/loss"

        params = sizes[0] + used * sizes[1]
        share = params[1:] / params[:1]
        if self.by_hand:
            params, share = np.round(params, 1), np.round(share, 2)
        yield "count", "sizes used"

    def rules(self, hand, exact):
        X, R, S, P, G, M, n, L, Y = (hand[name] for name in "X R S P G M n L Y".split())
        gates, balance = hand["T"] / hand["t"], hand["q"] @ n / 8
        yield "no line is zero, or like another", alike(X, R, S, Y)
        yield "no feature is the same everywhere", (X.min(axis=1) == X.max(axis=1)).sum()
        yield "at most one feature is negative", beyond((X < 0).sum(), 0, 1)
        yield "scores are 0 to 4", beyond(S, 0, 4)
        yield "no scores tie", sum(4 - len(set(column)) for column in S.T)
        yield "sums have two digits", beyond(hand["s"], 0, 99)
        yield "shares add up to one by hand", np.abs(P.sum(axis=0) - 1).sum()
        yield "gates add up to one by hand", np.abs(np.nansum(G, axis=0) - 1).sum()
        yield "no gate is halfway between two decimals", halfway(gates)
        yield "the balance is not halfway between two hundredths", halfway(balance, 2)
        yield "some tokens are surer than others", beyond(len(set(S.max(axis=0))), 2, 4)
        yield "loads are 3, 2, 2 and 1", np.abs(np.sort(n.ravel()) - [1, 2, 2, 3]).sum()
        yield "there are three pairs of experts", beyond(len({tuple(m) for m in M.T}), 3, 6)
        yield "an uneven load costs", beyond(L, 1.1, 4) + beyond(exact["L"], 1.1, 4)
        yield "both arithmetics choose the same", (exact["M"] != M).sum()
        yield "both have the same first choice", (P.argmax(0) != exact["P"].argmax(0)).sum()
        for e in "1234":
            yield from self.rules_of_an_expert(hand["W" + e], hand["H" + e], f"expert {e}: ")
        experts = {hand["W" + e].tobytes() for e in "1234"}
        yield "no two experts are alike", 4 - len(experts)
        answers = np.sort([np.where(M[e - 1], hand[f"F{e}"], np.nan) for e in range(1, 5)], axis=0)
        yield "two experts of a token never agree", (answers[0] == answers[1]).sum()
        yield "who is dropped is missed", float((hand["Yd"] == Y).all())
        # of the blanks
        yield "expert 3 has not two tokens, as by row", float(n[2, 0] == 2)
        signs = np.sign(hand["H4"][0])
        yield "expert 4 begins with both signs", float(not {-1, 1} <= set(signs))

    def rules_of_an_expert(self, W, H, who):
        filled = ~np.isnan(H[0])
        yield who + "no line is zero, or like another", alike(W)
        yield who + "a neuron reads two features", np.abs((W[:, :3] != 0).sum(axis=1) - 2).sum()
        yield who + "two neurons have a bias", beyond((W[:, 3] != 0).sum(), 2, 2)
        yield who + "two or three weights are negative", beyond((W < 0).sum(), 2, 3)
        yield who + "numbers are -4 to 6", beyond(H, -4, 6)
        yield who + "ReLU has work to do", beyond((H < 0).sum(), 1, 3)
        yield who + "no token is silenced", (H[:, filled] <= 0).all(axis=0).sum()
