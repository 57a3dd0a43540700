"""What a browser may write of a value."""

import math
from typing import Any

import pytest

from explainer.door.plain import DEEPEST, MOST, NotPlain, plain


def test_numbers_texts_lists_and_dictionaries_are_read():
    written = {"type": "map", "entries": [["a", [1, 2.5, "x", None, True]], ["b", {"type": "map"}]]}
    assert plain(written) == {"a": [1, 2.5, "x", None, True], "b": {}}
    assert plain({"type": "number", "value": "-inf"}) == -math.inf
    assert math.isnan(plain({"type": "number", "value": "nan"}))


def deep(levels: int) -> Any:
    return [deep(levels - 1)] if levels else 0


@pytest.mark.parametrize(
    "written",
    [
        {"type": "bytes", "data": "H4sIAAAAAAAC/wMAAAAAAAAAAAA="},
        {"type": "ndarray", "array": [1], "dtype": "object", "order": "little", "shape": [1]},
        {"type": "object", "name": "Div", "id": "1", "attributes": {"text": "<script>"}},
        {"id": "1001"},
        {"type": "number", "value": "1e999"},
        {"type": "map", "entries": [[1, 2]]},
        {"type": "map", "entries": 5},
        {"type": ["map"]},
        10**400,
        deep(DEEPEST + 1),
        [0] * (MOST + 1),
    ],
)
def test_anything_else_is_refused_wherever_it_stands(written: Any):
    for value in (written, [written], {"type": "map", "entries": [["a", written]]}):
        with pytest.raises(NotPlain):
            plain(value)
