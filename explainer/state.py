"""What is being looked at of a lesson, and how an address says it. Twin: stage/state.js.

A link, an element's attributes and a class's messages are readings of one `State`. What it does
not say is as the lesson opens.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, cast
from urllib.parse import urlencode

from explainer import fields, papers
from explainer.fields import NO, TEXT, YES, Field, Problem, named, several, truth, whole, words

CONTROLS = (
    "play", "steps", "speed", "arithmetic", "language", "size", "theme", "reset", "practice",
    "paper", "print", "share", "keys",
)  # fmt: skip
PRACTICE = {"no": "", "1": "1", "all": "all"} | dict.fromkeys(YES, "1") | dict.fromkeys(NO, "")
WHERE = (
    Field("lesson", TEXT),
    Field("step", TEXT),
    Field("arithmetic", TEXT),
    Field("lang", TEXT, "language"),
    Field("paper", whole(0, papers.LAST)),
    Field("practice", named(PRACTICE)),
)
OPTIONS = (
    Field("controls", several(CONTROLS)),
    Field("narration", truth("on", "off")),
    Field("editable", truth("true", "false")),
    Field("help", truth("yes", "no")),
    Field("answers", truth("yes", "no")),
    Field("theme", words(("auto", "light", "dark"))),
    Field("size", whole(-4, 6)),
)
FIELDS = WHERE + OPTIONS
CELL = re.compile(r"[^.]+\.[0-9]+\.[0-9]+")
"""The key of a number of the reader's own: `X.0.1`, by row and column from 0."""


class State(TypedDict, total=False):
    """What is being looked at, and what there is to do with it.

    practice: "" nothing is to be filled in, "1" the lesson's blanks, "all" whatever is computed.
    edits: by cell, what was typed there, on top of the paper's numbers. help, answers: whether
    there is help in practice, and whether answers may be shown. size: presses on the size buttons.
    """

    lesson: str
    step: str
    arithmetic: str
    language: str
    paper: int
    practice: str
    edits: dict[str, str]
    controls: str
    narration: bool
    editable: bool
    help: bool
    answers: bool
    theme: str
    size: int


def read(given: Mapping[str, Sequence[str]]) -> tuple[State, list[Problem]]:
    """The state that parameters ask for, and what of them cannot be read; never raises.

    given: as `urllib.parse.parse_qs(query, keep_blank_values=True)` has it. Whether a lesson has
    such a step or such a cell, only its sheet can tell.
    """
    state, problems = fields.read(FIELDS, given)
    cells = {key: values for key, values in given.items() if CELL.fullmatch(key) and values}
    problems += [Problem("twice", key, each) for key in cells for each in cells[key][:-1]]
    if cells:
        state["edits"] = {key: values[-1] for key, values in cells.items()}
    return cast(State, state), problems


def write(state: State, opens: State | None = None) -> dict[str, str]:
    """The parameters that lead to a state from how a page opens, or from the lesson's own."""
    opens = opens or {}
    own = opens.get("edits", {}) if state.get("paper", 0) == opens.get("paper", 0) else {}
    edits = state.get("edits", {})
    return fields.write(FIELDS, cast(dict[str, Any], state), cast(dict[str, Any], opens)) | {
        cell: text for cell, text in edits.items() if text != own.get(cell)
    }


def attributes(state: State) -> dict[str, str]:
    """The attributes with which `<explainer-lesson>` opens so."""
    edits = state.get("edits", {})
    numbers = {"numbers": urlencode(edits)} if edits else {}
    return {
        k: text for k, text in write(state).items() if k not in edits and k != "lesson"
    } | numbers
