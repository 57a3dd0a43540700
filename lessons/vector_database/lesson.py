"""A vector database by hand: three sentences become vectors, and a fourth finds its neighbour."""

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
)

WORDS = "a am are can do he how I in is it me my no not she the we who why yes you"


def mean_of_words(R1, by_hand):
    """The means down the columns, where those along the rows are asked for; the last is none."""
    means = np.concatenate([R1.mean(axis=0), [0]]).reshape(4, 1)
    return np.round(means, 1) if by_hand else means


def margin(numbers, best):
    """By how much one number is larger than the others."""
    return numbers[best] - np.delete(numbers, best).max()


def asked_otherwise(q, s1, s2, s3, vq, store):
    """Whether the question is a stored sentence to the store, and not to a reader."""
    differs = (np.stack([s1, s2, s3]) != q).any(axis=1)
    return (differs & (np.abs(store - vq).max(axis=0) < 1e-6)).any()


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
    practice = (
        Blank("X1[:4,0]", "H1[:,0]", "R1[:,0]", "t1", "v2", "dots", "best", "nearest"),
        Predict("sense", "embed", ("first", "second", "third"), lambda best: best[0]),
        Predict("swapped", "query", ("yes", "no"), lambda: 1),
        Predict("again", "dots", "columns of store", lambda best: best[0]),
        Slip("other-word", "X1", lambda X1: X1[:, ::-1]),
        Slip("no-bias", "H1", lambda W, X1: W[:, :4] @ X1[:4]),
        Slip("no-relu", "R1", lambda H1: H1),
        Slip("down", "t1[:3]", mean_of_words),
        Slip("sum", "t1", lambda R1: R1.sum(axis=1, keepdims=True)),
        Slip("other-sentence", "v2", lambda P, t1: P @ t1),
        Slip("cosine", "dots", lambda cosine: cosine),
        Slip("smallest", "best", lambda dots: dots.argmin(axis=1)),
        Goal("same", asked_otherwise, "q", 3, {"q[2]": 18}),
        Goal(
            "part",
            lambda dots, cosine: dots.argmax() != np.nan_to_num(cosine).argmax(),
            "q",
            3,
            {"q[1]": 14},
        ),
        Goal("right-angle", lambda dots: (np.abs(dots) < 1e-6).any(), "P", 2, {"P[0,0]": 0}),
    )
    shuffles = (
        Shuffle("E.rows", "W.columns"),
        Shuffle("W.rows", "P.columns"),
        Shuffle("P.rows"),
    )

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

    def rules(self, hand, exact):
        E, W, P, H1, store, vq = (hand[name] for name in "E W P H1 store vq".split())
        dots, cosine = hand["dots"][0], hand["cosine"][0]
        sentences = [hand[name].astype(int) for name in ("s1", "s2", "s3", "q")]
        H, R, texts = (np.array([hand[name + i] for i in "123q"]) for name in "HRt")
        vectors, best = np.concatenate([store, vq], axis=1), int(hand["best"].item())
        used = sorted({word for words in sentences for word in words})
        # words
        yield "every word has numbers of its own", 22 - len({tuple(e) for e in E.T})
        yield "no line of embeddings is zero, or like another", alike(E[:, used])
        yield "some embeddings are negative, not many", beyond((E[:, used] < 0).sum(), 1, 8)
        shared = [len({*words} & {*sentences[3]}) for words in sentences[:3]]
        others = [count for i, count in enumerate(shared) if i != best]
        yield "the nearest shares most words", max(0, max(others) + 1 - shared[best])
        # the encoder
        inputs = (W[:, :4] != 0).sum(axis=1)
        yield "no weights are zero, or alike", alike(W, P)
        yield "a cell is a sum of two or three", beyond(inputs, 2, 3)
        yield "two or three rows have a bias", beyond((W[:, 4] != 0).sum(), 2, 3)
        yield "some weights are negative", beyond((W[:, :4] < 0).sum(), 2, 4)
        yield "numbers have one digit", beyond(H, -3, 6)
        yield "ReLU has work in every sentence", beyond((H < 0).sum(axis=(1, 2)), 1, 5)
        yield "ReLU has work at the first word", float(not (H1[:, 0] < 0).any())
        yield (
            "no words are alike after ReLU",
            sum(3 - len({tuple(r) for r in each.T}) for each in R),
        )
        # sentences
        yield "means are whole", np.abs(texts - np.round(texts)).sum()
        yield "means are small", beyond(texts, 0, 4) + beyond((texts == 0).sum(), 0, 3)
        yield "no sentences are alike", alike(texts[:, :, 0].T)
        yield "the projection reads two or three", beyond((P != 0).sum(axis=1), 2, 3)
        yield "the projection reads all", beyond((P != 0).any(axis=0).sum(), 4, 4)
        yield "the projection has a negative, or two", beyond((P < 0).sum(), 1, 2)
        yield "vectors have one digit", beyond(vectors, -3, 6)
        # the picture and the winner
        lengths, turns = np.hypot(*vectors), np.degrees(np.arctan2(vectors[1], vectors[0]))
        off = np.abs(turns[:3] - turns[3])
        apart = [abs(turns[i] - turns[j]) for i in range(3) for j in range(i)]
        yield "arrows can be told apart", beyond(lengths, 2, 7) + beyond(apart, 9, 150) / 9
        yield "the nearest arrow is near", beyond(off[best], 3, 28) / 9
        yield "the others are not", beyond(np.delete(off, best), off[best] + 12, 120) / 9
        yield "one sentence is nearest, and clearly", beyond(margin(dots, best), 5, 99)
        yield "dot products are positive and differ", beyond(dots, 1, 30) + 3 - len(set(dots))
        yield "cosines agree", float(cosine.argmax() != best) + halfway(exact["cosine"], 2)
        before = texts[3, :, 0] @ texts[:3, :, 0].T
        spread = before / np.linalg.norm(texts[:3, :, 0], axis=1).clip(0.1)
        yield "so does what comes before the projection", beyond(margin(before, best), 1, 99)
        yield "its cosines agree", float(spread.argmax() != best)
        second, dot = np.sort(before)[-2], np.sort(dots)[-2]
        yield "there the race is closer", float(before[best] * dot >= dots[best] * second)
        yield (
            "both arithmetics are the same",
            sum(np.abs(hand[name] - exact[name]).sum() for name in ("dots", "best")),
        )
