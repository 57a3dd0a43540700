"""Values as a browser writes them for Bokeh, which can also say things that nobody here asks for.

Bokeh's own reader makes objects of what it reads: new models, and arrays that are unpacked from
a hundredth of their size. What is read here are numbers, texts, lists and dictionaries.
"""

from typing import Any

LARGEST = 2**53  # of whole numbers, as in JavaScript
MOST = 50_000  # parts of one value
DEEPEST = 20
NUMBERS = {"nan": float("nan"), "+inf": float("inf"), "inf": float("inf"), "-inf": float("-inf")}


class NotPlain(ValueError):
    """A value that holds something else; `str()` says what."""


def plain(value: Any) -> Any:
    """A value that holds nothing but numbers, texts, lists and dictionaries; raises NotPlain."""
    left = MOST

    def read(node: Any, deep: int) -> Any:
        nonlocal left
        left -= 1
        if left < 0 or deep > DEEPEST:
            raise NotPlain("a value of too many parts")
        match node:
            case None | bool() | float() | str():
                return node
            case int() if abs(node) <= LARGEST:
                return node
            case list():
                return [read(each, deep + 1) for each in node]
            case {"type": "number", "value": str(name)} if name in NUMBERS:
                return NUMBERS[name]
            case {"type": "map"}:
                return {name: read(each, deep + 1) for name, each in _entries(node)}
            case {"type": kind}:
                raise NotPlain(f"an object of type {kind!r}")
        raise NotPlain(f"what is no plain value: {type(node).__name__}")

    return read(value, 0)


def _entries(node: dict[str, Any]) -> list[tuple[str, Any]]:
    """The entries of a dictionary whose keys are texts."""
    entries = node.get("entries", [])
    if not isinstance(entries, list):
        raise NotPlain("a dictionary without entries")
    for entry in entries:
        if not (isinstance(entry, list) and len(entry) == 2 and isinstance(entry[0], str)):
            raise NotPlain("a dictionary whose keys are no texts")
    return [(name, value) for name, value in entries]
