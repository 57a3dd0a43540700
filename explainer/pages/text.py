"""A sheet's texts and labels as HTML, every character of them escaped."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

TAGS = frozenset(
    "p ul ol li blockquote h3 strong em code a br sub sup table thead tbody tr th td".split()
)
# "#…", a relative address, or the web: nothing that runs.
SAFE_LINK = re.compile(r"(?:https?://|#|(?![a-zA-Z][a-zA-Z0-9+.-]*:)(?!//)[\w./?])")
SCRIPT = re.compile(r"([_^])(?:\{([^{}]*)\}|(.))")


Cell = Callable[[str, Sequence[int]], str]


def html(
    tree: Any, sheet: Mapping[str, Any], arithmetic: str = "hand", cell: Cell | None = None
) -> Markup:
    """A text tree of a sheet as HTML; what is not part of the format is left out.

    cell: writes the number of an array's cell, for a text without colours from which a browser
    can make the tree again; without it, a number of the text is its label.
    """
    if isinstance(tree, str):
        return escape(tree)
    if isinstance(tree, list):
        return Markup("").join(html(part, sheet, arithmetic, cell) for part in tree)
    if not isinstance(tree, Mapping):
        return Markup("")
    if "array" in tree:
        array = sheet.get("arrays", {}).get(tree["array"])
        if not array:
            return escape(tree["array"])
        if cell:
            if "cell" not in tree:
                named = label(array["label"][arithmetic])
                return Markup('<b data-array="{}">{}</b>').format(tree["array"], named)
            told, at = cell(tree["array"], tree["cell"]), ",".join(map(str, tree["cell"]))
            return Markup('<b data-array="{}" data-cell="{}">{}</b>').format(
                tree["array"], at, told
            )
        role = array["role"] if array["role"].isalpha() else "plain"
        coloured = Markup('<b style="color:var(--{}-ink)">{}</b>')
        return coloured.format(role, label(array["label"][arithmetic]))
    inside = html(tree.get("children", []), sheet, arithmetic, cell)
    tag, href = tree.get("tag"), str(tree.get("href", ""))
    told = Markup(' title="{}"').format(tree["title"]) if "title" in tree else ""
    if tag == "br":
        return Markup("<br>")
    if tag == "a" and SAFE_LINK.match(href):
        return Markup('<a href="{}"{}>{}</a>').format(href, told, inside)
    if tag == "a" and cell:
        return Markup('<a data-href="{}"{}>{}</a>').format(href, told, inside)
    if tag == "a" or tag not in TAGS:
        return inside
    return Markup(f"<{tag}>") + inside + Markup(f"</{tag}>")


def label(text: str) -> Markup:
    """A label such as `K^T` or `W_{QK}` as HTML."""
    out, end = Markup(""), 0
    for match in SCRIPT.finditer(text):
        tag = "sub" if match[1] == "_" else "sup"
        inside = match[2] if match[2] is not None else match[3]
        out += escape(text[end : match.start()])
        out += Markup(f"<{tag}>") + escape(inside) + Markup(f"</{tag}>")
        end = match.end()
    return out + escape(text[end:])


def plain(tree: Any, sheet: Mapping[str, Any]) -> str:
    """A text tree without its tags, for a page's description."""
    return Markup(str(html(tree, sheet)).replace("<", " <")).striptags()
