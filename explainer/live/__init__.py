"""Live mode: load a real Llama, run a prompt once, and look at everything that happened.

    model = load("assets/tiny-llama")
    capture = model.capture("The cat sat on the mat")
    capture.attention(layer=0, head=3)

Layers, heads and tokens count from 0. Arrays that leave this package are NumPy float32; what
stays inside stays on the model's device.
"""

from explainer.live.ablation import Head, Mlp
from explainer.live.capture import Capture
from explainer.live.load import load
from explainer.live.model import LiveModel
from explainer.live.recorder import Cancelled
from explainer.live.tokens import Token

__all__ = ["Cancelled", "Capture", "Head", "LiveModel", "Mlp", "Token", "load"]
