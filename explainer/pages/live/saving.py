"""Saving: the numbers of a view, the chosen head's map as a picture, the capture as a page."""

import asyncio
import io
from collections.abc import Callable
from typing import Any

import panel as pn

from explainer.pages.live.choice import Menu
from explainer.pages.live.failure import failure
from explainer.pages.live.figures import ramp
from explainer.pages.live.following import following, html, place, put, row
from explainer.pages.live.look import Look
from explainer.pages.live.png import png
from explainer.pages.live.tables import TABLES
from explainer.pages.live.words import said
from explainer.pages.live.words_views import WORDS
from explainer.pages.page import colours

PIXELS = 1024  # of a map's side, at most


class Download(pn.widgets.FileDownload):
    """A button for a file, which may turn out not to exist: its callback then gives None."""

    def _sync_data(self, fileobj: Any) -> None:
        if fileobj is not None:
            super()._sync_data(fileobj)  # type: ignore[no-untyped-call]


def saving(look: Look) -> pn.Column:
    """A menu of what there is to save, and a button for each kind of file.

    Files are made when they are asked for, beside the event loop.
    """
    what = Menu(
        options=list(TABLES), sizing_mode="stretch_width", min_width=220, max_width=340, margin=0
    )
    problem, hint = html(), html()

    def offered(ending: str, make: Callable[[], bytes]) -> pn.widgets.FileDownload:
        async def callback() -> io.BytesIO | None:
            problem.visible = False
            try:
                return io.BytesIO(await asyncio.to_thread(make))
            except Exception as error:
                told = said(failure(error, f"saving as {ending}"), look.language)
                put(problem, '<p class="line" role="alert">{}</p>', told)
                problem.visible = True
                return None

        return Download(
            callback=callback,
            filename=f"capture.{ending}",
            label=ending.upper(),
            auto=True,
            embed=False,
            margin=0,
            align="end",
        )

    table_csv = offered("csv", lambda: TABLES[what.value](look).csv())
    table_npz = offered("npz", lambda: TABLES[what.value](look).npz())
    picture = offered("png", lambda: map_of(look))
    page = offered("html", lambda: page_of(look))

    def update(*events: Any) -> None:
        words, (layer, head, _) = WORDS[look.language], place(look)
        options = {words["tables"][name]: name for name in TABLES}
        if what.options != options:
            what.param.update(options=options, value=what.value)
        what.label = words["save_what"]
        stem = what.value.replace("_", "-")
        if what.value == "attention":
            stem += f"-layer-{layer}-head-{head}"
        for button, ending in ((table_csv, "csv"), (table_npz, "npz"), (picture, "png")):
            button.filename = f"{stem}.{ending}"
        page.label = words["save_page"]
        picture.visible = what.value == "attention"
        put(hint, '<p class="quiet">{}</p>', words["save_hint"])

    what.param.watch(update, "value")
    problem.visible = False
    return following(
        look,
        "saving",
        ["layer", "head"],
        update,
        row(what, table_csv, table_npz, picture),
        row(page),
        problem,
        hint,
    )


def map_of(look: Look) -> bytes:
    """The chosen head's map, pooled by the largest weight where it is too large for a picture."""
    layer, head, _ = place(look)
    ink = colours(look.dark)
    palette = ramp(ink["card"], ink["attention"], ink["ink"])
    return png(look.capture.attention(layer, head, pixels=PIXELS), palette)


def page_of(look: Look) -> bytes:
    """The capture as one HTML page that needs no server."""
    from explainer.live.export import page

    return page(look.capture, None, look.language).encode("utf-8")
