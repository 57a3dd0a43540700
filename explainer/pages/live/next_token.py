"""The next token: its distribution, filter by filter, and going on with one."""

from typing import Any

import numpy as np
import panel as pn

from explainer.pages.live.choice import Menu
from explainer.pages.live.dial import linked
from explainer.pages.live.following import following, html, in_turn, put, row
from explainer.pages.live.look import Look
from explainer.pages.live.save import savable
from explainer.pages.live.shares import Shares
from explainer.pages.live.spelled import spelled
from explainer.pages.live.words_views import WORDS

TOP = 12
SIGNS = 14  # of a token's text that fit beside the bars


def next_token(look: Look) -> pn.Column:
    """Bars of the likeliest tokens as the model has them and after each filter.

    A click on a row, or the menu, chooses the token that a button goes on with.
    """
    temperature = linked(look, "temperature", end=Look.param.temperature.bounds[1], step=0.1)
    top_k = linked(look, "top_k", typed=True, max_width=130)
    top_k.words = {"whole": WORDS[look.language]["whole"]}
    top_p = linked(look, "top_p", start=Look.param.top_p.bounds[0], step=0.01)
    button: dict[str, Any] = {"margin": 0, "align": "end"}
    likeliest, draw = pn.widgets.Button(**button), pn.widgets.Button(**button)
    menu = Menu(options={}, width=170, margin=0)
    own = pn.widgets.Button(**button)
    line, reason = html(), html()
    found: Any = None

    def pick(row: int) -> None:
        menu.value = int(found.ids[row])

    shares = Shares(pick)

    def update() -> None:
        nonlocal found
        found = now()
        words, model = WORDS[look.language], look.capture.model
        ids = found.ids[:TOP].tolist()
        # a number before equal texts keeps the menu's entries apart
        menu.param.update(
            options={f"{i}. {spelled(model.text(one), 24)}": one for i, one in enumerate(ids, 1)},
            value=menu.value if menu.value in ids else ids[0],
        )
        temperature.label, top_k.label = words["temperature"], words["top_k"]
        top_k.end = len(found.ids)
        top_p.label, menu.label = words["top_p"], words["choose"]
        likeliest.label, draw.label, own.label = words["likeliest"], words["draw"], words["go_on"]
        full = limit(look)
        for each in (likeliest, draw, own):
            each.disabled = full is not None or look.append is not None
        reason.visible = full is not None
        put(reason, '<p class="quiet" role="status">{}</p>', full or "")
        last = len(look.capture.tokens) - 1
        put(
            line,
            f"<p>{words['next_of']}</p>",
            token=last,
            text=spelled(look.capture.tokens[last].text),
            kept=f"{int(np.count_nonzero(found.probabilities)):,}",
            count=f"{len(found.ids):,}",
        )
        show()

    def show() -> None:
        words, model, ids = WORDS[look.language], look.capture.model, found.ids[:TOP].tolist()
        # a filter that changes nothing has no column
        columns = {words["model"]: found.model[:TOP]}
        if look.temperature != 1:
            columns[words["tempered"].format(f"{look.temperature:g}")] = found.tempered[:TOP]
        if look.top_k:
            columns[words["after_k"].format(f"{look.top_k:,}")] = found.top_k[:TOP]
        if look.top_p < 1:
            columns[words["after_p"].format(f"{look.top_p:g}")] = found.top_p[:TOP]
        texts = [spelled(model.text(one), SIGNS) for one in ids]
        shares.show(texts, columns, look.dark, ids.index(menu.value))

    def chosen(event: Any) -> None:
        if event.new is None:  # a choice from entries that have been replaced meanwhile
            menu.value = int(found.ids[0])
        else:
            refresh()

    def go_on(token: int) -> None:
        if limit(look) is None and look.append is None:
            look.append = token

    def now() -> Any:
        return look.capture.next_token(look.temperature, look.top_k, look.top_p)

    refresh = in_turn(show)
    menu.param.watch(chosen, "value")
    likeliest.on_click(lambda event: go_on(int(now().ids[0])))
    draw.on_click(lambda event: go_on(now().sample()))
    own.on_click(lambda event: go_on(menu.value))
    return following(
        look,
        "next_token",
        ["temperature", "top_k", "top_p", "append"],
        update,
        line,
        row(temperature, top_k, top_p),
        *savable(look, shares.plot, "next-token"),
        row(likeliest, draw, menu, own),
        reason,
    )


def limit(look: Look) -> str | None:
    """Why the prompt cannot become longer, in words; None where it can."""
    capture, words = look.capture, WORDS[look.language]
    model, count = capture.model, len(capture.tokens)
    if count >= model.max_tokens:
        return str(words["full"]).format(limit=f"{model.max_tokens:,}")
    if model.memory is not None and (count + 1) * model.bytes_per_token > model.memory:
        return str(words["full_memory"]).format(limit=f"{model.memory / 1e6:,.4g}")
    return None
