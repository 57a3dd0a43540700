"""A real head on the lessons' stage: its numbers at one query token, step by step."""

import re
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from explainer import narration, sheet
from explainer.lesson import Lesson, Steps
from explainer.live.excerpt import DIGITS, PAIRS, Excerpt, excerpt
from explainer.matrix import Matrix, Result

if TYPE_CHECKING:
    from explainer.live.capture import Capture

TEXTS = Path(__file__).parent / "texts"
LANGUAGES = ("en", "zh")
LONGEST = 9  # characters of a token's text above its column
RESERVED = str.maketrans("_^{}", "＿＾｛｝")  # in labels and texts these have a meaning
MARKS = re.compile(r"([!-/:-@\[-`|~])")  # ASCII that Markdown may read as more than itself


class RealHead(Lesson):
    """The computation of an excerpt. `lesson` makes a lesson of it that has the numbers."""

    minutes = 10
    root: ClassVar[float] = 1.0
    name_in_addresses: ClassVar[str] = ""
    told: ClassVar[dict[str, narration.Narration]] = {}

    @classmethod
    def id(cls) -> str:
        """Which head it is."""
        return cls.name_in_addresses

    def texts(self) -> dict[str, narration.Narration]:
        """The texts, with the names and sizes of this head in them."""
        return self.told

    # one name a matrix, as on the sheet
    def steps(  # type: ignore[override]
        self,
        X: Any, WQ: Any, WK: Any, WV: Any, RQ: Any, RK: Any, RV: Any, C: Any, N: Any, r: Any,
        f: Any = None, v: Any = None,
    ) -> Steps:  # fmt: skip
        """One query token: project, turn, match, scale, softmax, weigh.

        By hand, each result is rounded to the two decimals that are shown of it.
        """
        near = _rounded if self.by_hand else _itself
        yield "given"

        q0 = near(WQ @ X[:, -1:] + near(RQ))
        K0 = near(WK @ X + near(RK))
        V = near(WV @ X + near(RV))
        yield "project", "RQ RK RV"

        q = near(q0 * near(C[:, -1:]) + _half(q0) * near(N[:, -1:]))
        K = near(K0 * near(C) + _half(K0) * near(N))
        yield "turn", "C N"

        Kt = K.T
        yield "lay-out", "q'"

        S = near(Kt @ q + near(r))
        yield "match", "r"

        F = near(S / self.root)
        yield "scale"

        if f is None:
            _scores, _values = F, V
        else:
            G = np.concatenate([F, near(f)])
            U = np.concatenate([V, near(v)], axis=1)
            _scores, _values = G, U
            yield "join", "f v"

        E = near(np.exp(_scores - _scores.max()))
        yield "exponentiate"

        s = E.sum(axis=0, keepdims=True)
        yield "add-up"

        A = near(E / s)
        yield "normalise"

        Z = near(_values @ A)
        yield "weigh"


def by_hand(capture: "Capture", layer: int, head: int, token: int) -> dict[str, Any]:
    """The sheet of a head at a query token (counted from 0), for the stage that shows lessons."""
    return sheet.compile(lesson(capture, layer, head, excerpt(capture, layer, head, token)))


