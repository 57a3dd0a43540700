"""What is refused takes a few lines a minute of the log, whatever is sent."""

import logging

import pytest

from explainer.door.complaints import LONGEST, Sparing, complain, log


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
