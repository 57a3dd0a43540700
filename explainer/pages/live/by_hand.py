"""By hand: the chosen head at the chosen token, its real numbers on the lessons' stage."""

from typing import Any

import panel as pn

from explainer.pages.live.following import Reading, following, place
from explainer.pages.live.look import Look
from explainer.stage.component import Stage

HEIGHT = 810  # pixels
INSIDE = "explainer-lesson { height: 100%; }"  # by itself it fills the window


def by_hand(look: Look) -> pn.Column:
    """A stage whose sheet is the head in view, opened anew at its first step."""
    make: Any = Stage  # whose constructor Panel leaves untyped
    frame = pn.Column(sizing_mode="stretch_width", margin=0)
    shown: Any = None

    def update() -> Reading:
        capture, chosen = look.capture, place(look)
        return Reading((capture, chosen), lambda: capture.by_hand(*chosen), show)

    def show(sheet: Any) -> None:
        nonlocal shown
        if sheet is not shown:
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
            shown = sheet
        stage: Any = frame[0]
        stage.param.update(language=look.language, theme="dark" if look.dark else "light")

    return following(look, "by_hand", ["layer", "head", "token"], update, frame)
