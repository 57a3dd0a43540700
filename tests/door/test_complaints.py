"""What is refused takes a few lines a minute of the log, whatever is sent."""

import io
import logging

import pytest
from bokeh.server.urls import per_app_patterns

from explainer.door.complaints import LONGEST, MOST, Sparing, complain, log, spare
from explainer.door.hang import warn_if_open


def record(text: str) -> logging.LogRecord:
    return logging.LogRecord("x", logging.WARNING, "", 0, "%s", (text,), None)


def test_so_many_lines_a_minute_and_then_how_many_were_left_out():
    now = 0.0
    sparing = Sparing(most=2, seconds=60, clock=lambda: now)
    assert [sparing.filter(record("a")) for _ in range(5)] == [True, True, False, False, False]
    now = 60.0
    late = record("b")
    assert sparing.filter(late)
    assert late.getMessage() == "b (3 lines before it were left out)"


def test_a_complaint_is_one_short_line(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(log, "filters", [])
    complain("a\nb" * LONGEST)
    [said] = caplog.messages
    assert "\n" not in said and len(said) < LONGEST + 20


def test_what_others_log_is_spared_too():
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger().addHandler(handler)
    try:
        spare()
        spare()
        for number in range(2 * MOST):
            logging.getLogger("anybody").warning("line %d", number)
    finally:
        logging.getLogger().removeHandler(handler)
    assert written.getvalue().count("\n") == MOST


def test_a_server_without_the_door_says_so_once(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(log, "filters", [])
    before = per_app_patterns[:]
    per_app_patterns.clear()
    try:
        warn_if_open()
        warn_if_open()
    finally:
        per_app_patterns[:] = before
    [said] = [one for one in caplog.messages if "--plugins" in one]
    assert "explainer.plugin" in said
