"""One Transformer block by hand: attention across positions, then a network at each of them."""

import numpy as np

from explainer import Blank, Goal, Lesson, Matrix, Predict, Result, Shuffle, Slip, alike, beyond


class TransformerBlock(Lesson):
    """Five positions of three features in and out: weighting by A, then a two-layer network."""

    order = 20
    minutes = 7
    needs = ("self-attention",)
    practice = (
        Blank("Z[:,1]", "Z[0,4]", "H[:,1]", "H[1,2]", "R[:,1]", "R[3,2]", "Y[:,1]", "Y[1,3]"),
        Predict("quietest", "relu", "rows of R", lambda H: (H < 0).sum(axis=1).argmax()),
        Predict("reached", "second-layer", "columns of Y", lambda A: A[2] > 0),
        Slip("row-of-a", "Z", lambda X, A: X @ A.T),
        Slip("not-halved", "Z", lambda X, A: X @ (A > 0)),
        Slip("no-bias-1", "H", lambda W1, Z: W1[:, :3] @ Z),
        Slip("column-of-w1", "H", lambda W1, Z1: W1.T @ Z1),
        Slip("sign-dropped", "R", lambda H: np.abs(H)),
        Slip("bias-late", "R", lambda W1, Z: np.maximum(W1[:, :3] @ Z, 0) + W1[:, 3:]),
        Slip("no-relu", "Y", lambda W2, H: W2[:, :4] @ H + W2[:, 4:]),
        Slip("no-bias-2", "Y", lambda W2, R: W2[:, :4] @ R),
        Goal("always", lambda H: (H[1] > 0).all(), "W1", 1, {"W1[1,3]": 5}),
        Goal(
            "twins",
            lambda Y: (np.abs(Y[:, 1] - Y[:, 0]) < 1e-6).all(),
            "A",
            2,
            {"A[0,1]": 0.5, "A[2,1]": 0},
        ),
    )
    # A stays: which position reads which is told in words.
    shuffles = (
        Shuffle("X.rows", "W1.columns"),
        Shuffle("W1.rows", "W2.columns"),
        Shuffle("W2.rows"),
    )

    X = Matrix(
        [[4, 2, 0, -2, 2], [0, 0, -2, 4, 2], [2, 2, 2, 0, 0]],
        role="feature",
        rows="f1 f2 f3",
        columns="x1 x2 x3 x4 x5",
    )
    # Column j says what position j reads: itself and its right neighbour; the last reads the first.
    # X1 := X1 + X2, as one often reads, is twice that: weights out of a softmax add up to one.
    A = Matrix(
        [
            [0.5, 0, 0, 0, 0.5],
            [0.5, 0.5, 0, 0, 0],
            [0, 0.5, 0.5, 0, 0],
            [0, 0, 0.5, 0.5, 0],
            [0, 0, 0, 0.5, 0.5],
        ],
        role="attention",
        rows="x1 x2 x3 x4 x5",
        columns="z1 z2 z3 z4 z5",
    )
    W1 = Matrix(
        [[-1, 1, -1, 1], [0, 1, -1, 1], [2, 1, -1, 0], [1, -1, 2, 1]],
        role="weight",
        label="W_1 b_1",
        rows="h1 h2 h3 h4",
        columns="f1 f2 f3 1",
    )
    W2 = Matrix(
        [[1, 0, 0, -1, 1], [0, 1, -1, 1, -1], [-1, -1, 0, 1, 0]],
        role="weight",
        label="W_2 b_2",
        rows="f1 f2 f3",
        columns="h1 h2 h3 h4 1",
    )

    Z = Result("Z", role="feature", columns="z1 z2 z3 z4 z5")
    Z1 = Result("Z, 1", role="feature", rows="f1 f2 f3 1")
    H = Result("H", role="value", rows="h1 h2 h3 h4")
    R = Result("ReLU", role="value", rows="h1 h2 h3 h4")
    R1 = Result("ReLU, 1", role="value", rows="h1 h2 h3 h4 1")
    Y = Result("Y", role="output", columns="y1 y2 y3 y4 y5")

    layout = """
        A   A'  .   Z1  .   R1
        X   Z   W1  H   W2  Y
        .   .   .   R   .   .
    """

    def steps(self, X, A, W1, W2):
        yield "given"

        yield "attention", "A'"

        Z = X @ A
        yield "weigh"

        ones = np.ones((1, 5))
        Z1 = np.concatenate([Z, ones])
        H = W1 @ Z1
        yield "first-layer"

        R = np.maximum(H, 0)
        yield "relu"

        R1 = np.concatenate([R, ones])
        Y = W2 @ R1
        yield "second-layer"

    def rules(self, hand, exact):
        X, A, W1, W2, Z, H, R, Y = (hand[name] for name in "X A W1 W2 Z H R Y".split())
        negative = H < 0
        zeros = negative.sum(axis=1)
        yield "no line is zero, or like another", alike(X, Z, W1, W2, R, Y)
        yield "numbers have one digit", beyond(Z, -1, 4) + beyond(H, -4, 9) + beyond(Y, -9, 9)
        yield "Z is whole", np.abs(Z - np.round(Z)).sum()
        yield "ReLU has work to do", beyond(negative.sum(), 5, 9)
        yield "no neuron is silent, or loud, at every position", beyond(zeros, 1, 3)
        yield "no position is silent, or untouched", beyond(negative.sum(axis=0), 1, 3)
        yield "nothing is zero before ReLU", (H == 0).sum()
        yield "one neuron is silent most often", abs((zeros == zeros.max()).sum() - 1)
        yield "X has some zeros", beyond((X == 0).sum(), 3, 5)
        yield "X has a negative number", beyond((X < 0).sum(), 1, 2)
        yield (
            "a cell is a sum of two or three",
            sum(beyond((W[:, :-1] != 0).sum(axis=1), 2, 3) for W in (W1, W2)),
        )
        yield "most neurons have a bias", beyond((W1[:, -1] != 0).sum(), 3, 3)
        yield "most outputs have a bias", beyond((W2[:, -1] != 0).sum(), 2, 2)
        yield "some outputs are negative", beyond((Y < 0).sum(), 1, 6)
        yield "few weights are larger than one", beyond((np.abs(W1) == 2).sum(), 1, 2)
        yield "weights add up to one", np.abs(A.sum(axis=0) - 1).sum()
        yield "both arithmetics are the same", np.abs(hand["Y"] - exact["Y"]).sum()
