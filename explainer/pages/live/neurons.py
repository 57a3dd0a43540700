"""The MLP's strongest neurons at the chosen layer and token."""

from typing import Any

import numpy as np
import panel as pn
from bokeh.core.properties import value
from bokeh.models import ColumnDataSource, FixedTicker, HoverTool, Range1d
from bokeh.models.annotations import Span

from explainer.pages.live.figures import FONT, SIZE, blank, paint
from explainer.pages.live.following import Reading, following, html, place, put
from explainer.pages.live.look import Look
from explainer.pages.live.save import savable
from explainer.pages.live.spelled import spelled
from explainer.pages.live.words_views import WORDS

TOP = 20
ROW = 20  # pixels
ROOM = 1.35  # of the largest bar, so that its number fits beside it


def neurons(look: Look) -> pn.Column:
    """A bar for each neuron, from the strongest down, to the right where it is positive."""
    source = ColumnDataSource(
        {"row": [], "value": [], "neuron": [], "told": [], "colour": [], "align": [], "off": []}
    )
    plot = blank(200, x_range=Range1d(start=0, end=1), y_range=Range1d(start=1, end=0))
    bars = plot.hbar("row", right="value", height=0.7, color="colour", source=source)
    numbers = plot.text(
        "value",
        "row",
        "told",
        x_offset="off",
        text_align="align",
        text_baseline="middle",
        text_font=value(FONT),
        text_font_size=SIZE,
        source=source,
    )
    zero = Span(location=0, dimension="height")
    plot.add_layout(zero)
    hover = HoverTool(renderers=[bars])
    plot.add_tools(hover)
    plot.xaxis.visible = False
    plot.yaxis.ticker = FixedTicker(ticks=[])
    line = html()

    def update() -> Reading:
        capture, (layer, _, token) = look.capture, place(look)
        return Reading(
            (capture, layer, token), lambda: capture.neurons(layer, token, top=TOP), show
        )

    def show(found: Any) -> None:
        layer, _, token = place(look)
        words, ink = WORDS[look.language], paint(plot, look.dark)
        values = found.activations
        positive = values >= 0
        source.data = {
            "row": np.arange(len(values)),
            "value": values,
            "neuron": found.neurons,
            "told": [f"{value:+.3g}".replace("-", "−") for value in values],
            "colour": np.where(positive, ink["output"], ink["gradient"]),
            "align": np.where(positive, "left", "right"),
            "off": np.where(positive, 5, -5),
        }
        largest = ROOM * float(np.abs(values[np.isfinite(values)]).max(initial=1e-12))
        plot.x_range.update(
            start=-largest if not positive.all() else 0, end=largest if positive.any() else 0
        )
        plot.y_range.update(start=len(values) - 0.5, end=-0.5)
        plot.height = ROW * len(values) + 20
        plot.yaxis.ticker.ticks = list(range(len(values)))
        plot.yaxis.major_label_overrides = {
            row: str(neuron) for row, neuron in enumerate(found.neurons)
        }
        plot.yaxis.axis_label = words["neuron"]
        numbers.glyph.text_color = ink["ink"]
        zero.line_color = ink["edge"]
        hover.tooltips = [(words["neuron"], "@neuron"), (words["activation"], "@value{0.0000}")]
        put(
            line,
            f"<p>{words['neurons_of']}</p>",
            layer=layer,
            token=token,
            text=spelled(look.capture.tokens[token].text),
            count=len(values),
        )

    return following(
        look, "neurons", ["layer", "token"], update, line, *savable(look, plot, "neurons")
    )
