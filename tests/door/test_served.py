"""What a stranger can send to a server, under `explainer serve` and under `panel serve`."""

import asyncio
import json
import re
import sys
import time
import urllib.error
import urllib.request
import zlib
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bokeh.util.token import get_token_payload
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import (
    WebSocketClientConnection,
    WebSocketClosedError,
    websocket_connect,
)

import explainer
from explainer.door.sockets import BURST, MESSAGE, PAYLOAD, RATE, SMALLEST, Pace, well_formed
from tests.serving import awaited, get, serving

APP = Path(explainer.__file__).with_name("app.py")
TOKEN = re.compile(r'"token":"([^"]+)"')
SCRIPT = re.compile(r"<script([^>]*)>")
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Pages:
    """Where the pages of a server are."""

    url: str
    lesson: str
    socket: str


@pytest.fixture(scope="module")
def panel() -> Iterator[str]:
    """The address of the app under `panel serve`, with the plugin that README names."""
    options = (str(APP), "--plugins", "explainer.plugin")
    with serving(*options, command=(sys.executable, "-m", "panel")) as served:
        yield served.url


@pytest.fixture(params=["explainer", "panel"])
def pages(request: pytest.FixtureRequest) -> Pages:
    if request.param == "panel":
        url = request.getfixturevalue("panel")
        return Pages(url, f"{url}/app?lesson=moe", "/app/ws?lesson=moe")
    url = request.getfixturevalue("server")
    return Pages(url, f"{url}/lesson/moe", "/lesson/moe/ws")


def asked(url: str, **headers: str) -> tuple[int, Any, str]:
    """Status, headers and text of a page."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with _direct.open(urllib.request.Request(url, headers=named), timeout=30) as response:
            return response.status, response.headers, response.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode()


def token_of(pages: Pages) -> str:
    found = TOKEN.search(asked(pages.lesson)[2])
    assert found is not None
    return found[1]


@asynccontextmanager
async def connected(
    pages: Pages, token: str, origin: str | None = ""
) -> AsyncIterator[WebSocketClientConnection]:
    headers = {} if origin is None else {"Origin": origin or pages.url}
    address = pages.url.replace("http", "ws", 1) + pages.socket
    connection = await websocket_connect(
        HTTPRequest(address, headers=headers), subprotocols=["bokeh", token]
    )
    assert connection.protocol is not None
    stream = connection.protocol.stream
    try:
        yield connection
    finally:
        connection.close()
        while not stream.closed():
            await asyncio.sleep(0.01)


async def message(connection: WebSocketClientConnection) -> tuple[str, Any]:
    """The kind and the content of the next message; nothing when the socket is closed."""
    read: list[str | bytes] = []
    for _ in range(3):
        part = await connection.read_message()
        if part is None:
            return "", connection.close_code
        read.append(part)
    return json.loads(read[0])["msgtype"], json.loads(read[2])


def said_to(pages: Pages, *parts: str | bytes, token: str | None = None) -> tuple[str, Any]:
    """What a server answers to the parts of a message."""

    async def say() -> tuple[str, Any]:
        async with connected(pages, token or token_of(pages)) as connection:
            kind, content = await message(connection)
            if kind == "ACK":
                with suppress(WebSocketClosedError):  # it may have seen enough
                    for part in parts:
                        await connection.write_message(part, binary=isinstance(part, bytes))
                kind, content = await message(connection)
            return kind, content

    return awaited(asyncio.wait_for(say(), 60))


def parts(kind: str, content: Any, **header: Any) -> list[str]:
    return [json.dumps({"msgid": "1", "msgtype": kind} | header), "{}", json.dumps(content)]


def test_no_address_imports_anything_or_ends_the_server(pages: Pages):
    for path in (
        "unittest.__main__/a/b/c",
        "explainer.live/Capture/_bundle_path/x.js",
        "explainer.cli/main/_esm/cli.py",
        "panel.custom/JSComponent/_esm/x",
        "a/b/c/d",
        "",
    ):
        assert get(f"{pages.url}/components/{path}")[0] == 404, path
    bundle = "components/explainer.stage.component/Stage/_bundle_path/stage.bundle.js"
    assert bundle in said(pages)
    assert get(f"{pages.url}/{bundle}")[0] == 200


def said(pages: Pages) -> str:
    """The document of a lesson's session, as a browser gets it."""
    kind, content = said_to(pages, *parts("PULL-DOC-REQ", {}))
    assert kind == "PULL-DOC-REPLY"
    return json.dumps(content)


def test_nobody_chooses_a_session(pages: Pages):
    mark = "&" if "?" in pages.lesson else "?"
    token = token_of(pages)
    assert asked(f"{pages.lesson}{mark}bokeh-session-id=mine")[0] == 400
    assert asked(f"{pages.lesson}{mark}bokeh-token={token}")[0] == 400
    assert asked(pages.lesson, Bokeh_Session_Id="mine")[0] == 400
    for more in ("autoload.js?bokeh-autoload-element=1", "metadata"):
        status, _, body = asked(f"{pages.lesson.partition('?')[0]}/{more}")
        assert status == 404 and TOKEN.search(body) is None


