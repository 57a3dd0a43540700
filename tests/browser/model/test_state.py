"""The codec of addresses: Python and JavaScript read and write the same."""

from typing import Any
from urllib.parse import parse_qs, urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from explainer import state
from tests.browser.model.conftest import Model
from tests.test_state import CELLS, STATES, TEXTS

# what somebody may write into an address, right and wrong
WORDS = st.sampled_from(
    "none no yes on off true false 0 1 -1 -0 007 7 999 1000 1e2 all auto dark light play steps keys"
    " print sparkle 1000000000000 ٣ ７ __proto__ constructor".split()
)
VALUES = st.lists(WORDS | TEXTS, max_size=3).map(" ".join)
KEYS = st.sampled_from([field.key for field in state.FIELDS]) | CELLS | TEXTS
PAIRS = st.lists(st.tuples(KEYS, VALUES), max_size=8)
BODY = """return data.map(({pairs, told, opens}) => {
  const read = m.read(new URLSearchParams(pairs));
  const query = m.write(told, opens).toString();
  return {...read, query, back: m.read(new URLSearchParams(query)).state,
    attributes: m.attributes(told)};
});"""


def test_both_codecs_are_one(model: Model) -> None:
    sent: list[dict[str, Any]] = []  # for one evaluation of the page

    @settings(max_examples=100, database=None)
    @given(PAIRS, STATES, STATES)
    def draw(pairs: Any, told: Any, opens: Any) -> None:
        sent.append({"pairs": pairs, "told": told, "opens": opens})

    draw()
    assert len(sent) >= 80
    for one, result in zip(sent, model(BODY, data=sent), strict=True):
        pairs: dict[str, list[str]] = {}
        for key, value in one["pairs"]:
            pairs.setdefault(key, []).append(value)
        found, problems = state.read(pairs)
        assert result["state"] == found
        told = [
            (problem["code"], problem["key"], problem["value"]) for problem in result["problems"]
        ]
        assert sorted(told) == sorted(map(tuple, problems))
        # each reads what the other has written
        written = state.write(one["told"], one["opens"])
        assert parse_qs(result["query"], keep_blank_values=True) == parse_qs(
            urlencode(written), keep_blank_values=True
        )
        assert result["back"] == state.read({key: [text] for key, text in written.items()})[0]
        assert result["attributes"].keys() == state.attributes(one["told"]).keys()
