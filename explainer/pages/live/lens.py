"""The logit lens: what each layer would predict, were it the last."""

import unicodedata
from typing import Any

import numpy as np
import panel as pn
from bokeh.core.properties import value
from bokeh.events import Tap
from bokeh.models import ColumnDataSource, FixedTicker, HoverTool, Range1d
from markupsafe import Markup

from explainer.pages.live.dial import dial
from explainer.pages.live.figures import FONT, blank, mixed, paint, readable
from explainer.pages.live.following import Reading, following, html, in_turn, place, put
from explainer.pages.live.look import Look
from explainer.pages.live.save import savable
from explainer.pages.live.shares import percent
from explainer.pages.live.spelled import spelled
from explainer.pages.live.words_views import WORDS

WINDOW, NARROW = 8, 4  # tokens side by side; on a phone
ROW = 24  # pixels
SIGNS = 6  # narrow ones, of a token's text, that fit into a cell
WIDE = frozenset("mwMW%@—…")
TOP = 5


def lens(look: Look) -> pn.Column:
    """A row for each place in the residual stream, from the embeddings up to the output.

    So what a reader looks for stands first: the layers in which the answer comes about.

    A cell has the likeliest next token, coloured by its probability. A click chooses the token,
    and the layer that the row enters; the slider chooses a row as well.
    """
    source = ColumnDataSource(
        {"x": [], "y": [], "text": [], "share": [], "told": [], "ground": [], "ink": []}
    )
    chosen = ColumnDataSource({"x": [], "y": []})
    plot = blank(200, x_range=Range1d(start=0, end=1), y_range=Range1d(start=0, end=1))
    cells = plot.rect("x", "y", 0.96, 0.92, fill_color="ground", line_color=None, source=source)
    plot.text(
        "x",
        "y",
        "text",
        text_color="ink",
        text_align="center",
        text_baseline="middle",
        text_font=value(FONT),
        text_font_size="11px",
        source=source,
    )
    mark = plot.rect("x", "y", 0.96, 0.92, fill_color=None, line_width=2, source=chosen)
    hover = HoverTool(renderers=[cells])
    plot.add_tools(hover)
    plot.yaxis.ticker = FixedTicker(ticks=[])
    plot.xaxis.ticker = FixedTicker(ticks=[])
    plot.xaxis.axis_line_color = plot.yaxis.axis_line_color = None
    row = dial(max_width=360, styles={"flex": "none"})  # in a column it would grow
    best = html()
    drawn: tuple[object, ...] = ()
    seen: Any = None  # the capture in view
    window = range(0)  # of its tokens
    read: Any = None  # the lens of the window

    def update() -> Reading:
        capture, (*_, token) = look.capture, place(look)
        wide = NARROW if look.narrow else WINDOW
        inside = capture is seen and token in window and len(window) <= wide
        wanted = window if inside else around(token, len(capture.tokens), wide)
        run = slice(wanted.start, wanted.stop)

        def show(found: Any) -> None:
            nonlocal seen, window, read
            seen, window, read = capture, wanted, found
            draw()
            tell()

        return Reading((capture, wanted), lambda: capture.logit_lens(TOP, run), show)

    def draw() -> None:
        nonlocal drawn
        capture = seen
        if drawn == (capture, window, look.language, look.dark):
            return
        drawn = (capture, window, look.language, look.dark)
        ink, words = paint(plot, look.dark), WORDS[look.language]
        rows, across = read.ids.shape[:2]
        shares = read.probabilities[..., 0].ravel()
        texts = {one: capture.model.text(one) for one in {*read.ids[..., 0].ravel().tolist()}}
        likeliest = [texts[one] for one in read.ids[..., 0].ravel().tolist()]
        grounds = [mixed(ink["card"], ink["output"], float(share)) for share in shares]
        source.data = {
            "x": np.tile(np.arange(across), rows),
            "y": np.repeat(np.arange(rows), across),
            "text": [narrow(spelled(text), SIGNS) for text in likeliest],
            "told": [spelled(text) for text in likeliest],
            "share": shares,
            "ground": grounds,
            "ink": [readable(ground, (ink["ink"], ink["card"])) for ground in grounds],
        }
        plot.height = ROW * rows + 60
        plot.x_range.update(start=-0.5, end=across - 0.5)
        plot.y_range.update(start=-0.5, end=rows - 0.5)
        plot.xaxis.ticker.ticks = list(range(across))
        plot.xaxis.major_label_overrides = {
            i: f"{token}\n{narrow(spelled(capture.tokens[token].text), SIGNS)}"
            for i, token in enumerate(window)
        }
        plot.yaxis.ticker.ticks = list(range(rows))
        plot.yaxis.major_label_overrides = {rows - 1: words["output"]}
        plot.yaxis.axis_label = words["layer"]
        hover.tooltips = [(words["predicts"], "@told"), (words["probability"], "@share{0.0000}")]
        mark.glyph.line_color = ink["query"]
        row.param.update(end=rows - 1, label=words["lens_row"])

    def tell() -> None:
        layer, _, token = place(look)
        if look.capture is not seen or token not in window:
            return  # until that has been read, too
        last = look.capture.model.layers
        if not (row.value == last and layer == last - 1):
            row.value = layer
        column, here = token - window.start, level()
        chosen.data = {"x": [column], "y": [here]}
        words, top = WORDS[look.language], Markup("")
        for one, share in zip(
            read.ids[here, column], read.probabilities[here, column], strict=True
        ):
            top += Markup(
                '<tr><td><bdi>{}</bdi></td><td class="number">{}</td>'
                '<td class="wide"><i class="bar" style="width:{:.1f}%"></i></td></tr>'
            ).format(spelled(look.capture.model.text(int(one))), percent(share), 100 * share)
        caption = words["lens_output"] if here == last else words["lens_of"]
        put(
            best,
            f"<table><caption>{caption}</caption><tbody>{{rows}}</tbody></table>",
            layer=here,
            token=token,
            text=spelled(look.capture.tokens[token].text),
            rows=top,
        )

    def level() -> int:
        """The row of the slider; a browser may send anything."""
        return int(row.value) if 0 <= row.value <= look.capture.model.layers else look.layer

    def go(event: object) -> None:
        look.layer = min(level(), look.capture.model.layers - 1)
        refresh()  # the output is no layer of its own

    def choose(event: Tap) -> None:
        column, line = round(event.x or 0), round(event.y or 0)
        if read is not None and 0 <= column < read.ids.shape[1] and 0 <= line < len(read.ids):
            row.value = line
            look.token = window.start + column

    refresh = in_turn(tell)
    row.param.watch(go, "value")
    plot.on_event(Tap, choose)
    return following(
        look,
        "lens",
        ["layer", "token", "narrow"],
        update,
        row,
        best,
        *savable(look, plot, "logit-lens"),
    )


def around(token: int, count: int, wide: int = WINDOW) -> range:
    """The tokens in view: a window's worth with the chosen one in it, and most of them before."""
    start = max(0, min(token - wide * 3 // 4, count - wide))
    return range(start, min(count, start + wide))


def narrow(text: str, most: int) -> str:
    """A text cut to so many narrow signs; those of East Asia, and the widest of Latin, take two."""
    taken, room = "", float(most)
    for sign in text:
        room -= 2 if unicodedata.east_asian_width(sign) in "WF" else 1.4 if sign in WIDE else 1
        if room < 0:
            return taken[:-1] + "…" if len(taken) > 1 else taken + "…"
        taken += sign
    return taken
