"""What a lesson says of practice, and how its sheet carries it."""

import jsonschema
import numpy as np
import pytest

from explainer import Blank, Goal, Lesson, Matrix, Predict, Slip, checking, practice, sheet
from explainer.errors import LessonError

RUNS = {
    arithmetic: {"E": np.array([[1.0, 3.0], [3.0, 1.0]]), "s": np.array([[4.0, 4.0]])}
    for arithmetic in ("hand", "exact")
}


def test_cells_of_several_blanks_stand_together_by_array() -> None:
    found = practice.form((Blank("E[0,1]", "s"), Blank("E[:,1]")), RUNS)
    assert found["blanks"] == {"E": [1, 3], "s": [0, 1]}


def test_a_formula_becomes_a_small_graph_of_the_lessons_arrays() -> None:
    slip = Slip("rows", "E[0,1]", lambda E, by_hand: np.round(E / 3, 1) if by_hand else E / 3)
    ask = Predict("most", "share", "rows of E", lambda E: E[:, 0].argmax())
    found = practice.form((slip, ask), RUNS)
    assert [node["op"] for node in found["slips"][0]["wrong"]["hand"]] == [
        *("given", "constant", "divide", "round")
    ]
    assert [node["op"] for node in found["slips"][0]["wrong"]["exact"]][-1] == "divide"
    assert found["slips"][0] | {"wrong": None} == {
        "id": "rows", "array": "E", "cells": [1], "wrong": None
    }  # fmt: skip
    assert found["predictions"][0]["choose"] == {"by": "rows", "array": "E"}
    assert list(found["predictions"][0]["answer"]) == ["hand"]  # the same in both
    assert practice.value(practice.program(ask.answer, RUNS["hand"], True)) == 1


def test_a_formula_may_give_what_it_was_given_or_a_constant() -> None:
    for formula, value in (
        (lambda E: E, RUNS["hand"]["E"]),
        (lambda: 1, 1),
        (lambda s: [0, 1], [0, 1]),
    ):
        assert np.array_equal(practice.value(practice.program(formula, RUNS["hand"], True)), value)


def test_answers_in_words_are_named_by_their_ids() -> None:
    ask = Predict("gap", "learn", ("larger", "smaller"), lambda s: s.sum() > 0)
    assert list(practice.texts((ask, Blank("s")))) == ["gap", "gap/larger", "gap/smaller"]
    goal = Goal("even", lambda E: E.max() < 2, "W X", 2, {"W[0,0]": 1})
    form = practice.form((ask, goal), RUNS)
    assert form["predictions"][0]["choose"] == {"options": ["larger", "smaller"]}
    assert form["goals"][0]["change"] == ["W", "X"]
    assert "solution" not in form["goals"][0]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (Blank("Z[0,0]"), "no array Z"),
        (Blank("E[5,0]"), "E is 2×2"),
        (Blank("E[0"), "names no cells"),
        (Slip("a", "E", lambda Z: Z), "no array Z"),
        (Predict("a", "share", "lines of E", lambda E: E.argmax()), "choose is"),
    ],
)
def test_what_does_not_fit_is_told(wrong: practice.Practice, told: str) -> None:
    with pytest.raises(LessonError, match=told):
        practice.form((wrong,), RUNS)


class Doubled(Lesson):
    X = Matrix([[1, 2]])
    layout = "X Y"
    practice = (Blank("Y[0,1]"), Goal("ten", lambda Y: Y.max() >= 10, "X", 1, {"X[0,0]": 5}))

    def steps(self, X):  # type: ignore[no-untyped-def]
        Y = X * 2  # noqa: F841
        yield "double"


def test_a_sheet_carries_practice_by_its_schema() -> None:
    document = sheet.compile(Doubled())
    jsonschema.validate(document, sheet.schema())
    assert document["practice"]["blanks"] == {"Y": [1]}
    assert "papers" not in document


def test_practice_that_is_none_is_told() -> None:
    class Wrong(Doubled):
        practice = ("Y[0,1]",)  # type: ignore[assignment]

    assert any("practice must be blanks" in str(p) for p in checking.declared(Wrong))
