"""What changes while a message is being written is sent too."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from bokeh.document import Document
from bokeh.document.events import ModelChangedEvent
from bokeh.models import Div
from bokeh.protocol import Protocol
from panel.io import document as panel_document

from explainer.pages import unsent


class Socket:
    """One that Panel hands messages to, and that takes its time."""


class Connection:
    """As much of Bokeh's as Panel asks for."""

    def __init__(self) -> None:
        self.protocol, self._socket = Protocol(), Socket()


async def sent_when_a_change_comes_at_the_end_of_a_write(monkeypatch: Any) -> list[str]:
    """The texts that a browser has got of two changes, the second as the first is written."""
    document, div = Document(), Div()
    document.add_root(div)
    got: list[str] = []
    writes: list[asyncio.Future[None]] = []

    def write(connection: Any, events: Any = None, msg: Any = None) -> list[asyncio.Future[None]]:
        got.extend(change["new"] for change in msg.content["events"])
        writes.append(asyncio.get_running_loop().create_future())
        return writes[-1:]

    monkeypatch.setitem(panel_document.extra_socket_handlers, Socket, write)
    connection: Any = Connection()

    def change(text: str) -> None:
        event = ModelChangedEvent(document, div, "text", text)
        panel_document.schedule_write_events(document, [connection], [event])

    change("first")
    while not writes:
        await asyncio.sleep(0)
    writes[0].set_result(None)
    change("last")
    for _ in range(20):
        await asyncio.sleep(0)
        for future in writes:
            if not future.done():
                future.set_result(None)
    return got


def run(work: Coroutine[Any, Any, list[str]]) -> list[str]:
    """Run it in a thread of its own, since a browser's event loop may be running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_the_last_change_is_sent(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(panel_document, "_dispatch_msgs", unsent._send)  # and put back as it was
    unsent.send_all()
    sent = run(sent_when_a_change_comes_at_the_end_of_a_write(monkeypatch))
    assert sent == ["first", "last"]


def test_panel_alone_leaves_it_lying(monkeypatch: pytest.MonkeyPatch):
    """When this fails, Panel has mended it, and `unsent` can go."""
    monkeypatch.setattr(panel_document, "_dispatch_msgs", unsent._send)
    sent = run(sent_when_a_change_comes_at_the_end_of_a_write(monkeypatch))
    assert sent == ["first"]
