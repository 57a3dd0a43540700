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
    W = (W1, W2, W3, W4)
    answers = [P[e] * np.maximum(W[e] @ with_ones(X), 0) for e in range(4)]
    return answers[0] + answers[1] + answers[2] + answers[3]


def unweighed(F1, F2, F3, F4):
    """What the layer would return without gates."""
    return np.nan_to_num(F1) + np.nan_to_num(F2) + np.nan_to_num(F3) + np.nan_to_num(F4)


def alike(array):
    """How many rows or columns are zero or repeat another one."""
    rows, columns = ({tuple(line) for line in lines} for lines in (array, array.T))
    zeros = (~array.any(axis=0)).sum() + (~array.any(axis=1)).sum()
    return len(array) - len(rows) + array.shape[1] - len(columns) + zeros


def beyond(numbers, low, high):
    """By how much numbers leave a range, in all; blanks do not."""
    return np.nansum(np.maximum(numbers - high, 0) + np.maximum(low - numbers, 0))


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
        Blank("S[3,0]", "P[3,0]", "M[2]", "G[2]", "H4[0]", "F4[0]", "Y[0]", "n", "L"),
        Predict("busiest", "choose", "rows of P", lambda n: n.argmax()),
        Predict("dropped", "balance", "columns of M", lambda M, D: (M > D).any(axis=0)),
        Slip("by-row", "M", lambda S: top_k_mask(S, 2, axis=1)),
        Slip("not-renormalised", "G", lambda T: T),
        Slip("never-computed", "H4", lambda W4, X: W4 @ with_ones(X)),
        Slip("all-experts", "Y", of_all),
        Slip("no-gates", "Y", unweighed),
        Slip("not-divided", "L", lambda q, n: q @ n),
        Goal("even", lambda n: (n == 2).all(), "R", 2, {"R[2,1]": 0}),
        Goal("collapse", lambda n: (n == 4).any(), "R", 2, {"R[0,0]": 2}),
        Goal("undecided", lambda G: (np.nan_to_num(G) == 0.5).any(), "X", 1, {}),
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
        X, R, S, P, G, M, n, L, H4 = (hand[name] for name in "X R S P G M n L H4".split())
        gates, balance = hand["T"] / hand["t"] * 10, hand["q"] @ n / 8 * 100
        yield "tokens, experts or scores alike, or zero", alike(X) + alike(R) + alike(S)
        yield "a feature that all tokens share", (X.min(axis=1) == X.max(axis=1)).sum()
        yield "more than one negative feature", beyond((X < 0).sum(), 0, 1)
        yield "scores beyond 0 to 4", beyond(S, 0, 4)
        yield "a tie in the router", sum(4 - len(set(column)) for column in S.T)
        yield "sums of more than two digits", beyond(hand["s"], 0, 99)
        yield "shares by hand that do not add up to one", np.abs(P.sum(axis=0) - 1).sum()
        yield "gates by hand that do not add up to one", np.abs(np.nansum(G, axis=0) - 1).sum()
        yield "a gate halfway between two decimals", np.isclose(gates % 1, 0.5).sum()
        yield "loads other than 3, 2, 2, 1", np.abs(np.sort(n.ravel()) - [1, 2, 2, 3]).sum()
        yield "fewer than three pairs of experts", beyond(len({tuple(m) for m in M.T}), 3, 6)
        yield "shares all of one kind", beyond(len(set(S.max(axis=0))), 2, 4)
        yield "a balance halfway between two hundredths", np.isclose(balance % 1, 0.5).sum()
        yield "a load that costs nothing", beyond(L, 1.1, 4) + beyond(exact["L"], 1.1, 4)
        yield "other experts by hand than exactly", (M != exact["M"]).sum()
        yield "another first expert by hand", (P.argmax(0) != exact["P"].argmax(0)).sum()
        for e in "1234":
            yield from self.rules_of_an_expert(hand["W" + e], hand["H" + e], f"expert {e}: ")
        answers = np.sort([np.where(m, hand[f"F{e}"], np.nan) for e, m in enumerate(M, 1)], axis=0)
        yield "experts that give a token the same number", (answers[0] == answers[1]).sum()
        yield "outputs alike, or zero", alike(hand["Y"])
        yield "nobody dropped who would be missed", float((hand["Y"] == hand["Yd"]).all())
        yield "two tokens for expert 3, as by row", float(n[2, 0] == 2)
        signs = np.sign(H4[0])
        yield "one sign in the first row of expert 4", float(not np.nansum(signs > 0) * np.nansum(signs < 0))

    def rules_of_an_expert(self, W, H, who):
        """The rules that one expert's weights and hidden numbers must keep."""
        filled = ~np.isnan(H[0])
        yield who + "lines alike, or zero", alike(W)
        yield who + "a neuron not of two features", np.abs((W[:, :3] != 0).sum(axis=1) - 2).sum()
        yield who + "not two biases", abs((W[:, 3] != 0).sum() - 2)
        yield who + "not two or three negatives", beyond((W < 0).sum(), 2, 3)
        yield who + "outputs beyond -4 to 6", beyond(H, -4, 6)
        yield who + "nothing for ReLU to do, or much", beyond((H < 0).sum(), 1, 3)
        yield who + "a token that ReLU silences", (H[:, filled] <= 0).all(axis=0).sum()
