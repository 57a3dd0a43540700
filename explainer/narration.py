"""A lesson's text: Markdown with live numbers, read into a tree that carries no HTML.

One file a language. `# Title`, a summary, then for each step a heading
`## match: Match every key with every query | Match` (id, title, and after the bar a short name
for the scrubber) and its text; likewise for a part of a step, `## align/chain: …`. `{S}` names a
matrix, `{S[1,2]}` is a live number of it, counted from 0 as in NumPy. A list `- S: scores` under
`## labels` gives matrices other labels in this language, and `- K Kt: keys` under `## names` says
in a few words what they are. `[softmax](term:softmax)` leads to a term of the
glossary. Under `## practice` stand `- can: …`, what a pupil can do afterwards,
and a sentence `- id: …` for each prediction, slip and goal.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from explainer import glossary, lines
from explainer.errors import NOT_UTF8, LessonError, LessonProblems, Problem
from explainer.trees import hrefs

Tree = str | dict[str, Any]

_REFERENCE = re.compile(r"\{(\w+)(?:\[([\d,\s]+)\])?\}")
_HEADING = re.compile(r"(?P<id>[a-z0-9-/]+):\s*(?P<title>[^|]+?)\s*(?:\|\s*(?P<short>.+?))?\s*")
LABELS, NAMES, PRACTICE, CAN = "labels", "names", "practice", "can"
_ITEM = re.compile(r"([a-z0-9-]+(?:/[a-z0-9-]+)?):\s+(.+)", re.DOTALL)
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
    """One language of a lesson; `lines` tells where its steps, labels and blocks stand."""

    title: str
    summary: list[Tree]
    steps: dict[str, StepText] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    practice: dict[str, list[Tree]] = field(default_factory=dict)
    can: list[list[Tree]] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)
    blocks: list[tuple[int, str, Tree]] = field(default_factory=list)


UNWRITTEN = {"en": "There is no text yet.", "zh": "还没有文字。"}


def read(path: Path) -> Narration:
    """Read a narration file, UTF-8; LessonProblems has the file and the lines."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        line = lines.of_byte(path.read_bytes())
        raise LessonProblems(Problem(NOT_UTF8, path.name, line)) from None
    except OSError as error:
        raise LessonProblems(Problem(f"cannot be read: {error.strerror}", path.name)) from None
    return parse(text, path.name)


def parse(text: str, file: str = "") -> Narration:
    """Parse a narration; raises LessonProblems with all lines that are wrong."""
    title = ""
    summary: list[Tree] = []
    sections: list[tuple[int, str, list[Tree]]] = []
    found = Narration("", summary)
    lists = {LABELS: found.labels, NAMES: found.names}
    problems: list[Problem] = []
    for node in SyntaxTreeNode(_MARKDOWN.parse(text)).children:
        line = node.map[0] + 1 if node.map else 0
        try:
            if node.type == "heading" and node.tag == "h1":
                title = node.children[0].content
            elif node.type == "heading" and node.tag == "h2":
                sections.append((line, node.children[0].content, []))
            elif sections and sections[-1][1] in lists:
                told = _listed(node)
                lists[sections[-1][1]].update(told)
                found.lines.update((f"{sections[-1][1]} {name}", line) for name in told)
            elif sections and sections[-1][1] == PRACTICE:
                for id, sentence in _practised(node):
                    if id == CAN:
                        found.can.append(sentence)
                    elif id in found.practice:
                        raise LessonError(f"practice has a second {id}")
                    else:
                        found.practice[id] = sentence
                    found.lines[f"{PRACTICE} {id}"] = line
                    found.blocks.append((line, PRACTICE, {"tag": "p", "children": sentence}))
            else:
                body = sections[-1][2] if sections else summary
                body.append(_tree(node))
                found.blocks.append((line, _place(sections), body[-1]))
        except LessonError as error:
            problems.append(Problem(str(error), file, line))
    if not title:
        problems.insert(0, Problem("the title is missing: the first line must be `# Title`", file))
    for line, heading, body in sections:
        if heading in lists or heading == PRACTICE:
            continue
        match = _HEADING.fullmatch(heading)
        if match is None:
            problems.append(Problem("the heading must be `## step-id: Title`", file, line))
        elif match["id"] in found.steps:
            problems.append(Problem(f"a second text for the step {match['id']}", file, line))
        else:
            step = StepText(match["title"], match["short"] or match["title"], body)
            found.steps[match["id"]] = step
            found.lines[match["id"]] = line
    if problems:
        raise LessonProblems(*problems)
    return replace(found, title=title)


def unwritten(text: Narration | None, language: str, title: str, steps: Sequence[str]) -> Narration:
    """A narration in which every step that has no text yet says so."""
    text = text or Narration(title, [])
    words = UNWRITTEN.get(language, UNWRITTEN["en"])
    body: list[Tree] = [{"tag": "p", "children": [words]}]
    told = {
        step: text.steps.get(step, StepText(step.replace("-", " "), step.replace("-", " "), body))
        for step in steps
    }
    return replace(text, summary=text.summary or body, steps=told)


def _place(sections: Sequence[tuple[int, str, list[Tree]]]) -> str:
    """The step that a block belongs to; empty for the summary."""
    return sections[-1][1].partition(":")[0].strip() if sections else ""