def lesson(capture: "Capture", layer: int, head: int, shown: Excerpt) -> Lesson:
    """A lesson with the numbers of an excerpt, named after the head."""
    model = capture.model
    tokens = [f"{_short(capture.tokens[t].text)}_{{{t}}}" for t in shown.tokens]
    features = [f"x_{{{i}}}" for i in shown.features]
    dims, values = [str(i) for i in shown.dimensions], [str(i) for i in shown.values]
    query = tokens[-1:]
    seen = [*tokens, f"+{shown.others}"] if shown.others else tokens

    def given(numbers: Any, label: str, role: str, rows: Any, columns: Any, digits: int = 2) -> Any:
        return Matrix(numbers, label=label, role=role, rows=rows, columns=columns, digits=digits)

    def result(label: Any, role: str, rows: Any = (), columns: Any = ()) -> Result:
        return Result(label, role=role, rows=rows, columns=columns, digits=2)

    fine = DIGITS["weight"]
    declared: dict[str, Any] = {
        "X": given(shown.x, "X", "feature", features, tokens),
        "WQ": given(shown.w_q, "W_Q", "weight", dims, features, fine),
        "WK": given(shown.w_k, "W_K", "weight", dims, features, fine),
        "WV": given(shown.w_v, "W_V", "weight", values, features, fine),
        "RQ": given(shown.rest_q, "R_q", "query", dims, query),
        "RK": given(shown.rest_k, "R_k", "key", dims, tokens),
        "RV": given(shown.rest_v, "R_v", "value", values, tokens),
        "C": given(shown.cos, "cos", "plain", dims, tokens),
        "N": given(shown.sin, "sin", "plain", dims, tokens),
        "r": given(shown.rest_score, "r", "score", tokens, ()),
        "q0": result("q_0", "query", dims, query),
        "K0": result("K_0", "key", dims, tokens),
        "V": result("V", "value", values, tokens),
        "q": result("q", "query", dims, query),
        "K": result("K", "key", dims, tokens),
        "Kt": result("K^T", "key", tokens, dims),
        "S": result("K^T q", "score", tokens),
        "F": result("□/√d", "scaled", tokens),
        "E": result("e^□", "softmax", seen),
        "s": result("Σ", "softmax"),
        "A": result("A", "attention", seen, query),
        "Z": result("Z", "output", values, query),
        "layout": WHOLE,
    }
    if shown.others:
        declared |= {
            "f": given(shown.rest_weight, "f", "scaled", seen[-1:], ()),
            "v": given(shown.rest_value, "v", "value", values, seen[-1:]),
            "G": result("F, f", "scaled", seen),
            "U": result("V, v", "value", values, seen),
            "layout": EXCERPT,
        }
    facts = {
        "layer": layer,
        "head": head,
        "model": _escaped(model.name),
        "token": _escaped(_short(capture.tokens[shown.tokens[-1]].text)),
        "place": shown.tokens[-1],
        "seen": f"{shown.tokens[-1] + 1:,}",
        "others": f"{shown.others:,}",
        "shown": len(shown.tokens),
        "own": len(shown.tokens) - 1,
        "hidden": f"{model.hidden:,}",
        "features": len(features),
        "rest_features": f"{model.hidden - len(features):,}",
        "size": model.head_dim,
        "dims": len(dims),
        "rest_dims": model.head_dim - len(dims),
        "values": len(values),
        "pairs": model.head_dim // 2,
        "root": f"{shown.root:.2f}",
        "sharing": model.heads // model.key_value_heads,
    }
    declared |= {
        "root": shown.root,
        "name_in_addresses": f"layer-{layer}-head-{head}-token-{shown.tokens[-1]}",
        "told": {language: _told(language, facts, bool(shown.others)) for language in LANGUAGES},
    }
    made: Lesson = type("RealHead", (RealHead,), declared)()
    return made


# Where there are more tokens than fit, and where there are not.
EXCERPT = """
    .   X   .   C   .   .   .
    WQ  q0  RQ  N   .   .   .
    WK  K0  RK  q   .   .   .
    WV  V   RV  K   .   .   .
    .   q'  .   .   .   .   .
    Kt  S   r   F   G   E   A
    .   .   .   .   f   s   .
    .   .   v   U   .   .   Z
"""
WHOLE = """
    .   X   .   C   .   .
    WQ  q0  RQ  N   .   .
    WK  K0  RK  q   .   .
    WV  V   RV  K   .   .
    .   q'  .   .   .   .
    Kt  S   r   F   E   A
    .   .   .   .   s   .
    .   .   .   V'  .   Z
"""


def _told(language: str, facts: dict[str, Any], others: bool) -> narration.Narration:
    text = Template((TEXTS / f"{language}.md").read_text(encoding="utf-8")).substitute(facts)
    told = narration.parse(text)
    if not others:
        del told.steps["join"]
        told.blocks[:] = [block for block in told.blocks if block[1] != "step join"]
        del told.labels["f"], told.labels["v"]
    return told


def _half(x: Any) -> Any:
    """Each pair turned by a quarter: first halves of pairs stand above second halves."""
    return np.concatenate([-x[PAIRS:], x[:PAIRS]])


def _rounded(x: Any) -> Any:
    return np.round(x, 2)


def _itself(x: Any) -> Any:
    return x


def _short(text: str) -> str:
    """A token as a label: what is blank made visible, what is long cut."""
    shown = text.strip().translate(RESERVED) or "␣⏎"["\n" in text]
    shown = "".join(letter if letter.isprintable() else "�" for letter in shown)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - 1] + "…"


def _escaped(text: str) -> str:
    """Text that Markdown and the narration take for what it is."""
    return MARKS.sub(r"\\\1", " ".join(text.split()).translate(RESERVED))
