"""A session's own turn: where its views may be changed, from whatever thread it is asked for."""

from collections.abc import Callable
from contextlib import suppress

import panel as pn
from bokeh.document import Document


def turn(document: Document, work: Callable[[], None]) -> None:
    """Do something in a session's turn, and send all that it changes at the end of it.

    Without the hold, Panel writes each change by itself.
    """

    def held() -> None:
        with pn.io.hold(document):
            work()

    context = document.session_context
    if context is None or not context.destroyed:
        with suppress(AttributeError):  # of a document that Bokeh takes apart in this moment
            document.add_next_tick_callback(held)
