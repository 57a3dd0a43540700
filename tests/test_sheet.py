"""A sheet is valid, carries its whole graph, and the graph alone gives the lesson's numbers."""

import json
from typing import Any

import jsonschema
import numpy as np
import pytest

from explainer import sheet
from explainer.catalog import Catalog
from explainer.errors import LessonError
from explainer.trace import OPERATIONS
from tests.test_lesson import Small

CATALOG = Catalog()


@pytest.mark.parametrize("lesson", CATALOG.ids())
def test_every_lessons_sheet_is_valid_json_of_the_schema(lesson: str) -> None:
    document = json.loads(json.dumps(CATALOG.sheet(lesson), allow_nan=False))
    jsonschema.Draft202012Validator(sheet.schema()).validate(document)


def test_the_schema_is_a_schema_and_refuses_nonsense() -> None:
    jsonschema.Draft202012Validator.check_schema(sheet.schema())
    document = json.loads(json.dumps(CATALOG.sheet("self-attention")))
    validator = jsonschema.Draft202012Validator(sheet.schema())
    for spoil in (
        lambda d: d.update(schema=2),
        lambda d: d.pop("layout"),
        lambda d: d["arrays"]["X"].update(role="colour"),
        lambda d: d["graphs"]["hand"]["nodes"][0].pop("op"),
        lambda d: d["texts"]["en"]["summary"].append({"tag": "script", "children": []}),
    ):
        spoiled = json.loads(json.dumps(document))
        spoil(spoiled)
        assert not validator.is_valid(spoiled)


@pytest.mark.parametrize("arithmetic", ["hand", "exact"])
@pytest.mark.parametrize("lesson", CATALOG.ids())
def test_the_graph_alone_gives_the_lessons_numbers(lesson: str, arithmetic: str) -> None:
    document = json.loads(json.dumps(CATALOG.sheet(lesson)))
    values: list[Any] = []
    for node in document["graphs"][arithmetic]["nodes"]:
        if node["op"] == "given":
            values.append(np.asarray(document["arrays"][node["name"]]["given"], dtype=float))
        elif node["op"] == "constant":
            values.append(np.asarray(node["value"], dtype=float))
        else:
            inputs = [values[i] for i in node["inputs"]]
            values.append(OPERATIONS[node["op"]](*inputs, **node.get("attributes", {})))
    run = CATALOG.lesson(lesson).run(arithmetic)
    named = {
        n["name"]: i for i, n in enumerate(document["graphs"][arithmetic]["nodes"]) if "name" in n
    }
    assert set(named) == set(run.arrays) == set(document["arrays"])
    for name, number in named.items():
        np.testing.assert_array_equal(values[number], run[name])


def test_labels_like_x1_get_a_subscript() -> None:
    document = CATALOG.sheet("self-attention")
    assert document["arrays"]["X"]["columns"] == ["x_{1}", "x_{2}", "x_{3}", "x_{4}"]


def test_a_lesson_with_a_problem_has_no_sheet() -> None:
    with pytest.raises(LessonError, match="there is no text"):
        sheet.compile(Small())
