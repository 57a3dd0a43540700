"""The chosen head's map: the window in view, pooled to the pixels that there is room for."""

from typing import Any

from explainer.errors import LiveError
from explainer.pages.live.components import Heatmap
from explainer.pages.live.latest import Latest
from explainer.pages.live.linked import link_token, quantised, texts, there
from explainer.pages.live.look import Look
from explainer.pages.live.words import WORDS, said

WHOLE = [0, 0, 0, 0]
PIXELS = 16, 2048  # of the map's side, whatever a browser asks for


def heatmap(look: Look) -> Heatmap:
    """The map; its crosshair chooses the token, and a window in it is computed exactly."""
    view = Heatmap(words=WORDS[look.language]["map"], sizing_mode="stretch_width", margin=0)
    latest = Latest()

    def put(shown: list[int], weights: Any) -> None:
        if isinstance(weights, LiveError):
            view.problem = said(weights, look.language)
            return
        pixels, scale = quantised(weights)
        view.param.update(pixels=pixels, scale=scale, shown=shown, problem="")

    def draw(*events: Any) -> None:
        if not there(look):
            return
        capture, layer, head, pixels = (
            look.capture,
            look.layer,
            look.head,
            sharpness(view.resolution),
        )
        shown = window(view.view, len(capture.tokens))
        queries, keys = slice(*shown[:2]), slice(*shown[2:])
        latest.ask(
            lambda: capture.attention(layer, head, queries, keys, pixels),
            lambda weights: put(shown, weights),
        )

    def follow(*events: Any) -> None:
        if look.capture is not None and (tokens := texts(look)) != view.tokens:
            view.param.update(tokens=tokens, view=WHOLE)
        draw()

    link_token(look, view)
    look.param.watch(follow, "capture")
    look.param.watch(draw, ["layer", "head"])
    view.param.watch(draw, ["view", "resolution"])
    follow()
    return view


def sharpness(asked: int) -> int:
    """How many pixels a side the map gets."""
    return min(max(asked, PIXELS[0]), PIXELS[1])


def window(asked: list[int], count: int) -> list[int]:
    """The window asked for, or the whole map where that is none: queries from, to; keys."""
    try:
        q0, q1, k0, k1 = (min(max(int(edge), 0), count) for edge in asked)
    except (TypeError, ValueError, OverflowError):
        q0 = q1 = k0 = k1 = 0
    return [q0, q1, k0, k1] if q0 < q1 and k0 < k1 else [0, count, 0, count]
