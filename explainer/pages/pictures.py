"""The pictures beside a sheet, drawn by HoloViews from the numbers that the reader has."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import holoviews as hv
import numpy as np

from explainer.pages.page import TOKENS
from explainer.trace.feeds import Array

hv.renderer("bokeh")  # loads the backend, without the script that hv.extension writes into a page

WIDTH, HEIGHT = 330, 190
TOLD = 4  # points of a curve that each get their number; more would cover each other
WORDS_ACROSS = 36  # letters that fit side by side below the bars
FUNCTIONS: dict[str, tuple[str, Callable[[Array], Array]]] = {
    "sigmoid": ("σ", lambda x: np.asarray(1 / (1 + np.exp(-x)))),
    "relu": ("ReLU", lambda x: np.maximum(x, 0)),
    "tanh": ("tanh", np.tanh),
    "exp": ("exp", np.exp),
}


@dataclass(frozen=True)
class Shown:
    """One array of a picture: its numbers (rows, columns), its labels and its colour."""

    label: str
    values: Array
    rows: list[str]
    columns: list[str]
    colour: str


def draw(
    picture: Mapping[str, Any],
    sheet: Mapping[str, Any],
    arrays: Mapping[str, Array],
    arithmetic: str,
    language: str = "en",
    dark: bool = False,
) -> hv.Overlay:
    """One picture of a sheet, from the arrays by name; cells that are not finite are left out."""
    ink = colours(dark)
    labels = {name: array["label"][arithmetic] for name, array in sheet["arrays"].items()}
    labels |= sheet["texts"][language]["labels"]
    shown = [
        _shown(sheet["arrays"][name], labels[name], arrays[name], ink) for name in picture["arrays"]
    ]
    if picture["kind"] == "bars":
        drawn = _bars(shown[0])
    elif picture["kind"] == "plane":
        drawn = _plane(shown, ink)
    else:
        drawn = _curve(shown[0], picture["function"], ink)
    return drawn.opts(
        hv.opts.Overlay(
            width=WIDTH,
            height=HEIGHT,
            show_legend=False,
            toolbar=None,
            shared_axes=False,
            hooks=[_quiet(ink)],
        ),
    )


def _shown(array: Mapping[str, Any], label: str, values: Array, ink: Mapping[str, str]) -> Shown:
    cells = np.atleast_2d(values)
    rows, columns = cells.shape
    return Shown(
        label=plain(label),
        values=cells,
        rows=[plain(row) for row in array["rows"]] or [str(i + 1) for i in range(rows)],
        columns=[plain(c) for c in array["columns"]] or [str(i + 1) for i in range(columns)],
        colour=ink[array["role"]],
    )


def _bars(shown: Shown) -> hv.Overlay:
    """A group of bars for each column, a bar a row."""
    data = [
        (column, row, value)
        for column, line in zip(shown.columns, shown.values.T, strict=True)
        for row, value in zip(shown.rows, line, strict=True)
        if np.isfinite(value)
    ]
    # named with their values, since HoloViews would put them into an order of its own
    columns = hv.Dimension("column", values=list(dict.fromkeys(c for c, _, _ in data)))
    rows = hv.Dimension(
        "row", values=[row for row in shown.rows if any(r == row for _, r, _ in data)]
    )
    bars = (
        hv.Bars(data, [columns, rows], "value")
        if len(shown.rows) > 1
        else hv.Bars([(c, v) for c, _, v in data], columns, "value")
    )
    return hv.Overlay(
        [bars.opts(color=shown.colour, line_color=None, xlabel="", ylabel=shown.label, alpha=0.85)]
    )


def _plane(shown: list[Shown], ink: Mapping[str, str]) -> hv.Overlay:
    """The columns as arrows from the origin, with their angles to the first of a second array."""
    asked = shown[1].values[:, 0] if len(shown) > 1 else None
    parts: list[Any] = [
        hv.HLine(0).opts(color=ink["line"], line_width=1),
        hv.VLine(0).opts(color=ink["line"], line_width=1),
    ]
    ends: list[tuple[float, float]] = [(0.0, 0.0)]
    for which, group in enumerate(shown):
        for name, (x, y) in zip(group.columns, group.values.T, strict=True):
            if not np.isfinite([x, y]).all():
                continue
            text = name
            if asked is not None and which == 0 and np.isfinite(asked).all():
                text += f" {_angle(np.array([x, y]), asked):.0f}°"
            ends.append((float(x), float(y)))
            parts += [
                hv.Segments([(0, 0, x, y)]).opts(
                    color=group.colour, line_width=3, line_dash="dashed" if which else "solid"
                ),
                hv.Points([(x, y)]).opts(color=group.colour, size=8),
                hv.Labels([(x, y, text)], vdims="text").opts(
                    text_color=ink["ink"],
                    text_font_size="9pt",
                    text_align="left" if x >= 0 else "right",
                    text_baseline="bottom" if y >= 0 else "top",
                ),
            ]
    low, high = np.min(ends, axis=0), np.max(ends, axis=0)
    # the words at the arrows' ends need room at the sides
    aside, above = (share * max(float((high - low).max()), 1.0) for share in (0.85, 0.15))
    return hv.Overlay(parts).opts(
        xlim=(low[0] - aside, high[0] + aside),
        ylim=(low[1] - above, high[1] + above),
        xlabel="",
        ylabel="",
    )


def _angle(a: Array, b: Array) -> float:
    """The angle between two vectors in degrees; 90 where one has no direction."""
    lengths = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(np.degrees(np.arccos(np.clip(a @ b / lengths, -1, 1)))) if lengths else 90.0


def _curve(shown: Shown, function: str, ink: Mapping[str, str]) -> hv.Overlay:
    """A function with a point at each cell."""
    name, compute = FUNCTIONS[function]
    x = shown.values[np.isfinite(shown.values)]
    reach = max(5.0, 1.3 * float(np.abs(x).max(initial=0)))
    line = np.linspace(-reach, reach, 201)
    points = list(zip(x, compute(x), strict=True))
    told = points if len(points) <= TOLD else []
    texts = [(a - reach / 20, b, f"{name}({a:.3g}) = {b:.2g}") for a, b in told]
    return hv.Overlay(
        [
            hv.Curve((line, compute(line))).opts(color=ink["mute"], line_width=2),
            hv.Points(points).opts(color=shown.colour, size=10),
            hv.Labels(texts, vdims="text").opts(
                text_color=ink["ink"],
                text_font_size="10pt",
                text_align="right",
                text_baseline="bottom",
            ),
        ]
    ).opts(xlabel=shown.label, ylabel="")


def plain(label: str) -> str:
    """A label without its markup: `x_{1}` as x₁ where the subscript is digits, else as written."""
    digits = re.sub(
        r"_\{?(\d+)\}?", lambda m: m[1].translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")), label
    )
    return re.sub(r"[_^]\{([^{}]*)\}|[_^](.)", lambda m: m[1] or m[2] or "", digits).replace(
        "{", ""
    )


@cache
def colours(dark: bool) -> dict[str, str]:
    """The colours of the stage by name, read from the tokens that it uses itself."""
    pairs = re.findall(
        r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", TOKENS.read_text(encoding="utf-8")
    )
    return {name: pair[dark] for name, *pair in pairs}


def _quiet(ink: Mapping[str, str]) -> Callable[[Any, Any], None]:
    """A Bokeh figure without a ground of its own, in the colours of the page around it."""

    def apply(plot: Any, element: Any) -> None:
        figure = plot.state
        figure.background_fill_color = figure.border_fill_color = figure.outline_line_color = None
        figure.xgrid.visible = figure.ygrid.visible = False
        factors = getattr(figure.x_range, "factors", None) or []
        letters = sum(
            len(factor[-1] if isinstance(factor, tuple) else factor) for factor in factors
        )
        if letters > WORDS_ACROSS:
            figure.xaxis.major_label_orientation = "vertical"
        for axis in figure.axis:
            axis.axis_line_color = axis.major_tick_line_color = ink["line"]
            axis.minor_tick_line_color = None
            axis.major_label_text_color = axis.axis_label_text_color = ink["mute"]
            if hasattr(axis, "group_text_color"):
                axis.group_text_color = ink["mute"]
                axis.separator_line_color = None

    return apply
