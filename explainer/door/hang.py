"""Hangs the door, for every server that is made in this process from now on."""

from typing import Any

from bokeh.server.urls import per_app_patterns

from explainer.door import bundles
from explainer.door.complaints import log, spare
from explainer.door.pages import SessionPage
from explainer.door.sockets import Socket


def hang() -> list[Any]:
    """Let Panel and Bokeh serve sessions by our handlers; returns further routes: none.

    Bokeh's `metadata` and `autoload.js`, which give a session's token to other pages, are left out.
    """
    bundles.close()
    per_app_patterns[:] = [(r"/ws", Socket), (r"/?", SessionPage)]
    spare()
    return []


def warn_if_open() -> None:
    """Say in the log, once, when a server was made without the door, as by `panel serve` alone."""
    if (r"/ws", Socket) not in per_app_patterns:
        hang()  # what can still be closed, is
        log.warning(
            "this server is not safe among strangers: "
            "panel serve explainer/app.py --plugins explainer.plugin"
        )