def _listed(node: SyntaxTreeNode) -> dict[str, str]:
    """What a list with items like `S: scores` or `K Kt: keys` says of arrays, by their names."""
    listed = node.type == "bullet_list"
    items = [item.children[0].children[0].content for item in node.children] if listed else [""]
    pairs = [item.partition(":") for item in items]
    if not all(names.strip() and told.strip() for names, _, told in pairs):
        raise LessonError("labels and names are lists of `- array: text`")
    return {name: told.strip() for names, _, told in pairs for name in names.split()}


def _practised(node: SyntaxTreeNode) -> Iterator[tuple[str, list[Tree]]]:
    """The ids and sentences of a list under `## practice`."""
    if node.type != "bullet_list":
        raise LessonError("practice is a list of `- id: sentence`")
    for item in node.children:
        match = _ITEM.fullmatch(item.children[0].children[0].content) if item.children else None
        if match is None:
            raise LessonError("practice is a list of `- id: sentence`")
        yield match[1], _children(SyntaxTreeNode(_MARKDOWN.parse(match[2])).children[0])


def check(
    text: Narration, steps: Sequence[str], shapes: Mapping[str, tuple[int, ...]], file: str = ""
) -> list[Problem]:
    """What is wrong with a text, given the step ids and the arrays' shapes.

    A text that is only not written yet does not keep a lesson from being shown.
    """
    if not text.steps:
        told = "no step has a text; each begins with `## step-id: Title`"
        problems = [Problem(told, file, stops=False)]
    else:
        problems = [
            Problem(f"the step {step} has no text", file, stops=False)
            for step in steps
            if step not in text.steps
        ]
    problems += [
        Problem(f"there is no step {step}", file, text.lines.get(step, 0))
        for step in text.steps
        if step not in steps
    ]
    problems += [
        Problem(f"there is no array {name} to {verb}", file, text.lines.get(f"{kind} {name}", 0))
        for kind, verb, told in ((LABELS, "label", text.labels), (NAMES, "name", text.names))
        for name in told
        if name not in shapes
    ]
    if not text.summary:
        told = "the summary is missing, a paragraph after the title"
        problems.append(Problem(told, file, stops=False))
    for step, words in text.steps.items():
        if not words.body:
            line = text.lines.get(step, 0)
            problems.append(Problem(f"step {step} is empty", file, line, stops=False))
    for line, step, tree in text.blocks:
        if step not in ("", PRACTICE, *text.steps):
            continue  # whoever has left out the step needs not what it says
        place = {"": "the summary", PRACTICE: PRACTICE}.get(step, f"step {step}")
        told_of = (f"{place} {wrong}" for wrong in _wrong([tree], shapes))
        problems += [Problem(each, file, line) for each in told_of]
        problems += [
            Problem(f"{place} leads to term:{id}, which the glossary has not", file, line, False)
            for id in filter(None, map(glossary.linked, hrefs(tree)))
            if id not in glossary.terms()
        ]
    return problems


def _wrong(trees: Sequence[Tree], shapes: Mapping[str, tuple[int, ...]]) -> Iterator[str]:
    """What is wrong with the references in some trees."""
    for tree in trees:
        if isinstance(tree, str):
            for brace in re.finditer(r"\{[^{}]*\}?|\}", tree):
                yield f"has {brace[0]}, where {{S}} names a matrix and {{S[1,2]}} a number of it"
        elif "array" in tree:
            name, cell = tree["array"], tree.get("cell")
            if name not in shapes:
                yield f"names {name}, which is no array"
            elif cell is not None and not _inside(cell, shapes[name]):
                size = "×".join(map(str, shapes[name])) or "a single number"
                yield f"names {name}{cell}, but {name} is {size}"
        elif tree["tag"] != "code":
            yield from _wrong(tree["children"], shapes)


def _inside(cell: Sequence[int], shape: tuple[int, ...]) -> bool:
    return len(cell) == len(shape) and all(i < n for i, n in zip(cell, shape, strict=True))


def _tree(node: SyntaxTreeNode) -> Tree:
    if node.type in ("html_block", "code_block", "fence"):
        return {"tag": "p", "children": [node.content]}
    if node.type == "code_inline":
        return {"tag": "code", "children": [node.content]}
    if node.type == "softbreak":
        return " "
    if node.type == "heading":
        return {"tag": "h3", "children": _children(node)}
    if node.type == "link":
        href, title = str(node.attrs["href"]), node.attrs.get("title")
        link: dict[str, Any] = {"tag": "a", "href": href, "children": _children(node)}
        return link | {"title": str(title)} if title else link
    if node.type in _TAGS:
        return {"tag": _TAGS[node.type], "children": _children(node)}
    raise LessonError(f"{node.type.replace('_', ' ')} cannot be used in a text")


def _children(node: SyntaxTreeNode) -> list[Tree]:
    """The subtrees of a node, with text split at its references to matrices."""
    trees: list[Tree] = []
    for child in node.children:
        if child.type == "inline":
            trees += _children(child)
        elif child.type in ("text", "html_inline"):
            trees += _split(child.content)
        else:
            trees.append(_tree(child))
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
