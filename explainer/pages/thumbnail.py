"""A lesson's picture for its card: the sheet's matrices in their places, in their colours."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np
from markupsafe import Markup

CELL, GAP = 10.0, 12.0
LEAST = (190.0, 105.0)  # a small sheet is drawn no larger than its neighbours
LINE = 0.5  # half of what is left between two cells
MOST = 36  # cells drawn along a side; a picture of this size shows no more
LEVELS = 4
EMPTY = "."


def thumbnail(sheet: Mapping[str, Any], arrays: Mapping[str, Any]) -> Markup:
    """An SVG of the sheet's layout, each cell as strong as its number is large.

    arrays: the values of a run, by name; a matrix that it lacks is left out.
    """
    places = {}
    for place, span in areas(sheet["layout"]).items():
        name = place.rstrip("'")
        if name in arrays:
            cells = as_drawn(arrays[name])
            if cells.size:
                role = str(sheet["arrays"][name]["role"])
                places[place] = (span, cells, role, place != name)
    if not places:
        return Markup("")
    columns = _tracks([(s[2], s[3], c.shape[1]) for s, c, _, _ in places.values()])
    rows = _tracks([(s[0], s[1], c.shape[0]) for s, c, _, _ in places.values()])
    # A matrix stands at the right and the foot of its area, as on the stage.
    drawn = Markup("").join(
        _matrix(
            columns[span[3]][1] - cells.shape[1] * CELL,
            rows[span[1]][1] - cells.shape[0] * CELL,
            cells,
            role,
            copy,
        )
        for span, cells, role, copy in places.values()
    )
    width = max(end for _, end in columns.values())
    height = max(end for _, end in rows.values())
    box = (max(width + 4, LEAST[0]), max(height + 4, LEAST[1]))
    view = ((width - box[0]) / 2, (height - box[1]) / 2, *box)
    return Markup(
        '<svg class="thumbnail" viewBox="{}" aria-hidden="true" focusable="false">{}</svg>'
    ).format(" ".join(f"{number:g}" for number in view), drawn)


def areas(layout: list[list[str]]) -> dict[str, tuple[int, int, int, int]]:
    """Each place of a layout -> first row, last row, first column, last column."""
    found: dict[str, tuple[int, int, int, int]] = {}
    for row, names in enumerate(layout):
        for column, name in enumerate(names):
            if name == EMPTY:
                continue
            top, bottom, left, right = found.get(name, (row, row, column, column))
            found[name] = (
                min(top, row),
                max(bottom, row),
                min(left, column),
                max(right, column),
            )
    return found


def as_drawn(value: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Values as the rows and columns that the stage draws, cut to what a picture shows."""
    cells = np.atleast_2d(np.asarray(value, dtype=np.float64))
    cells = cells.reshape(-1, cells.shape[-1]) if cells.ndim > 2 else cells
    return cells[:MOST, :MOST]


def _tracks(items: list[tuple[int, int, int]]) -> dict[int, tuple[float, float]]:
    """Where each row or column of the layout starts and ends; empty ones take no room."""
    size: dict[int, float] = {}
    for first, last, cells in sorted(items, key=lambda item: item[1] - item[0]):
        for track in range(first, last + 1):
            size.setdefault(track, 0.0)
        have = sum(size[track] for track in range(first, last + 1)) + GAP * (last - first)
        size[last] += max(0.0, cells * CELL - have)
    tracks, at = {}, 0.0
    for track in sorted(size):
        tracks[track] = (at, at + size[track])
        at += size[track] + GAP
    return tracks


def _matrix(
    x: float, y: float, cells: np.ndarray[Any, np.dtype[np.float64]], role: str, copy: bool
) -> Markup:
    colour = role if re.fullmatch(r"[a-z]+", role) else "weight"
    line = " stroke-dasharray='3 2'" if role == "weight" else " stroke-dasharray='1 2'"
    rows, columns = cells.shape
    parts = [
        Markup("<g style='--r:var(--{}, var(--weight))' transform='translate({} {})'>").format(
            colour, f"{x:g}", f"{y:g}"
        )
    ]
    sized = Markup("width='{}' height='{}' rx='2'").format(
        f"{columns * CELL:g}", f"{rows * CELL:g}"
    )
    parts.append(Markup("<rect class='paper' {}/>").format(sized))
    for level, path in _levels(cells).items():
        parts.append(Markup("<path class='l{}' d='{}'/>").format(level, path))
    dashes = Markup(line) if role == "weight" or copy else ""
    parts.append(Markup("<rect class='edge' {}{}/></g>").format(sized, dashes))
    return Markup("").join(parts)


def _levels(cells: np.ndarray[Any, np.dtype[np.float64]]) -> dict[int, str]:
    """One path of squares for each strength, 1 to LEVELS; zero and blank cells have none."""
    strength = np.abs(np.nan_to_num(cells, nan=0.0, posinf=0.0, neginf=0.0))
    largest = strength.max()
    if largest == 0:
        return {}
    paths: dict[int, str] = {}
    for (row, column), value in np.ndenumerate(np.ceil(strength / largest * LEVELS)):
        if value:
            x, y, side = column * CELL + LINE, row * CELL + LINE, CELL - 2 * LINE
            square = f"M{x:g} {y:g}h{side:g}v{side:g}h-{side:g}z"
            paths[int(value)] = paths.get(int(value), "") + square
    return paths
