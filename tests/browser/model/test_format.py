"""Numbers and labels as text."""

from typing import Any

import pytest

from tests.browser.model.conftest import Model
from tests.browser.model.sheets import sheet_of


@pytest.mark.parametrize(
    ("value", "digits", "fixed", "text"),
    [
        (3.0, 1, False, "3"),
        (0.25, 2, False, "0.25"),
        (2.5, 2, True, "2.50"),
        (-1.5, 1, False, "−1.5"),
        (-0.0, 2, False, "0"),
        (0.05, 1, False, "0.05"),
        (-0.0004, 2, True, "−4e−4"),
        (123456.0, 2, True, "1.2e5"),
        (-1.2e6, 1, False, "−1.2e6"),
        (float("nan"), 1, False, ""),
        (float("inf"), 1, True, "∞"),
        (float("-inf"), 1, False, "−∞"),
    ],
)
def test_a_number_fits_its_cell(
    value: float, digits: int, fixed: bool, text: str, model: Model
) -> None:
    body = "return m.format(data.value, data)"
    assert model(body, None, {"value": value, "digits": digits, "fixed": fixed}) == text


def test_all_cells_of_an_exact_matrix_are_written_alike(model: Model) -> None:
    body = """return ["hand", "exact"].map((arithmetic) => {
      sheet.go({arithmetic});
      return [0, 1, 2].map((cell) => m.formatCell(sheet, data, cell));
    });"""
    sheet = sheet_of(
        "X N",
        {"X": [[1, 0.5, 0.126]], "N": [[2, 1e-17, 3.0000000000000004]]},
    )
    assert model(body, sheet, "X") == [["1", "0.5", "0.1"], ["1.00", "0.50", "0.13"]]
    assert model(body, sheet, "N") == [["2", "0", "3"]] * 2
    assert model("return m.formatCell(sheet, 'X', 0)", sheet_of("X", {"X": 1e-20})) == "1e−20"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2, "2"), (0.5, "0.5"), (-3, "−3"), (1 / 3, "1/3"), (-2 / 3, "−2/3"), (3**0.5, "√3"),
        (4096**0.5, "64"), (3**-0.5, "1/√3"), (2.718281828459045, "e"), (0.125, "0.125"),
        (float("-inf"), "−∞"), (1e-5, "1e−5"), (0.123456789, "0.1235"),
    ],
)  # fmt: skip
def test_a_constant_is_short(value: float, text: str, model: Model) -> None:
    assert model("return m.constant(data)", None, value) == text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("X", ["X"]),
        ("x_1", ["x", {"sub": ["1"]}]),
        ("K^T Q", ["K", {"sup": ["T"]}, " Q"]),
        ("W_{QK}", ["W", {"sub": ["QK"]}]),
        ("3^{x_i}", ["3", {"sup": ["x", {"sub": ["i"]}]}]),
        ("a_", ["a_"]),
        ("a_{b", ["a_{b"]),
        ("<b>^2", ["<b>", {"sup": ["2"]}]),
        ("x_𝛼", ["x", {"sub": ["𝛼"]}]),
    ],
)
def test_label_markup(text: str, parts: list[Any], model: Model) -> None:
    assert model("return m.markup(data)", None, text) == parts


@pytest.mark.parametrize(
    ("value", "text"),
    [(1 / 3, "1/3"), (-8 / 3, "−8/3"), (5 / 6, "5/6"), (2 / 7, "2/7"), (0.5, "0.5"),
     (1.5, "1.5"), (0.25, "0.3"), (0.125, "0.1"), (3**0.5, "1.7"), (2.0, "2")],
)  # fmt: skip
def test_by_hand_a_third_is_a_fraction(value: float, text: str, model: Model) -> None:
    sheet = sheet_of("X", {"X": [[value, 0.05]]})
    assert model("return m.formatCell(sheet, 'X', 0)", sheet) == text


def test_in_exact_arithmetic_a_small_number_is_zero_beside_larger_ones(model: Model) -> None:
    body = "sheet.go({arithmetic: 'exact'}); return [0, 1].map((i) => m.formatCell(sheet, 'X', i))"
    for given, texts in (([[0.004, 1.5]], ["0.00", "1.50"]), ([[0.004, 0.05]], ["0.004", "0.05"])):
        sheet = sheet_of("X", {"X": given})
        assert model(body, sheet) == texts


def test_a_huge_number_leaves_the_small_ones_beside_it_as_they_are(model: Model) -> None:
    sheet = sheet_of("X", {"X": [[9e239, 9, 0.5]]})
    assert model("return m.formatCell(sheet, 'X', 1)", sheet) == "9"
    assert model("return m.formatCell(sheet, 'X', 2)", sheet) == "0.5"
