"""What a browser may change in a document of ours, and that nothing else gets in."""

import gzip
from base64 import b64encode
from typing import Any

import panel as pn
import pytest
from bokeh.core.serialization import Buffer, Serialized
from bokeh.document import Document
from bokeh.models import Button, Div, Range1d, TextAreaInput

from explainer.catalog import Catalog
from explainer.door import gate
from explainer.door.complaints import log
from explainer.pages.live.components import Heatmap, Strip, Tabs
from explainer.pages.live.dial import Dial
from explainer.stage.component import Stage

SHEET = Catalog().sheet("self-attention")
EDIT = {"name": "X", "cell": 0, "value": 3}


@pytest.fixture
def complaints(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> pytest.LogCaptureFixture:
    """The log, which holds nothing back."""
    monkeypatch.setattr(log, "filters", [])
    return caplog


def guarded(*roots: Any) -> Document:
    document = Document()
    for root in roots:
        document.add_root(root)
    gate.guard(document)
    return document


def drawn(component: Any) -> tuple[Document, Any]:
    """A document with one of our components, and what a browser has of its parameters."""
    document = Document()
    model = component.get_root(document)
    document.add_root(model)
    gate.guard(document)
    return document, model.data


def written(value: Any) -> Any:
    """A value as a browser writes it."""
    if isinstance(value, dict):
        return {"type": "map", "entries": [[name, written(each)] for name, each in value.items()]}
    return [written(each) for each in value] if isinstance(value, list) else value


def change(model: Any, name: str, value: Any, **more: Any) -> dict[str, Any]:
    return {
        "kind": "ModelChanged", "model": {"id": model.id}, "attr": name, "new": value, **more,
    }  # fmt: skip


def send(document: Document, *events: Any) -> None:
    document.apply_json_patch(Serialized({"events": list(events)}, []))  # type: ignore[typeddict-item]


STAGE = {"sheet": SHEET}
ONE_PAPER = {"sheet": {name: each for name, each in SHEET.items() if name != "papers"}}
TAKEN = [
    (Stage, STAGE, "step", "match"),
    (Stage, STAGE, "arithmetic", "exact"),
    (Stage, STAGE, "language", "zh"),
    (Stage, STAGE, "theme", "dark"),
    (Stage, STAGE, "practice", "all"),
    (Stage, STAGE, "paper", 17),
    (Stage, STAGE, "edits", [EDIT, EDIT | {"cell": 1}]),
    (Heatmap, {}, "resolution", 256),
    (Heatmap, {}, "view", [0, 5, 0, 5]),
    (Strip, {}, "token", 2),
    (Tabs, {"names": ["a", "b"]}, "active", 1),
    (Dial, {}, "value", 0.5),
]
REFUSED = [
    (Stage, STAGE, "sheet", {}),
    (Stage, STAGE, "links", [{"label": "x", "href": "javascript:alert(1)"}]),
    (Stage, STAGE, "file_href", "https://example.org"),
    (Stage, STAGE, "step", "nonsense"),
    (Stage, STAGE, "step", 5),
    (Stage, STAGE, "arithmetic", "bogus"),
    (Stage, STAGE, "language", "xx"),
    (Stage, STAGE, "practice", "2"),
    (Stage, STAGE, "paper", 1000),
    (Stage, STAGE, "paper", "17"),
    (Stage, ONE_PAPER, "paper", 17),
    (Stage, STAGE, "edits", [{"name": "X"}]),
    (Stage, STAGE, "edits", ["X"]),
    (Stage, STAGE, "edits", 5),
    (Stage, STAGE, "edits", [EDIT] * 20_000),
    (Stage, STAGE, "edits", [EDIT, EDIT]),
    (Stage, STAGE, "edits", [EDIT | {"cell": 10_000}]),
    (Stage, STAGE, "edits", [EDIT | {"cell": -1}]),
    (Stage, STAGE, "edits", [EDIT | {"value": "3"}]),
    (Stage, STAGE, "edits", [EDIT | {"value": 10**12}]),
    (Stage, STAGE, "edits", [EDIT | {"name": "Q"}]),
    (Stage, STAGE, "edits", [EDIT | {"more": "text"}]),
    (Heatmap, {}, "resolution", 0),
    (Heatmap, {}, "view", [1]),
    (Heatmap, {}, "view", "text"),
    (Heatmap, {}, "problem", "<b>"),
    (Strip, {}, "token", -1),
    (Strip, {}, "words", {"a": "<b>"}),
    (Tabs, {"names": ["a"]}, "active", 7),
    (Dial, {}, "value", 99),
    (Dial, {}, "label", "<b>"),
]


@pytest.mark.parametrize(("component", "given", "name", "value"), TAKEN)
def test_what_a_component_is_told(component: Any, given: Any, name: str, value: Any):
    made = component(**given)
    document, data = drawn(made)
    send(document, change(data, name, written(value)))
    assert getattr(data, name) == value


@pytest.mark.parametrize(("component", "given", "name", "value"), REFUSED)
def test_what_a_component_is_not_told(
    component: Any, given: Any, name: str, value: Any, complaints: pytest.LogCaptureFixture
):
    document, data = drawn(component(**given))
    before = getattr(data, name)
    send(document, change(data, name, written(value)))
    assert getattr(data, name) is before
    [said] = complaints.records
    assert said.exc_info is None


def packed() -> dict[str, str]:
    return {"type": "bytes", "data": b64encode(gzip.compress(bytes(10**6))).decode()}


def test_widgets_and_plots_of_bokeh():
    text, menu, button = TextAreaInput(value="a"), pn.widgets.Select(options=["a", "b"]), Button()
    document = guarded(text, button, reach := Range1d(0, 1))
    root = menu.get_root(document)
    document.add_root(root)
    send(
        document,
        change(text, "value", "b"),
        change(reach, "start", 0.5),
        change(root, "value", "b"),
        change(root, "value", "c"),
        change(button, "label", "<script>"),
        change(root, "options", ["c"]),
    )
    assert (text.value, reach.start, root.value, button.label) == ("b", 0.5, "b", "Button")
    assert "c" not in root.options


def test_nothing_that_becomes_html_or_a_new_model_gets_in(complaints: pytest.LogCaptureFixture):
    div, text = Div(text="ours"), TextAreaInput(value="ours")
    document = guarded(div, text)
    new = {"type": "object", "name": "Div", "id": "x1", "attributes": {"text": "<script>"}}
    events = [
        change(div, "text", "<script>"),
        change(div, "stylesheets", ["*{}"]),
        change(div, "tags", [new]),
        change(text, "value", new),
        change(text, "value", packed()),
        change(text, "value", "b", more=packed()),
        change(text, "js_event_callbacks", {}),
        {"kind": "RootAdded", "model": new},
        {"kind": "RootRemoved", "model": {"id": div.id}},
        {"kind": "TitleChanged", "title": "x"},
        {"kind": "ColumnDataChanged", "model": {"id": div.id}, "attr": "data", "data": packed()},
        {"kind": "MessageSent", "msg_type": "x", "msg_data": packed()},
        {"kind": 5},
        "text",
    ]
    for event in events:
        before = len(complaints.records)
        send(document, event)
        assert (div.text, document.roots) == ("ours", [div, text]), event
        assert len(complaints.records) <= before + 1
    assert text.value == "b"  # what was said beside it was not even read
    document.replace_with_json({"roots": []})  # type: ignore[typeddict-item]
    document.apply_json_patch(Serialized({"events": []}, [Buffer("1", b"")]))  # type: ignore[arg-type, typeddict-item]
    assert document.roots == [div, text]


def told(name: str, **values: Any) -> dict[str, Any]:
    entries = [[each, value] for each, value in values.items()]
    data = {"type": "event", "name": name, "values": {"type": "map", "entries": entries}}
    return {"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": data}


def test_events_of_a_document_and_of_what_listens(complaints: pytest.LogCaptureFixture):
    heard: list[str] = []
    button, deaf = Button(), Button()
    button.on_click(lambda event: heard.append("click"))
    document = guarded(button, deaf)
    document.on_event("document_ready", lambda _: heard.append("ready"))
    send(document, told("document_ready"), told("button_click", model={"id": button.id}))
    assert heard == ["ready", "click"] and not complaints.records
    send(
        document,
        told("button_click", model={"id": deaf.id}),
        told("button_click", model={"id": "nobody"}),
        told("button_click"),
        told("dom_event", model={"id": button.id}, node="x", data=packed()),
        told("button_click", model={"id": button.id}, data=packed()),
        told("nonsense"),
    )
    assert heard == ["ready", "click"] and len(complaints.records) == 6


def test_what_a_session_holds_goes_with_it():
    import gc
    import weakref

    gc.collect()
    gc.disable()
    try:
        document = guarded()
        gone = weakref.ref(document)
        del document
        assert gone() is None
    finally:
        gc.enable()
