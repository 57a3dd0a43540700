"""A sheet's state as a link, and links with nonsense in them."""

from typing import Any

import pytest

from tests.browser.model.conftest import Model
from tests.browser.model.sheets import PRODUCT


def opened(model: Model, query: str) -> dict[str, Any]:
    return dict(model("return m.read(new URLSearchParams(data), sheet)", PRODUCT, query))


def test_a_link_reopens_what_was_shared(model: Model) -> None:
    body = """sheet.go({step: "relu", arithmetic: "exact", language: "zh"});
      sheet.editAll([{name: "X", cell: 1, value: 0.25}, {name: "W", cell: 2, value: "-3"}]);
      const params = m.write(sheet);
      const other = new m.Sheet(sheet.document);
      const {state, edits, problems} = m.read(new URLSearchParams(params.toString()), other);
      other.go(state); other.editAll(edits);
      return {query: params.toString(), again: m.write(other).toString(), problems};"""
    result = model(body, PRODUCT)
    assert result["query"] == "step=relu&arithmetic=exact&lang=zh&X.0.1=0.25&W.1.0=-3"
    assert result["again"] == result["query"]
    assert result["problems"] == []
    assert model("return m.write(sheet).toString()", PRODUCT) == ""


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("step=nowhere", "unknown-step"),
        ("step=__proto__", "unknown-step"),
        ("arithmetic=magic", "unknown-arithmetic"),
        ("lang=tlh", "unknown-language"),
        ("Nope.0.0=1", "unknown-matrix"),
        ("__proto__.0.0=1", "unknown-matrix"),
        ("P.0.0=1", "not-editable"),
        ("X.0.2=1", "no-such-cell"),
        ("X.9.0=1", "no-such-cell"),
        ("X.0.0=", "empty"),
        ("X.0.0=<script>", "not-a-number"),
        ("X.0.0=1e400", "not-finite"),
        ("X.0.0=1e7", "out-of-bounds"),
    ],
)
def test_nonsense_in_a_link_is_told_and_the_rest_holds(query: str, code: str, model: Model) -> None:
    result = opened(model, f"{query}&X.1.1=5")
    assert [problem["code"] for problem in result["problems"]] == [code]
    assert result["state"] == {}
    assert result["edits"] == [{"name": "X", "cell": 3, "value": 5}]


def test_foreign_parameters_are_left_alone(model: Model) -> None:
    result = opened(model, "utm.source=x&theme=dark&a=b&step=relu")
    assert result == {"state": {"step": "relu"}, "edits": [], "problems": []}
