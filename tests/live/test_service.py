"""One service for many readers: queues, places, what is kept, and who may ask for how much."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from explainer.errors import LiveError
from explainer.live import Ask, Cancelled, Head, LiveModel, Mlp, Service, load, loading
from explainer.live.jobs import Job, Lane
from explainer.live.progress import Progress
from tests.live import near
from tests.live.conftest import hooks

LONG = 60  # seconds that a busy machine may take


@pytest.fixture
def service(llama: Path) -> Iterator[Service]:
    made = Service({"small": llama, "other": llama}, device="cpu", max_tokens=200)
    yield made
    made.close()


@pytest.fixture
def loaded(service: Service) -> Service:
    service.capture(Ask("small", "warm up"), "nobody").wait(LONG)
    return service


def eventually(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def pausing(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Is set once a view has begun to wait for a capture."""
    paused, real = threading.Event(), Lane.until_idle

    def until_idle(lane: Lane, given_up: Callable[[], bool]) -> None:
        def asked() -> bool:
            paused.set()  # the lane is busy, and the view's thread is in here
            return given_up()

        real(lane, asked)

    monkeypatch.setattr(Lane, "until_idle", until_idle)
    return paused


class Steps:
    """Work of some steps, each of which waits until the test lets it through."""

    def __init__(self, steps: int = 1) -> None:
        self.steps = steps
        self.begun, self.ended = 0, False
        self.asked = 0  # how often whether somebody still wants it
        self._open = threading.Semaphore(0)

    def let(self, steps: int = 1) -> None:
        self._open.release(steps)

    def __call__(self, progress: Progress) -> Iterator[int]:
        try:
            for number in range(self.steps):
                self.begun += 1
                while not self._open.acquire(timeout=0.01):
                    progress(number / self.steps)
                    self.asked += 1
                yield number
        finally:
            self.ended = True


def test_capture_loads_once_runs_and_is_known_afterwards(
    service: Service, monkeypatch: pytest.MonkeyPatch
):
    watched = threading.Event()
    monkeypatch.setattr(loading, "load", lambda *given: watched.wait(LONG) and load(*given))
    states: list[tuple[str, float]] = []
    job = service.capture(Ask("small", "hello"), "me")
    job.watch(lambda j: states.append((j.state, j.progress)))
    watched.set()
    capture = job.wait(LONG)
    assert "".join(token.text for token in capture.tokens) == "<s>hello"
    seen = [state for state in dict.fromkeys(state for state, _ in states) if state != "waiting"]
    assert seen in (["running", "loading", "done"], ["loading", "running", "done"])
    shares = [share for state, share in states if state == "loading"]
    assert shares == sorted(shares) and shares[-1] == 1
    again = service.capture(Ask("small", "hello"), "you")
    assert (again.state, again.progress, again.result) == ("done", 1.0, capture)
    assert service.loaded("small") is capture.model and service.loaded("other") is None
    more = service.capture(Ask("small", "hello there"), "me").wait(LONG)
    assert more.model is capture.model


def test_equal_asks_are_one_whatever_the_order():
    one = Ask("m", "p", (Mlp(1), Head(0, 3)), [4, 5])  # type: ignore[arg-type]
    two = Ask("m", "p", (Head(0, 3), Mlp(1), Head(0, 3)), (4, 5))
    assert one == two and hash(one) == hash(two)
    assert one != Ask("m", "p", (Head(0, 3, "mean"), Mlp(1)), (4, 5))


def test_going_on_by_a_token_starts_from_what_is_kept(
    loaded: Service, monkeypatch: pytest.MonkeyPatch
):
    model = loaded.loaded("small")
    assert model is not None
    loaded.capture(Ask("small", "hello"), "me").wait(LONG)
    lengths: list[int] = []
    run = LiveModel._run
    monkeypatch.setattr(
        LiveModel,
        "_run",
        lambda self, ids, *rest: lengths.append(len(ids)) or run(self, ids, *rest),
    )
    capture = loaded.capture(Ask("small", "hello", continued=(9,)), "me").wait(LONG)
    longer = loaded.capture(Ask("small", "hello", continued=(9, 30)), "me").wait(LONG)
    assert lengths == [1, 1]
    loaded.cache.clear()
    fresh = loaded.capture(Ask("small", "hello", continued=(9, 30)), "me").wait(LONG)
    assert lengths == [1, 1, 8]
    assert [t.id for t in longer.tokens] == [t.id for t in fresh.tokens]
    assert longer.tokens[:-1] == capture.tokens
    near.runs(longer.logits, fresh.logits, model)


