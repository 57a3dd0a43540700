"""A number to drag or to type, with a name that screen readers know."""

from typing import Any

import param

from explainer.pages.live.components import Component
from explainer.pages.live.look import Look

MOST = 10**6  # of what has no bound of its own


class Dial(Component):
    """One number within bounds; a typed one is whole. What is neither is told in the browser."""

    value = param.Number(default=0)
    start = param.Number(default=0)
    end = param.Number(default=1)
    step = param.Number(default=1)
    label = param.String(default="", doc="Its name, which a dragged one shows with the number.")
    typed = param.Boolean(default=False, doc="Whether it is typed, or else dragged.")

    told = ("value",)

    @classmethod
    def accepts(cls, name: str, value: Any, model: Any) -> bool:
        """A number within the bounds."""
        return super().accepts(name, value, model) and model.start <= value <= model.end


def dial(**options: Any) -> Any:
    """A dial as wide as its place allows."""
    make: Any = Dial  # whose constructor Panel leaves untyped
    # not min_width: of these a row would add up its own, and never break
    look = {"sizing_mode": "stretch_width", "styles": {"flex": "1 1 120px"}, "margin": 0}
    return make(**look | options)


def linked(look: Look, name: str, **options: Any) -> Any:
    """A dial of one of the look's numbers: whichever changes, the other follows."""
    kind = int if isinstance(getattr(look, name), int) else float
    made = dial(value=getattr(look, name), **options)
    low, high = look.param[name].bounds

    def take(event: Any) -> None:
        if low <= event.new <= (high or MOST):  # a browser may send anything
            setattr(look, name, kind(event.new))

    look.param.watch(lambda event: setattr(made, "value", event.new), name)
    made.param.watch(take, "value")
    return made
