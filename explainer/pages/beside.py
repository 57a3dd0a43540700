"""What stands beside the stage: the pictures of the step in view, following its numbers."""

from typing import Any

import panel as pn
from bokeh.core.validation import silence
from bokeh.core.validation.warnings import EMPTY_LAYOUT

from explainer import sheet as sheets
from explainer.errors import LessonError
from explainer.stage.component import Stage

silence(EMPTY_LAYOUT)  # a step without a picture is no mistake to put into a server's log


def beside(stage: Stage) -> pn.Column | None:
    """A column that shows the pictures of the stage's step, drawn anew when its numbers change.

    None for a sheet without pictures, so that its sessions do not load what draws them.
    """
    if not stage.sheet["pictures"]:
        return None
    column = pn.Column()

    def follow(*events: Any) -> None:
        drawn = elements(stage)
        if len(drawn) == len(column):
            for pane, element in zip(column, drawn, strict=True):
                pane.param.update(object=element)
        else:
            column.objects = [pn.pane.HoloViews(element, linked_axes=False) for element in drawn]

    stage.param.watch(follow, ["step", "arithmetic", "edits", "language", "dark"])
    follow()
    return column


def elements(stage: Stage) -> list[Any]:
    """The pictures of the step in view as HoloViews elements, from the numbers as edited."""
    step = stage.step or stage.sheet["graphs"]["hand"]["steps"][0]["id"]
    here = [picture for picture in stage.sheet["pictures"] if step in picture["steps"]]
    if not here:
        return []
    from explainer.pages import pictures

    try:
        arrays = sheets.values(stage.sheet, stage.arithmetic, stage.edits)
    except LessonError:
        return []  # the stage has refused these numbers, and says so
    return [
        pictures.draw(p, stage.sheet, arrays, stage.arithmetic, stage.language, stage.dark)
        for p in here
    ]
