"""What all tests share: how hypothesis searches, and the server under test."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from tests.serving import serving

# Two busy cores make a time limit on one example a test of the machine.
settings.register_profile("explainer", deadline=None, print_blob=True)
settings.load_profile("explainer")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--slowed",
        type=int,
        default=1,
        metavar="N",
        help="let browsers compute N times slower, to find tests that hang on a machine's speed",
    )


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of `explainer serve` with the shipped lessons, without a slash at its end."""
    with serving() as served:
        yield served.url
