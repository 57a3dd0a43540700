"""The stage as a Panel component: one sheet, drawn and recomputed by the browser."""

from pathlib import Path
from typing import Any, ClassVar

import param

from explainer import papers
from explainer import sheet as sheets
from explainer.stage.bundled import Bundled

BUNDLE = Path(__file__).parent / "stage.bundle.js"
PRACTICE = BUNDLE.with_name("practice.bundle.js")


class Practice(Bundled):
    """What a stage does not need to open; its browser loads it when somebody wants it."""

    _bundle: ClassVar[Path] = PRACTICE

    @classmethod
    def address(cls) -> str:
        """Where the server has it, seen from the current session's page."""
        return cls._render_esm(server=True)


class Stage(Bundled):
    """A sheet on stage.

    Everything is computed in the browser, so a stage goes on working when its server is gone;
    the parameters below are how Python starts it, follows it and steers it.
    """

    sheet = param.Dict(default={}, doc="The sheet to draw, as `Catalog.sheet` compiles it.")
    step = param.String(default="", doc="Id of the step shown; empty: the first one.")
    arithmetic: Any = param.Selector(
        default="hand", objects=["hand", "exact"], doc="By hand, or exact, as a computer does it."
    )
    language = param.String(default="en", doc="Language of the texts, one of the sheet's own.")
    paper = param.Integer(
        default=0, bounds=(0, papers.LAST), doc="Which numbers: 0 the lesson's own."
    )
    practice: Any = param.Selector(
        default="",
        objects=["", "1", "all"],
        doc="What is to be filled in: nothing, the lesson's blanks, all that is computed.",
    )
    theme: Any = param.Selector(
        default="auto", objects=["auto", "light", "dark"], doc="auto: as the reader's system."
    )
    edits = param.List(
        default=[],
        item_type=dict,
        doc="Given numbers that differ from the paper's: [{name, cell, value}].",
    )
    lesson_href = param.String(
        default="{id}", doc="Where the page keeps another lesson, with {id} in it."
    )
    file_href = param.String(
        default="", doc="Where the server gives the lesson as one file; empty: nowhere."
    )
    practice_src = param.String(
        default="", doc="Where the server has what practice needs; empty: there is none."
    )
    links = param.List(
        default=[],
        item_type=dict,
        doc="The page's own links, at the left of the toolbar or, of the kind onward, "
        "at the end of the lesson: [{label, href, kind}].",
    )
    url: Any = param.Selector(
        default="",
        objects=["", "search", "hash"],
        doc="Where the browser keeps the state in its address; empty: nowhere.",
    )

    told = ("step", "arithmetic", "language", "paper", "practice", "theme", "edits")

    _bundle: ClassVar[Path] = BUNDLE

    @classmethod
    def accepts(cls, name: str, value: Any, model: Any) -> bool:
        """What the parameter takes and the sheet has: its steps, its languages, its cells."""
        if not super().accepts(name, value, model):
            return False
        match name:
            case "step":
                return value in {step["id"] for step in model.sheet["graphs"]["hand"]["steps"]}
            case "language":
                return value in model.sheet["texts"]
            case "paper":
                return value == 0 or "papers" in model.sheet
            case "edits":
                return sheets.fits(model.sheet, value)
        return True
