"""What the page's main thread did between two marks, from a trace of Chromium."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

START, END = "bench-start", "bench-end"  # names of the marks that the page sets
CATEGORIES = ["devtools.timeline", "blink.user_timing"]
# What runs scripts (timers, observers and messages included), and what computes style and layout.
COUNTED = {
    "EventDispatch",
    "FireAnimationFrame",
    "FunctionCall",
    "TimerFire",
    "RunMicrotasks",
    "UpdateLayoutTree",
    "Layout",
}


@dataclass
class Work:
    """Milliseconds of scripting, style and layout.

    `wall` is what the clock says, the time included in which other programs had the processor;
    `cpu` is the time for which the main thread itself ran, so a busy machine disturbs it less.
    """

    wall: float
    cpu: float


@contextmanager
def traced(page: Page) -> Iterator[list[Work]]:
    """Trace a page while the block runs; afterwards the list holds the work between the marks."""
    browser = page.context.browser
    assert isinstance(browser, Browser)
    found: list[Work] = []
    browser.start_tracing(page=page, categories=CATEGORIES)
    try:
        yield found
    finally:
        events = json.loads(browser.stop_tracing())["traceEvents"]
    found.append(work(events))


def work(events: list[dict[str, Any]]) -> Work:
    """Sum up the outermost counted events of the thread that set the marks.

    Raises StopIteration when a mark is missing.
    """
    start = next(event for event in events if event["name"] == START)
    end = next(event for event in events if event["name"] == END)
    thread = (start["pid"], start["tid"])
    ours = [e for e in events if e["name"] in COUNTED and (e["pid"], e["tid"]) == thread]
    counted = [e for e in ours if "dur" in e]
    counted.sort(key=lambda event: (event["ts"], -event["dur"]))
    wall = cpu = 0.0
    until = 0
    for event in counted:
        # the event that set the first mark began before it
        if event["ts"] + event["dur"] < start["ts"] or event["ts"] > end["ts"]:
            continue
        if event["ts"] < until:
            continue  # within one that is counted
        until = event["ts"] + event["dur"]
        wall += event["dur"] / 1000
        cpu += event.get("tdur", 0) / 1000
    return Work(wall, cpu)
