"""What a lesson page costs its server: many real sessions, open at the same time."""

import asyncio
import re
import socket
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

import psutil
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

TOKEN = re.compile(r'"token":"([^"]+)"')


@dataclass(frozen=True)
class Cost:
    """Of one session: milliseconds until its page is there, each; memory in MiB, on average."""

    milliseconds: list[float]
    mebibytes: float


def open_sessions(url: str, pid: int, count: int = 100, before: int = 20) -> Cost:
    """Open sessions as browsers do, one after the other, and leave them open until the last.

    url: a lesson page; pid: the server's process. The first `before` warm it up, uncounted.
    """
    return asyncio.run(_open_sessions(url, psutil.Process(pid), count, before))


async def _open_sessions(url: str, server: psutil.Process, count: int, before: int) -> Cost:
    connections = [(await _open(url))[1] for _ in range(before)]
    start = server.memory_info().rss
    times = []
    for _ in range(count):
        seconds, connection = await _open(url)
        times.append(seconds * 1000)
        connections.append(connection)
    grown = server.memory_info().rss - start
    for connection in connections:
        connection.close()
    return Cost(times, grown / count / 2**20)


async def _open(url: str) -> tuple[float, WebSocketClientConnection]:
    """A page and its websocket, as far as a browser goes: the document has arrived."""
    started = time.perf_counter()
    page = await AsyncHTTPClient().fetch(HTTPRequest(url, headers={"Accept-Encoding": "gzip"}))
    elapsed = time.perf_counter() - started
    token = TOKEN.search(page.body.decode())
    assert token is not None, "the page carries no session"
    path, _, query = url.partition("?")
    connection = await websocket_connect(
        HTTPRequest(
            f"{path.replace('http', 'ws', 1)}/ws?{query}",
            headers={"Origin": "{0.scheme}://{0.netloc}".format(urlsplit(url))},
        ),
        subprotocols=["bokeh", token[1]],
    )
    _acknowledge_at_once(connection)
    await _message(connection)  # the server's ACK
    started = time.perf_counter()
    for part in ('{"msgid":"1","msgtype":"PULL-DOC-REQ"}', "{}", "{}"):
        await connection.write_message(part)
    _acknowledge_at_once(connection)
    header, _, content = [await connection.read_message() for _ in range(3)]
    assert header is not None and "PULL-DOC-REPLY" in str(header), header
    assert content is not None and "graphs" in str(content), "the document carries no sheet"
    return elapsed + time.perf_counter() - started, connection


def _acknowledge_at_once(connection: WebSocketClientConnection) -> None:
    """Keep the kernel from waiting 40 ms before it acknowledges: this measures the server."""
    assert connection.protocol is not None
    connection.protocol.set_nodelay(True)
    if hasattr(socket, "TCP_QUICKACK"):
        stream = connection.protocol.stream.socket
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)


async def _message(connection: WebSocketClientConnection) -> None:
    for _ in range(3):  # a Bokeh message is a header, its metadata and its content
        await connection.read_message()
