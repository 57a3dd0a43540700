"""How a cell came to its value, as a person would write it."""

from typing import Any

import pytest

from tests.browser.model.conftest import Model
from tests.browser.model.sheets import PRODUCT, constant, node, one


def formula(model: Model, sheet: Any, name: str = "Y", cell: int = 0) -> str:
    return str(
        model(
            "const e = m.explain(sheet, ...data); return `${m.plain(e.parts)} = ${e.result}`;",
            sheet,
            [name, cell],
        )
    )


def test_a_product_is_written_term_by_term(model: Model) -> None:
    explained = model("return m.explain(sheet, 'P', 1)", PRODUCT)
    assert [len(explained["terms"]), explained["join"], explained["result"]] == [2, " + ", "−7"]
    assert explained["terms"][0] == [
        {"name": "W", "cell": 0, "text": "2"},
        "×(",
        {"name": "X", "cell": 1, "text": "−2"},
        ")",
    ]
    assert explained["sources"] == [
        {"name": "W", "cell": 0}, {"name": "X", "cell": 1},
        {"name": "W", "cell": 1}, {"name": "X", "cell": 3},
    ]  # fmt: skip
    assert formula(model, PRODUCT, "P", 1) == "2×(−2) + (−1)×3 = −7"
    assert formula(model, PRODUCT, "P'", 1) == "2×(−2) + (−1)×3 = −7"
    assert formula(model, PRODUCT, "R", 1) == "max(−7, 0) = 0"
    assert model("return m.explain(sheet, 'X', 0)", PRODUCT)["given"] is True


TWO = {"X": [[5, -2]], "V": [[3, 4]]}


@pytest.mark.parametrize(
    ("nodes", "cell", "text"),
    [
        ([node("add", 1, 0)], 1, "4 + (−2) = 2"),
        ([node("add", 0, 1)], 1, "−2 + 4 = 2"),
        ([node("subtract", 1, 0)], 1, "4 − (−2) = 6"),
        ([node("add", 0, 1), node("add", 2, 0)], 0, "5 + 3 + 5 = 13"),
        ([node("subtract", 0, 1), node("subtract", 0, 2)], 0, "5 − (5 − 3) = 3"),
        ([node("multiply", 0, 1), node("divide", 2, 0)], 0, "5 × 3 ÷ 5 = 3"),
        ([constant(-2), node("multiply", 0, 2)], 0, "5 × (−2) = −10"),
        ([constant(1 / 3), node("divide", 1, 2)], 0, "3 ÷ (1/3) = 9"),
        ([constant(3**0.5), node("divide", 1, 2)], 0, "3 ÷ √3 = 1.7"),
        ([constant(2), node("floor_divide", 0, 2)], 1, "⌊−2 ÷ 2⌋ = −1"),
        ([constant(3), node("power", 2, 0)], 1, "3^{−2} = 1/9"),
        ([node("square", 0)], 1, "(−2)^2 = 4"),
        ([node("exp", 0)], 1, "e^{−2} = 0.1"),
        ([node("negative", 0)], 1, "−(−2) = 2"),
        ([node("absolute", 0)], 1, "|−2| = 2"),
        ([node("sum", 0, axis=1)], 0, "5 + (−2) = 3"),
        ([node("mean", 0, axis=1)], 0, "(5 + (−2)) ÷ 2 = 1.5"),
        ([node("max", 0, axis=None)], 0, "max(5, −2) = 5"),
        ([node("argmax", 1, axis=1)], 0, "argmax(3, 4) = 1"),
        # folded operations, in brackets where they are needed and only there
        ([node("add", 0, 1), node("multiply", 2, 1)], 0, "(5 + 3) × 3 = 24"),
        ([node("multiply", 0, 1), node("add", 2, 1)], 0, "5 × 3 + 3 = 18"),
        ([node("subtract", 0, 1), node("subtract", 0, 2)], 0, "5 − (5 − 3) = 3"),
        ([node("add", 0, 1), node("exp", 2)], 1, "e^{−2 + 4} = 7.4"),
        ([node("add", 0, 1), node("square", 2)], 0, "(5 + 3)^2 = 64"),
        ([node("add", 0, 1), node("sqrt", 2)], 0, "√(5 + 3) = 2.8"),
        ([node("add", 0, 1), node("maximum", 2, 0)], 0, "max(5 + 3, 5) = 8"),
        ([node("add", 0, 1), constant(3), node("floor_divide", 2, 3)], 0, "⌊(5 + 3) ÷ 3⌋ = 2"),
        ([node("sum", 0, axis=1), node("divide", 0, 2)], 0, "5 ÷ (5 + (−2)) = 5/3"),
        ([node("remainder", 0, 1), node("multiply", 1, 2)], 0, "3 × (5 mod 3) = 6"),
        ([constant(0), node("greater", 0, 2), node("where", 3, 0, 1)], 0, "(5 > 0) ? 5 : 3 = 5"),
        # what only moves leaves no trace
        ([node("transpose", 1, axes=None), node("matmul", 0, 2)], 0, "5×3 + (−2)×4 = 7"),
        # rounding a folded product, or scaling a folded sum, still reads as such
        ([node("transpose", 1, axes=None), node("matmul", 0, 2), node("round", 3, decimals=0)], 0,
         "round(5×3 + (−2)×4) = 7"),
        ([node("sum", 1, axis=1), constant(2), node("divide", 2, 3)], 0, "(3 + 4) ÷ 2 = 3.5"),
    ],
)  # fmt: skip
def test_a_formula_reads_as_a_person_would_write_it(
    nodes: list[dict[str, Any]], cell: int, text: str, model: Model
) -> None:
    assert formula(model, one(nodes, **TWO), cell=cell) == text


