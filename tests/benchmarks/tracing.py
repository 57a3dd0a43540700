"""What the main thread did from an input to the paint of two frames, from Chromium's trace."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

# Names of the marks that the page sets: at the input, and as the two frames begin.
START, FIRST, SECOND = "bench-start", "bench-first", "bench-second"
PAINTED = "Layerize"  # the last that the main thread does for a frame
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

Event = dict[str, Any]


@dataclass
class Work:
    """Milliseconds of scripting, style and layout until a frame was painted.

    `wall` is what the clock says, the time included in which other programs had the processor;
    `cpu` is the time for which the main thread itself ran, so a busy machine disturbs it less.
    `waited` is all the time that passed, by the clock.
    """

    wall: float
    cpu: float
    waited: float


@contextmanager
def traced(page: Page) -> Iterator[list[Work]]:
    """Trace a page while the block runs; then the list holds the work for its two frames.

    The first is counted from the input, the second from the paint of the first, with what has
    been put off until then.
    """
    browser = page.context.browser
    assert isinstance(browser, Browser)
    found: list[Work] = []
    browser.start_tracing(page=page, categories=CATEGORIES)
    try:
        yield found
    finally:
        events = json.loads(browser.stop_tracing())["traceEvents"]
    found += frames(events)


def frames(events: list[Event]) -> list[Work]:
    """The work for two frames. Raises StopIteration when a mark or a paint is missing."""
    start = next(event for event in events if event["name"] == START)
    thread = (start["pid"], start["tid"])
    ours = [event for event in events if (event["pid"], event["tid"]) == thread]
    ours.sort(key=lambda event: (event["ts"], -event.get("dur", 0)))
    first = painted(ours, FIRST)
    return [work(ours, start["ts"], first), work(ours, first, painted(ours, SECOND))]


def painted(events: list[Event], mark: str) -> float:
    """When the frame was painted in which a mark was set."""
    begun = next(event["ts"] for event in events if event["name"] == mark)
    paint = next(e for e in events if e["name"] == PAINTED and e["ts"] > begun)
    return float(paint["ts"] + paint["dur"])


def work(events: list[Event], start: float, end: float) -> Work:
    """Sum up the outermost counted events of a thread between two times, in microseconds."""
    wall = cpu = until = 0.0
    for event in events:
        if event["name"] not in COUNTED or "dur" not in event:
            continue
        # the event that set the first mark began before it
        if event["ts"] + event["dur"] < start or event["ts"] > end:
            continue
        if event["ts"] < until:
            continue  # within one that is counted
        until = event["ts"] + event["dur"]
        wall += event["dur"] / 1000
        cpu += event.get("tdur", 0) / 1000
    return Work(wall, cpu, (end - start) / 1000)
