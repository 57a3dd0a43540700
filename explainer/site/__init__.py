"""The lessons as plain files: a static site, one page a lesson, a notebook's cell."""

from explainer.site.notebook import Frame, show

__all__ = ["Frame", "show"]
