"""The links in a lesson's texts, which are trees: what they lead to, and others in their place."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Link = dict[str, Any]


def hrefs(tree: Any) -> Iterator[str]:
    """Where the links of a tree, or of several, lead."""
    if isinstance(tree, list):
        for part in tree:
            yield from hrefs(part)
    elif isinstance(tree, Mapping) and "children" in tree:
        if "href" in tree:
            yield tree["href"]
        yield from hrefs(tree["children"])


def relinked(tree: Any, change: Callable[[Link], Any]) -> Any:
    """A tree, or several, with each link as `change` makes it; the given ones stay as they are."""
    if isinstance(tree, list):
        return [relinked(part, change) for part in tree]
    if not isinstance(tree, Mapping) or "children" not in tree:
        return tree
    inside = {**tree, "children": relinked(tree["children"], change)}
    return change(inside) if "href" in tree else inside


def texts(text: Mapping[str, Any], change: Callable[[Link], Any]) -> dict[str, Any]:
    """A sheet's text of one language with each link as `change` makes it."""
    found = {
        **text,
        "summary": relinked(text["summary"], change),
        "steps": {
            id: {**step, "body": relinked(step["body"], change)}
            for id, step in text["steps"].items()
        },
    }
    if "practice" in text:
        found["practice"] = {id: relinked(tree, change) for id, tree in text["practice"].items()}
    if "can" in text:
        found["can"] = relinked(text["can"], change)
    return found
