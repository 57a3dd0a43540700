"""One Transformer block by hand: attention across positions, then a network at each of them."""

import numpy as np

from explainer import Lesson, Matrix, Result


class TransformerBlock(Lesson):
    """Five positions of three features in and out: weighting by A, then a two-layer network."""

    order = 20
    minutes = 7
    needs = ("self-attention",)

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
