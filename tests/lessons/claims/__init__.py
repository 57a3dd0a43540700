"""What the texts of each lesson claim of its numbers, held on every paper: one module a lesson.

A module's `CLAIMS` are a fragment of each language's text, and what must be so where it is read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from explainer.trace.feeds import Array

Arrays = Mapping[str, Array]


@dataclass(frozen=True)
class Claim:
    """What a sentence says: a piece of it as it stands in each file, and whether it is true.

    true: of the arrays of one arithmetic. only: the arithmetic that the sentence speaks of.
    """

    en: str
    zh: str
    true: Callable[[Arrays], object]
    only: str = ""