def test_only_the_scripts_that_a_page_came_with_run(pages: Pages):
    first, second = asked(pages.lesson), asked(pages.lesson)
    policy = first[1]["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([\w-]+)'", policy)
    assert nonce is not None and nonce[1] not in second[2]
    assert "unsafe-inline" not in policy.partition("script-src")[2].partition(";")[0]
    assert "unsafe-eval" not in policy and "frame-ancestors 'self'" in policy
    scripts = [attributes for attributes in SCRIPT.findall(first[2]) if "json" not in attributes]
    assert len(scripts) >= 3
    assert all(f'nonce="{nonce[1]}"' in attributes for attributes in scripts)


def test_a_socket_needs_an_origin_and_the_token_of_a_page(pages: Pages):
    async def knock(origin: str | None) -> None:
        async with connected(pages, token_of(pages), origin):
            raise AssertionError(origin)

    for origin in (None, "http://elsewhere.example"):
        with pytest.raises(HTTPClientError, match="403"):
            awaited(knock(origin))
    for token in ("nobody", token_of(pages)[:-9], "e30", "x" * 40_000):
        assert said_to(pages, token=token) == ("", 1008)


def test_an_answer_to_what_no_page_sends_is_a_sentence(pages: Pages):
    for kind, content in (
        ("PUSH-DOC", {"doc": {"roots": []}}),
        ("PATCH-DOC", {"nothing": 1}),
        ("PATCH-DOC", [1]),
        ("SERVER-INFO-REQ", {}),
        ("ACK", {}),
    ):
        answered, text = said_to(pages, *parts(kind, content))
        assert answered in ("OK", "ERROR"), kind
        assert ".py" not in json.dumps(text) and text.get("traceback") is None
    answered, text = said_to(pages, *parts("PUSH-DOC", {}))
    assert (answered, text["text"]) == ("ERROR", "A page does not send this.")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (["{", "{}", "{}"], 1002),
        (["[]", "{}", "{}"], 1002),
        (['{"msgtype": "PATCH-DOC"}', "{}", '{"events": []}'], 1002),
        (['{"msgtype": "PATCH-DOC", "msgid": [1]}', "{}", '{"events": []}'], 1002),
        (["[" * 100_000, "{}", "{}"], 1002),
        ([b"\0", b"\0", b"\0"], 1002),
        (parts("PATCH-DOC", {"events": []}, num_buffers=10**9), 1002),
        (["x" * (MESSAGE + 1)], 1009),
    ],
    ids=["cut", "list", "nameless", "misnamed", "deep", "bytes", "buffers", "long"],
)
def test_what_is_no_message_closes_the_socket(server: str, sent: list[Any], code: int):
    pages = Pages(server, f"{server}/lesson/moe", "/lesson/moe/ws")
    assert said_to(pages, *sent) == ("", code)


def test_the_sheet_stays_the_server_s(pages: Pages):
    async def try_it() -> tuple[Any, Any]:
        async with connected(pages, token_of(pages)) as connection:

            async def say(kind: str, content: Any) -> Any:
                for part in parts(kind, content):
                    await connection.write_message(part)
                return await message(connection)

            assert (await message(connection))[0] == "ACK"
            before = (await say("PULL-DOC-REQ", {}))[1]["doc"]["roots"]
            model = before[0]["attributes"]["data"]["id"]
            for name in ("sheet", "links", "edits"):
                change = {"kind": "ModelChanged", "model": {"id": model}, "attr": name}
                nothing = change | {"new": {"type": "map"}}
                assert (await say("PATCH-DOC", {"events": [nothing]}))[0] == "OK"
            after = (await say("PULL-DOC-REQ", {}))[1]["doc"]["roots"]
            return before, after

    before, after = awaited(asyncio.wait_for(try_it(), 60))
    assert len(before[0]["attributes"]["data"]["attributes"]["sheet"]["entries"]) > 5
    assert after == before


def test_a_page_finds_back_to_its_session(pages: Pages):
    token = token_of(pages)
    pulled = [said_to(pages, *parts("PULL-DOC-REQ", {}), token=token) for _ in range(2)]
    ids = [content["doc"]["roots"][0]["id"] for _, content in pulled]
    assert ids[0] == ids[1]
    if "/lesson/" in pages.lesson:  # for longer than a lesson, or a break
        assert get_token_payload(token)["session_expiry"] > time.time() + 8 * 3600


def token(payload: Any = None, **said: Any) -> str:
    packed = urlsafe_b64encode(zlib.compress(json.dumps(payload or {}).encode())).decode()
    whole = {"session_id": "a" * 44, "session_expiry": 2**33, "__bk__zlib_": packed} | said
    return urlsafe_b64encode(json.dumps(whole).encode()).decode().rstrip("=")


def test_a_token_is_small_and_of_a_session():
    assert well_formed(token())
    assert well_formed(token({"headers": {"Host": "x"}, "arguments": {"lang": ["zh"]}}))
    assert not well_formed(token(["x"]))
    assert not well_formed(token({"headers": 5}))
    assert not well_formed(token({"arguments": {"lang": 5}}))
    assert not well_formed(token("x" * (PAYLOAD + 1)))
    assert not well_formed(token(session_id="short"))
    assert not well_formed(token(session_id=["a" * 44]))
    assert not well_formed(token(session_expiry="late"))


def test_who_sends_more_than_a_page_is_read_more_slowly():
    now = 0.0
    pace = Pace(lambda: now)
    assert sum(pace.wait(10) for _ in range(BURST // SMALLEST)) == 0
    assert pace.wait(10) == pytest.approx(SMALLEST / RATE)
    now = 3600.0
    assert pace.wait(RATE) == 0
