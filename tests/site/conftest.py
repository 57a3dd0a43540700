"""The browser of tests/browser, opening files; a site that is built once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from explainer import cli
from tests.browser.conftest import (  # noqa: F401
    PHONE,
    WIDE,
    NewContext,
    axe,
    browser_type_launch_args,
    guard,
    new_context,
    origins,
    server,
    stage_files,
    wide,
)

Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole site, as `explainer build` writes it."""
    out = tmp_path_factory.mktemp("build") / "site"
    assert cli.main(["build", "--out", str(out)]) == 0
    return out


@pytest.fixture
def opened(new_context: NewContext, origins: set[str]) -> Opened:  # noqa: F811
    """Opens a file in a browser without a network, where motion is still unless asked for.

    `page.asked` are the addresses that the page has asked for since.
    """

    def open_file(path: Path, fragment: str = "", **options: Any) -> Page:
        origins.add("")  # file:// has none
        context = new_context(**{"offline": True, "reduced_motion": "reduce", **WIDE, **options})
        page = context.new_page()
        page.asked = []  # type: ignore[attr-defined]
        page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
        page.goto(path.as_uri() + fragment)
        return page

    return open_file
