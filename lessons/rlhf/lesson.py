"""RLHF by hand: train a reward model on one comparison, then align a language model with it."""

import numpy as np

from explainer import Lesson, Matrix, Picture, Result, sigmoid

WORDS = "[S] doc CEO is him them"


class RLHF(Lesson):
    """A reward model learns what people prefer, and a language model learns from its reward."""

    order = 40
    minutes = 20
    needs = ("transformer-block",)
    pictures = (
        Picture("curve", "gap", steps="gap learn", function="sigmoid"),
        Picture("bars", "P", steps="predict sample align/expect"),
    )

    # The reward model and the comparison that it learns from.
    pairs = Matrix([[1, 3, 4], [1, 3, 5]], rows="#1 #2", words=WORDS)
    better = Matrix([1], words="#1 #2")
    E = Matrix(
        [[0, 1, 0, 1, 0, 2], [0, 0, 1, 1, 0, 1], [2, 1, 0, 0, 1, 0]], role="weight", columns=WORDS
    )
    Wr = Matrix(
        [[2, 1, 2, 1], [0, -1, 2, 1], [1, 0, -1, 0], [0, -1, 2, 2]], role="weight", label="W_R"
    )
    mean = Matrix([[1 / 3]] * 3, digits=2)
    Wo = Matrix([[0, -1, 2, 1, 2]], role="weight", label="w")

    # The language model and a prompt.
    prompt = Matrix([0, 2, 3], words=WORDS)
    # No attention as it is: its columns do not add up to one, so that T is whole.
    A = Matrix([[1, 1, 0], [0, 1, 1], [0, 0, 1]])
    Wf = Matrix([[1, 1, 1, -1], [1, 0, -1, 1]], role="weight", label="W_F")
    Wv = Matrix(
        [[1, -1, 0], [1, 0, 0], [0, -1, 2], [2, -1, -1], [1, 1, 0], [0, 1, 1]],
        role="weight",
        label="W_{out}",
        rows=WORDS,
    )

    loser, winner = Result(words=WORDS), Result(words=WORDS)
    Xl, Hl, sl = (Result(f"{letter}_<", role="feature") for letter in "XHs")
    Xw, Hw, sw = (Result(f"{letter}_>", role="feature") for letter in "XHs")
    loser_reward, winner_reward = Result("r_<", role="output"), Result("r_>", role="output")
    gap = Result("gap", role="score")
    q = Result("σ", role="softmax")
    d = Result("σ − 1", role="gradient")
    Dt = Result("(s_> − s_<)^T", role="feature")
    G = Result("∂w", role="gradient")
    Wn = Result("w′", role="score", updates="Wo")
    loser_new, winner_new = Result("r′_<", role="output"), Result("r′_>", role="output")
    gap_new = Result("gap′", role="score")

    Xp, Z, T = (Result(label, role="feature") for label in ("X", "Z", "T"))
    L = Result("logits", role="score", rows=WORDS)
    P = Result(role="softmax", rows=WORDS)
    out = Result("next word", role="output", words=WORDS)
    pair = Result(words=WORDS)
    Xc, Hc, sc = (Result(f"{letter}_?", role="feature") for letter in "XHs")
    reward = Result("r_?", role="output")
    rival = Result(role="output")
    loss = Result(role="score")
    slope = Result("slope", role="gradient")
    ds = Result("∂s", role="gradient")
    dx = Result("∂x_3", role="gradient")
    Et = Result("E^T", role="weight", rows=WORDS)
    cost = Result(role="gradient")
    average = Result("avg", role="gradient")
    dL = Result("∂logit", role="gradient")
    Gv = Result("∂W_{out}", role="gradient", rows=WORDS)
    Vn = Result("W′_{out}", role="gradient", rows=WORDS, updates="Wv")
    Ln = Result("logits′", role="score")
    again = Result("word′", role="output", words=WORDS)

    layout = """
        pairs  loser   .             winner  better         .       .   .    .    .     .
        E      Xl      mean          Xw      mean'          .       .   .    .    .     .
        Wr     Hl      sl            Hw      sw             .       q   Dt   Dt   .     .
        Wo     Wo      loser_reward  .       winner_reward  gap     d   G    G    .     .
        Wn     Wn      loser_new     .       winner_new     gap_new .   .    .    .     .
        .      .       .             .       .              .       .   .    .    .     .
        .      prompt  A             A       .              .       .   .    .    pair  .
        E'     Xp      Z             Z       .              .       .   .    .    Xc    mean''
        .      Wf      T             T       out            out     out .    Wr'  Hc    sc
        .      Wv      L             L       P              P       P   Wn'  Wn'  rival reward
        .      Wv      L             L       P              P       P   dx   .    again loss
        Et     Vn      Gv            Gv      dL             average Ln  cost ds   ds    slope
    """

    def steps(self, pairs, better, E, Wr, mean, Wo, prompt, A, Wf, Wv):
        yield "given"

        loser, winner = pairs[1 - better][0], pairs[better][0]
        yield "prefer"

        Xl = self.embed(E, loser)
        yield "embed"

        Hl = Wr @ Xl
        yield "linear"

        sl = self.with_one(Hl @ mean)
        yield "pool"

        loser_reward = Wo @ sl
        yield "reward"

        Xw = self.embed(E, winner)
        Hw = Wr @ Xw
        sw = self.with_one(Hw @ mean)
        winner_reward = Wo @ sw
        yield "winner", "mean'"

        gap = winner_reward - loser_reward
        yield "gap"

        q = self.rounded(sigmoid(gap))
        d = q - 1
        Dt = (sw - sl).T
        G = d @ Dt
        Wn = Wo - G
        loser_new, winner_new = Wn @ sl, Wn @ sw
        gap_new = winner_new - loser_new
        yield "learn"

        Xp = E[:, prompt]
        yield "prompt", "E'"

        Z = self.with_one(Xp @ A)
        T = self.with_one(Wf @ Z)
        yield "transformer"

        L = Wv @ T
        _powers = 3**L if self.by_hand else np.exp(L)
        P = self.rounded(_powers / _powers.sum(axis=0))
        yield "predict"

        out = P.argmax(axis=0)
        yield "sample"

        pair = np.concatenate([prompt[1:], out[2:]])
        Xc = self.embed(E, pair)
        Hc = Wr @ Xc
        sc = self.with_one(Hc @ mean)
        reward = Wn @ sc
        _rival = np.concatenate([pair[:2], winner[2:]])
        rival = Wn @ self.with_one(Wr @ self.embed(E, _rival) @ mean)
        yield "judge", "Wr' mean'' Wn'"

        loss = -reward
        slope = -(reward + 1) - loss
        yield "align"

        ds = slope @ Wn[:, :4]
        dx = self.rounded(ds @ Wr[:, :3] / 3).T
        yield "align/chain"

        Et = E.T
        cost = Et @ dx
        yield "align/cost"

        _chance = P[:, 2:]
        average = self.rounded(_chance.T @ cost)
        dL = self.rounded(_chance * (cost - average))
        yield "align/expect"

        Gv = dL @ T[:, 2:].T
        Vn = Wv - Gv
        Ln = Vn @ T[:, 2:]
        again = Ln.argmax(axis=0)
        yield "align/update"

    def embed(self, E, words):
        """The embeddings of three words, and a row of ones that the biases meet: (4, 3)."""
        return self.with_one(E[:, words])

    def with_one(self, X):
        """X with a row of ones below."""
        return np.concatenate([X, np.ones((1, X.shape[1]))])

    def rounded(self, x):
        """x to one decimal by hand."""
        return np.round(x, 1) if self.by_hand else x
