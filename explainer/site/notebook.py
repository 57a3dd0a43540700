"""A lesson, or any whole page, within a notebook's cell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from explainer import catalog, sheet
from explainer.lesson import Lesson
from explainer.pages.home import title
from explainer.site import pages


@dataclass(frozen=True)
class Frame:
    """A whole HTML page as a cell's result; height in CSS pixels."""

    html: str
    title: str = "explainer"
    height: int = 640

    def _repr_html_(self) -> str:
        frame = Markup(
            '<iframe srcdoc="{}" title="{}" width="100%" height="{}" style="border: 0"></iframe>'
        )
        return str(frame.format(self.html, self.title, self.height))


def show(lesson: str | Lesson, *, height: int = 640, **opening: str) -> Frame:
    """A lesson to be displayed: by its id, or with numbers of your own.

    opening: how it opens, such as step="match", lang="zh", arithmetic="exact". It needs no server
    and goes on working in the saved notebook. Raises LessonNotFound and LessonError.
    """
    if isinstance(lesson, str):
        lesson = catalog.lesson(lesson)
    compiled: Mapping[str, Any] = sheet.compile(lesson)
    language = opening.get("lang", "en")
    page = pages.single(compiled, attributes=pages.opening(opening))
    return Frame(page, title(compiled, language), height)