def test_two_sessions_at_once_each_get_their_own(service: Service, grouped: LiveModel):
    prompts = [f"{who} says something" for who in "abcdefgh"]
    jobs: dict[str, Job] = {}

    def ask(prompt: str, name: str) -> None:
        jobs[prompt + name] = service.capture(Ask(name, prompt), prompt)

    threads = [
        threading.Thread(target=ask, args=(prompt, name))
        for prompt in prompts
        for name in ("small", "other")
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for prompt in prompts:
        expected = grouped.capture(prompt)
        for name in ("small", "other"):
            found = jobs[prompt + name].wait(LONG)
            np.testing.assert_array_equal(found.logits, expected.logits)
            np.testing.assert_array_equal(found.attention(2, 3), expected.attention(2, 3))


def test_threads_may_share_a_model_without_a_service(grouped: LiveModel):
    prompts = [f"{letter * 9} and more" for letter in "abcdef"]
    expected = {prompt: grouped.capture(prompt, [Head(1, 1)]) for prompt in prompts}
    found: dict[str, Any] = {}

    def capture(prompt: str) -> None:
        found[prompt] = grouped.capture(prompt, [Head(1, 1)])

    threads = [threading.Thread(target=capture, args=(prompt,)) for prompt in prompts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for prompt in prompts:
        assert found[prompt].tokens == expected[prompt].tokens
        assert len(found[prompt].recorder.queries) == 3
        np.testing.assert_array_equal(found[prompt].logits, expected[prompt].logits)
    assert hooks(grouped) == 0


def test_places_in_the_queue_move_up():
    lane = Lane("test")
    work = [Steps() for _ in range(3)]
    jobs = [Job(str(number)) for number in range(3)]
    for number, job in enumerate(jobs):
        lane.ask(number, lambda task, n=number: work[n](task.progress), job)
    eventually(lambda: jobs[0].state == "running")
    assert [job.place for job in jobs] == [0, 1, 2]
    places: list[int] = []
    jobs[2].watch(lambda job: places.append(job.place))
    jobs[1].cancel()
    assert [job.place for job in jobs] == [0, 1, 1] and jobs[1].state == "cancelled"
    work[0].let()
    eventually(lambda: jobs[2].state == "running")
    work[2].let()
    assert jobs[2].wait(LONG) == 0
    assert places == sorted(places, reverse=True) and places[0] == 2 and places[-1] == 0
    assert work[1].begun == 0
    lane.close()


def test_whoever_asks_for_the_same_shares_the_work(loaded: Service):
    work = Steps(2)
    one = loaded.compute("view", work, "one")
    eventually(lambda: work.begun == 1)
    two = loaded.compute("view", work, "two")
    assert (two.state, two.result) == ("running", None)
    work.let()
    eventually(lambda: one.result == 0 == two.result)
    three = loaded.compute("view", work, "three")
    assert three.result == 0
    one.cancel()
    loaded.leave("three")
    work.let()
    assert two.wait(LONG) == 1
    assert (one.result, one.state, three.state) == (0, "cancelled", "cancelled")
    assert work.begun == 2


def test_work_ends_when_the_last_has_left(loaded: Service):
    work = Steps()
    jobs = [loaded.compute("view", work, who) for who in ("one", "two")]
    eventually(lambda: work.begun == 1)
    loaded.leave("one")
    assert jobs[0].state == "cancelled"
    asked = work.asked
    eventually(lambda: work.asked > asked + 2)
    assert not work.ended and jobs[1].state == "running"
    loaded.leave("two")
    eventually(lambda: work.ended)
    with pytest.raises(Cancelled):
        jobs[1].wait(LONG)
    # and whoever comes later begins anew
    work.let()
    assert loaded.compute("view", work, "one").wait(LONG) == 0


def test_views_take_turns_so_that_everybody_soon_sees_something(loaded: Service):
    first, second = Steps(3), Steps(3)
    one = loaded.compute("first", first, "one")
    eventually(lambda: first.begun == 1)
    two = loaded.compute("second", second, "two")
    assert two.place == 1
    seen: list[tuple[int, Any]] = []
    one.watch(lambda job: seen.append((1, job.result)))
    two.watch(lambda job: seen.append((2, job.result)))
    first.let(3)
    second.let(3)
    assert (one.wait(LONG), two.wait(LONG)) == (2, 2)
    results = [pair for pair in dict.fromkeys(seen) if pair[1] is not None]
    assert results == [(1, 0), (2, 0), (1, 1), (2, 1), (1, 2), (2, 2)]


def test_views_wait_while_captures_run(loaded: Service, monkeypatch: pytest.MonkeyPatch):
    gate, entered = threading.Event(), threading.Event()
    run = LiveModel._run

    def slow(self: LiveModel, *arguments: Any) -> Any:
        entered.set()
        assert gate.wait(LONG)
        return run(self, *arguments)

    monkeypatch.setattr(LiveModel, "_run", slow)
    paused = pausing(monkeypatch)
    ticks: list[bool] = []  # of the view: whether the capture was let through by then

    def work(progress: Progress) -> Iterator[str]:
        while not capture.finished:
            progress(0.5)
            ticks.append(gate.is_set())
        yield "seen"

    capture = Job("not yet")
    view = loaded.compute("view", work, "one")
    eventually(lambda: len(ticks) > 3)
    capture = loaded.capture(Ask("small", "a new prompt"), "two")
    assert entered.wait(LONG) and paused.wait(LONG)
    before = len(ticks)
    gate.set()
    assert capture.wait(LONG).tokens
    assert view.wait(LONG) == "seen"
    assert all(ticks[before:])


def test_a_waiting_view_can_be_left_while_captures_run(loaded: Service, monkeypatch):
    gate = threading.Event()
    monkeypatch.setattr(LiveModel, "_run", lambda *_: gate.wait(LONG))
    paused = pausing(monkeypatch)
    work = Steps()
    view = loaded.compute("view", work, "one")
    eventually(lambda: work.begun == 1)
    loaded.capture(Ask("small", "a new prompt"), "two")
    assert paused.wait(LONG)
    loaded.leave("one")
    eventually(lambda: work.ended)
    assert view.state == "cancelled"
    gate.set()


def test_a_views_last_result_is_kept(loaded: Service):
    capture = loaded.capture(Ask("small", "hello"), "me").wait(LONG)
    calls = []

    def work(progress: Progress) -> Iterator[Any]:
        calls.append(1)
        yield from capture.overviews(8, progress=progress)

    first = loaded.compute(("hello", 8), work, "me").wait(LONG)
    again = loaded.compute(("hello", 8), work, "you")
    assert again.state == "done" and again.result is first and calls == [1]
    np.testing.assert_array_equal(first.maps, capture.overview(8).maps)


def test_a_browser_closed_in_mid_capture(loaded: Service, monkeypatch: pytest.MonkeyPatch):
    model = loaded.loaded("small")
    assert model is not None
    layer = model.network.model.layers[1]
    inside, gate = threading.Event(), threading.Event()

    def slow(*_: Any) -> None:
        inside.set()
        gate.wait(LONG)

    handle = layer.register_forward_hook(slow)
    job = loaded.capture(Ask("small", "closing"), "me")
    queued = loaded.capture(Ask("small", "never begun"), "me")
    assert inside.wait(LONG)
    loaded.leave("me")
    assert (job.state, queued.state) == ("cancelled", "cancelled")
    gate.set()
    handle.remove()
    after = loaded.capture(Ask("small", "hello"), "you").wait(LONG)
    assert hooks(model) == 0
    np.testing.assert_array_equal(after.logits, model.capture("hello").logits)
    assert loaded.cache.get(Ask("small", "closing")) is None
    assert loaded.cache.get(Ask("small", "never begun")) is None


def test_a_session_may_ask_for_so_much_at_a_time(llama: Path):
    service = Service({"small": llama}, waiting=2)
    work = [Steps() for _ in range(4)]
    jobs = [service.compute(number, work[number], "greedy") for number in range(3)]
    assert isinstance(jobs[2].error, LiveError)
    assert (jobs[2].state, jobs[2].error.code) == ("failed", "too-many-jobs")
    assert service.compute(3, work[3], "modest").state in ("waiting", "running")
    jobs[1].cancel()
    assert service.compute(1, work[1], "greedy").error is None
    service.close()
    assert jobs[0].state == "cancelled"


def test_what_is_kept_is_bounded_in_bytes(loaded: Service):
    size = loaded.capture(Ask("small", "aaaa"), "me").wait(LONG).nbytes
    loaded.cache.clear()
    loaded.cache.limit = 3 * size
    asks = [Ask("small", letter * 4) for letter in "abcd"]
    for ask in asks[:3]:
        loaded.capture(ask, "me").wait(LONG)
    assert loaded.cache.nbytes == 3 * size
    assert loaded.capture(asks[0], "me").state == "done"  # now the one asked for last
    loaded.capture(asks[3], "me").wait(LONG)
    assert loaded.cache.nbytes == 3 * size
    kept = [loaded.cache.get(ask) is not None for ask in asks]
    assert kept == [True, False, True, True]
    loaded.cache.limit = size
    longer = loaded.capture(Ask("small", "much longer"), "me").wait(LONG)
    assert longer.nbytes > size and loaded.cache.get(Ask("small", "much longer")) is None
    assert longer.attention(0, 0).shape == (12, 12)
    loaded.capture(asks[1], "me").wait(LONG)
    assert loaded.cache.nbytes == size


def test_a_capture_that_could_not_be_kept_is_refused_before_it_runs(llama: Path):
    service = Service({"small": llama}, memory=10_000)
    job = service.capture(Ask("small", "hello"), "me")
    with pytest.raises(LiveError, match="6 tokens × .* limit is 0.01 MB"):
        job.wait(LONG)
    assert job.state == "failed"
    service.close()


def test_only_named_models_can_be_asked_for(service: Service, llama: Path):
    assert service.names == ["small", "other"]
    for name in (str(llama), "gpt2", ""):
        job = service.capture(Ask(name, "hello"), "me")
        assert job.state == "failed" and job.error is not None
        assert job.error.code == "no-such-model"


def test_a_model_that_does_not_load_is_told_each_time(tmp_path: Path, llama: Path):
    service = Service({"broken": tmp_path, "fine": llama})
    for _ in range(2):
        job = service.capture(Ask("broken", "hello"), "me")
        with pytest.raises(LiveError, match="no config.json"):
            job.wait(LONG)
    assert service.capture(Ask("fine", "hello"), "me").wait(LONG).tokens
    service.close()


def test_what_nobody_expected_is_logged_and_told(loaded: Service, caplog: pytest.LogCaptureFixture):
    def work(progress: Progress) -> Iterator[int]:
        yield 1
        raise ZeroDivisionError("by accident")

    with caplog.at_level(logging.ERROR):
        job = loaded.compute("view", work, "me")
        with pytest.raises(LiveError, match="ZeroDivisionError$") as error:
            job.wait(LONG)
    assert "by accident" in caplog.text  # told to who runs the server, and not to readers
    assert error.value.code == "unexpected"
    assert job.result == 1  # what there was before stays
    assert "Traceback" in caplog.text
    assert loaded.compute("view", lambda progress: iter([2]), "me").wait(LONG) == 2


def test_a_watcher_that_fails_stops_nobody(loaded: Service, caplog: pytest.LogCaptureFixture):
    seen: list[str] = []

    def broken(job: Job) -> None:
        raise RuntimeError("the page is gone")

    job = loaded.capture(Ask("small", "watched"), "me")
    job.watch(broken)
    job.watch(lambda job: seen.append(job.state))
    job.wait(LONG)
    eventually(lambda: seen[-1:] == ["done"])
    assert "the page is gone" in caplog.text


def test_waiting_has_an_end(loaded: Service):
    work = Steps()
    job = loaded.compute("view", work, "me")
    with pytest.raises(TimeoutError):
        job.wait(0.01)
    work.let()
    assert job.wait(LONG) == 0


def test_closing_ends_what_runs(llama: Path):
    service = Service({"small": llama})
    work = Steps()
    job = service.compute("view", work, "me")
    eventually(lambda: work.begun == 1)
    service.close()
    eventually(lambda: work.ended)
    assert job.state == "cancelled" and service.cache.nbytes == 0


def test_full_memory_is_told_and_the_next_capture_is_right(
    loaded: Service, monkeypatch: pytest.MonkeyPatch
):
    model = loaded.loaded("small")
    assert model is not None
    expected = model.capture("hello").logits

    def full(*_: Any) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")

    handle = model.network.model.layers[1].register_forward_hook(full)
    job = loaded.capture(Ask("small", "hello", (Mlp(0),)), "me")
    with pytest.raises(LiveError, match="no memory left for this: try a shorter prompt") as error:
        job.wait(LONG)
    handle.remove()
    assert error.value.code == "out-of-memory"
    assert hooks(model) == 0
    after = loaded.capture(Ask("small", "hello"), "me").wait(LONG)
    np.testing.assert_array_equal(after.logits, expected)


def test_the_sums_before_and_after_work_are_the_same_model(loaded: Service, llama: Path):
    """What a service captures is what `load` and `capture` give."""
    ask = Ask("small", "hello", (Head(1, 0, "mean"), Mlp(2)), (5, 6))
    capture = loaded.capture(ask, "me").wait(LONG)
    own = load(llama).capture("hello", [Head(1, 0, "mean"), Mlp(2)], [5, 6])
    np.testing.assert_array_equal(capture.logits, own.logits)


def test_torch_is_not_imported_before_the_first_capture():
    code = (
        "import sys, explainer.server, explainer.live.sources as s; s.not_installed();"
        "from explainer.live import Service, Ask, Head; Service({'a': 'b'});"
        "print([m for m in ('torch', 'transformers') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"
