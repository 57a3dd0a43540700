"""The other browser tests rest on the guard, so it is shown to catch what it is for."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import PATIENCE
from tests.guard import Guard
from tests.serving import serving_files

BLANK = "<!doctype html><html lang=en><title>t</title><link rel=icon href='data:,'></html>"


@pytest.fixture
def files(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "index.html").write_text(BLANK)
    with serving_files(tmp_path) as url:
        yield url


@pytest.fixture
def watched(browser: Browser, files: str) -> Iterator[tuple[Guard, Page]]:
    """A guard that is not the tests' own, and a page that it watches."""
    guard = Guard({files.removeprefix("http://")}, expected=["on purpose"])
    with browser.new_context() as context:
        guard.watch(context)
        page = context.new_page()
        page.goto(files)
        yield guard, page


def test_a_quiet_page_has_no_problems(watched: tuple[Guard, Page]):
    guard, page = watched
    page.evaluate("fetch('index.html').then(r => r.text())")
    page.evaluate("fetch('data:,x').then(r => r.text())")
    page.evaluate("console.log('fine')")
    assert guard.problems == []


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("console.error('oh no')", "console: oh no"),
        ("setTimeout(() => { throw new Error('thrown') })", "thrown"),
        ("Promise.reject(new Error('rejected')); null", "rejected"),
        ("fetch('nowhere.js')", "404"),
        ("fetch('http://example.org/x.js').catch(() => {})", "stranger: http://example.org/x.js"),
        ("void new WebSocket('ws://example.org/ws')", "stranger: ws://example.org/ws"),
        ("fetch('http://127.0.0.1:9/').catch(() => {})", "stranger: http://127.0.0.1:9/"),
    ],
)
def test_a_problem_is_seen(watched: tuple[Guard, Page], script: str, problem: str):
    guard, page = watched
    page.evaluate(script)
    deadline = time.monotonic() + PATIENCE / 1000
    while not any(problem in seen for seen in guard.problems):
        assert time.monotonic() < deadline
        page.wait_for_timeout(20)


def test_an_expected_problem_is_not_one(watched: tuple[Guard, Page]):
    guard, page = watched
    page.evaluate("console.error('on purpose'); console.error('by accident')")
    assert [problem.split(" (")[0] for problem in guard.problems] == ["console: by accident"]


def test_no_name_leads_out_of_the_machine(watched: tuple[Guard, Page]):
    _, page = watched
    page.goto("about:blank")
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.org/")


def test_axe_sees_an_image_without_a_text(wide: Page, axe: Callable[[Page], list[str]]):
    page = "<html lang=en><title>t</title><main><h1>t</h1>{}</main></html>"
    wide.set_content(page.format(""))
    assert axe(wide) == []
    wide.set_content(page.format("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw='>"))
    assert any(line.startswith("image-alt") for line in axe(wide))


def test_wide_and_phone_are_what_they_say(wide: Page, phone: Page):
    assert wide.evaluate("[innerWidth, innerHeight]") == [1440, 860]
    assert phone.evaluate("screen.width") == 390
    assert phone.evaluate("matchMedia('(pointer: coarse)').matches")
