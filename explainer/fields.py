"""What an address may say, field by field: how each is read and written. Twin: stage/fields.js."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

_WHOLE = re.compile(r"-?[0-9]{1,9}")
_SAYS_SOMETHING = re.compile(r"[^\t-\r \u3000]")
YES, NO = ("yes", "on", "true", "1"), ("no", "off", "false", "0")


@dataclass(frozen=True)
class Kind:
    """How a value stands in an address.

    read: a text's value, or None where it can have none. rest: what of a text is not read,
    though the rest of it is.
    """

    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    rest: Callable[[str], str] = lambda text: ""


@dataclass(frozen=True)
class Field:
    """One thing that an address may say: by which key, and its name in a state."""

    key: str
    kind: Kind
    name: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", self.name or self.key)


class Problem(NamedTuple):
    """What of an address is passed over: `unknown-NAME`, or `twice` for a value before the last."""

    code: str
    key: str
    value: str


# Kinds -----------------------------------------------------------------------------------------

TEXT = Kind(lambda text: text if _SAYS_SOMETHING.search(text) else None)


def named(meanings: Mapping[str, Any]) -> Kind:
    """One of some values; of several texts for one, the first is written."""
    texts: dict[Any, str] = {}
    for text, value in meanings.items():
        texts.setdefault(value, text)
    return Kind(meanings.get, lambda value: texts[value])


def words(known: Iterable[str]) -> Kind:
    """One of some words."""
    every = tuple(known)
    return Kind(lambda text: text if text in every else None)


def truth(yes: str, no: str) -> Kind:
    """Yes or no, in several words for each; written as these."""
    return named(dict.fromkeys((yes, *YES), True) | dict.fromkeys((no, *NO), False))


def whole(low: int, high: int) -> Kind:
    """A whole number within bounds, both included."""

    def read(text: str) -> int | None:
        number = int(text) if _WHOLE.fullmatch(text) else low - 1
        return number if low <= number <= high else None

    return Kind(read)


def several(known: Sequence[str]) -> Kind:
    """Some of the known words, each once, as one text with spaces between; or `none`."""

    def some(text: str, are_known: bool) -> str:
        words = dict.fromkeys(word for word in text.split(" ") if word)
        return " ".join(word for word in words if (word in known) is are_known)

    def read(text: str) -> str | None:
        return "none" if text in ("none", *NO) else some(text, True) or None

    def rest(text: str) -> str:
        return "" if text in ("none", *NO) else some(text, False)

    return Kind(read, rest=rest)


def real(low: float, high: float) -> Kind:
    """A number within bounds, both included, with no sign and few digits."""

    def read(text: str) -> float | None:
        try:
            number = float(text) if len(text) <= 20 and text.isascii() else low - 1
        except ValueError:
            return None
        return number if low <= number <= high else None

    return Kind(read, lambda number: f"{number:.7g}")


def listed(mark: str, kind: Kind) -> Kind:
    """Several values, with a mark between them."""

    def read(text: str) -> list[Any] | None:
        every = [kind.read(part) for part in text.split(mark)]
        return None if None in every else every

    return Kind(read, lambda every: mark.join(map(kind.write, every)))


# Reading and writing ---------------------------------------------------------------------------


def read(
    fields: Iterable[Field], given: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Any], list[Problem]]:
    """The values that parameters give, by name; what is not in the table is others' own.

    Of a parameter that is repeated, the last counts. Never raises: what cannot be read is a
    problem, and the rest holds.
    """
    table = {field.key: field for field in fields}
    state: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, values in given.items():
        if (field := table.get(key)) is None or not values:
            continue
        *before, last = values
        problems += [Problem("twice", key, each) for each in before]
        value = field.kind.read(last)
        rest = last if value is None else field.kind.rest(last)
        if value is not None:
            state[field.name] = value
        if value is None or rest:
            problems.append(Problem(f"unknown-{field.name}", key, rest))
    return state, problems


def write(
    fields: Iterable[Field], state: Mapping[str, Any], opens: Mapping[str, Any] | None = None
) -> dict[str, str]:
    """The parameters of a state; those values are left out that are there as a page opens."""
    usual = opens or {}
    return {
        field.key: field.kind.write(state[field.name])
        for field in fields
        if field.name in state and state[field.name] != usual.get(field.name)
    }
