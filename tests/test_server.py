"""The server over HTTP: statuses, headers, compression, and that nothing leads elsewhere."""

import gzip
import os
import re
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urljoin, urlsplit

import pytest
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.web import Application, StaticFileHandler

import explainer
from explainer.catalog import Catalog
from explainer.cli import main
from explainer.commands.serve import size
from explainer.compressed import KEPT, Compressed, Kept
from explainer.pages import page
from explainer.pages.links import PathLinks
from explainer.pages.missing import missing
from tests.serving import EXPLAINER, awaited, get, serving

APP = Path(explainer.__file__).with_name("app.py")
ROOT = Path(__file__).parents[1]
LESSON = "/lesson/self-attention"
ASKED_FOR = re.compile(r"""(?:src=|<link[^>]*href=)["']([^"']*)""")
STRANGER = re.compile(r"""(?:src|href)=["'](?:https?:)?//|@import|url\(["']?(?:https?:)?//""")
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def fetch(url: str, method: str = "GET", **headers: str) -> tuple[int, Message, bytes]:
    """Status, headers and body as they come, compressed or not."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(url, headers=named, method=method)
    try:
        with _direct.open(request, timeout=30) as response:
            return response.status, response.headers, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.fixture(scope="module")
def mine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mine")
    assert main(["new", "my-lesson", "--dir", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def own(mine: Path) -> Iterator[str]:
    """The address of a server with a teacher's own lessons."""
    with serving("--lessons", str(mine)) as served:
        yield served.url


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/?lang=zh", 200),
        ("/?lang=%3Cscript%3E&lang=%FF", 200),
        ("/glossary", 200),
        ("/glossary/?lang=zh", 200),
        ("/glossary/more", 404),
        ("/health", 200),
        ("/live", 200),
        ("/live/", 200),
        ("/live?lang=zh&layer=nonsense&prompt=%FF%00%3Cscript%3E", 200),
        ("/live/more", 404),
        (LESSON, 200),
        (LESSON + "/", 200),
        (LESSON + "?step=nonsense&arithmetic=%00&X.0.0=NaN&lang=%FF", 200),
        ("/lesson/nope", 404),
        ("/lesson/nope/", 404),
        ("/lesson/", 404),
        ("/lesson", 404),
        ("/lesson/self-attention/more", 404),
        ("/lesson/..%2F..%2Fetc%2Fpasswd", 404),
        ("/lesson/%FF%00", 404),
        ("/nowhere/at/all", 404),
        ("/app", 404),
    ],
)
def test_status(server: str, path: str, status: int):
    found, headers, body = fetch(server + path)
    assert found == status
    assert body
    assert headers["Content-Type"].startswith("text/")
    if status == 404:
        assert b"self-attention" in body


