"""One server's live models for all its readers: who asked for what, and what is already known.

Nothing here imports torch before the first capture, so that a server starts as fast without it.
"""

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explainer.errors import LiveError
from explainer.live.ablation import Ablation, ordered
from explainer.live.cache import Cache
from explainer.live.jobs import Job, Lane, Task
from explainer.live.progress import Cancelled, Progress
from explainer.live.tokens import LONGEST

if TYPE_CHECKING:
    from explainer.live.capture import Capture
    from explainer.live.model import LiveModel

MEMORY = 2**31
WAITING = 4


@dataclass(frozen=True)
class Ask:
    """What a capture is made from: a model's name, a prompt, and what is different in this run.

    ablate: heads and MLPs that are silenced, in any order. continued: token ids that go on from
    the prompt. Two that are equal have the same capture.
    """

    model: str
    prompt: str
    ablate: tuple[Ablation, ...] = ()
    continued: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "ablate", ordered(self.ablate))
        object.__setattr__(self, "continued", tuple(self.continued))


class Service:
    """The models that a server offers, each loaded when somebody first asks for it.

    models: folder or hub id by the name that readers choose. device, dtype, max_tokens: as for
    `load`. memory: bytes that all kept captures and views hold together, and one capture alone.
    waiting: how many jobs a session may have under way. A session is any string that stands for
    one reader. All methods may be called in any thread, and none waits.
    """

    def __init__(
        self,
        models: Mapping[str, str | Path],
        device: str = "auto",
        dtype: str = "auto",
        max_tokens: int | None = None,
        memory: int = MEMORY,
        waiting: int = WAITING,
    ) -> None:
        self.models = {name: str(source) for name, source in models.items()}
        self.device, self.dtype = device, dtype
        self.max_tokens, self.memory, self.waiting = max_tokens, memory, waiting
        self.cache = Cache(memory)
        self._loaded: dict[str, LiveModel] = {}
        self._captures = {name: Lane(f"captures-{name}") for name in self.models}
        self._views = Lane("views", turns=True, pause=self._after_captures)
        self._jobs: dict[str, list[Job]] = {}
        self._lock = threading.Lock()
        self._closed = False

    @property
    def names(self) -> list[str]:
        """The models that a reader can choose from, the first being the default."""
        return list(self.models)

    def loaded(self, name: str) -> "LiveModel | None":
        """The model of a name, if it has been loaded by now."""
        return self._loaded.get(name)

    def capture(self, ask: Ask, session: str) -> Job:
        """The job whose result is the `Capture` of what is asked, done already if it is known.

        It has failed for a model that is not offered, a prompt that is too long, and a session
        that asks for too much at a time: see its error.
        """
        if ask.model not in self.models:
            names = ", ".join(self.names)
            error = LiveError(
                f"no model is called {ask.model!r}: there are {names}", "no-such-model"
            )
            return _failed(session, error)
        if len(ask.prompt) > LONGEST:
            error = LiveError(
                f"the prompt has {len(ask.prompt):,} characters; the limit is {LONGEST:,}",
                "too-many-characters",
                characters=len(ask.prompt),
                limit=LONGEST,
            )
            return _failed(session, error)
        lane = self._captures[ask.model]
        return self._ask(lane, ask, partial(self._captured, ask), session)

    def compute(
        self, key: Hashable, work: Callable[[Progress], Iterator[Any]], session: str
    ) -> Job:
        """A job for what takes long to see of a capture: work(progress) yields its results.

        It steps aside while captures run, takes turns with other such jobs, and ends when no
        session wants it any more. key: what the results are of; whoever asks for the same key
        shares one computation, and its last result is kept if it has `nbytes`.
        """

        def viewed(task: Task) -> Iterator[Any]:
            result = None
            for result in work(task.progress):
                yield result
            if hasattr(result, "nbytes"):
                self.cache.put(key, result)

        return self._ask(self._views, key, viewed, session)

    def leave(self, session: str) -> None:
        """A reader has gone: cancel whatever is under way for nobody else."""
        with self._lock:
            jobs = self._jobs.pop(session, [])
        for job in jobs:
            job.cancel()

    def close(self) -> None:
        """Cancel everything and forget what is kept; the service cannot be used after it."""
        self._closed = True
        for lane in (self._views, *self._captures.values()):
            lane.close()
        self.cache.clear()

    def _ask(
        self, lane: Lane, key: Hashable, work: Callable[[Task], Iterator[Any]], session: str
    ) -> Job:
        job = Job(session)
        if (known := self.cache.get(key)) is not None:
            job.tell(state="done", progress=1.0, result=known)
            return job
        with self._lock:
            mine = self._jobs[session] = [j for j in self._jobs.get(session, []) if not j.finished]
            if len(mine) >= self.waiting:
                error = LiveError(
                    f"{len(mine)} jobs of yours are under way: wait for one of them",
                    "too-many-jobs",
                    limit=self.waiting,
                )
                return _failed(session, error)
            mine.append(job)
        lane.ask(key, work, job)
        return job

    def _captured(self, ask: Ask, task: Task) -> "Iterator[Capture]":
        model = self._model(ask.model, task)
        task.progress(0.0)
        # somebody may have asked for the same while this one waited
        capture = self.cache.get(ask)
        if capture is None:
            shorter = replace(ask, continued=ask.continued[:-1]) if ask.continued else None
            before = self.cache.get(shorter) if shorter else None
            if before is not None:
                capture = before.append(ask.continued[-1])
            else:
                capture = model.capture(ask.prompt, ask.ablate, ask.continued, task.progress)
            self.cache.put(ask, capture)
        yield capture

    def _model(self, name: str, task: Task) -> "LiveModel":
        """The model of a name; loads it if it is not, which only its own lane does."""
        if name in self._loaded:
            return self._loaded[name]
        task.phase("loading")

        def progress(share: float) -> None:
            # goes on without whoever asked first: the model is everybody's
            if self._closed:
                raise Cancelled
            task.tell(progress=share)

        try:
            from explainer.live.loading import load
        except ImportError as error:
            raise LiveError(
                f"{error.name} is not installed: pip install 'explainer[live]'",
                "not-installed",
                package=error.name,
            ) from None
        model = load(
            self.models[name], self.device, self.dtype, self.max_tokens, self.memory, progress
        )
        self._loaded[name] = model
        task.phase("running")
        return model

    def _after_captures(self, task: Task) -> None:
        """Let the captures go first, which somebody waits for with nothing to look at."""
        for lane in self._captures.values():
            lane.until_idle(lambda: not task.wanted)


def _failed(session: str, error: LiveError) -> Job:
    job = Job(session)
    job.tell(state="failed", error=error)
    return job
