"""A sheet's state as a link, and links with nonsense in them."""

from typing import Any

import pytest

from tests.browser.model.conftest import Model
from tests.browser.model.sheets import PRODUCT


def opened(model: Model, query: str) -> dict[str, Any]:
    body = """const {state, problems} = m.read(new URLSearchParams(data));
      return {state, problems: [...problems, ...m.open(sheet, state)], edits: sheet.edits};"""
    result = dict(model(body, PRODUCT, query))
    result["state"].pop("edits", None)
    return result


def test_a_link_reopens_what_was_shared(model: Model) -> None:
    body = """sheet.go({step: "relu", arithmetic: "exact", language: "zh"});
      sheet.editAll([{name: "X", cell: 1, value: 0.25}, {name: "W", cell: 2, value: "-3"}]);
      const params = m.write(m.stateOf(sheet), sheet.defaults);
      const other = new m.Sheet(sheet.document);
      const {state, problems} = m.read(new URLSearchParams(params.toString()));
      problems.push(...m.open(other, state));
      const again = m.write(m.stateOf(other), other.defaults).toString();
      return {query: params.toString(), again, problems};"""
    result = model(body, PRODUCT)
    assert result["query"] == "step=relu&arithmetic=exact&lang=zh&X.0.1=0.25&W.1.0=-3"
    assert result["again"] == result["query"]
    assert result["problems"] == []
    assert model("return m.write(m.stateOf(sheet), sheet.defaults).toString()", PRODUCT) == ""


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
    assert result["edits"] == [{"name": "X", "cell": 3, "value": 5}]


def test_foreign_parameters_are_left_alone(model: Model) -> None:
    result = opened(model, "utm.source=x&dark=1&a=b&step=relu")
    assert result == {"state": {"step": "relu"}, "edits": [], "problems": []}


PAPERS = PRODUCT | {"papers": {"sets": [{"X": [5, 6, 7, 8]}], "shuffles": [], "seeds": {}}}


def test_the_paper_comes_first_and_edits_are_on_top_of_it(model: Model) -> None:
    body = """const told = [];
      sheet.addEventListener("change", ({detail}) => told.push(detail));
      const open = (query, opens) => m.open(sheet, m.read(new URLSearchParams(query)).state, opens);
      const problems = open("X.0.1=9&practice=all&paper=17");
      const now = () => [...sheet.givens.X.data];
      const first = now(), opens = m.stateOf(sheet);
      const query = m.write(opens, sheet.defaults).toString();
      open("X.0.0=1", opens); // what it opens with stays, what the address says comes on top
      const second = now();
      open("paper=18&X.0.0=1", opens);
      const third = now();
      sheet.go({paper: 17}); // edits are taken back, and the address has to say so
      const back = m.write(m.stateOf(sheet, opens), opens).toString();
      return {problems, first, second, third, query, back, told: told[0]};"""
    found = model(body, PAPERS)
    assert found == {
        "problems": [],
        "first": [5, 9, 7, 8],
        "second": [1, 9, 7, 8],
        "third": [1, 6, 7, 8],
        "query": "paper=17&practice=all&X.0.1=9",
        "back": "X.0.1=6",
        "told": {"paper": 17, "practice": "all"},
    }


def test_a_lesson_with_one_paper_only_says_so_and_shows_it(model: Model) -> None:
    result = opened(model, "paper=17&X.1.1=5&step=relu")
    assert [(problem["code"], problem["key"]) for problem in result["problems"]] == [
        ("unfit", "paper")
    ]
    assert result["edits"] == [{"name": "X", "cell": 3, "value": 5}]
