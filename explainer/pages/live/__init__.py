"""The live page: a prompt, what a real Llama did with it, and views that move together."""

from explainer.pages.live.page import live

__all__ = ["live"]
