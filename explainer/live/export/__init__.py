"""A capture as one HTML file, which shows it years later with no Python and no network."""

from explainer.live.export.document import document
from explainer.live.export.html import html, page, saved

__all__ = ["document", "html", "page", "saved"]
