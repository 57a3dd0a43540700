"""Runs what a reader asks for through the service, and puts the capture where all views see it."""

from typing import Any

import param
from bokeh.io import curdoc

from explainer.errors import LiveError
from explainer.live.service import Ask, Service
from explainer.pages.live import address
from explainer.pages.live.look import Look
from explainer.pages.live.turn import turn

# What an error says is not there, of what only an address can have asked for.
VAIN = {"no-such-head": "ablate", "no-such-token": "continued"}
IDLE = ("", "done", "failed", "cancelled")


class Running(param.Parameterized):
    """How far the run under way is; follows the prompt, the model and the ablations of a look.

    state: as of the service's jobs, and empty before the first.
    """

    state = param.String(default="")
    place = param.Integer(default=0, doc="How many others come first.")
    progress = param.Number(default=0.0, doc="0 to 1, of the loading or of the run.")
    error = param.ClassSelector(default=None, class_=LiveError, doc="Why the last one failed.")

    def __init__(self, service: Service, look: Look, session: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.service, self.look, self.session = service, look, session
        self._document = curdoc()
        self._jobs: list[Any] = []
        self._told = False
        self.param.watch(self._coming, "state")
        look.param.watch(self.run, ["model", "prompt", "continued", "ablate"])
        look.param.watch(self._append, "append")

    @property
    def busy(self) -> bool:
        """Whether something is under way."""
        return self.state not in IDLE

    def run(self, *events: Any) -> None:
        """Run what the look asks for, in the place of what is under way."""
        self.cancel()
        look = self.look
        plain = Ask(look.model, look.prompt, (), tuple(look.continued))
        asks = [plain]
        if look.ablate:
            asks.append(Ask(look.model, look.prompt, tuple(look.ablate), tuple(look.continued)))
        self._jobs = [self.service.capture(ask, self.session) for ask in asks]
        for job in self._jobs:
            job.watch(self._tell)

    def cancel(self) -> None:
        """Stop waiting for what is under way; what is there stays."""
        jobs, self._jobs = self._jobs, []
        for job in jobs:
            job.cancel()
        if self.busy:
            self.state = "cancelled"

    def _coming(self, event: Any) -> None:
        first = self.look.capture is None
        self.look.param.update(coming=first and self.busy, failed=first and self.state == "failed")

    def _append(self, event: Any) -> None:
        if event.new is not None:
            self.look.param.update(continued=[*self.look.continued, event.new], append=None)

    def _tell(self, job: Any) -> None:
        """Follow in the session's own turn, in whatever thread this is; once for many changes."""
        if not self._told:
            self._told = True
            turn(self._document, self._follow)

    def _follow(self) -> None:
        self._told = False
        if not self._jobs:
            return
        states = [job.state for job in self._jobs]  # once: they change in other threads
        at = next((i for i, state in enumerate(states) if state != "done"), -1)
        job = self._jobs[at]
        self.param.update(
            state=states[at], place=job.place, progress=min(1.0, job.progress), error=job.error
        )
        vain = VAIN.get(job.error.code, "") if job.error is not None else ""
        if vain and getattr(look := self.look, vain):  # of another model, from an address
            look.ignored = [*look.ignored, address.asked(look, vain)]
            look.param.update(**{vain: []})  # which runs again, without
        elif all(state == "done" for state in states):
            results = [job.result for job in self._jobs]
            self._jobs = []
            self._show(results[-1], results[0] if len(results) > 1 else None)

    def _show(self, capture: Any, plain: Any) -> None:
        """Put a capture into the look, with a choice that is there in it."""
        look, last = self.look, len(capture.tokens) - 1
        if look.capture is None and (beyond := address.beyond(look, capture)):
            look.ignored = [*look.ignored, *(address.asked(look, name) for name in beyond)]
            if "layer" in beyond or "head" in beyond:
                beyond |= {"layer": 0, "head": 0, "opening": True}
            look.param.update(**beyond)
        longer = look.capture is not None and len(look.capture.tokens) != len(capture.tokens)
        look.param.update(
            capture=capture,
            plain=plain,
            layer=min(look.layer, capture.model.layers - 1),
            head=min(look.head, capture.model.heads - 1),
            token=last if longer else min(look.token, last),
        )
