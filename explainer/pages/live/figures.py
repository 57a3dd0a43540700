"""Bokeh figures in the colours of the page, light and dark."""

from collections.abc import Sequence
from typing import Any

from bokeh.models import Axis, Plot
from bokeh.plotting import figure

from explainer.pages.page import colours

FONT = 'ui-sans-serif, system-ui, "Noto Sans", "Noto Sans SC", sans-serif'
SIZE = "12px"


def blank(height: int, **options: Any) -> Any:
    """A figure as wide as its place, without a toolbar, a grid or a minor tick."""
    made = figure(
        height=height,
        sizing_mode="stretch_width",
        toolbar_location=None,
        tools="",
        min_border=4,
        **options,
    )
    made.grid.visible = False
    made.axis.minor_tick_line_color = None
    made.axis.major_tick_in = 0
    made.axis.major_label_text_font = made.axis.axis_label_text_font = FONT
    made.axis.major_label_text_font_size = made.axis.axis_label_text_font_size = SIZE
    made.axis.axis_label_text_font_style = "normal"
    return made


def paint(plot: Plot, dark: bool) -> dict[str, str]:
    """Put a figure into the colours of the page, and return them by name.

    The ground is painted too, so that a saved picture is readable on any other.
    """
    ink = colours(dark)
    plot.background_fill_color = plot.border_fill_color = ink["card"]
    plot.outline_line_color = None
    axes: list[Any] = list(plot.select({"type": Axis}))
    for axis in axes:
        axis.axis_line_color = axis.major_tick_line_color = ink["line"]
        axis.major_label_text_color = axis.axis_label_text_color = ink["mute"]
    return ink


def ramp(*stops: str, steps: int = 256) -> list[str]:
    """Colours that go evenly from each stop (#rrggbb) to the next."""
    between = len(stops) - 1
    made = []
    for step in range(steps):
        whole, share = divmod(step * between / (steps - 1), 1)
        first = min(int(whole), between - 1)
        made.append(mixed(stops[first], stops[first + 1], share if whole < between else 1.0))
    return made


def mixed(a: str, b: str, share: float) -> str:
    """A colour between two, of the second so large a share."""
    pairs = zip(_channels(a), _channels(b), strict=True)
    return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in pairs)


def readable(ground: str, inks: Sequence[str]) -> str:
    """Whichever of some colours stands out most from a ground (WCAG 2.2 contrast)."""

    def contrast(ink: str) -> float:
        high, low = sorted((_luminance(ink), _luminance(ground)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    return max(inks, key=contrast)


def _channels(colour: str) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)]


def _luminance(colour: str) -> float:
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
