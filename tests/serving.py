"""Servers for the tests: `explainer serve` as a person starts it, and plain files."""

import asyncio
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

T = TypeVar("T")
EXPLAINER = Path(sys.executable).with_name("explainer")
STARTS_WITHIN = 120  # seconds; the first start of a new environment compiles everything it imports

# A proxy of the machine has no business between a test and its own server.
_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Served:
    """A running server: its address without a slash at the end, and its process."""

    url: str
    process: subprocess.Popen[bytes]


def get(url: str) -> tuple[int, bytes]:
    """Status and body of a GET, whatever the status."""
    try:
        with _direct.open(url, timeout=30) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


@contextmanager
def serving(
    *arguments: str,
    command: Path | Sequence[str] = EXPLAINER,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Run `explainer serve` with further arguments on a free port, until the block ends.

    Raises RuntimeError with what the server has printed when it stops or does not answer in time.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = [command] if isinstance(command, Path) else [*command]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [*program, "serve", "--port", str(port), *arguments],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=env,
        )
        try:
            url = f"http://localhost:{port}"
            try:
                wait_until_it_answers(url, process)
            except RuntimeError as error:
                log.seek(0)
                raise RuntimeError(f"{error}\n{log.read().decode()}") from None
            yield Served(url, process)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def wait_until_it_answers(
    url: str, process: subprocess.Popen[bytes], within: float = STARTS_WITHIN
) -> None:
    """Return once a server answers; raises RuntimeError when it has ended, or after `within` s."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"explainer serve ended with {process.returncode}:")
        try:
            get(url)
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"explainer serve did not answer within {within} s:")


def awaited(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine, run in a thread: where Playwright has been, a loop is running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


class _QuietFiles(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving_files(folder: Path) -> Iterator[str]:
    """Serve a folder's files until the block ends; gives the address without a slash at its end."""
    handler = partial(_QuietFiles, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as files:
        thread = Thread(target=files.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{files.server_port}"
        files.shutdown()
        thread.join()
