"""Pictures beside the sheet: what a person would rather look at than read.

A lesson only says which arrays a picture shows and in which steps; the pages draw it, and it
follows the numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from explainer.errors import LessonError

KINDS = ("bars", "plane", "curve")
FUNCTIONS = ("sigmoid", "exp", "relu", "tanh")


@dataclass(frozen=True)
class Picture:
    """One picture, shown in the steps named.

    kind "bars": a group of bars for each column of one array, a bar a row, by its labels.
    "plane": the columns of the first array, (2, n), as arrows from the origin, and those of a
    second, (2, m), as the ones asked about, with the angles between. "curve": the function
    `function` ("sigmoid", "exp", "relu", "tanh") with a point at each cell of one array.
    """

    kind: str
    arrays: Sequence[str]
    steps: Sequence[str]
    function: str = ""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise LessonError(f"picture {self.kind!r} is none of {', '.join(KINDS)}")
        object.__setattr__(self, "arrays", _names(self.arrays))
        object.__setattr__(self, "steps", _names(self.steps))


def _names(names: str | Sequence[str]) -> list[str]:
    return names.split() if isinstance(names, str) else list(names)
