"""The socket of a session: who may open one, how much may come through it, what is answered.

Stands in the place of Panel's, from which it has the way that a session is found or made.
"""

import asyncio
import json
import re
import zlib
from base64 import urlsafe_b64decode
from collections.abc import Callable
from time import monotonic
from typing import Any

from bokeh.protocol.message import Message
from bokeh.server.connection import ServerConnection
from bokeh.server.session import ServerSession
from panel.io.server import WSHandler

from explainer.door.complaints import complain, log

MESSAGE = 2**20  # bytes; the longest prompt is much shorter
PARTS = 3  # of a message without buffers: header, metadata, content
RATE, BURST = 4 * 2**20, 16 * 2**20  # bytes in a second, and at once
SMALLEST = 4096  # bytes that even an empty message counts for
TOKEN, PAYLOAD = 32_768, 262_144  # characters of a token, bytes of what is packed in it
SESSION = re.compile(r"[A-Za-z0-9]{20,100}(\.[\w-]+)?")
NOT_A_MESSAGE, NOT_ALLOWED = 1002, 1008  # codes of the WebSocket protocol
ANSWERS: dict[str, Callable[..., Any]] = {
    "PATCH-DOC": ServerSession.patch,
    "PULL-DOC-REQ": ServerSession.pull,
}


class Pace:
    """How long to wait before the next message: some at once, then so many bytes a second."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock, self._last, self._saved = clock, clock(), float(BURST)

    def wait(self, size: int) -> float:
        """Seconds to wait before a message of so many bytes is looked at."""
        now = self._clock()
        self._saved = min(BURST, self._saved + (now - self._last) * RATE)
        self._last = now
        self._saved -= max(size, SMALLEST)
        return max(0.0, -self._saved / RATE)


class Socket(WSHandler):
    """Takes messages as a page of ours sends them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pace, self._parts = Pace(), 0

    @property
    def max_message_size(self) -> int:
        """The longest part of a message; Tornado closes the socket of a longer one."""
        return MESSAGE

    async def prepare(self) -> None:
        """Refuse whoever does not say from which page he comes, as every browser does."""
        if "Origin" not in self.request.headers:
            complain("a socket without an origin")
            self.set_status(403)
            self.finish("A socket needs an Origin, as browsers send it.\n")
            return
        await super().prepare()  # type: ignore[no-untyped-call]

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse a token that no page of ours has carried."""
        if self.selected_subprotocol != "bokeh" or not well_formed(self._token or ""):
            complain("a socket without a session's token")
            self.close(NOT_ALLOWED, "This socket needs the token of a page.")
            return None
        try:
            return super().open(*args, **kwargs)  # type: ignore[no-untyped-call]
        except Exception as error:  # an old token, or one of another server
            complain(f"a socket: {error}")
            self.close(NOT_ALLOWED, "This socket needs the token of a page.")
            return None

    async def on_message(self, fragment: str | bytes) -> None:
        """Read a part of a message, and answer when it is complete.

        Whoever sends more than a page does is read more slowly: the next part waits in his own
        connection.
        """
        if wait := self._pace.wait(len(fragment)):
            await asyncio.sleep(wait)
        receiver: Any = self.receiver
        if self.connection is None:
            self.close(NOT_A_MESSAGE, "The session is not open yet.")
            return
        self._parts += 1
        try:
            message = await receiver.consume(fragment)
            if message is not None and not isinstance(message.header["msgid"], str):
                message = None
        except Exception:  # whatever is wrong with it, it is none
            message = None
            self._parts = PARTS
        if message is not None:
            self._parts = 0
            await self.send_message(await self.answer(message, self.connection))
        elif self._parts >= PARTS:
            complain("what is no message")
            self.close(NOT_A_MESSAGE, "This is not a message of a page.")

    async def answer(self, message: Message[Any], to: ServerConnection) -> Message[Any]:
        """The answer to a message, which says no more than a sentence when there is a problem."""
        problem = "A page does not send this."
        if work := ANSWERS.get(message.msgtype):
            try:
                answered: Message[Any] = await work(message, to)
                return answered
            except Exception:
                log.exception("A message of the kind %s failed", message.msgtype)
                problem = "The server could not do this."
        else:
            complain(f"a message of the kind {message.msgtype!r}")
        # not while an error is being handled: Bokeh would add its traceback
        return to.error(message, problem)


def well_formed(token: str) -> bool:
    """Whether a token is one as pages carry it: of a session, and not large when unpacked."""
    try:
        head = _decoded(token.split(".")[0] if len(token) <= TOKEN else "")
        said = json.loads(head)
        packed = said.get("__bk__zlib_", "")
        reader = zlib.decompressobj()
        payload = json.loads(reader.decompress(_decoded(packed), PAYLOAD) or "{}")
        return (
            isinstance(said["session_id"], str)
            and SESSION.fullmatch(said["session_id"]) is not None
            and isinstance(said["session_expiry"], int)
            and not reader.unconsumed_tail
            and all(isinstance(payload.get(each, {}), dict) for each in ("headers", "cookies"))
            and all(isinstance(each, list) for each in payload.get("arguments", {}).values())
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, zlib.error):
        return False


def _decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
