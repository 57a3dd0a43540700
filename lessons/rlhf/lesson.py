"""RLHF by hand: train a reward model on one comparison, then align a language model with it."""

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
    sigmoid,
)

WORDS = "[S] doc CEO is him them"
S, DOC, CEO, IS, HIM, THEM = range(6)


class RLHF(Lesson):
    """A reward model learns what people prefer, and a language model learns from its reward."""

    order = 40
    minutes = 20
    needs = ("transformer-block",)
    pictures = (
        Picture("curve", "gap", steps="gap learn", function="sigmoid"),
        Picture("bars", "P", steps="predict sample align/expect"),
    )
    practice = (
        Blank("Xl[0:3,2]", "Hl[1,2]", "sl[0:2,0]", "loser_reward", "winner_reward", "gap", "d"),
        Blank("G[0,0:2]", "Wn[0,0:2]", "Z[1,2]", "T[0,2]", "out[2]", "loss", "dL[4:6,0]", "again"),
        Predict(
            "gap-next",
            "learn",
            ("smaller", "same", "larger"),
            lambda gap, gap_new: np.sign(gap_new - gap) + 1,
        ),
        Predict("pushed", "align/expect", "rows of P", lambda dL: dL.argmax(axis=0)),
        Slip("sum", "sl", lambda Hl: np.concatenate([Hl.sum(axis=1, keepdims=True), [[1]]])),
        Slip("no-bias", "loser_reward", lambda Wo, sl: Wo[:, :4] @ sl[:4]),
        Slip("turned", "gap", lambda loser_reward, winner_reward: loser_reward - winner_reward),
        Slip("target-first", "d", lambda q: 1 - q),
        Slip("uphill", "Wn", lambda Wo, G: Wo + G),
        Slip("wished", "out", lambda winner: winner),
        Slip("no-average", "dL", lambda P, cost: P[:, 2:] * cost),
        Goal("untrained", lambda out: out[2] == THEM, "E", 1, {"E[1,2]": -3}),
        Goal("tie", lambda L: L[HIM, 2] == L[THEM, 2], "Wv", 1, {"Wv[5,2]": 2}),
    )
    # Words stay where they are: the sentences mean something.
    shuffles = (
        Shuffle("E.rows", "Wr.columns", "Wf.columns"),
        Shuffle("Wr.rows", "Wo.columns"),
        Shuffle("Wf.rows", "Wv.columns"),
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

    def rules(self, hand, exact):
        E, Wr, Wo, Wf, Wv = (hand[name] for name in "E Wr Wo Wf Wv".split())
        Dt, sc, Z, T, L, P = (hand[name].round(9) for name in "Dt sc Z T L P".split())
        cost, average, dL, Vn = (hand[name] for name in "cost average dL Vn".split())
        hidden = [hand[name] for name in "Hl Hw Hc".split()]
        means = np.concatenate([hand[name] for name in "sl sw sc".split()])
        powers, chance = 3.0**L, P[:, 2:]

        yield "the loser's reward is 3", hand["loser_reward"].item() - 3
        yield "the winner's reward is 5", hand["winner_reward"].item() - 5
        yield "the judged sentence's is 3 as well", (Wo @ sc).item() - 3
        yield "what is learned lies across that sentence", (Dt @ sc).item()
        yield "the loser falls", beyond(Dt @ hand["sl"], -9, -1)
        yield "the winner rises", beyond(Dt @ hand["sw"], 1, 9)
        yield "the prompt says its own words, then him", differ(hand["out"], (CEO, IS, HIM))
        yield "the update makes it say them", differ(hand["again"], THEM)
        yield "them is the cheapest word", differ(cost.argmin(), THEM)
        yield "him is pushed down most", differ(dL.argmax(), HIM) + beyond(dL[HIM], 0.2, 2)
        yield "them is pulled up most", differ(dL.argmin(), THEM) + beyond(dL[THEM], -2, -0.2)
        yield "one word only is before them", (L[:, 2] >= L[THEM, 2]).sum() - 2
        for run in (hand, exact):
            yield "no winner ties", sum(ties(run[name]) for name in ("L", "P", "dL", "Ln"))
        for name in ("P", "dL", "Ln"):
            yield "winners are the same", differ(hand[name].argmax(0), exact[name].argmax(0))

        yield "no line is zero, or like another", alike(E, Wr, *hidden, Z, T, Wf)
        yield "at most two words have the same weights", max(0, alike(Wv) - 1)
        for name in "Xl Xw Xc Xp".split():
            yield "no words look the same", dull(hand[name][:3])
        yield "means are whole", np.abs(means - means.round()).sum()
        yield "features have one digit", beyond(hidden, -6, 9) + beyond(T, -4, 6)
        yield "scores are small", beyond(L, 0, 4) + beyond(Vn, -4, 4) + beyond(Wo, -3, 3)
        yield "some judge's weights are negative", beyond(negative(E, Wr, Wo), 1, 6)
        yield "some model's weights are negative", beyond(negative(Wf, Wv), 1, 9)
        yield "the judge adds up two terms or more", beyond((Wr != 0).sum(axis=1), 2, 4)
        yield "the model adds up two terms or more", beyond((Wf != 0).sum(axis=1), 2, 4)
        yield "every word has a score", beyond((Wv != 0).sum(axis=1), 1, 3)
        yield "the judge has some zeros", beyond((Wr == 0).sum(), 4, 8)
        yield "three or four weights learn", beyond((Dt != 0).sum(), 3, 4)
        yield "rewards add up four terms or more", beyond((Wo != 0).sum(), 4, 5)
        yield "a bias forgotten is noticed", Wo[0, 4] == 0
        yield "one mean at most is zero", beyond((hand["sl"].round(9) == 0).sum(), 0, 1)
        yield "the last features are not zero", (T[:, 2] == 0).sum()
        yield "the last features differ", beyond(len(set(np.abs(T[:, 2]))), 2, 3)
        yield "chances add up to one", 10 * np.abs(P.sum(axis=0) - 1).sum()
        yield "no chance lies halfway between two roundings", halfway(powers / powers.sum(axis=0))
        yield "no average does", halfway(chance.T @ cost)
        yield "no gradient does", halfway(chance * (cost - average))


def differ(found, right):
    """How many numbers are not the right ones."""
    return np.not_equal(found, right).sum()


def negative(*arrays):
    """How many numbers are negative."""
    return sum((array < 0).sum() for array in arrays)


def dull(X):
    """How many rows are constant, or columns zero or alike."""
    alike_columns = X.shape[1] - len({tuple(column) for column in X.T})
    return (np.ptp(X, axis=1) == 0).sum() + (~X.any(axis=0)).sum() + alike_columns


def ties(X):
    """How many columns have no single largest number."""
    return (np.sort(X, axis=0)[-1] == np.sort(X, axis=0)[-2]).sum()
