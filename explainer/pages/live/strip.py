"""The prompt's tokens, of which one is chosen, with arcs to what it looks at."""

from typing import Any

from explainer.errors import LiveError
from explainer.pages.live.components import Strip
from explainer.pages.live.latest import Latest
from explainer.pages.live.linked import link_token, texts, there
from explainer.pages.live.look import Look
from explainer.pages.live.words import WORDS, said


def strip(look: Look) -> Strip:
    """The strip; choosing a token moves the look, and the chosen head's weights follow it."""
    view = Strip(words=WORDS[look.language]["strip"], sizing_mode="stretch_width", margin=0)
    latest = Latest()

    def put(token: int, weights: Any) -> None:
        if isinstance(weights, LiveError):
            view.problem = said(weights, look.language)
        else:
            view.param.update(weights=weights, weights_of=token, problem="")

    def weigh(*events: Any) -> None:
        if not there(look):
            return
        capture, layer, head, token = look.capture, look.layer, look.head, look.token
        latest.ask(
            lambda: capture.attention(layer, head, queries=slice(token, token + 1))[0],
            lambda weights: put(token, weights),
        )

    def follow(*events: Any) -> None:
        if look.capture is not None and (tokens := texts(look)) != view.tokens:
            view.param.update(tokens=tokens, weights_of=-1)
        weigh()

    link_token(look, view)
    look.param.watch(follow, "capture")
    look.param.watch(weigh, ["layer", "head", "token"])
    follow()
    return view
