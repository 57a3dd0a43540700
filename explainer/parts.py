"""Steps in parts: `align/chain` is a part of the step `align`, and has its number with a letter."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from string import ascii_lowercase

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)?")


def step_of(id: str) -> str:
    """The step that a part belongs to; a step is its own first part."""
    return id.partition("/")[0]


def wrong(ids: Sequence[str]) -> str | None:
    """What is wrong with a lesson's step ids, or None."""
    for before, id in pairwise(["", *ids]):
        if not _ID.fullmatch(id) or ids.count(id) > 1:
            return f"the step id {id!r} must be unique, in kebab-case"
        if "/" in id and step_of(id) != step_of(before):
            return f"the part {id} must follow the step {step_of(id)} or a part of it"
        if sum(step_of(other) == step_of(id) for other in ids) > len(ascii_lowercase):
            return f"the step {step_of(id)} has more parts than there are letters"
    return None


def count(ids: Iterable[str]) -> int:
    """How many steps there are; the parts of one are one."""
    return len({step_of(id) for id in ids})


def numbers(ids: Iterable[str]) -> list[str]:
    """What each is called by: 1, 2, and 3a, 3b where the third step has parts."""
    steps = [list(parts) for _, parts in groupby(ids, step_of)]
    return [
        f"{number}{letter}"
        for number, parts in enumerate(steps, 1)
        for letter, _ in zip(ascii_lowercase if len(parts) > 1 else [""], parts, strict=False)
    ]
