"""Work that many sessions ask for: it runs beside them, one at a time, and says how far it is.

A `Lane` is a queue with a thread. What is in it is a `Task`; two sessions that ask for the same
share one, and each has its own `Job` by which it watches or leaves. A task that no job watches
any more is stopped.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from explainer.errors import LiveError
from explainer.live.progress import Cancelled

FINISHED = ("done", "failed", "cancelled")
log = logging.getLogger(__name__)


class Job:
    """What one session has asked for, and how far it is; to be read and used in any thread.

    state: "waiting", "loading" (the model), "running", "done", "failed" or "cancelled".
    place: how many others come first while it waits. progress: 0 to 1, of the loading or of the
    running. result: None until there is one; a view that is refined has several, one after the
    other, and is "done" after the last. error: why it failed.
    """

    def __init__(self, session: str) -> None:
        self.session = session
        self.state = "waiting"
        self.place = 0
        self.progress = 0.0
        self.result: Any = None
        self.error: LiveError | None = None
        self._changed = threading.Condition()
        self._watchers: list[Callable[[Job], None]] = []
        self.left: Callable[[], None] = lambda: None  # what cancelling means to its lane

    @property
    def finished(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in FINISHED

    def watch(self, watcher: Callable[["Job"], None]) -> None:
        """Call watcher(job) now and after each change, in whatever thread that happens."""
        with self._changed:
            self._watchers.append(watcher)
        self._call(watcher)

    def wait(self, timeout: float | None = None) -> Any:
        """The result, once it is there for good.

        Raises TimeoutError after so many seconds, Cancelled, or the LiveError why it failed.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self.finished, timeout):
                raise TimeoutError(f"the job is {self.state} after {timeout} s")
        if self.error is not None:
            raise self.error
        if self.state == "cancelled":
            raise Cancelled
        return self.result

    def cancel(self) -> None:
        """Stop waiting for it; work that nobody else waits for ends at its next step."""
        self.tell(state="cancelled")
        self.left()

    def tell(self, **changes: Any) -> None:
        """Set attributes, unless the job is finished, and call whoever watches."""
        with self._changed:
            if self.finished or all(getattr(self, key) is new for key, new in changes.items()):
                return
            for name, value in changes.items():
                setattr(self, name, value)
            self._changed.notify_all()
            watchers = list(self._watchers)
        for watcher in watchers:
            self._call(watcher)

    def _call(self, watcher: Callable[["Job"], None]) -> None:
        try:
            watcher(self)
        except Exception:
            log.exception("a watcher of a job failed")


Work = Callable[["Task"], Iterator[Any]]


@dataclass(eq=False)
class Task:
    """Work that some jobs wait for: an iterator of results, each better than the one before.

    The other fields are those of its jobs. lock: that of its lane; a job that joins late is told
    what has been told by then, and nothing twice.
    """

    key: Hashable
    work: Work
    lock: threading.Condition
    pause: Callable[["Task"], None]
    jobs: list[Job] = field(default_factory=list)
    results: Iterator[Any] | None = None
    ended: bool = False
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def wanted(self) -> bool:
        """Whether a job still waits for it."""
        return any(not job.finished for job in self.jobs)

    def join(self, job: Job) -> None:
        """Let a job wait for it, too."""
        with self.lock:
            self.jobs.append(job)
            job.tell(**self.told)

    def tell(self, **changes: Any) -> None:
        """Tell all its jobs."""
        with self.lock:
            self.told |= changes
            jobs = list(self.jobs)
        for job in jobs:
            job.tell(**changes)

    def phase(self, state: str) -> None:
        """Go over to "loading" or "running", from whose beginning progress is counted."""
        self.tell(state=state, progress=0.0, place=0)

    def progress(self, share: float) -> None:
        """Tell the share that is done; raises Cancelled when nobody wants it any more."""
        self.pause(self)
        with self.lock:
            self.ended = not self.wanted
        if self.ended:
            raise Cancelled
        self.tell(progress=share)


class Lane:
    """Tasks that run one at a time in a thread of their own, in the order that they came in.

    turns: after each result a task goes behind those that wait, so that everybody soon has
    something. pause(task): called between the steps of a task; may block.
    """

    def __init__(
        self, name: str, turns: bool = False, pause: Callable[[Task], None] = lambda task: None
    ) -> None:
        self.turns, self.pause = turns, pause
        self._pool = ThreadPoolExecutor(1, thread_name_prefix=name)
        self._changed = threading.Condition()
        self._waiting: deque[Task] = deque()
        self._running: Task | None = None

    def ask(self, key: Hashable, work: Work, job: Job) -> None:
        """Let a job wait for the work of a key, which starts unless somebody has asked for it."""
        with self._changed:
            under_way = [*self._waiting, *([self._running] if self._running else [])]
            task = next((t for t in under_way if t.key == key and not t.ended), None)
            if task is None:
                task = Task(key, work, self._changed, self.pause)
                self._waiting.append(task)
                self._pool.submit(self._turn)
            job.left = partial(self._leave, task)
            task.join(job)
        self._place()

    @property
    def busy(self) -> bool:
        """Whether something runs or waits."""
        return self._running is not None or bool(self._waiting)

    def until_idle(self, given_up: Callable[[], bool]) -> None:
        """Wait until nothing runs or waits, or until given_up() says that it does not matter."""
        with self._changed:
            while self.busy and not given_up():
                self._changed.wait(0.2)

    def close(self) -> None:
        """Cancel everything, and end the thread after the step under way."""
        with self._changed:
            tasks = [*self._waiting, *([self._running] if self._running else [])]
        for task in tasks:
            for job in task.jobs:
                job.cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _turn(self) -> None:
        with self._changed:
            if not self._waiting:
                return  # whoever asked has left
            task = self._running = self._waiting.popleft()
        self._place()
        end = self._step(task)
        with self._changed:
            self._running = None
            task.ended = end is not None or not task.wanted
            if not task.ended:
                self._waiting.append(task)
                self._pool.submit(self._turn)
            self._changed.notify_all()
        task.tell(**end or {})
        self._place()

    def _step(self, task: Task) -> dict[str, Any] | None:
        """Go on with a task; returns how it has ended, or None when it should get another turn."""
        try:
            if task.results is None:
                task.phase("running")
                task.results = task.work(task)
            for result in task.results:
                task.tell(result=result)
                if self.turns and self._waiting:
                    return None
            return {"state": "done", "progress": 1.0}
        except Cancelled:
            return {"state": "cancelled"}
        except LiveError as error:
            if error.__cause__ is not None:
                log.error("%s: %s", error, error.__cause__)
            # without tracebacks, which would keep the tensors of the failed run
            error.__cause__ = error.__context__ = None
            return {"state": "failed", "error": error.with_traceback(None)}
        except Exception as error:
            log.exception("a task of the live mode failed")
            # its own words may name the server's files, which are no reader's business
            said = f"something unexpected happened: {type(error).__name__}"
            return {"state": "failed", "error": LiveError(said, "unexpected")}

    def _leave(self, task: Task) -> None:
        with self._changed:
            if task.wanted or task not in self._waiting:
                return
            task.ended = True
            self._waiting.remove(task)
            self._changed.notify_all()
        self._place()

    def _place(self) -> None:
        """Tell those that wait how many come first."""
        with self._changed:
            first = 0 if self._running is None else 1
            waiting = [(first + i, task) for i, task in enumerate(self._waiting)]
        for place, task in waiting:
            task.tell(place=place)
