"""Menus that pass over what they do not offer: a browser may send anything."""

from typing import Any

import panel as pn


class Menu(pn.widgets.Select):
    """One of several, in a menu."""

    def _process_property_change(self, props: dict[str, Any]) -> dict[str, Any]:
        if props.get("value", "") not in ("", *self.labels, *self.unicode_values):
            props = {name: each for name, each in props.items() if name != "value"}
        return super()._process_property_change(props)


class Buttons(pn.widgets.RadioButtonGroup):
    """One of several, each a button."""

    def _process_property_change(self, props: dict[str, Any]) -> dict[str, Any]:
        if "active" in props and props["active"] not in range(len(self.labels)):
            props = {name: each for name, each in props.items() if name != "active"}
        return super()._process_property_change(props)
