"""LoRA by hand: a frozen 4×5 matrix, a rank 2 update beside it, one training step, the merge."""

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
)


class LoRA(Lesson):
    """A frozen weight matrix and the two small ones that are trained instead."""

    order = 50
    minutes = 17
    needs = ("transformer-block",)
    pictures = (
        Picture("bars", "count", steps="count"),
        Picture("bars", "real_count", steps="real-size"),
    )
    practice = (
        Blank("H0[1,0]", "D[:,0]", "U[1,0]", "scale", "H[1,0]", "count", "GU[0,1]", "GB[0,:]"),
        Blank("GA[:,0]", "B1[0,:]", "H1[1,0]", "H1[2,1]", "BA[0,0]", "W1[0,0:3]"),
        Predict(
            "asleep",
            "gradient-a",
            ("all", "some", "none"),
            lambda GA: (GA != 0).any() + (GA != 0).all(),
        ),
        Predict("rank", "merge", ("0", "1", "2", "4"), lambda BA, B1, A: rank(BA, B1, A)),
        Predict("twice-as-large", "real-size", ("doubles", "stays", "halves"), lambda real: 2),
        Slip("times-r", "scale", lambda alpha: alpha * 2),
        Slip(
            "product",
            "count",
            lambda size: np.concatenate([size[:1], size[:1] * size[2:]]) * size[1:2],
        ),
        Slip("g-not-scaled", "GB", lambda G, Dt: G @ Dt),
        Slip("uphill", "B1", lambda B, eta, GB: B + eta * GB),
        Slip("not-scaled", "H1", lambda H0, U1: H0 + U1),
        Slip("merged-not-scaled", "W1", lambda W, BA: W + BA),
        Goal("awake", lambda GA: (np.abs(GA) > 1e-6).any(), "B", 1, {"B[0,0]": 1}),
        Goal(
            "one-row-rests",
            lambda B1: (np.abs(B1[0]) < 1e-6).all(),
            "G",
            3,
            {"G[0,1]": 0, "G[0,2]": 0},
        ),
        Goal(
            "no-gain",
            lambda real_share: np.abs(real_share - 100) < 1e-6,
            "real",
            1,
            {"real[2,0]": 2048},
        ),
    )
    shuffles = (
        Shuffle("X.rows", "W.columns", "A.columns"),
        Shuffle("A.rows", "B.columns"),
        Shuffle("W.rows", "B.rows", "G.rows"),
        Shuffle("X.columns", "G.columns"),
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

    def rules(self, hand, exact):
        X, W, A, G, H0, D = (hand[name] for name in "X W A G H0 D".split())
        B1, H1, BA, W1 = (hand[name] for name in "B1 H1 BA W1".split())
        moved = (H1 - H0) * G
        yield "B is zero", np.abs(hand["B"]).sum()
        yield "no line is zero, or like another", alike(X, W, A, G, H0, D, B1, H1, BA)
        for array in (G, B1, BA):
            yield "no row is the negative of another", opposite(array)
        yield "outputs have one digit", beyond(H0, -2, 9) + beyond(H1, -3, 9)
        yield "what is squeezed is small", beyond(D, -1, 3) + beyond((D == 0).sum(), 0, 2)
        yield "the update is small", beyond(B1, -1, 1) + beyond(BA, -1, 1) + beyond(W1, -3, 4)
        yield "the update has rank 2", np.linalg.matrix_rank(BA) - 2
        yield "most of B moves", beyond((B1 == 0).sum(), 0, 3)
        yield "most of every row of W moves", beyond((BA == 0).sum(axis=1), 0, 2)
        yield "nearly all of the output moves", beyond((H1 == H0).sum(), 0, 1)
        yield "most cells move against their gradient", beyond((moved < 0).sum(), 5, 12)
        yield "one or two move with it", beyond((moved > 0).sum(), 1, 2)
        yield "the gradient has both signs", beyond([(G > 0).sum(), (G < 0).sum()], 3, 4)
        yield "some weights are negative", beyond((W < 0).sum(), 2, 4) + beyond((A < 0).sum(), 1, 2)
        for array, most in ((W, 7), (A, 3), (X, 5)):
            yield "few zeros are given", beyond((array == 0).sum(), 0, most)
        yield "few twos are given", beyond([(X == 2).sum(), (W == 2).sum()], 0, 3)
        yield "both arithmetics are the same", np.abs(H1 - exact["H1"]).sum()


def rank(BA, B1, A):
    """The rank of B1 A, at most 2: by the determinants of both factors with themselves."""
    squares = B1.T @ B1, A @ A.T
    areas = [M[0, 0] * M[1, 1] - M[0, 1] * M[1, 0] for M in squares]
    return np.where(areas[0] * areas[1] > 1e-9, 2, (np.abs(BA) > 1e-9).any())


def opposite(array):
    """How many rows are the negative of another one."""
    return sum((array == -row).all(axis=1).any() for row in array)
