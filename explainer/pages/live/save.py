"""Buttons below a plot that save it as a picture, drawn by the browser that shows it."""

from pathlib import Path
from typing import Any, ClassVar

import panel as pn
import param
from bokeh.models import Plot

from explainer.pages.live.look import Look
from explainer.pages.live.words_views import WORDS
from explainer.stage.bundled import Told

HERE = Path(__file__).parent


class SaveButtons(Told):
    """PNG and SVG of one Bokeh plot."""

    plot = param.String(doc="Id of the plot.")
    filename = param.String(default="plot", doc="Of the picture, without its ending.")
    label = param.String(default="", doc="What the buttons do, for their title.")

    _esm = HERE / "save.js"
    _stylesheets: ClassVar[list[Any]] = [HERE / "save.css"]


def savable(look: Look, plot: Plot, filename: str) -> tuple[Any, SaveButtons]:
    """A pane of a plot, and the buttons that save it."""
    make: Any = SaveButtons  # whose constructor Panel leaves untyped
    buttons = make(plot=plot.id, filename=filename, sizing_mode="stretch_width", margin=(2, 0))

    def name(*events: Any) -> None:
        buttons.label = WORDS[look.language]["save_picture"]

    look.param.watch(name, "language")
    name()
    return pn.pane.Bokeh(plot, sizing_mode="stretch_width", margin=0), buttons
