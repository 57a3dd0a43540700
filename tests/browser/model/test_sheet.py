"""A sheet's state: where one is, what was edited, and what is no sheet at all."""

import copy
from typing import Any

import pytest

from tests.browser.model.conftest import Model
from tests.browser.model.sheets import PRODUCT, X
from tests.typed_numbers import AMBIGUOUS, READ, REFUSED


def test_places_are_read_in_reading_order(model: Model) -> None:
    assert model("return sheet.places", PRODUCT) == [
        {"place": "X", "name": "X", "copy": False},
        {"place": "W", "name": "W", "copy": False},
        {"place": "P", "name": "P", "copy": False},
        {"place": "P'", "name": "P", "copy": True},
        {"place": "R", "name": "R", "copy": False},
    ]
    assert model("return [...sheet.shownAt(2)]", PRODUCT) == ["X", "W", "P", "P'"]
    assert model("return ['P', 'Y'].map((p) => sheet.arrivesAt(p))", PRODUCT) == [1, -1]


def test_going_somewhere_is_told_once(model: Model) -> None:
    heard = model(
        """const heard = [];
        sheet.addEventListener("change", ({detail}) => heard.push(detail));
        sheet.go({step: "relu"});
        sheet.go({step: 3, arithmetic: "exact"});
        sheet.go({step: 9, arithmetic: "magic", language: "tlh"});
        sheet.go({step: "no such step"});
        sheet.go({language: "zh"});
        return {heard, at: [sheet.step, sheet.arithmetic, sheet.language, sheet.label("P'")]};""",
        PRODUCT,
    )
    assert heard == {
        "heard": [{"step": 3}, {"arithmetic": "exact"}, {"language": "zh"}],
        "at": [3, "exact", "zh", "p"],
    }


def test_an_edit_recomputes_everything_below_it_and_says_what_changed(model: Model) -> None:
    result = model(
        """const heard = [];
        sheet.addEventListener("edit", ({detail: {changed}}) =>
          heard.push(Object.fromEntries(changed)));
        sheet.edit("X", 0, "−1.5");
        const after = m.nested(sheet.value("R"));
        sheet.go({arithmetic: "exact"});
        const exact = m.nested(sheet.value("R"));
        const edits = sheet.edits;
        sheet.reset();
        const back = m.nested(sheet.value("X"));
        return {heard, after, exact, edits, back, left: sheet.edits};""",
        PRODUCT,
    )
    assert result == {
        # P = [[2, -7], [4, -6.5]] before, [[-3, -7], [-6, -6.5]] after
        "heard": [{"X": [0], "P": [0, 2], "R": [0, 2]}] * 2,
        "after": [[0, 0], [0, 0]],
        "exact": [[0, 0], [0, 0]],
        "edits": [{"name": "X", "cell": 0, "value": -1.5}],
        "back": X,
        "left": [],
    }


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (["X", 0, "  "], "empty"),
        (["X", 0, "two"], "not-a-number"),
        (["X", 0, "0x10"], "not-a-number"),
        (["X", 0, "<b>1</b>"], "not-a-number"),
        (["X", 0, "NaN"], "not-a-number"),
        (["X", 0, "-∞"], "not-finite"),
        (["X", 0, "1e999"], "not-finite"),
        (["X", 0, "1000001"], "out-of-bounds"),
        (["P", 0, "1"], "not-editable"),
        (["Nope", 0, "1"], "unknown-matrix"),
        (["constructor", 0, "1"], "unknown-matrix"),
        (["X", 4, "1"], "no-such-cell"),
        (["X", -1, "1"], "no-such-cell"),
        (["X", 0.5, "1"], "no-such-cell"),
    ],
)
def test_a_bad_entry_changes_nothing(change: list[Any], code: str, model: Model) -> None:
    result = model(
        """let events = 0, code;
        sheet.addEventListener("edit", () => events++);
        try { sheet.editAll([{name: "X", cell: 1, value: "7"},
                             {name: data[0], cell: data[1], value: data[2]}]); }
        catch (error) { code = error instanceof m.EditError && error.code; }
        return {code, events, edits: sheet.edits};""",
        PRODUCT,
        change,
    )
    assert result == {"code": code, "events": 0, "edits": []}


def test_a_number_is_read_as_people_write_it(model: Model) -> None:
    body = """return data.map((value) => {
      try { return sheet.check({name: "X", cell: 0, value}); } catch (error) { return error.code; }
    });"""
    entries = [*(text for text, _ in READ), *AMBIGUOUS, *REFUSED]
    meant = [*(value for _, value in READ), *["grouped"] * len(AMBIGUOUS)]
    expected = [*meant, *["not-a-number"] * len(REFUSED)]
    assert model(body, PRODUCT, entries) == expected


@pytest.mark.parametrize(
    ("entry", "read"),
    [
        ("is", 1),
        (" CEO", 0),
        ("ceo", 0),
        (1, 1),
        ("2", "not-a-word"),
        ("", "empty"),
        ("x", "not-a-word"),
    ],
)
def test_a_word_is_read_as_its_place(entry: str | int, read: int | str, model: Model) -> None:
    sheet = copy.deepcopy(PRODUCT)
    sheet["arrays"]["X"] |= {"words": ["CEO", "is"]}
    body = """try { return sheet.check({name: "X", cell: 0, value: data}); }
      catch (error) { return error.code; }"""
    assert model(body, sheet, entry) == read


def broken(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(PRODUCT) | changes


def with_node(index: int, **changes: Any) -> dict[str, Any]:
    sheet = copy.deepcopy(PRODUCT)
    sheet["graphs"]["hand"]["nodes"][index] |= changes
    return sheet


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ([], "not-a-sheet"),
        ("sheet", "not-a-sheet"),
        (broken(schema=2), "schema"),
        (broken(arrays=None), "not-a-sheet"),
        (broken(layout=[["X", "Nope"]]), "layout"),
        (broken(layout="X"), "layout"),
        (broken(texts={}), "texts"),
        (broken(graphs={}), "graphs"),
        (broken(pictures=[{"kind": "bars", "arrays": ["Nope"], "steps": []}]), "pictures"),
        (with_node(2, op="fft"), "graphs"),
        (with_node(2, op="toString"), "graphs"),
        (with_node(2, inputs=[1, 2]), "graphs"),
        (with_node(0, name="constructor"), "graphs"),
        (with_node(2, inputs=[1]), "values"),
        (broken(arrays=PRODUCT["arrays"] | {"X": {"given": [[1], [2, 3]]}}), "arrays"),
        (broken(arrays=PRODUCT["arrays"] | {"X": {"given": [["<b>"]]}}), "arrays"),
        (broken(arrays=PRODUCT["arrays"] | {"X": {"given": [[1, 2, 3]]}}), "values"),
        (broken(arrays=PRODUCT["arrays"] | {"P": {"digits": {"hand": 1e9}}}), "arrays"),
        (broken(arrays=PRODUCT["arrays"] | {"P": {"label": {"hand": ["P"]}}}), "arrays"),
        (broken(arrays=PRODUCT["arrays"] | {"P": {"columns": "p1 p2"}}), "arrays"),
    ],
)
def test_a_document_that_is_no_sheet_is_refused(document: Any, code: str, model: Model) -> None:
    caught = model(
        """try { new m.Sheet(data); return null; }
        catch (error) { return error instanceof m.SheetError ? error.code : String(error); }""",
        None,
        document,
    )
    assert caught == code
