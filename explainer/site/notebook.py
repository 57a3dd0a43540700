"""A lesson, or any whole page, within a notebook's cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from explainer import catalog, sheet
from explainer.lesson import Lesson
from explainer.pages.home import title
from explainer.site import pages


@dataclass(frozen=True, repr=False)
class Frame:
    """A whole HTML page as a cell's result; height in CSS pixels.

    href: where the page is for those whose viewer shows no frames, or nothing.
    """

    html: str
    title: str = "explainer"
    height: int = 640
    href: str = ""

    def __repr__(self) -> str:
        # what a notebook keeps beside the page, for a viewer without frames
        where = f"It is at {self.href}" if self.href else "Run the cell in Jupyter to see it."
        return f"{self.title}: an interactive page, which this viewer does not show. {where}"

    def _repr_html_(self) -> str:
        frame = Markup(
            '<iframe srcdoc="{}" title="{}" width="100%" height="{}" style="border: 0">{}</iframe>'
        )
        told: Markup | str = repr(self)
        if self.href:
            told = Markup('<a href="{}">{}</a>').format(self.href, told)
        return str(frame.format(self.html, self.title, self.height, told))


def show(lesson: str | Lesson, *, height: int = 640, href: str = "", **opening: object) -> Frame:
    """A lesson to be displayed: by its id, or with numbers of your own.

    opening: how it opens, as a link says it: step="match", lang="zh", paper=17, controls="none". It
    needs no server and goes on working in the saved notebook. href: where it is on the web, for
    viewers without frames, or nothing. Raises LessonNotFound and LessonError.
    """
    if isinstance(lesson, str):
        lesson = catalog.lesson(lesson)
    compiled: Mapping[str, Any] = sheet.compile(lesson)
    language = str(opening.get("lang", "en"))
    page = pages.single(compiled, attributes=pages.opening(opening))
    return Frame(page, title(compiled, language), height, href)
