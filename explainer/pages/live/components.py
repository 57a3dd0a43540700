"""The live page's own components, for what Panel's widgets and Bokeh's plots cannot do."""

from pathlib import Path
from typing import Any, ClassVar

import param

from explainer.stage.bundled import Bundled

BUNDLE = Path(__file__).parent / "browser" / "live.bundle.js"


class Component(Bundled):
    """One of the components in the bundle, which a browser fetches once for all of them."""

    words = param.Dict(default={}, doc="What the component says, in the reader's language.")
    problem = param.String(default="", doc="Why there is nothing new to show; empty: nothing.")

    _bundle: ClassVar[Path] = BUNDLE


class Browser(Component):
    """What a session has to know of its browser, and do in it; takes no room.

    A browser sets dark, narrow, run, draft and recalled.
    """

    query = param.Dict(default={}, doc="Arguments of the address; None takes one out.")
    dark = param.Boolean(default=False, doc="Whether the page is dark now.")
    narrow = param.Boolean(default=False, doc="Whether it is as narrow as a phone.")
    run = param.Integer(default=0, doc="How often somebody has pressed Ctrl+Enter in a text.")
    draft = param.String(default="", doc="What somebody typed before the connection was lost.")
    keep = param.List(default=[], doc="Name and text of a prompt that no address can carry.")
    recall = param.String(default="", doc="Name of a kept prompt that the address asks for.")
    recalled = param.List(default=[], doc="The kept prompt; [None] where this browser has none.")

    told = ("dark", "narrow", "run", "draft", "recalled")


class Strip(Component):
    """The prompt's tokens in a row, one of them chosen, with arcs to what it looks at."""

    tokens = param.List(default=[], doc="Texts of the tokens.")
    token = param.Integer(default=0, bounds=(0, None), doc="The chosen one.")
    weights: Any = param.Array(default=None, doc="How much it looks at each, (T,) float32.")
    weights_of = param.Integer(default=-1, doc="The token whose weights these are.")

    told = ("token",)


class Mosaic(Component):
    """A small map of each head, one of them chosen, in the model's order or by a score."""

    layers = param.Integer(default=0)
    heads = param.Integer(default=0, doc="Of each layer.")
    maps: Any = param.Array(default=None, doc="(layers × heads, rows, columns) uint8.")
    share = param.Number(default=1.0, doc="Of all rows, how many the maps are made from.")
    scores = param.Dict(default={}, doc="By name a list of each head's score, None if unknown.")
    order = param.String(default="model", doc="A score's name, or anything else.")
    chosen = param.Integer(
        default=0, bounds=(0, None), doc="The chosen head: layer × heads + head."
    )
    silenced = param.List(default=[], doc="Those switched off, numbered alike.")

    told = ("chosen",)


class Heatmap(Component):
    """One head's map in a window: rows are queries, columns keys."""

    tokens = param.List(default=[], doc="Texts of the tokens.")
    token = param.Integer(default=0, bounds=(0, None), doc="The chosen query.")
    pixels: Any = param.Array(default=None, doc="(rows, columns) uint8, 255 being the scale.")
    scale = param.Number(default=1.0, doc="The largest weight in the window.")
    shown = param.List(default=[0, 0, 0, 0], doc="The window drawn: queries from, to; keys.")
    view = param.List(default=[0, 0, 0, 0], doc="The window asked for; all where it is empty.")
    resolution = param.Integer(default=512, bounds=(1, None), doc="Pixels there is room for.")

    told = ("token", "view", "resolution")

    @classmethod
    def accepts(cls, name: str, value: Any, model: Any) -> bool:
        """What the parameter takes; a window is four whole numbers."""
        taken = super().accepts(name, value, model)
        return taken and (name != "view" or [type(edge) for edge in value] == [int] * 4)


class Tabs(Component):
    """Names of which one is chosen; Bokeh's own tabs cannot be chosen by keyboard."""

    names = param.List(default=[], item_type=str)
    active = param.Integer(default=0, bounds=(0, None), doc="The place of the chosen one.")
    tall = param.List(default=[], doc="Places of those whose content fills the window.")

    told = ("active",)

    @classmethod
    def accepts(cls, name: str, value: Any, model: Any) -> bool:
        """The place of a name that is there."""
        return super().accepts(name, value, model) and value < len(model.names)
