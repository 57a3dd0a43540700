"""Bars of probabilities: a row for each token, and a column for each distribution."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from bokeh.core.properties import value
from bokeh.events import Tap
from bokeh.models import ColumnDataSource, FixedTicker, Range1d

from explainer.pages.live.figures import FONT, SIZE, blank, mixed, paint

ROW = 22  # pixels
# Of a column's width, for the longest bar; its number stands beside it, on a phone as well.
ROOM = {1: 0.8, 2: 0.5, 3: 0.36}
LEAST = 0.22  # where there are more columns
Floats = npt.NDArray[np.floating]


class Shares:
    """A plot of probabilities side by side, all on one scale.

    plot: the Bokeh figure. pick is told the number of a row that is clicked.
    """

    def __init__(self, pick: Callable[[int], None] | None = None) -> None:
        self.bars = ColumnDataSource({"row": [], "left": [], "right": [], "colour": []})
        self.numbers = ColumnDataSource({"x": [], "row": [], "told": [], "ink": []})
        self.names = ColumnDataSource({"x": [], "name": []})
        self.chosen = ColumnDataSource({"row": [], "right": []})
        letters = {"text_font": value(FONT), "text_font_size": SIZE, "text_baseline": "middle"}
        self.plot = blank(200, x_range=Range1d(start=0, end=1), y_range=Range1d(start=1, end=-1))
        self.band = self.plot.hbar("row", left=0, right="right", height=1, source=self.chosen)
        self.band.glyph.line_color = None
        self.plot.hbar(
            "row", left="left", right="right", height=0.62, color="colour", source=self.bars
        )
        self.plot.text(
            "x", "row", "told", x_offset=5, text_color="ink", source=self.numbers, **letters
        )
        self.heads = self.plot.text("x", -1, "name", source=self.names, **letters)
        self.plot.xaxis.visible = False
        self.plot.yaxis.ticker = FixedTicker(ticks=[])
        self.plot.yaxis.axis_line_color = None
        if pick is not None:
            self.plot.on_event(Tap, lambda event: self._tapped(event, pick))

    def show(
        self,
        tokens: Sequence[str],
        columns: Mapping[str, Floats],
        dark: bool,
        chosen: int | None = None,
        told: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """Draw probabilities (tokens,) by the column's name; told: columns of texts after them."""
        ink, rows, told = paint(self.plot, dark), len(tokens), told or {}
        self.plot.yaxis.axis_line_color = None
        longest = max((float(np.max(shares, initial=0)) for shares in columns.values()), default=0)
        across = len(columns) + len(told)
        scale = ROOM.get(across, LEAST) / longest if longest > 0 else 0.0
        row = np.arange(rows)
        bars: dict[str, list[float]] = {"row": [], "left": [], "right": []}
        numbers: dict[str, list[object]] = {"x": [], "row": [], "told": [], "ink": []}
        colours = []
        for place, shares in enumerate(columns.values()):
            right = place + shares * scale
            bars["row"] += row.tolist()
            bars["left"] += [place] * rows
            bars["right"] += right.tolist()
            # the first column is what the others are compared with
            colours += [ink["output"] if place else mixed(ink["card"], ink["output"], 0.55)] * rows
            numbers["x"] += right.tolist()
            numbers["row"] += row.tolist()
            numbers["told"] += [percent(float(share)) for share in shares]
            numbers["ink"] += [ink["ink"] if share > 0 else ink["mute"] for share in shares]
        for place, texts in enumerate(told.values(), len(columns)):
            numbers["x"] += [place] * rows
            numbers["row"] += row.tolist()
            numbers["told"] += texts
            numbers["ink"] += [ink["ink"]] * rows
        self.bars.data = {**bars, "colour": colours}
        self.numbers.data = numbers
        self.names.data = {
            "x": list(range(len(columns) + len(told))),
            "name": [*columns, *told],
        }
        self.chosen.data = {
            "row": [] if chosen is None else [chosen],
            "right": [] if chosen is None else [across],
        }
        self.band.glyph.fill_color = mixed(ink["card"], ink["ink"], 0.09)
        self.heads.glyph.text_color = ink["mute"]
        self.plot.x_range.update(start=0, end=across + 0.05)
        self.plot.y_range.update(start=rows - 0.5, end=-1.5)
        self.plot.height = ROW * (rows + 1) + 16
        self.plot.yaxis.ticker.ticks = list(range(rows))
        self.plot.yaxis.major_label_overrides = dict(enumerate(tokens))
        self.plot.yaxis.major_label_text_color = ink["ink"]

    def _tapped(self, event: Tap, pick: Callable[[int], None]) -> None:
        row = round(event.y or 0)
        if 0 <= row < len(self.plot.yaxis.ticker.ticks):
            pick(row)


def percent(share: float) -> str:
    """A probability as a percentage with one decimal; a dash for what was cut off."""
    if share == 0:
        return "–"
    return "<0.1%" if share < 0.0005 else f"{share:.1%}"
