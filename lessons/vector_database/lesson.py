"""A vector database by hand: three sentences become vectors, and a fourth finds its neighbour."""

import numpy as np

from explainer import Lesson, Matrix, Picture, Result, only

WORDS = "a am are can do he how I in is it me my no not she the we who why yes you"


class VectorDatabase(Lesson):
    """Look up, encode, average, project; then compare by dot products."""

    order = 60
    minutes = 14

    E = Matrix(
        [
            [1, 1, 2, 1, 1, 2, 1, 1, 1, 1, -1, 2, 0, 1, 0, 0, 0, 1, -1, -1, -1, 1],
            [1, 2, -1, 1, 1, 2, 2, 2, 1, -1, 2, 1, 0, 0, -1, 2, 0, 1, -1, 2, 1, -1],
            [1, 1, 2, 2, 1, 2, 0, 2, -1, -1, 1, -1, 1, -1, -1, 0, 2, -1, 2, -1, 0, 0],
            [-1, 2, 0, 1, 1, -1, 1, 0, 0, 0, -1, 0, 2, -1, 0, 1, 1, -1, 0, 0, 0, 2],
        ],
        role="feature",
        label="Embeddings",
        columns=WORDS,
    )
    s1 = Matrix([6, 2, 21], label="s_1", words=WORDS)
    s2 = Matrix([18, 2, 21], label="s_2", words=WORDS)
    s3 = Matrix([18, 1, 7], label="s_3", words=WORDS)
    q = Matrix([1, 7, 21], role="query", label="query", words=WORDS)
    W = Matrix(
        [[-1, -1, 0, 1, 1], [0, 0, 1, -1, 1], [1, -1, 1, 0, 1], [1, 1, 1, 0, 0]],
        role="weight",
        label="Encoder",
        columns="e1 e2 e3 e4 1",
    )
    P = Matrix([[1, 0, -1, 2], [1, -1, 1, 0]], role="weight", label="Projection")

    X1, X2, X3, Xq = (Result(f"X_{i}", role="feature") for i in "123q")
    H1, H2, H3, Hq = (Result(f"H_{i}", role="value") for i in "123q")
    R1, R2, R3, Rq = (Result(f"ReLU H_{i}", role="value") for i in "123q")
    t1, t2, t3, tq = (Result(f"t_{i}", role="scaled") for i in "123q")
    v1, v2, v3 = (Result(f"v_{i}", role="key") for i in "123")
    vq = Result("v_q", role="query", columns="q")
    store = Result("Store", role="key", columns="v1 v2 v3")
    qt = Result("v_q^T", role="query")
    dots = Result("v_q^T v", role="score", columns="v1 v2 v3")
    cosine = Result("cos", role="scaled", digits=2)
    best = Result("max", role="score", words="v₁ v₂ v₃")
    nearest = Result("Nearest", role="output", words=WORDS)

    layout = """
        .  E   E   E   E   E   E   E   E   .    .
        .  s1  .   s2  .   s3  .   q   .   .    .
        .  X1  R1  X2  R2  X3  R3  Xq  Rq  .    store
        W  H1  t1  H2  t2  H3  t3  Hq  tq  qt   dots
        P  .   v1  .   v2  .   v3  .   vq  .    cosine
        .  .   .   .   .   .   .   .   .   best nearest
    """

    pictures = (Picture("plane", ["store", "vq"], steps="query dots nearest"),)

    def steps(self, E, s1, s2, s3, q, W, P):
        yield "given"

        X1 = self.embed(s1, E)
        yield "embed"

        H1 = W @ X1
        R1 = np.maximum(H1, 0)
        yield "encode"

        t1 = self.pool(R1)
        yield "pool"

        v1 = P @ t1
        yield "index"

        X2 = self.embed(s2, E)
        H2 = W @ X2
        R2 = np.maximum(H2, 0)
        t2 = self.pool(R2)
        v2 = P @ t2
        yield "second"

        X3 = self.embed(s3, E)
        H3 = W @ X3
        R3 = np.maximum(H3, 0)
        t3 = self.pool(R3)
        v3 = P @ t3
        store = np.concatenate([v1, v2, v3], axis=1)
        yield "third"

        Xq = self.embed(q, E)
        Hq = W @ Xq
        Rq = np.maximum(Hq, 0)
        tq = self.pool(Rq)
        vq = P @ tq
        yield "query", "q"

        qt = vq.T
        dots = qt @ store
        _lengths = np.sqrt((store**2).sum(axis=0)) * np.sqrt((vq**2).sum())
        cosine = only(dots / np.maximum(_lengths, 1e-9), _lengths > 0)
        if self.by_hand:
            cosine = np.round(cosine, 2)
        yield "dots"

        best = dots.argmax(axis=1)
        sentences = np.concatenate([s1, s2, s3]).reshape(3, 3)
        nearest = sentences[best]
        yield "nearest"

    def embed(self, words, E):
        """The columns of three words, and a row of ones for the encoder's bias."""
        return np.concatenate([E[:, words], np.ones((1, 3))])

    def pool(self, R):
        """One column for the whole sentence; on paper a third has one decimal."""
        mean = R.mean(axis=1, keepdims=True)
        return np.round(mean, 1) if self.by_hand else mean
