"""LoRA by hand: a frozen 4×5 matrix, a rank 2 update beside it, one training step, the merge."""

import numpy as np

from explainer import Lesson, Matrix, Picture, Result


class LoRA(Lesson):
    """A frozen weight matrix and the two small ones that are trained instead."""

    order = 50
    minutes = 17
    needs = ("transformer-block",)
    pictures = (
        Picture("bars", "count", steps="count"),
        Picture("bars", "real_count", steps="real-size"),
    )

    X = Matrix(
        [[1, 1, 1], [0, 1, 1], [1, 0, 0], [1, 1, 2], [0, 1, 0]], role="feature", columns="x1 x2 x3"
    )
    W = Matrix(
        [[-1, -1, 1, 0, 0], [1, 0, 2, -1, 1], [1, 1, 1, 0, 1], [1, 2, 1, 2, 1]], role="weight"
    )
    A = Matrix([[-1, 0, 2, 0, 1], [0, -1, 1, 1, 1]], role="weight")
    B = Matrix([[0, 0], [0, 0], [0, 0], [0, 0]], role="weight")
    alpha = Matrix([[4]], label="α")
    G = Matrix(
        [[0, -1, -1], [1, -1, 1], [0, 0, 1], [0, 1, -1]], role="gradient", columns="g1 g2 g3"
    )
    eta = Matrix([[0.25]], label="η", digits=2)
    size = Matrix(
        [[4], [5], [2]], label="size", rows="d_{out} d_{in} r", bounds=(1, 99), editable=False
    )
    real = Matrix(
        [[4096], [4096], [8]], label="real size", rows="d_{out} d_{in} r", bounds=(1, 1_000_000)
    )

    H0 = Result("W X", role="output")
    D = Result("A X")
    U = Result("B (A X)")
    scale = Result("α/r")
    H = Result(role="output", columns="h1 h2 h3")
    count = Result("numbers", rows=["W", "A, B"])
    share = Result("share %", digits=2)
    GU = Result("G_U", role="gradient")
    Dt = Result("(A X)^T")
    GB = Result("G_B", role="gradient")
    Bt = Result("B^T", role="weight")
    GD = Result("G_{AX}", role="gradient")
    Xt = Result("X^T", role="feature", rows="x1 x2 x3")
    GA = Result("G_A", role="gradient")
    B1 = Result("B_{new}", role="gradient", updates="B")
    U1 = Result("B_{new} (A X)")
    H1 = Result("H_{new}", role="output", columns="h1 h2 h3")
    BA = Result("B_{new} A")
    W1 = Result("W_{merged}", role="weight")
    H2 = Result("W_{merged} X", role="output", columns="h1 h2 h3")
    real_count = Result("millions", rows=["W", "A, B"], digits=3)
    real_share = Result("real share %", digits=2)

    layout = """
        alpha  X   scale  .   .   Dt  size  count
        W      H0  H      G   GU  GB  Xt    share
        A      D   .      Bt  GD  X'  GA    .
        B      U   eta    A'  .   X'  real  real_count
        B1     U1  H1     BA  W1  H2  .     real_share
    """

    def steps(self, X, W, A, B, alpha, G, eta, size, real):
        yield "given"

        H0 = W @ X
        yield "frozen"

        D = A @ X
        yield "down"

        U = B @ D
        yield "up"

        r = len(A)
        scale = alpha / r
        H = H0 + scale * U
        yield "add", "alpha"

        count = self.trained(size)
        share = self.percent(count)
        yield "count", "size"

        GU = scale * G
        Dt = D.T
        GB = GU @ Dt
        yield "gradient-b", "G"

        Bt, Xt = B.T, X.T
        GD = Bt @ GU
        GA = GD @ Xt
        yield "gradient-a"

        B1 = B - eta * GB
        yield "update", "eta"

        U1 = B1 @ D
        H1 = H0 + scale * U1
        yield "forward-again"

        BA = B1 @ A
        W1 = W + scale * BA
        H2 = W1 @ X
        yield "merge", "A' X'"

        real_count = self.trained(real) / 1_000_000
        real_share = self.percent(real_count)
        yield "real-size", "real"

    def trained(self, size):
        """How many numbers full fine-tuning and LoRA train, (2, 1), for d_out, d_in and r."""
        d_out, d_in, r = size[0:1], size[1:2], size[2:3]
        return np.concatenate([d_out * d_in, r * (d_out + d_in)])

    def percent(self, count):
        """What LoRA trains, in percent of what full fine-tuning trains, (1, 1)."""
        share = 100 * count[1:2] / count[0:1]
        return np.round(share, 2) if self.by_hand else share
