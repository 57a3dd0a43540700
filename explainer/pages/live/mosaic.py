"""All heads at a glance: a small map and the scores of each, refined while somebody looks."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from bokeh.io import curdoc

from explainer.live.jobs import Job
from explainer.live.service import Service
from explainer.pages.live.components import Mosaic
from explainer.pages.live.look import Look
from explainer.pages.live.turn import turn
from explainer.pages.live.words import WORDS, said

FINEST = 32  # pixels of a small map on a side
TOGETHER = 2**18  # numbers in all small maps, about


def mosaic(look: Look, service: Service, session: str) -> Mosaic:
    """The overview; choosing a head moves the look."""
    view = Mosaic(words=WORDS[look.language]["mosaic"], sizing_mode="stretch_width", margin=0)

    def put(job: Job) -> None:
        view.problem = said(job.error, look.language) if job.error else ""
        if job.result is not None:
            view.param.update(**drawn(job.result))
            if look.opening:
                layer, head = worth_seeing(job.result.scores)
                look.param.update(layer=layer, head=head, opening=False)

    overview = Refined(service, session, put)

    def follow(*events: Any) -> None:
        if look.capture is None:
            return
        model = look.capture.model
        view.param.update(layers=model.layers, heads=model.heads)
        choose()
        overview.of(look.capture)

    def choose(*events: Any) -> None:
        heads = view.heads
        view.param.update(
            chosen=look.layer * heads + look.head,
            silenced=[one.layer * heads + one.head for one in look.ablate if hasattr(one, "head")],
        )

    def chosen(event: Any) -> None:
        if 0 <= event.new < view.layers * view.heads:
            layer, head = divmod(event.new, view.heads)
            look.param.update(layer=layer, head=head, opening=False)

    look.param.watch(follow, "capture")
    look.param.watch(choose, ["layer", "head", "ablate"])
    look.param.watch(lambda event: setattr(view, "order", event.new), "order")
    view.param.watch(chosen, "chosen")
    view.order = look.order
    follow()
    return view


class Refined:
    """The overview of one capture after another, each from a few rows and then from more."""

    def __init__(self, service: Service, session: str, put: Callable[[Job], None]) -> None:
        self.service, self.session, self.put = service, session, put
        self._document = curdoc()
        self._job: Job | None = None
        self._seen: tuple[Any, Any] = (None, None)

    def of(self, capture: Any) -> None:
        """Begin with a capture; what is under way for another one ends."""
        if self._job is not None:
            self._job.cancel()
        pixels = finest(capture.model.layers * capture.model.heads)
        ids = tuple(token.id for token in capture.tokens)
        key = ("overview", id(capture.model), ids, capture.ablations, pixels)
        job = self._job = self.service.compute(
            key, lambda progress: capture.overviews(pixels, progress=progress), self.session
        )

        def told(job: Job) -> None:
            turn(self._document, lambda: self._follow(job))

        job.watch(told)

    def _follow(self, job: Job) -> None:
        told = (job.result, job.error)
        if job is self._job and any(a is not b for a, b in zip(told, self._seen, strict=True)):
            self._seen = told
            self.put(job)


def worth_seeing(scores: Mapping[str, npt.NDArray[np.float32]]) -> tuple[int, int]:
    """Layer and head of the clearest pattern: the highest previous-token or induction score."""
    kinds = np.stack([np.nan_to_num(scores[kind], nan=-1) for kind in ("previous", "induction")])
    layer, head = divmod(int(kinds.max(axis=0).argmax()), kinds.shape[-1])
    return layer, head


def finest(heads: int) -> int:
    """Pixels of each small map, so that all of them together stay small enough to send."""
    return int(min(FINEST, max(8, (TOGETHER / heads) ** 0.5)))


def drawn(overview: Any) -> dict[str, Any]:
    """What the component draws of an overview: each map in the bytes of its own largest weight."""
    layers, heads, *pixels = overview.maps.shape
    maps = overview.maps.reshape(layers * heads, *pixels)
    most = maps.max(axis=(1, 2), keepdims=True)
    return {
        "share": overview.share,
        "maps": np.rint(255 * maps / np.maximum(most, 1e-9)).astype(np.uint8),
        "scores": {
            name: [round(float(one), 4) if np.isfinite(one) else None for one in each.ravel()]
            for name, each in overview.scores.items()
        },
    }
