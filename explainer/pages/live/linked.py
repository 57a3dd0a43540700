"""Small things that the views of attention share."""

from typing import Any

import numpy as np
import numpy.typing as npt

from explainer.pages.live.look import Look

Bytes = npt.NDArray[np.uint8]
Array = npt.NDArray[np.float32]


def link_token(look: Look, view: Any) -> None:
    """Keep the chosen token of a view and of the look the same, whichever changes.

    What a browser chooses that is not there is passed over.
    """

    def choose(event: Any) -> None:
        if look.capture is not None and 0 <= event.new < len(look.capture.tokens):
            look.token = event.new

    look.param.watch(lambda event: setattr(view, "token", event.new), "token")
    view.param.watch(choose, "token")
    view.token = look.token


def there(look: Look) -> bool:
    """Whether the chosen head and token are in the capture: they may change one by one."""
    capture = look.capture
    return (
        capture is not None
        and look.layer < capture.model.layers
        and look.head < capture.model.heads
        and look.token < len(capture.tokens)
    )


def texts(look: Look) -> list[str]:
    """What the tokens of the capture say."""
    return [token.text for token in look.capture.tokens]


def quantised(weights: Array) -> tuple[Bytes, float]:
    """Weights as bytes and the scale that 255 stands for, which is the largest of them."""
    scale = float(weights.max(initial=0)) or 1.0
    return np.rint(weights * (255 / scale)).astype(np.uint8), scale
