"""The server behind `explainer serve`: pages, lessons, and what is said about each response."""

import re
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import panel as pn
from bokeh.server.util import create_hosts_allowlist
from tornado.httputil import HTTPHeaders, HTTPServerRequest
from tornado.routing import Matcher, PathMatches, Rule
from tornado.web import OutputTransform, RedirectHandler, RequestHandler

from explainer.catalog import PATIENCE, Catalog
from explainer.compressed import Compressed
from explainer.door.hang import hang
from explainer.door.pages import policy
from explainer.live import Service
from explainer.live.sources import offered
from explainer.pages import away, glossary, session
from explainer.pages.home import Home
from explainer.pages.links import PathLinks
from explainer.pages.missing import missing
from explainer.pages.page import SCRIPT_HASH
from explainer.pages.words import choose
from explainer.site import pages as site

LESSON = re.compile(r"/lesson/([^/]+)")
LESSON_FILE = re.compile(r"/lesson/([^/]+)\.html")
ANYWHERE = ("0.0.0.0", "::", "")
HEADERS = {
    "Content-Security-Policy": policy(SCRIPT_HASH),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
DAY = 86_400  # seconds in which a page may find back to its session


class CannotServe(Exception):
    """The address is in use or not ours, or a host is not one."""


def server(
    folders: Sequence[Path] = (),
    port: int = 5006,
    address: str = "localhost",
    origins: Sequence[str] = (),
    service: Service | None = None,
) -> Any:
    """A Panel server of the shipped lessons and those in folders, ready to `start`.

    port: 0 takes a free one. origins: hosts (`name` or `name:port`) that pages may be opened
    from, besides this machine's own. service: the live models, or None for the shipped one.
    Raises CannotServe, and LessonError for a missing folder.
    """
    home = Home(Catalog(folders, patience=PATIENCE))
    home.catalog.begin()
    service = service or Service(offered([]))
    port = port or free_port()
    try:
        hosts = create_hosts_allowlist(allowed(address, port, origins), port)
    except ValueError as error:
        raise CannotServe(str(error)) from None
    hang()
    # Sessions are few and short on a page that computes in the browser: keep no history.
    pn.config.session_history = 0
    try:
        made = pn.serve(
            {"/lesson/{id}": lessons_of(home.catalog), "/live": live_of(service)},
            port=port,
            address=address,
            websocket_origin=hosts,
            location=False,
            show=False,
            start=False,
            verbose=False,
            check_unused_sessions_milliseconds=5000,  # who has gone holds up nobody for long
            session_token_expiration=DAY,
            default_handler_class=MissingPage,
            default_handler_args={"catalog": home.catalog},
        )
    except OSError as error:
        raise CannotServe(f"cannot serve at {address}:{port}: {error.strerror or error}") from None
    except UnicodeError:
        raise CannotServe(f"cannot serve at {address}:{port}: that is no name of a host") from None
    away.watch(made, "/live", service)
    tornado = made._tornado
    tornado.add_transform(Headers)
    tornado.add_transform(Compressed)
    # Handlers added to an application come before those that it was made with.
    tornado.add_handlers(
        r".*",
        [
            Rule(PathMatches(r"/"), HomePage, {"home": home}),
            Rule(PathMatches(r"/glossary"), GlossaryPage, {"catalog": home.catalog}),
            Rule(PathMatches(r"/glossary/"), RedirectHandler, {"url": "../glossary"}),
            Rule(PathMatches(r"/health"), Health),
            Rule(PathMatches(r"/lesson/([^/]+)/version"), Version, {"catalog": home.catalog}),
            Rule(PathMatches(r"/lesson/([^/]+)/"), RedirectHandler, {"url": "../{0}"}),
            Rule(PathMatches(r"/live/"), RedirectHandler, {"url": "../live"}),
            Rule(KnownFile(home.catalog), LessonFile, {"catalog": home.catalog}),
            Rule(UnknownLesson(home.catalog), MissingPage, {"catalog": home.catalog}),
        ],
    )
    return made


def lessons_of(catalog: Catalog) -> Callable[[], Any]:
    """`session.at_path` of a catalog, as the plain function that Panel asks for."""

    def lesson_page() -> Any:
        return session.at_path(catalog)

    return lesson_page


def live_of(service: Service) -> Callable[[], Any]:
    """`session.live_at_path` of a service, as the plain function that Panel asks for."""

    def live_page() -> Any:
        return session.live_at_path(service)

    return live_page


def allowed(address: str, port: int, origins: Sequence[str]) -> list[str]:
    """The hosts that a page may connect from: this machine by its names, and those asked for."""
    own = ["localhost", "127.0.0.1"]
    own += own_addresses() if address in ANYWHERE else [address]
    own = [host for host in dict.fromkeys(own) if ":" not in host]  # Bokeh knows no IPv6 origins
    return [*(f"{host}:{port}" for host in own), *origins]


def free_port() -> int:
    """A port that nobody uses: pages are told it before the server has it."""
    with socket.socket() as probe:
        probe.bind(("", 0))
        return int(probe.getsockname()[1])


def own_addresses() -> list[str]:
    """This machine's name and the address that its network knows it by, where there is one."""
    found = [socket.gethostname()]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address of nobody; a datagram socket sends nothing
            found.append(probe.getsockname()[0])
        except OSError:
            pass  # no network: nobody else can come by
    return found


class Headers(OutputTransform):
    """Adds to every response what browsers should know: what it may do, how long it keeps."""

    def __init__(self, request: HTTPServerRequest) -> None:
        self.path = request.path

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        """Set the headers; what a handler has said itself stays."""
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if "Cache-Control" not in headers:
            kept = status_code == 200 and "/static/" in self.path
            headers["Cache-Control"] = "public, max-age=86400" if kept else "no-cache"
        return status_code, headers, chunk


class Page(RequestHandler):
    """A page that needs no session."""

    def chosen(self) -> tuple[str | None, str]:
        """The language that the address asks for, and the one to use."""
        asked = session.argument(self.request.query_arguments, "lang")
        language = choose(asked, self.request.headers.get("Accept-Language"))
        self.set_header("Content-Language", "zh-Hans" if language == "zh" else language)
        self.set_header("Vary", "Accept-Language")
        return (language if asked == language else None), language

    def head(self, *parts: str) -> Any:
        """A page's headers alone."""
        return self.get(*parts)


class HomePage(Page):
    """`/`"""

    def initialize(self, home: Home) -> None:
        """Take the home page from the server."""
        self.home = home

    def get(self, *parts: str) -> None:
        """Write the page."""
        asked, language = self.chosen()
        self.write(self.home.html(language, PathLinks(language=asked)))


class GlossaryPage(Page):
    """`/glossary`"""

    def initialize(self, catalog: Catalog) -> None:
        """Take the lessons that there are from the server."""
        self.catalog = catalog

    def get(self, *parts: str) -> None:
        """Write the page."""
        asked, language = self.chosen()
        self.write(glossary.html(self.catalog, language, PathLinks(language=asked)))


class MissingPage(Page):
    """Any address that nothing else answers."""

    def initialize(self, catalog: Catalog) -> None:
        """Take the lessons that there are from the server."""
        self.catalog = catalog

    def prepare(self) -> None:
        """Whatever the method, nothing is here."""
        path = self.request.path
        asked, language = self.chosen()
        lesson = LESSON.fullmatch(path)
        links = PathLinks(depth=path.count("/") - 1, language=asked)
        name = _unquoted(lesson[1] if lesson else path)
        kind = "lesson" if lesson else "page"
        self.set_status(404)
        self.finish(missing(self.catalog, name, language, links, kind))


class Health(Page):
    """`/health`, for whoever watches the server."""

    def get(self, *parts: str) -> None:
        """Say that the server is there."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.write("ok\n")


class Version(Page):
    """`/lesson/my-lesson/version`: a word that changes with the files of a lesson of one's own."""

    def initialize(self, catalog: Catalog) -> None:
        """Take the lessons that there are from the server."""
        self.catalog = catalog

    def get(self, *parts: str) -> None:
        """Write the word; shipped lessons have none."""
        version = self.catalog.version(_unquoted(parts[0]))
        self.set_status(404 if version is None else 200)
        self.set_header("Cache-Control", "no-store")
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.write(f"{version or ''}\n")


class LessonFile(Page):
    """`/lesson/self-attention.html`: the lesson as one file, to be kept or framed.

    It opens as the address says: `?step=match&lang=zh&arithmetic=exact&X.0.1=3`.
    """

    def initialize(self, catalog: Catalog) -> None:
        """Take the lessons that there are from the server."""
        self.catalog = catalog

    def get(self, *parts: str) -> None:
        """Write the file."""
        given = self.request.query_arguments
        asked = {name: values[-1].decode("utf-8", "replace") for name, values in given.items()}
        # What its scripts may do the file itself says, wherever it is; any page may frame it.
        self.set_header("Content-Security-Policy", "base-uri 'none'; object-src 'none'")
        self.write(site.single(self.catalog.sheet(parts[0]), attributes=site.opening(asked)))


class KnownFile(Matcher):
    """Matches the address of the file of a lesson that works."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """The lesson's id as the handler's argument."""
        asked = LESSON_FILE.fullmatch(request.path)
        id = _unquoted(asked[1]) if asked else ""
        return {"path_args": [id]} if id in self.catalog.ids() else None


class UnknownLesson(Matcher):
    """Matches the address of a lesson that does not exist."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Empty when it matches, as Tornado asks for."""
        lesson = LESSON.fullmatch(request.path)
        return {} if lesson and not self.catalog.known(_unquoted(lesson[1])) else None


def _unquoted(path: str) -> str:
    return unquote(path, errors="replace")
