"""A real Chromium, the machine's own, whose every page is watched and cannot leave the machine."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import BrowserContext, Page, expect

from tests.guard import Guard
from tests.serving import serving_files

STAGE = Path(__file__).parents[2] / "explainer" / "stage"
BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
WIDE = {"viewport": {"width": 1440, "height": 860}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}

# ms; whoever waits goes on at once when what is waited for is there, and a busy machine takes long
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)

NewContext = Callable[..., BrowserContext]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None:
        pytest.fail("The browser tests need Chromium: `make test` finds or installs one.")
    return browser_type_launch_args | {
        "executable_path": found,
        "args": [
            "--no-sandbox",
            "--no-first-run",
            "--no-proxy-server",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            # No name but our own servers' leads anywhere.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        ],
    }


@pytest.fixture(scope="session")
def origins() -> set[str]:
    """The servers that pages may ask, as "localhost:5006"; a fixture that starts one adds it."""
    return set()


@pytest.fixture(scope="session")
def server(server: str, origins: set[str]) -> str:
    """The address of `explainer serve` with the shipped lessons, without a slash at its end."""
    origins.add(urlsplit(server).netloc)
    return server


@pytest.fixture(scope="session")
def stage_files(origins: set[str]) -> Iterator[str]:
    """The address of a plain file server over explainer/stage, for its modules one by one."""
    with serving_files(STAGE) as url:
        origins.add(urlsplit(url).netloc)
        yield url


@pytest.fixture(autouse=True)
def guard(request: pytest.FixtureRequest, origins: set[str]) -> Iterator[Guard]:
    """Fails a test whose pages log an error, throw one, or ask a server that is not ours."""
    marks = request.node.iter_markers("expected_errors")
    guard = Guard(origins, [pattern for mark in marks for pattern in mark.args])
    yield guard
    if guard.problems:
        pytest.fail("In the browser:\n" + "\n".join(guard.problems), pytrace=False)


@pytest.fixture
def new_context(new_context: NewContext, guard: Guard, pytestconfig: pytest.Config) -> NewContext:
    """pytest-playwright's own, watched: `page`, `wide` and `phone` all come from here."""
    slowed = pytestconfig.getoption("slowed")

    def open_watched(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(PATIENCE)
        guard.watch(context)
        if slowed > 1:
            _slow(context, slowed)
        return context

    return open_watched


def _slow(context: BrowserContext, rate: int) -> None:
    """Let every page that a test opens compute so many times slower than this machine would."""
    opened = context.new_page

    def open_slowed() -> Page:
        page = opened()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": rate})
        return page

    context.new_page = open_slowed  # type: ignore[method-assign]


@pytest.fixture
def wide(new_context: NewContext) -> Page:
    """A page as on a laptop or a projector."""
    return new_context(**WIDE).new_page()


@pytest.fixture
def phone(new_context: NewContext) -> Page:
    """A page as on a phone: narrow, and touched."""
    return new_context(**PHONE).new_page()


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def screen(request: pytest.FixtureRequest, new_context: NewContext) -> Page:
    """The test once on a wide page and once on a phone's."""
    return new_context(**request.param).new_page()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """The serious and critical accessibility violations of a page, one line each."""

    def violations(page: Page) -> list[str]:
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
        return [
            f"{violation['id']}: {violation['help']}: {node['html']}"
            for violation in found
            if violation["impact"] in ("serious", "critical")
            for node in violation["nodes"]
        ]

    return violations
