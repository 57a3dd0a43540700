"""By hand: the chosen head at the chosen token, its real numbers on the lessons' stage."""

from typing import Any

import panel as pn

from explainer.pages.live.following import following, place
from explainer.pages.live.look import Look
from explainer.stage.component import Stage

HEIGHT = 810  # pixels
INSIDE = "explainer-lesson { height: 100%; }"  # by itself it fills the window


def by_hand(look: Look) -> pn.Column:
    """A stage whose sheet is the head in view, opened anew at its first step."""
    make: Any = Stage  # whose constructor Panel leaves untyped
    frame = pn.Column(sizing_mode="stretch_width", margin=0)
    seen: tuple[Any, ...] = ()

    def update() -> None:
        nonlocal seen
        wanted = (look.capture, *place(look))
        if wanted != seen:
            sheet = look.capture.by_hand(*wanted[1:])
            frame.objects = [
                make(
                    sheet=sheet,
                    language=look.language,
                    sizing_mode="stretch_width",
                    height=HEIGHT,
                    stylesheets=[INSIDE],
                    margin=0,
                )
            ]
            seen = wanted
        stage: Any = frame[0]
        stage.param.update(language=look.language, theme="dark" if look.dark else "light")

    return following(look, "by_hand", ["layer", "head", "token"], update, frame)
