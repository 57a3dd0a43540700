"""What stands beside the stage: the pictures of the step in view, following its numbers."""

from typing import Any

import panel as pn

from explainer import sheet as sheets
from explainer.errors import LessonError
from explainer.stage.component import Stage


def beside(stage: Stage) -> pn.viewable.Viewable | None:
    """A pane that draws the pictures of the stage's step anew for every change of its numbers.

    None for a sheet without pictures, so that its sessions do not load what draws them.
    """
    if not stage.sheet["pictures"]:
        return None
    from explainer.pages import pictures

    def current(step: str, arithmetic: str, edits: list[dict[str, Any]], dark: bool) -> Any:
        sheet = stage.sheet
        step = step or sheet["graphs"]["hand"]["steps"][0]["id"]
        here = [picture for picture in sheet["pictures"] if step in picture["steps"]]
        try:
            arrays = sheets.values(sheet, arithmetic, edits) if here else {}
        except LessonError:
            here = []  # the stage has refused these numbers, and says so
        return pn.Column(
            *(
                pn.pane.HoloViews(
                    pictures.draw(picture, sheet, arrays, arithmetic, dark), linked_axes=False
                )
                for picture in here
            )
        )

    bound = pn.bind(
        current, stage.param.step, stage.param.arithmetic, stage.param.edits, stage.param.dark
    )
    return pn.param.ParamFunction(bound)
