"""Residual norms: how long the vector of each token is, layer by layer."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import panel as pn
from bokeh.events import Tap
from bokeh.models import (
    ColumnDataSource,
    FixedTicker,
    HoverTool,
    LogColorMapper,
    LogTicker,
    Range1d,
)
from bokeh.models.annotations import ColorBar

from explainer.pages.live.figures import FONT, SIZE, blank, paint, ramp
from explainer.pages.live.following import Reading, following, html, place, put
from explainer.pages.live.look import Look
from explainer.pages.live.save import savable
from explainer.pages.live.spelled import spelled
from explainer.pages.live.words_views import WORDS

COLUMNS = 512  # pixels across, at most: of a longer prompt, each shows the largest of a few tokens
NAMED = 48  # tokens whose texts fit below the map
ROW = 18  # pixels
LARGEST = "#6b2f00", "#fff3e0"  # beyond the colour of features: darker on light, lighter on dark


def norms(look: Look) -> pn.Column:
    """A map of norms on a logarithmic scale, since the first token's often dwarfs all others.

    A click chooses the token, and the layer that the row enters.
    """
    source = ColumnDataSource({"norm": [], "layer": [], "token": [], "text": [], "w": [], "h": []})
    chosen = ColumnDataSource({"x": [], "y": [], "w": []})
    mapper = LogColorMapper(palette=["#000000"], low=1, high=10)
    plot = blank(200, x_range=Range1d(start=0, end=1), y_range=Range1d(start=1, end=0))
    image = plot.image("norm", x=-0.5, y=-0.5, dw="w", dh="h", color_mapper=mapper, source=source)
    mark = plot.rect("x", "y", "w", 1, source=chosen, fill_color=None, line_width=2)
    bar = ColorBar(
        color_mapper=mapper,
        ticker=LogTicker(desired_num_ticks=4),
        width=10,
        padding=4,
        major_label_text_font=FONT,
        major_label_text_font_size=SIZE,
        major_tick_line_color=None,
        bar_line_color=None,
    )
    plot.add_layout(bar, "right")
    hover = HoverTool(renderers=[image])
    plot.add_tools(hover)
    plot.yaxis.ticker = FixedTicker(ticks=[])
    line = html()
    edges: list[int] = []
    lengths = np.zeros((0, 0), dtype=np.float32)
    drawn: tuple[object, ...] = ()

    def update() -> Reading:
        capture = look.capture
        return Reading(capture, capture.residual_norms, show)

    def show(found: Any) -> None:
        nonlocal lengths
        lengths = found
        draw()
        mark_chosen()

    def draw() -> None:
        nonlocal edges, drawn
        capture = look.capture
        if drawn == (capture, look.language, look.dark):
            return
        rows, count = lengths.shape
        across = min(count, COLUMNS)
        edges = [i * count // across for i in range(across + 1)]
        pooled = np.maximum.reduceat(lengths, edges[:-1], axis=1)
        texts = [_text(capture.tokens, run) for run in pairwise(edges)]
        source.data = {
            "norm": [pooled],
            "layer": [np.repeat(np.arange(rows, dtype=np.int32), across).reshape(rows, across)],
            "text": [texts * rows],
            "w": [across],
            "h": [rows],
        }
        positive = lengths[np.isfinite(lengths) & (lengths > 0)]
        low, high = (positive.min(), positive.max()) if positive.size else (1, 1)
        mapper.update(low=float(low), high=float(max(high, low * 1.01)))
        plot.x_range.update(start=-0.5, end=across - 0.5)
        plot.y_range.update(start=rows - 0.5, end=-0.5)
        named = across <= NAMED
        plot.height = ROW * rows + (110 if named else 60)
        plot.yaxis.ticker.ticks = list(range(0, rows, max(1, rows // 12)))
        plot.xaxis.ticker.ticks = list(range(across)) if named else _round(across)
        plot.xaxis.major_label_overrides = {
            i: spelled(capture.tokens[edges[i]].text, 10) if named else f"{edges[i]:,}"
            for i in plot.xaxis.ticker.ticks
        }
        plot.xaxis.major_label_orientation = "vertical" if named else "horizontal"
        words = WORDS[look.language]
        plot.xaxis.axis_label = "" if named else words["token"]
        plot.yaxis.axis_label = words["layer"]
        hover.tooltips = [
            (words["layer"], "@layer"),
            (words["token"], "@text"),
            (words["norm"], "@norm{0.000}"),
        ]
        ink = paint(plot, look.dark)
        mapper.palette = ramp(ink["card"], ink["feature"], LARGEST[look.dark])
        mark.glyph.line_color = ink["query"]
        bar.update(background_fill_color=ink["card"], major_label_text_color=ink["mute"])
        drawn = (capture, look.language, look.dark)

    def mark_chosen() -> None:
        layer, _, token = place(look)
        column = int(np.searchsorted(edges, token, side="right")) - 1
        chosen.data = {"x": [column], "y": [layer], "w": [1]}
        put(
            line,
            f"<p>{WORDS[look.language]['norm_of']}</p>",
            layer=layer,
            token=token,
            text=spelled(look.capture.tokens[token].text),
            norm=f"{lengths[layer, token]:.4g}",
            median=f"{np.median(lengths[layer]):.4g}",
        )

    def choose(event: Tap) -> None:
        column, row = round(event.x or 0), round(event.y or 0)
        if look.capture is not None and 0 <= column < len(edges) - 1 and 0 <= row < len(lengths):
            layer = min(row, look.capture.model.layers - 1)
            look.param.update(layer=layer, token=edges[column])

    plot.xaxis.ticker = FixedTicker(ticks=[])
    plot.on_event(Tap, choose)
    return following(
        look,
        "norms",
        ["layer", "token"],
        update,
        line,
        *savable(look, plot, "residual-norms"),
    )


def _text(tokens: Sequence[Any], run: tuple[int, int]) -> str:
    """A token by number and text; the numbers of the first and last of several."""
    start, stop = run
    if stop - start > 1:
        return f"{start}–{stop - 1}"
    return f"{start} {spelled(tokens[start].text)}"


def _round(count: int) -> list[int]:
    return list(range(0, count, max(1, count // 8)))
