"""Where each matrix stands: a lesson's ASCII layout, read and checked."""

from dataclasses import dataclass

from explainer.errors import LessonError

EMPTY = "."


class Wrong(LessonError):
    """A layout that is none; `place` or `below`, lines below its first, tell where."""

    def __init__(self, text: str, place: str = "", below: int = 0) -> None:
        super().__init__(text)
        self.place, self.below = place, below


@dataclass(frozen=True)
class Layout:
    """Rows of place names, as CSS grid areas; `Q'` is a place for a copy of `Q`."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def places(self) -> list[str]:
        """Every place once, in reading order."""
        return list(dict.fromkeys(p for row in self.rows for p in row if p != EMPTY))

    @property
    def copies(self) -> list[str]:
        """The places that show a copy."""
        return [place for place in self.places if place != array_at(place)]


def array_at(place: str) -> str:
    """The name of the array that a place shows: `Q` for `Q` and for `Q'`."""
    return place.rstrip("'")


def parse(text: str) -> Layout:
    """Read an ASCII layout: one line a row, names and dots between spaces.

    Raises Wrong when rows differ in length, a place is no rectangle, or a copy stands without its
    original.
    """
    lines = [(below, line) for below, line in enumerate(text.splitlines()) if line.strip()]
    rows = tuple(tuple(line.split()) for _, line in lines)
    if not rows:
        raise Wrong("the layout is empty")
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            told = f"layout: row {number} has {len(row)} places, row 1 has {len(rows[0])}"
            raise Wrong(told, below=lines[number - 1][0])
    layout = Layout(rows)
    for place in layout.places:
        _check_rectangle(place, rows)
        if array_at(place) not in layout.places:
            told = f"layout: {place} is a copy of {array_at(place)}, which has no place"
            raise Wrong(told, place)
    return layout


def _check_rectangle(place: str, rows: tuple[tuple[str, ...], ...]) -> None:
    cells = {(i, j) for i, row in enumerate(rows) for j, name in enumerate(row) if name == place}
    down, across = {i for i, _ in cells}, {j for _, j in cells}
    height, width = max(down) - min(down) + 1, max(across) - min(across) + 1
    if len(cells) != height * width:
        raise Wrong(f"layout: the places of {place} are no rectangle", place)
