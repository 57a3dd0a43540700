"""A session's document that takes from a browser what a browser may say, and nothing else.

Bokeh lets either side change whatever is in a document, put new models into it, or replace all of
it. That is right between two programs of one owner; a page, though, comes from anybody.
"""

from typing import Any, cast

from bokeh.core.serialization import Serialized
from bokeh.document import Document

from explainer.door.allowed import may_set, may_tell
from explainer.door.complaints import complain, log
from explainer.door.plain import NotPlain, plain

TOGETHER = 1000  # changes in one message


class Refused(Exception):
    """Something that a browser may not do; `str()` says what."""


class Guarded(Document):
    """A document that looks at each change before it lets it in."""

    def apply_json_patch(self, patch_json: Any, *, setter: Any = None) -> None:
        """Apply those of a browser's changes that it may make; tell of the others in the log."""
        try:
            events = _events(patch_json)
        except Refused as problem:
            complain(str(problem))
            return
        for event in events:
            try:
                if vetted := _vetted(self, event):
                    super().apply_json_patch(cast(Any, {"events": [vetted]}), setter=setter)
            except (Refused, NotPlain) as problem:
                complain(str(problem))
            except (ValueError, TypeError, LookupError) as problem:  # what is no value of its kind
                complain(f"{type(problem).__name__}: {problem}")
            except Exception:
                log.exception("A change that a browser may make failed")

    def replace_with_json(self, json: Any) -> None:
        """Refuse it: the document is the server's."""
        complain("another document")


def guard(document: Document) -> None:
    """Guard a document that Bokeh has made."""
    # Bokeh has no hook for a document's class. A method put on the document itself would be a
    # cycle, and keep what a session holds until the collector comes by.
    document.__class__ = Guarded


def _events(patch_json: Any) -> list[dict[str, Any]]:
    """The changes of a message."""
    content = patch_json
    if isinstance(patch_json, Serialized):
        if patch_json.buffers:
            raise Refused("a change with buffers")
        content = patch_json.content
    match content:
        case {"events": list(events)} if len(events) <= TOGETHER:
            return events
    raise Refused("a message that is no list of changes")


def _vetted(document: Document, event: Any) -> dict[str, Any] | None:
    """A change, made anew of what it may say; None for one of a model that has gone already.

    Raises Refused or NotPlain for what a browser may not do.
    """
    match event:
        case {"kind": "ModelChanged", "model": {"id": str(id)}, "attr": str(name), "new": value}:
            read, model = plain(value), document.get_model_by_id(cast(Any, id))
            if model is None:
                return None
            if not may_set(model, name, read):
                raise Refused(f"{type(model).__name__}.{name}, which cannot be set so")
            return {"kind": "ModelChanged", "model": {"id": id}, "attr": name, "new": value}
        case {
            "kind": "MessageSent",
            "msg_type": "bokeh_event",
            "msg_data": {"type": "event", "name": str(name), "values": {"type": "map"} as values},
        }:
            entries = _values(document, name, values.get("entries", []))
            told = {"type": "event", "name": name, "values": {"type": "map", "entries": entries}}
            return {"kind": "MessageSent", "msg_type": "bokeh_event", "msg_data": told}
        case {"kind": str(kind)}:
            raise Refused(f"a change of the kind {kind!r}")
    raise Refused("what is no change")


def _values(document: Document, event: str, entries: Any) -> list[list[Any]]:
    """What an event says, if a browser may tell of it: the model that it is of, and values."""
    model, vetted = None, []
    for name, value in entries:
        if name == "model":
            id = value["id"]
            model = document.get_model_by_id(id)
            if model is None:
                raise Refused(f"{event} of a model that is not there")
            vetted.append([name, {"id": id}])
        else:
            plain(value)
            vetted.append([str(name), value])
    if not may_tell(model, event):
        raise Refused(f"the event {event!r}")
    return vetted
