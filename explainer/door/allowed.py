"""Which properties of which models a browser may set, and to what. All others are the server's.

Our own components say it themselves, by `Bundled.told` and `Bundled.accepts`. For the widgets and
plots of Panel and Bokeh that pages are made of it stands here; none of it ever becomes HTML.
"""

import math
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

import panel as pn
from bokeh.model import DataModel, Model

Check = Callable[[Any, Any], bool]  # of a model and the value that it is to have


def number(model: Any, value: Any) -> bool:
    """A finite number."""
    return type(value) in (int, float) and math.isfinite(value)


def maybe_number(model: Any, value: Any) -> bool:
    """A finite number or none, as the ends of a range that has nothing to show."""
    return value is None or (type(value) is float and math.isnan(value)) or number(model, value)


def pixels(model: Any, value: Any) -> bool:
    """A length on a screen."""
    return number(model, value) and 0 <= value <= 100_000


def text(model: Any, value: Any) -> bool:
    """A text, no longer than its field takes."""
    return isinstance(value, str) and len(value) <= (model.max_length or len(value))


def offered(model: Any, value: Any) -> bool:
    """One of a menu's values."""
    return value in _values(model.options)


def place(model: Any, value: Any) -> bool:
    """The place of one of the buttons of a group, or of none."""
    return value is None or (type(value) is int and 0 <= value < len(model.labels))


def clicks(model: Any, value: Any) -> bool:
    """A number of clicks."""
    return type(value) is int and value >= 0


RANGE: dict[str, Check] = dict.fromkeys(("start", "end", "reset_start", "reset_end"), maybe_number)
FRAME: dict[str, Check] = dict.fromkeys(
    ("inner_width", "inner_height", "outer_width", "outer_height"), pixels
)
PROPERTIES: dict[str, dict[str, Check]] = {
    "TextAreaInput": {"value": text, "value_input": text},
    "Select": {"value": offered},
    "RadioButtonGroup": {"active": place},
    "FileDownload": {"clicks": clicks},
    "Range1d": RANGE,
    "DataRange1d": RANGE,
    "Plot": FRAME,
}
DOCUMENT_EVENTS = ("document_ready", "client_reconnected", "connection_lost")
# To which Panel listens for every component, whether it has use for them or not.
UNASKED = ("dom_event", "data_event")


def may_set(model: Model, name: str, value: Any) -> bool:
    """Whether a browser may set a property of a model to a plain value."""
    if isinstance(model, DataModel):
        component = _component(type(model))
        return (
            component is not None
            and name in component.told
            and component.accepts(name, value, model)
        )
    for kind in type(model).__mro__:
        if check := PROPERTIES.get(kind.__name__, {}).get(name):
            return check(model, value)
    return False


def may_tell(model: Model | None, event: str) -> bool:
    """Whether a browser may tell of an event, of a model or, with None, of the document."""
    if model is None:
        return event in DOCUMENT_EVENTS
    return event in model.subscribed_events and event not in UNASKED


def _values(options: Any) -> Iterator[str]:
    """The values of a menu, which may have names for them, and groups."""
    for option in options if isinstance(options, list) else chain(*options.values()):
        yield option if isinstance(option, str) else option[0]


def _component(data: type[DataModel]) -> Any:
    """The component of ours whose parameters a model holds, or None."""
    return _components().get(data)


def _components() -> dict[type, Any]:
    """Our components by the models that Panel has made for their parameters."""
    found, left = {}, list(pn.custom.ReactiveESM.__subclasses__())
    while left:
        component = left.pop()
        left += component.__subclasses__()
        if hasattr(component, "told"):
            found[component._data_model] = component
    return found