def test_lookups_and_blank_cells_are_written(model: Model) -> None:
    taken = one([node("take", 0, 1, axis=1)], X=[[5, 6]], V=[1, 9])
    assert formula(model, taken, cell=0) == "6 = 6"
    assert formula(model, taken, cell=1) == "□ = ?"
    assert formula(model, one([constant(-1), node("log", 1)], X=[[5]]), cell=0) == "ln(−1) = ?"


MASKED: dict[str, Any] = {"X": [[5, -2]], "V": [[1, 0]]}


def test_what_is_not_computed_is_blank_and_says_why(model: Model) -> None:
    square = [node("multiply", 0, 0), node("only", 2, 1)]
    assert formula(model, one(square, **MASKED), cell=0) == "5 × 5 = 25"
    assert formula(model, one(square, **MASKED), cell=1) == "□ = □"
    sources = model("return m.explain(sheet, 'Y', 1).sources", one(square, **MASKED))
    assert sources == [{"name": "V", "cell": 1}]


def test_a_masked_product_binds_as_the_product_it_is(model: Model) -> None:
    nodes = [
        node("transpose", 0, axes=None),
        node("matmul", 0, 2),
        node("only", 3, 1),
        node("multiply", 4, 1),
    ]
    assert formula(model, one(nodes, **MASKED), cell=0) == "(5×5 + (−2)×(−2)) × 1 = 29"


def test_words_are_written_as_words(model: Model) -> None:
    sheet = one([node("add", 0, 1)], X=[1, 0], V=[2, 2])
    sheet["arrays"]["X"]["words"] = ["how", "are"]
    assert formula(model, sheet, cell=0) == "are + 2 = 3"


def test_a_folded_product_keeps_its_terms_apart(model: Model) -> None:
    nodes = [node("transpose", 1, axes=None), node("matmul", 0, 2), node("round", 3, decimals=0)]
    explained = model("return m.explain(sheet, 'Y', 0)", one(nodes, **TWO))
    assert [len(explained["terms"]), explained["join"], explained["op"]] == [2, " + ", "round"]


def test_each_source_counts_once_in_the_order_of_the_formula(model: Model) -> None:
    nodes = [node("sum", 0, axis=1, keepdims=True), node("divide", 0, 2)]
    explained = model("return m.explain(sheet, 'Y', 1)", one(nodes, **TWO))
    assert explained["sources"] == [{"name": "X", "cell": 1}, {"name": "X", "cell": 0}]


def test_a_long_line_is_shortened_but_its_terms_are_all_there(model: Model) -> None:
    long = one([node("sum", 0, axis=1)], X=[list(range(1, 31))])
    assert formula(model, long) == "1 + 2 + 3 + 4 + 5 + 6 + 7 + 8 + 9 + 10 + … + 30 = 465"
    assert model("return m.explain(sheet, 'Y', 0).terms.length", long) == 30


def test_a_deep_graph_does_not_explode(model: Model) -> None:
    """A stranger's sheet of folded products would otherwise be a formula of 8^20 terms."""
    side = [[0.1] * 8] * 8
    nodes = [node("matmul", max(at - 1, 0), 0) for at in range(1, 21)]
    assert (
        model("return m.explain(sheet, 'Y', 0).result", one(nodes, X=side)) == "0.001"
    )  # 0.1 · 0.8^20


def test_a_blank_that_is_filled_is_written_as_what_fills_it(model: Model) -> None:
    nodes = [constant([[1, 0]]), node("only", 0, 2), node("nan_to_num", 3), node("add", 1, 4)]
    sheet = one(nodes, **TWO)
    assert formula(model, sheet, "Y", 0) == "3 + 5 = 8"
    assert formula(model, sheet, "Y", 1) == "4 + 0 = 4"
