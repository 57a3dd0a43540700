"""Sends what Panel 1.9 leaves lying: the last changes of a session, until there are others.

While a message is on its way to the browser, Panel queues what changes meanwhile, behind a flag
for the document. Whoever has sent the message takes the flag away, and the task that was to send
the queue finds no flag and passes it over. Half the views of a page may then wait for nothing.
"""

from collections.abc import Awaitable, Callable

from bokeh.document import Document
from panel.io import document as panel_document

_send: Callable[[Document], Awaitable[None]] = panel_document._dispatch_msgs


async def _send_all(document: Document) -> None:
    await _send(document)
    queued, flagged = panel_document._WRITE_MSGS, panel_document._WRITE_BLOCK
    while document in queued and document not in flagged:
        flagged[document] = True
        await _send(document)


def send_all() -> None:
    """Leave nothing lying in this process, from now on."""
    panel_document._dispatch_msgs = _send_all
