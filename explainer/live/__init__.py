"""Live mode: load a real Llama, run a prompt once, and look at everything that happened.

    model = load("assets/tiny-llama")
    capture = model.capture("The cat sat on the mat")
    capture.attention(layer=0, head=3)

Layers, heads and tokens count from 0. Arrays that leave this package are NumPy float32; what
stays inside stays on the model's device.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from explainer.live.ablation import Head, Mlp
from explainer.live.progress import Cancelled
from explainer.live.service import Ask, Service
from explainer.live.tokens import Token

if TYPE_CHECKING:
    from explainer.live.capture import Capture
    from explainer.live.loading import load
    from explainer.live.model import LiveModel

# These import torch, which takes seconds: a server does without until somebody asks.
_LATER = {"Capture": "capture", "LiveModel": "model", "load": "loading"}

__all__ = [
    "Ask", "Cancelled", "Capture", "Head", "LiveModel", "Mlp", "Service", "Token", "load",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
