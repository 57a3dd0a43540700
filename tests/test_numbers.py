"""Numbers as people type them on a command line; the browser reads the same table."""

import pytest

from explainer.numbers import typed
from tests.typed_numbers import AMBIGUOUS, READ, REFUSED


@pytest.mark.parametrize(("text", "value"), READ)
def test_a_number_is_read_as_people_write_it(text: str, value: float):
    assert typed(text) == value


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_a_sign_that_may_be_a_decimal_one_is_asked_about(text: str):
    with pytest.raises(ValueError, match="write 1234.5 or 1234,5"):
        typed(text)


@pytest.mark.parametrize("text", [*REFUSED, ""])
def test_what_is_no_number_is_none(text: str):
    with pytest.raises(ValueError, match=r"line 1|Extra data|Expecting"):
        typed(text)


def test_in_lists_a_comma_separates():
    assert typed("［[１，−2], [0.5，3]]") == [[1, -2], [0.5, 3]]
