"""Small sheets written by hand."""

from typing import Any

from explainer.trace import OPERATIONS


def node(op: str, *inputs: int, name: str | None = None, **attributes: Any) -> dict[str, Any]:
    form: dict[str, Any] = {"op": op, "inputs": list(inputs), "attributes": attributes}
    return form | ({"name": name} if name else {})


def constant(value: Any) -> dict[str, Any]:
    return {"op": "constant", "value": value}


def given(name: str) -> dict[str, Any]:
    return {"op": "given", "name": name}


def sheet_of(
    layout: str,
    givens: dict[str, Any],
    *computed: dict[str, Any],
    steps: dict[str, str] | None = None,
    exact: list[dict[str, Any]] | None = None,
) -> dict[str, Any]:
    """A sheet with these nodes after the givens; `steps` are ids and what they show."""
    rows = [line.split() for line in layout.strip().splitlines()]
    nodes = [*(given(name) for name in givens), *computed]
    places = [place for row in rows for place in row if place != "."]
    steps = steps or {"all": " ".join(dict.fromkeys(places))}
    names = dict.fromkeys([*givens, *(n["name"] for n in nodes if "name" in n)])
    arrays: dict[str, dict[str, Any]] = {
        name: {
            "label": {"hand": name, "exact": name.lower()},
            "role": "feature",
            "rows": [],
            "columns": [],
            "digits": {"hand": 1, "exact": 2},
        }
        for name in names
    }
    for name, value in givens.items():
        arrays[name] |= {"given": value, "bounds": [-1e6, 1e6], "editable": True}
    graph = {
        "nodes": nodes,
        "steps": [{"id": id, "shows": shows.split()} for id, shows in steps.items()],
    }
    other = {**graph, "nodes": [*nodes[: len(givens)], *exact]} if exact else graph
    text = {"title": "t", "summary": [], "steps": {}}
    return {
        "schema": 1,
        "id": "by-hand",
        "layout": rows,
        "arrays": arrays,
        "operations": {
            n["op"]: {
                "feeds": OPERATIONS[n["op"]].feeds,
                "formula": vars(OPERATIONS[n["op"]].formula).copy(),
            }
            for n in [*nodes, *(exact or [])]
            if n["op"] in OPERATIONS
        },
        "graphs": {"hand": graph, "exact": other},
        "texts": {"en": text, "zh": text},
    }


X, W = [[1, -2], [0, 3]], [[2, -1], [4, 0.5]]
PRODUCT = sheet_of(
    """
    . X  .
    W P  P'
    . R  .
    """,
    {"X": X, "W": W},
    node("matmul", 1, 0, name="P"),
    constant(0),
    node("maximum", 2, 3, name="R"),
    steps={"given": "X W", "multiply": "P", "copy": "P'", "relu": "R"},
)


def one(op_nodes: list[dict[str, Any]], **givens: Any) -> dict[str, Any]:
    """A sheet whose last node is drawn as Y beside its givens."""
    *before, last = op_nodes
    return sheet_of(" ".join([*givens, "Y"]), givens, *before, last | {"name": "Y"})
