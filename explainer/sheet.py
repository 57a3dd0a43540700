"""The sheet: one JSON document that carries a lesson's graph, layout and texts.

Everything that draws reads only this. Its form is `sheet.schema.json`; a change that an older
reader would misread raises VERSION.
"""

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from explainer import checking, glossary, layout, papers, practice, trees
from explainer.errors import LessonError, LessonProblems
from explainer.lesson import Lesson, Run
from explainer.matrix import Matrix, checked, listed
from explainer.narration import UNWRITTEN, Narration, unwritten
from explainer.trace import OPERATIONS, Formula, Graph
from explainer.trace.feeds import Array

VERSION = 1


def compile(lesson: Lesson) -> dict[str, Any]:
    """The sheet of a lesson, in both arithmetics and all its languages.

    Where a text is not written yet, it says so. Raises LessonProblems when `checking` finds
    anything that stops a lesson from being shown.
    """
    found = checking.check(lesson)
    if found.stopping:
        raise LessonProblems(*found.stopping)
    return of_checked(lesson, found)


def of_checked(lesson: Lesson, found: checking.Checked) -> dict[str, Any]:
    """The sheet of a lesson that has been checked, and that nothing stops from being shown."""
    runs = {run.arithmetic: run for run in found.runs}
    used = {node.op for run in runs.values() for node in run.graph.nodes}
    document: dict[str, Any] = {
        "schema": VERSION,
        "id": lesson.id(),
        "order": lesson.order,
        "minutes": lesson.minutes,
        "needs": list(lesson.needs),
        "layout": [list(row) for row in layout.parse(lesson.layout).rows],
        "arrays": {name: _array(lesson, name) for name in runs["hand"].names},
        "operations": {
            name: {"feeds": OPERATIONS[name].feeds, "formula": _formula(OPERATIONS[name].formula)}
            for name in sorted(used)
            if name in OPERATIONS
        },
        "pictures": [vars(picture).copy() for picture in lesson.pictures],
        "graphs": {arithmetic: _graph(run) for arithmetic, run in runs.items()},
    }
    if lesson.practice:
        arrays = {arithmetic: run.arrays for arithmetic, run in runs.items()}
        document["practice"] = practice.form(lesson.practice, arrays)
    if others := lesson.papers():
        document["papers"] = others
    # numbers stand together and words at the end, which a compressor makes 1 % less of
    document["texts"] = {one: _text(text, one) for one, text in _told(lesson, found).items()}
    return document


def values(
    document: Mapping[str, Any],
    arithmetic: str,
    edits: Iterable[Mapping[str, Any]] = (),
    paper: int = 0,
) -> dict[str, Array]:
    """The named arrays of a sheet, computed from its graph alone, as a browser does.

    edits: givens that differ from the paper's, {name, cell, value} with a flat cell index.
    Raises LessonError for an edit of something that cannot be edited, or beyond its bounds, and
    for a paper that there is not.
    """
    graph = Graph()
    own = givens(document, paper)
    numbers: list[int] = []
    for node in document["graphs"][arithmetic]["nodes"]:
        if node["op"] == "given":
            given = _edited(document["arrays"][node["name"]], node["name"], own, edits)
            numbers.append(graph.given(node["name"], given))
        elif node["op"] == "constant":
            numbers.append(graph.constant(node["value"]))
        else:
            inputs = [numbers[i] for i in node["inputs"]]
            numbers.append(graph.apply(node["op"], inputs, node.get("attributes", {})))
            graph.nodes[-1].name = node.get("name")
    return {node.name: node.value for node in graph.nodes if node.name is not None}


def givens(document: Mapping[str, Any], paper: int = 0) -> dict[str, Array]:
    """The given numbers of a sheet, by name, on a paper; raises LessonError for no such paper."""
    own = {
        name: np.array(array["given"], dtype=np.float64)
        for name, array in document["arrays"].items()
        if "given" in array
    }
    return papers.numbers(document.get("papers", {}), own, paper)


def fits(document: Mapping[str, Any], edits: Any) -> bool:
    """Whether edits from anywhere are of cells of a sheet that can be edited, one of each."""
    try:
        cells = [(edit["name"], edit["cell"]) for edit in edits]
        if len(set(cells)) < len(cells):
            return False
        for edit in edits:
            if set(edit) != {"name", "cell", "value"} or type(edit["cell"]) is not int:
                return False
            if type(edit["value"]) not in (int, float):
                return False
            _edited(document["arrays"][edit["name"]], edit["name"], givens(document), [edit])
    except (LessonError, LookupError, TypeError, ValueError):
        return False
    return True


def _edited(
    array: Mapping[str, Any],
    name: str,
    own: Mapping[str, Array],
    edits: Iterable[Mapping[str, Any]],
) -> Array:
    given = own[name].copy()
    for edit in edits:
        if edit["name"] == name:
            if not array["editable"] or not 0 <= edit["cell"] < given.size:
                raise LessonError(f"{name} has no cell {edit['cell']} that can be edited")
            given.flat[edit["cell"]] = edit["value"]
    low, high = array["bounds"]
    return checked(given, (low, high))


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a sheet."""
    text = files("explainer").joinpath("sheet.schema.json").read_text(encoding="utf-8")
    return json.loads(text)  # type: ignore[no-any-return]


def _array(lesson: Lesson, name: str) -> dict[str, Any]:
    shown = lesson.shown(name)
    array: dict[str, Any] = {
        "label": shown.labels(name),
        "role": shown.role,
        "rows": _labels(shown.rows),
        "columns": _labels(shown.columns),
        "digits": {"hand": shown.digits, "exact": max(2, shown.digits)},
    }
    if shown.words:
        array["words"] = listed(shown.words)
    if shown.updates:
        array["updates"] = shown.updates
    if name in lesson.givens():
        array |= _given(lesson, name, lesson.givens()[name])
    return array


def _given(lesson: Lesson, name: str, matrix: Matrix) -> dict[str, Any]:
    return {
        "given": getattr(lesson, name).tolist(),
        "bounds": list(matrix.bounds),
        "editable": matrix.editable,
    }


def _labels(labels: Any) -> list[str]:
    return [re.sub(r"(?<=^[A-Za-z])(\d+)$", r"_{\1}", word) for word in listed(labels)]


def _formula(formula: Formula) -> dict[str, Any]:
    return vars(formula).copy()


def _graph(run: Run) -> dict[str, Any]:
    return {
        "nodes": [node.form() for node in run.graph.nodes],
        "steps": [{"id": step.id, "shows": list(step.shows)} for step in run.steps],
    }


def _told(lesson: Lesson, found: checking.Checked) -> dict[str, Narration]:
    """The texts by language; where there is none, in every language that says so."""
    written: Mapping[str, Narration | None] = found.texts or dict.fromkeys(UNWRITTEN)
    title = lesson.id().replace("-", " ").capitalize()
    steps = [step.id for step in found.runs[0].steps]
    return {language: unwritten(text, language, title, steps) for language, text in written.items()}


def _text(text: Narration, language: str) -> Mapping[str, Any]:
    told: dict[str, Any] = {
        "title": text.title,
        "summary": text.summary,
        "labels": text.labels,
        "names": text.names,
        "steps": {step: vars(words).copy() for step, words in text.steps.items()},
    }
    if text.practice or text.can:
        told |= {"practice": text.practice, "can": text.can}

    def explained(link: trees.Link) -> trees.Link:
        """A link to a term says what it is, so that the line travels with the text."""
        term = glossary.terms().get(glossary.linked(link["href"]) or "")
        return {"title": term.line(language), **link} if term else link

    return trees.texts(told, explained)
