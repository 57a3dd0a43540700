"""Small computations beside the event loop, of which only the newest counts."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from bokeh.io import curdoc

from explainer.pages.live.failure import failure
from explainer.pages.live.turn import turn

# What somebody looks at is computed at once, and does not queue behind other people's captures.
_POOL = ThreadPoolExecutor(2, thread_name_prefix="looking")

Compute = Callable[[], Any]
Then = Callable[[Any], None]


class Latest:
    """Runs what a session asks for in a thread, one after the other, and skips what is outdated.

    A result, or a LiveError in its place whatever was raised, is handed over in the session's own
    turn. Where there is no session, and so nobody who would wait meanwhile, it is at once.
    """

    def __init__(self) -> None:
        self._document = curdoc()
        self._next: tuple[Compute, Then] | None = None
        self._busy = False

    def ask(self, compute: Compute, then: Then) -> None:
        """Compute something, and then(result), unless something newer is asked for meanwhile."""
        if self._document.session_context is None:
            then(_result(compute))
            return
        self._next = (compute, then)
        if not self._busy:
            self._start()

    def _start(self) -> None:
        if self._next is None:
            return
        compute, then = self._next
        self._next, self._busy = None, True
        future = _POOL.submit(_result, compute)

        def finished(future: Future[Any]) -> None:
            turn(self._document, lambda: self._finish(future, then))

        future.add_done_callback(finished)

    def _finish(self, future: Future[Any], then: Then) -> None:
        self._busy = False
        outdated = self._next is not None
        self._start()
        if not outdated:
            then(future.result())


def _result(compute: Compute) -> Any:
    try:
        return compute()
    except Exception as error:
        return failure(error, "what a view reads")
