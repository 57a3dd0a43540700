"""Watches a browser for what no page of ours may do: log an error, throw, or ask a stranger."""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError, WebSocket

LOCAL_SCHEMES = {"about", "blob", "data"}


class Guard:
    """Collects the problems of every browser context that it watches.

    `origins` are the servers that pages may ask, as "localhost:5006"; it is read at each
    request, so that a server may join it late. `expected` are regular expressions of the
    problems that a test provokes on purpose.
    """

    def __init__(self, origins: Collection[str], expected: Collection[str] = ()) -> None:
        self.origins = origins
        self.expected = [re.compile(pattern) for pattern in expected]
        self.problems: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("page", self._page)

    def _report(self, problem: str) -> None:
        if not any(pattern.search(problem) for pattern in self.expected):
            self.problems.append(problem)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._report(f"console: {message.text} ({message.location['url']})")

    def _error(self, error: WebError) -> None:
        self._report(f"uncaught: {error.error}")

    def _request(self, request: Request) -> None:
        self._ask(request.url)

    def _page(self, page: Page) -> None:
        page.on("websocket", self._websocket)

    def _websocket(self, websocket: WebSocket) -> None:
        self._ask(websocket.url)

    def _ask(self, url: str) -> None:
        address = urlsplit(url)
        if address.scheme not in LOCAL_SCHEMES and address.netloc not in self.origins:
            self._report(f"request to a stranger: {url}")
