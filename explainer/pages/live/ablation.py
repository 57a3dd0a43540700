"""Silencing heads and MLPs, and what it does to the prediction."""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
import panel as pn

from explainer.live.ablation import Ablation, Head, Mlp
from explainer.pages.live.choice import Buttons
from explainer.pages.live.following import following, html, place, put, row
from explainer.pages.live.look import Look
from explainer.pages.live.save import savable
from explainer.pages.live.shares import Shares
from explainer.pages.live.spelled import spelled
from explainer.pages.live.words_views import WORDS

TOP = 8  # likeliest tokens before, and after
SIGNS = 14  # of a token's text that fit beside the bars
Floats = npt.NDArray[np.float64]


def ablation(look: Look) -> pn.Column:
    """Buttons that silence the chosen head or its layer's MLP, and the prediction with and without.

    What is silenced stands in a row of buttons, each of which takes it back.
    """
    how = Buttons(options={"zero": "zero", "mean": "mean"}, margin=0)
    head, mlp = pn.widgets.Button(margin=0), pn.widgets.Button(margin=0)
    none, silenced, line = html(), row(), html()
    shares = Shares()
    shown: list[Any] = []

    def silence(one: Ablation) -> None:
        others = [each for each in look.ablate if _where(each) != _where(one)]
        look.ablate = [*others, one]

    def hear(one: Ablation) -> Callable[[Any], None]:
        def act(event: Any) -> None:
            look.ablate = [each for each in look.ablate if each != one]

        return act

    def update() -> None:
        nonlocal shown
        words, (layer, number, _) = WORDS[look.language], place(look)
        options = {words["zero"]: "zero", words["mean"]: "mean"}
        if how.options != options:
            how.param.update(options=options, value=how.value)
        head.label = words["silence_head"].format(layer=layer, head=number)
        mlp.label = words["silence_mlp"].format(layer=layer)
        asked = [*look.ablate, look.language]
        if asked != shown or not len(silenced):
            silenced.objects = [_button(_name(one, words), hear(one)) for one in look.ablate]
            if len(look.ablate) > 1:
                silenced.append(
                    _button(words["hear_all"], lambda event: look.param.update(ablate=[]))
                )
            shown = asked
        none.visible = not look.ablate
        put(none, '<p class="quiet">{}</p>', words["none_silenced"])
        compared = look.plain is not None and bool(look.capture.ablations)
        comparison.visible = compared
        if compared:
            compare()

    def compare() -> None:
        words = WORDS[look.language]
        before, after = softmax(look.plain.logits), softmax(look.capture.logits)
        ids = ranked(before, after)
        texts = [spelled(look.capture.model.text(one), SIGNS) for one in ids]
        change = [f"{100 * (after[one] - before[one]):+.1f}".replace("-", "−") for one in ids]
        columns = {words["before"]: before[ids], words["after"]: after[ids]}
        shares.show(texts, columns, look.dark, told={words["change"]: change})
        put(line, f"<p>{words['divergence']}</p>", nats=f"{divergence(before, after):.4g}")

    head.on_click(lambda event: silence(Head(*place(look)[:2], how.value)))
    mlp.on_click(lambda event: silence(Mlp(place(look)[0], how.value)))
    comparison = pn.Column(
        line, *savable(look, shares.plot, "ablation"), sizing_mode="stretch_width", margin=0
    )
    return following(
        look,
        "ablation",
        ["plain", "layer", "head", "ablate"],
        update,
        row(how, head, mlp),
        none,
        silenced,
        comparison,
    )


def ranked(before: Floats, after: Floats) -> list[int]:
    """The likeliest token ids of both distributions, by what they had before."""
    likeliest = {*np.argsort(-before)[:TOP].tolist(), *np.argsort(-after)[:TOP].tolist()}
    return sorted(likeliest, key=lambda one: -before[one])


def softmax(logits: npt.NDArray[np.float32]) -> Floats:
    """Probabilities of logits, in float64."""
    powers = np.exp(logits.astype(np.float64) - logits.max())
    return np.asarray(powers / powers.sum())


def divergence(before: Floats, after: Floats) -> float:
    """Kullback-Leibler divergence of the second distribution from the first, in nats."""
    there = before > 0
    with np.errstate(divide="ignore"):  # infinite where something has become impossible
        return float(np.sum(before[there] * (np.log(before[there]) - np.log(after[there]))))


def _where(one: Ablation) -> tuple[int, int | None]:
    return one.layer, getattr(one, "head", None)


def _name(one: Ablation, words: dict[str, Any]) -> str:
    """What a button says that takes a silenced head or MLP back."""
    kind = "hear_head" if hasattr(one, "head") else "hear_mlp"
    told = words[kind].format(layer=one.layer, head=getattr(one, "head", None))
    return f"✕ {told} · {words[one.how]}"


def _button(name: str, act: Callable[[Any], Any]) -> pn.widgets.Button:
    button = pn.widgets.Button(label=name, margin=0)
    button.on_click(act)
    return button
