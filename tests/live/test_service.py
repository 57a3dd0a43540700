"""One service for many readers: queues, places, what is kept, and who may ask for how much."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from explainer.live import Ask, Service
from tests.live import llamas

LONG = 60  # seconds that a busy machine may take


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return llamas.save(tmp_path_factory.mktemp("llama"), num_key_value_heads=2)


@pytest.fixture
def service(folder: Path) -> Iterator[Service]:
    made = Service({"small": folder, "other": folder}, device="cpu", max_tokens=200)
    yield made
    made.close()


class Gate:
    """Work that waits until it is let through, step by step."""

    def __init__(self, steps: int = 1) -> None:
        self.steps, self.entered, self.open = steps, threading.Event(), threading.Semaphore(0)

    def __call__(self, task: Any) -> Iterator[int]:
        progress = getattr(task, "progress", task)
        for number in range(self.steps):
            self.entered.set()
            assert self.open.acquire(timeout=LONG)
            progress((number + 1) / self.steps)
            yield number


def test_capture_loads_once_runs_and_is_known_afterwards(service: Service):
    states: list[tuple[str, float]] = []
    job = service.capture(Ask("small", "hello"), "me")
    job.watch(lambda j: states.append((j.state, j.progress)))
    capture = job.wait(LONG)
    assert "".join(token.text for token in capture.tokens) == "<s>hello"
    seen = [state for state in dict.fromkeys(state for state, _ in states) if state != "waiting"]
    assert seen == ["running", "loading", "done"] or seen == ["loading", "running", "done"]
    loaded = [share for state, share in states if state == "loading"]
    assert loaded == sorted(loaded) and loaded[-1] == 1
    again = service.capture(Ask("small", "hello"), "you")
    assert (again.state, again.result) == ("done", capture)
    assert service.loaded("small") is capture.model and service.loaded("other") is None
