"""A lesson's text: Markdown with live numbers, read into a tree that carries no HTML.

One file a language. `# Title`, a summary, then for each step a heading
`## match: Match every key with every query | Match` (id, title, and after the bar a short name
for the scrubber) and its text. `{S}` names a matrix, `{S[1,2]}` is a live number of it,
counted from 0 as in NumPy. A list `- S: scores` under `## labels` gives matrices other labels
in this language, and `- K Kt: keys` under `## names` says in a few words what they are.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from explainer.errors import LessonError

Tree = str | dict[str, Any]

_REFERENCE = re.compile(r"\{(\w+)(?:\[([\d,\s]+)\])?\}")
_HEADING = re.compile(r"(?P<id>[a-z0-9-]+):\s*(?P<title>[^|]+?)\s*(?:\|\s*(?P<short>.+?))?\s*")
LABELS, NAMES = "labels", "names"
_TAGS = {
    "paragraph": "p",
    "bullet_list": "ul",
    "ordered_list": "ol",
    "list_item": "li",
    "blockquote": "blockquote",
    "strong": "strong",
    "em": "em",
    "table": "table",
    "thead": "thead",
    "tbody": "tbody",
    "tr": "tr",
    "th": "th",
    "td": "td",
    "hardbreak": "br",
}
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True)
class StepText:
    """A step's title, its short name for the scrubber, and its text."""

    title: str
    short: str
    body: list[Tree]


@dataclass(frozen=True)
class Narration:
    """One language of a lesson."""

    title: str
    summary: list[Tree]
    steps: dict[str, StepText] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def read(path: Path) -> Narration:
    """Read a narration file, UTF-8; LessonError names the file and the line."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (LessonError, UnicodeDecodeError) as error:
        raise LessonError(f"{path.name}: {error}") from None


def parse(text: str) -> Narration:
    """Parse a narration; raises LessonError that names the line."""
    title = ""
    summary: list[Tree] = []
    sections: list[tuple[int, str, list[Tree]]] = []
    lists: dict[str, dict[str, str]] = {LABELS: {}, NAMES: {}}
    for node in SyntaxTreeNode(_MARKDOWN.parse(text)).children:
        line = node.map[0] + 1 if node.map else 0
        if node.type == "heading" and node.tag == "h1":
            title = node.children[0].content
        elif node.type == "heading" and node.tag == "h2":
            sections.append((line, node.children[0].content, []))
        elif sections and sections[-1][1] in lists:
            lists[sections[-1][1]] |= _listed(node, line)
        else:
            body = sections[-1][2] if sections else summary
            body.append(_tree(node, line))
    if not title:
        raise LessonError("the title is missing: the first line must be `# Title`")
    steps: dict[str, StepText] = {}
    for line, heading, body in sections:
        if heading in lists:
            continue
        match = _HEADING.fullmatch(heading)
        if match is None:
            raise LessonError(f"line {line}: the heading must be `## step-id: Title`")
        if match["id"] in steps:
            raise LessonError(f"line {line}: a second text for the step {match['id']}")
        steps[match["id"]] = StepText(match["title"], match["short"] or match["title"], body)
    return Narration(title, summary, steps, **lists)


def _listed(node: SyntaxTreeNode, line: int) -> dict[str, str]:
    """What a list with items like `S: scores` or `K Kt: keys` says of arrays, by their names."""
    listed = node.type == "bullet_list"
    items = [item.children[0].children[0].content for item in node.children] if listed else [""]
    pairs = [item.partition(":") for item in items]
    if not all(names.strip() and told.strip() for names, _, told in pairs):
        raise LessonError(f"line {line}: labels and names are lists of `- array: text`")
    return {name: told.strip() for names, _, told in pairs for name in names.split()}


def check(
    text: Narration, steps: Sequence[str], shapes: Mapping[str, tuple[int, ...]]
) -> list[str]:
    """What is wrong with a text, one line each, given the step ids and the arrays' shapes."""
    problems = [f"the step {step} has no text" for step in steps if step not in text.steps]
    problems += [f"there is no step {step}" for step in text.steps if step not in steps]
    problems += [f"there is no array {name} to label" for name in text.labels if name not in shapes]
    problems += [f"there is no array {name} to name" for name in text.names if name not in shapes]
    if not text.summary:
        problems.append("the summary is missing, a paragraph after the title")
    places = {"the summary": text.summary} | {f"step {k}": s.body for k, s in text.steps.items()}
    for place, body in places.items():
        if not body:
            problems.append(f"{place} is empty")
        for reference in _references(body):
            name, cell = reference["array"], reference.get("cell")
            if name not in shapes:
                problems.append(f"{place} names {name}, which is no array")
            elif cell is not None and not _inside(cell, shapes[name]):
                size = "×".join(map(str, shapes[name])) or "a single number"
                problems.append(f"{place} names {name}{cell}, but {name} is {size}")
    return problems


def _inside(cell: Sequence[int], shape: tuple[int, ...]) -> bool:
    return len(cell) == len(shape) and all(i < n for i, n in zip(cell, shape, strict=True))


def _references(trees: Sequence[Tree]) -> Iterator[dict[str, Any]]:
    for tree in trees:
        if isinstance(tree, dict):
            if "array" in tree:
                yield tree
            yield from _references(tree.get("children", ()))


def _tree(node: SyntaxTreeNode, line: int) -> Tree:
    if node.type in ("html_block", "code_block", "fence"):
        return {"tag": "p", "children": [node.content]}
    if node.type == "code_inline":
        return {"tag": "code", "children": [node.content]}
    if node.type == "softbreak":
        return " "
    if node.type == "heading":
        return {"tag": "h3", "children": _children(node, line)}
    if node.type == "link":
        return {"tag": "a", "href": str(node.attrs["href"]), "children": _children(node, line)}
    if node.type in _TAGS:
        return {"tag": _TAGS[node.type], "children": _children(node, line)}
    raise LessonError(f"line {line}: {node.type.replace('_', ' ')} cannot be used in a text")


def _children(node: SyntaxTreeNode, line: int) -> list[Tree]:
    """The subtrees of a node, with text split at its references to matrices."""
    trees: list[Tree] = []
    for child in node.children:
        if child.type == "inline":
            trees += _children(child, line)
        elif child.type in ("text", "html_inline"):
            trees += _split(child.content)
        else:
            trees.append(_tree(child, line))
    return trees


def _split(text: str) -> list[Tree]:
    parts: list[Tree] = []
    end = 0
    for match in _REFERENCE.finditer(text):
        parts.append(text[end : match.start()])
        reference: dict[str, Any] = {"array": match[1]}
        if match[2]:
            reference["cell"] = [int(i) for i in match[2].split(",")]
        parts.append(reference)
        end = match.end()
    return [part for part in (*parts, text[end:]) if part]