def test_a_missing_lesson_is_not_run_as_html(server: str):
    _, _, body = fetch(server + "/lesson/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert b"&lt;script&gt;alert(1)" in body
    assert b"<script>alert(1)" not in body


@pytest.mark.parametrize("path", ["/", "/glossary", LESSON, "/nowhere", "/live"])
def test_every_page_has_its_headers(server: str, path: str):
    _, headers, _ = fetch(server + path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "http" not in policy and "*" not in policy


def test_pages_ask_for_head(server: str):
    status, headers, body = fetch(server + "/", method="HEAD")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 1000


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_language_of_the_browser(server: str, language: str):
    _, headers, body = fetch(server + "/", Accept_Language=f"{language}-XX,fr;q=0.9")
    name = {"en": "en", "zh": "zh-Hans"}[language]
    assert headers["Content-Language"] == name
    assert "Accept-Language" in headers["Vary"]
    assert f'<html lang="{name}">'.encode() in body
    _, _, lesson = fetch(server + LESSON, Accept_Language=language)
    assert f'<html lang="{name}">'.encode() in lesson


def scripts(server: str) -> list[str]:
    _, _, body = fetch(server + LESSON)
    return [
        urljoin(server + LESSON, address)
        for address in ASKED_FOR.findall(body.decode())
        if not address.startswith("data:")
    ]


def test_what_a_lesson_loads_is_compressed_and_kept(server: str):
    addresses = scripts(server)
    assert len(addresses) >= 3
    for address in addresses:
        status, headers, body = fetch(address, Accept_Encoding="gzip")
        assert status == 200, address
        assert headers["Content-Encoding"] == "gzip", address
        assert len(gzip.decompress(body)) > len(body)
        age = re.search(r"max-age=(\d+)", headers["Cache-Control"])
        assert age is not None and int(age[1]) >= 86400, address


def test_pages_are_compressed(server: str):
    _, headers, body = fetch(server + "/", Accept_Encoding="gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert b"<html" in gzip.decompress(body)


def test_no_page_names_a_stranger(server: str):
    for path in ("/", LESSON, "/nowhere"):
        _, _, body = fetch(server + path)
        text = body.decode()
        assert not STRANGER.search(text), path
    assert {urlsplit(address).netloc for address in scripts(server)} == {urlsplit(server).netloc}


def test_unused_scripts_are_left_out(server: str):
    names = [urlsplit(address).path.rsplit("/", 1)[1] for address in scripts(server)]
    assert "bokeh.min.js" in names
    assert "bokeh-gl.min.js" not in names


def test_a_lesson_of_ones_own_appears_changes_and_breaks_without_a_restart(own: str, mine: Path):
    assert fetch(own + "/lesson/my-lesson")[0] == 200
    assert fetch(own + "/lesson/second")[0] == 404
    assert main(["new", "second", "--dir", str(mine)]) == 0
    assert fetch(own + "/lesson/second")[0] == 200
    text = mine / "second" / "en.md"
    text.write_text(text.read_text(encoding="utf-8").replace("# Second", "# Renamed"))
    assert b"Renamed" in fetch(own + "/")[2]
    (mine / "second" / "lesson.py").write_text("class Broken(")
    status, _, body = fetch(own + "/")
    assert status == 200
    assert b"lesson.py line 1" in body and b"self-attention" in body
    status, _, body = fetch(own + "/lesson/second")
    assert status == 200  # over the lesson as it was
    assert b"lesson.py line 1" in body and b"Renamed" in body and b'name="version"' in body


def test_a_page_asks_which_version_of_a_lesson_of_ones_own_there_is(
    own: str, plain: str, mine: Path
):
    for address, asked in (
        (f"{own}/lesson/my-lesson", f"{own}/lesson/my-lesson/version"),
        (f"{plain}?lesson=my-lesson", f"{plain}?lesson=my-lesson&version=1"),
    ):
        version = fetch(asked)[2].decode().strip()
        assert re.fullmatch(r"[\w-]+", version)
        assert f'content="{version}"' in fetch(address)[2].decode()
        path = mine / "my_lesson" / "en.md"
        path.write_text(path.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
        assert fetch(asked)[2].decode().strip() not in ("", version)
    assert fetch(f"{own}/lesson/self-attention/version")[0] == 404
    assert 'name="version"' not in fetch(f"{own}/lesson/self-attention")[2].decode()


def test_a_lesson_that_never_worked_says_why_at_its_address(own: str, plain: str, mine: Path):
    (mine / "never").mkdir()
    (mine / "never" / "lesson.py").write_text("import sys; sys.exit('<b>')")
    for address in (f"{own}/lesson/never?lang=zh", f"{plain}?lesson=never&lang=zh"):
        body = fetch(address)[2].decode()
        assert "lesson.py line 1: a lesson must not end the program (SystemExit: &lt;b&gt;)" in body
        assert "这一课无法载入" in body and 'name="version"' in body
    assert "no lesson" not in fetch(f"{own}/health")[2].decode()  # the server goes on


@pytest.fixture(scope="module")
def plain(mine: Path) -> Iterator[str]:
    """The address of the app as `panel serve` runs it."""
    command = EXPLAINER.with_name("panel")
    folders = os.pathsep.join([str(mine), ""])
    with serving(str(APP), command=command, env=os.environ | {"EXPLAINER_LESSONS": folders}) as app:
        yield app.url + "/app"


def test_panel_serve_shows_home_lessons_and_what_is_missing(plain: str):
    home = fetch(plain)[2].decode()
    assert 'href="?lesson=self-attention"' in home and 'href="?lesson=my-lesson"' in home
    assert "<script src" not in home
    lesson = fetch(plain + "?lesson=self-attention&lang=zh")[2].decode()
    assert '<html lang="zh-Hans">' in lesson and "bokeh.min.js" in lesson
    assert not STRANGER.search(home + lesson)
    live = fetch(plain + "?live=1&lang=zh")[2].decode()
    assert '<html lang="zh-Hans">' in live and "实时模型" in live
    assert 'href="?live=1"' in home
    nowhere = fetch(plain + "?lesson=%3Cscript%3E&lang=zh")[2].decode()
    assert "&lt;script&gt;" in nowhere and "?lesson=self-attention&amp;lang=zh" in nowhere


def test_every_page_of_a_server_leads_to_the_live_model(server: str):
    for path, href in [("/", "live"), ("/?lang=zh", "live?lang=zh"), ("/no/where", "../live")]:
        body = fetch(server + path)[2].decode()
        assert f'href="{href}"' in body
        assert "data-language" in body


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server where PyTorch is not installed."""
    folder = tmp_path_factory.mktemp("bare")
    # what Python reads first: an import of None fails as one of a missing package does
    (folder / "sitecustomize.py").write_text("import sys\nsys.modules['torch'] = None\n")
    with serving(env=os.environ | {"PYTHONPATH": str(folder)}) as served:
        yield served.url


def test_without_torch_lessons_work_and_the_live_page_says_what_to_install(bare: str):
    for path in ("/", LESSON):
        assert fetch(bare + path)[0] == 200
    status, headers, body = fetch(bare + "/live")
    page = body.decode()
    assert status == 200
    assert "pip install &#39;explainer[live]&#39;" in page
    assert "The live model needs PyTorch" in page and "<code>torch</code>" in page
    assert 'href="./"' in page and 'href="live?lang=zh"' in page
    assert "Content-Security-Policy" in headers
    chinese = fetch(bare + "/live?lang=zh")[2].decode()
    assert "实时模型需要 PyTorch" in chinese and '<html lang="zh-Hans">' in chinese


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--model", "nowhere"], "there is no model folder nowhere"),
        (["--model", "lessons"], "lessons is no model folder: it has no config.json"),
        (["--max-tokens", "0"], "'0' is not a number from 1"),
        (["--capture-memory", "much"], "much is no size, as 512M or 8G are"),
        (["--dtype", "int3"], "invalid choice: 'int3'"),
    ],
)
def test_a_live_model_that_cannot_be_served_is_one_line(given: list[str], said: str):
    ran = subprocess.run(
        [EXPLAINER, "serve", "--port", "0", *given], capture_output=True, text=True, cwd=ROOT
    )
    assert ran.returncode == 2
    assert said in ran.stderr and ran.stderr.count("\n") == 1


def test_sizes_are_read_as_people_write_them():
    sizes = {"100": 100, "2k": 2048, "512M": 2**29, "1.5GiB": 3 * 2**29, "8 gb": 2**33}
    assert {text: size(text) for text in sizes} == sizes


def test_a_port_that_is_taken_is_one_line(server: str):
    ran = subprocess.run(
        [EXPLAINER, "serve", "--port", str(urlsplit(server).port)], capture_output=True, text=True
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("explainer: cannot serve at localhost:")
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_quietly(how: signal.Signals):
    with subprocess.Popen(
        [EXPLAINER, "serve", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        url = re.fullmatch(r"explainer is at (http://localhost:\d+)/\n", line)
        assert url is not None, line
        while True:
            try:
                assert get(url[1] + "/health")[0] == 200
                break
            except ConnectionError:
                pass
        process.send_signal(how)
        out, err = process.communicate(timeout=60)
    assert (out, err, process.returncode) == ("", "", 0)


def test_only_known_hosts_may_connect(server: str):
    def upgrade(origin: str) -> int:
        connection = HTTPConnection(urlsplit(server).netloc, timeout=30)
        upgrading = {
            "Upgrade": "websocket",
            "Connection": "Upgrade",
            "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Version": "13",
            "Sec-WebSocket-Protocol": "bokeh, nobody",
            "Origin": origin,
        }
        connection.request("GET", f"{LESSON}/ws", headers=upgrading)
        with connection.getresponse() as response:
            connection.close()
            return response.status

    assert upgrade("http://elsewhere.example") == 403
    assert upgrade(server) == 101


def test_a_script_is_compressed_once(server: str, monkeypatch: pytest.MonkeyPatch):
    class Files(StaticFileHandler):
        pass

    KEPT.put('"other"', b"")
    with TemporaryDirectory() as folder:
        Path(folder, "a.js").write_text("const number = 1;\n" * 10_000)
        app = Application([(r"/(.*)", Files, {"path": folder})], transforms=[Compressed])
        awaited(_twice(app, monkeypatch))


async def _twice(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask for a script as browsers do; the second time nobody may compress it."""
    http = app.listen(0, "127.0.0.1")
    [listening] = http._sockets.values()
    url = f"http://127.0.0.1:{listening.getsockname()[1]}/a.js"
    plain = HTTPRequest(url, headers={"Accept-Encoding": "identity"})
    packed = HTTPRequest(url, headers={"Accept-Encoding": "gzip"}, decompress_response=False)
    client = AsyncHTTPClient()
    first = await client.fetch(packed)
    monkeypatch.setattr(gzip, "GzipFile", None)
    second = await client.fetch(packed)
    whole = await client.fetch(plain)
    monkeypatch.undo()
    assert first.body == second.body and gzip.decompress(second.body) == whole.body
    assert second.headers["Content-Encoding"] == "gzip"
    assert int(second.headers["Content-Length"]) == len(second.body)
    assert "Accept-Encoding" in second.headers["Vary"] and "Content-Encoding" not in whole.headers
    part = HTTPRequest(url, headers={"Accept-Encoding": "gzip", "Range": "bytes=0-4"})
    assert (await client.fetch(part)).body == b"const"
    http.stop()


def test_kept_files_have_a_limit():
    kept = Kept(10)
    for name in "abc":
        kept.put(name, b"12345")
    assert [kept.get(name) for name in "abc"] == [None, b"12345", b"12345"]


def test_a_page_without_an_icon_is_a_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setattr(page.paths, "assets", lambda: tmp_path)
    page._inlined.cache_clear()
    shown = missing(Catalog(), "x", "en", PathLinks(), "page")
    page._inlined.cache_clear()
    assert 'href="data:,"' in shown


def test_only_a_lesson_as_one_file_may_be_framed_by_others(server: str):
    for path in ("/", LESSON, "/live", "/nowhere"):
        assert "frame-ancestors 'self'" in fetch(server + path)[1]["Content-Security-Policy"]
    _, headers, body = fetch(server + LESSON + ".html")
    assert "frame-ancestors" not in headers["Content-Security-Policy"]
    assert "script-src" not in headers["Content-Security-Policy"]
    assert b"script-src &#39;sha256-" in body or b"script-src 'sha256-" in body


def test_no_page_loads_tables(server: str):
    fetch(server + "/live")  # whose imports make Bokeh add what they might need
    assert not any("bokeh-tables" in address for address in scripts(server))
