"""The views besides tokens, heads and map: one at a time in sight, each made when first seen."""

from importlib import import_module
from typing import Any

import panel as pn

from explainer.pages.live.components import Tabs
from explainer.pages.live.look import Look
from explainer.pages.live.words import WORDS

# Each a module of this package with a function of its name.
VIEWS = ("next_token", "lens", "neurons", "norms", "ablation", "by_hand", "saving")


def views(look: Look) -> pn.Column:
    """Tabs, and below them the view of the one that is chosen."""
    words = WORDS[look.language]
    tabs = Tabs(
        names=[words["views"][name] for name in VIEWS],
        active=VIEWS.index(look.view),
        tall=[VIEWS.index("by_hand")],
        words={"views_name": words["views_name"]},
        sizing_mode="stretch_width",
        margin=0,
    )
    made: dict[str, pn.viewable.Viewable] = {}
    frame = pn.Column(tabs, sizing_mode="stretch_width", margin=0)

    def follow(*events: Any) -> None:
        if tabs.active not in range(len(VIEWS)):
            return  # a browser may send anything
        look.view = name = VIEWS[tabs.active]
        if name not in made:
            made[name] = getattr(import_module(f"{__package__}.{name}"), name)(look)
        frame.objects = [tabs, made[name]]

    tabs.param.watch(follow, "active")
    follow()
    return frame
