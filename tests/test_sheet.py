"""A sheet is valid, carries its whole graph, and the graph alone gives the lesson's numbers."""

import json
from typing import Any

import jsonschema
import numpy as np
import pytest

from explainer import sheet
from explainer.catalog import Catalog
from explainer.errors import LessonError
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
    run = CATALOG.lesson(lesson).run(arithmetic)
    values = sheet.values(document, arithmetic)
    assert set(values) == set(run.arrays) == set(document["arrays"])
    for name, value in values.items():
        np.testing.assert_array_equal(value, run[name])


def test_edits_flow_through_the_graph() -> None:
    document = CATALOG.sheet("self-attention")
    values = sheet.values(document, "exact", [{"name": "X", "cell": 5, "value": 3}])
    X = CATALOG.lesson("self-attention").X.copy()
    X[1, 1] = 3
    np.testing.assert_array_equal(
        values["Z"], CATALOG.lesson("self-attention", X=X).run("exact")["Z"]
    )


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        ({"name": "X", "cell": 24, "value": 1}, "X has no cell 24"),
        ({"name": "X", "cell": -1, "value": 1}, "X has no cell -1"),
        ({"name": "X", "cell": 0, "value": float("nan")}, "is not a number from"),
        ({"name": "X", "cell": 0, "value": 1e9}, "is not a number from"),
    ],
)
def test_a_wrong_edit_is_told(edit: dict[str, Any], message: str) -> None:
    with pytest.raises(LessonError, match=message):
        sheet.values(CATALOG.sheet("self-attention"), "hand", [edit])


def test_labels_like_x1_get_a_subscript() -> None:
    document = CATALOG.sheet("self-attention")
    assert document["arrays"]["Q"]["columns"] == ["q_{1}", "q_{2}", "q_{3}", "q_{4}"]


def test_a_lesson_without_texts_says_so_in_every_language() -> None:
    document = json.loads(json.dumps(sheet.compile(Small())))
    jsonschema.Draft202012Validator(sheet.schema()).validate(document)
    assert set(document["texts"]) == {"en", "zh"}
    assert document["texts"]["en"]["title"] == "Small"
    assert document["texts"]["en"]["steps"]["lay-out"] == {
        "title": "lay out",
        "short": "lay out",
        "body": [{"tag": "p", "children": ["There is no text yet."]}],
    }
    assert "还没有文字" in str(document["texts"]["zh"]["summary"])


def test_a_lesson_with_a_mistake_has_no_sheet() -> None:
    class Nowhere(Small):
        layout = "X Y"

    with pytest.raises(LessonError, match="no array is called Y"):
        sheet.compile(Nowhere())
