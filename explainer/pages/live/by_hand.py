"""By hand: the chosen head at the chosen token, its real numbers on the lessons' stage."""

from typing import Any

import panel as pn

from explainer.pages.live.following import Reading, following, place
from explainer.pages.live.look import Look
from explainer.pages.live.words_views import WORDS
from explainer.stage.component import Stage

# all of the sheet is in view below the tabs, on a window as on a phone
INSIDE = "explainer-lesson { height: clamp(560px, 100dvh - 72px, 900px); }"
LESSON = "self-attention"  # the same with small numbers


def by_hand(look: Look) -> pn.Column:
    """A stage whose sheet is the head in view, opened anew at the step in view."""
    make: Any = Stage  # whose constructor Panel leaves untyped
    frame = pn.Column(sizing_mode="stretch_width", margin=0)
    shown: Any = None
    stage: Any = None

    def update() -> Reading:
        capture, chosen = look.capture, place(look)
        return Reading((capture, chosen), lambda: capture.by_hand(*chosen), show)

    def show(sheet: Any) -> None:
        nonlocal shown, stage
        if sheet is not shown:
            stage = make(
                sheet=sheet,
                language=look.language,
                step=look.step if look.step in _steps(sheet) else "",
                arithmetic=look.arithmetic,
                lesson_href=look.lesson_href,
                links=_links(look),
                sizing_mode="stretch_width",
                stylesheets=[INSIDE],
                margin=0,
            )
            stage.param.watch(follow, ["step", "arithmetic"])
            frame.objects = [stage]
            shown = sheet
        stage.param.update(language=look.language, theme="dark" if look.dark else "light")

    def follow(event: Any) -> None:
        """The address keeps what is in view; it knows the first step by silence."""
        first, *others = _steps(shown)
        if event.obj is stage and stage.step in ("", first, *others):
            step = stage.step if stage.step in others else ""
            look.param.update(step=step, arithmetic=stage.arithmetic)

    return following(look, "by_hand", ["layer", "head", "token"], update, frame)


def _steps(sheet: dict[str, Any]) -> list[str]:
    return [step["id"] for step in sheet["graphs"]["hand"]["steps"]]


def _links(look: Look) -> list[dict[str, Any]]:
    """The way back to the lesson, at the left of the stage's toolbar."""
    label = WORDS[look.language]["lesson"]
    return [{"label": label, "href": look.lesson_href.replace("{id}", LESSON), "kind": "extra"}]
