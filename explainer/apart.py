"""Lessons of an author's own, loaded in a process apart: their code can neither end nor hang ours.

One helper process has everything imported, and forks for each folder, so that a lesson takes some
hundredths of a second. What comes back is JSON: the sheet and the problems.
"""

import atexit
import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from threading import Event, Lock, Thread
from typing import IO, Any

from explainer.errors import LessonError, Problem
from explainer.loading import Loaded, loaded

COMPUTING = 5  # seconds of processor time that a lesson may take; the shipped ones take 0.1
ON_PAPERS = 30  # and with all its papers, of which they take three
WAITING = 60  # seconds in all
MEMORY = 4 * 2**30
START = """
import sys
sys.path.insert(0, sys.argv[1])
from explainer.apart import serve
serve()
"""


class Job:
    """A folder that is being loaded, with all papers or not, in a thread that waits."""

    def __init__(self, folder: Path, all_papers: bool = False) -> None:
        self._folder, self._all_papers = folder, all_papers
        self._done = Event()
        self._loaded: Loaded | None = None
        Thread(target=self._work, daemon=True).start()

    def result(self, patience: float | None = None) -> Loaded | None:
        """What was loaded; None when it takes longer than so many seconds."""
        self._done.wait(patience)
        return self._loaded

    def _work(self) -> None:
        try:
            self._loaded = _helper().load(self._folder, self._all_papers)
        except Exception as error:  # of ours: the page must not wait for ever
            self._loaded = _failed(f"cannot be loaded: {type(error).__name__}: {error}")
        self._done.set()


class Helper:
    """The process that forks for each lesson; it is started when it is first needed.

    computing: the seconds of processor time that a lesson may take.
    """

    def __init__(self, computing: int = COMPUTING) -> None:
        self._computing = computing
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = Lock()
        atexit.register(self.close)

    def load(self, folder: Path, all_papers: bool = False) -> Loaded:
        """What is in a folder; one at a time."""
        computing = ON_PAPERS if all_papers else self._computing
        with self._lock:
            for _ in range(2):  # a helper that was killed is started again
                process = self._started()
                assert process.stdin is not None and process.stdout is not None
                with contextlib.suppress(OSError):
                    asked = [str(folder.resolve()), computing, all_papers]
                    process.stdin.write(json.dumps(asked).encode() + b"\n")
                    process.stdin.flush()
                    if answer := process.stdout.readline():
                        return _read(answer)
                self.close()
        return _failed("cannot be loaded: the process that does it does not start")

    def start(self) -> None:
        """Start the process, so that the first lesson need not wait for it."""
        with self._lock:
            self._started()

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is None:
            return
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        self._process.kill()
        self._process.wait()
        self._process = None

    def _started(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is not None:
            self.close()
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", START, str(Path(__file__).parent.parent)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # threads of a library that multiplies matrices would not outlive a fork
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            )
        return self._process


@cache
def _helper() -> Helper:
    return Helper()


def warm() -> None:
    """Start the helper: it will be needed."""
    _helper().start()


# In the helper ---------------------------------------------------------------------------------


def serve() -> None:
    """Answer with one line for each line that names a folder, until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever asks
    answers = os.fdopen(os.dup(1), "wb")
    asked = os.fdopen(os.dup(0), "rb")
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)  # a lesson has nobody to ask,
    os.dup2(2, 1)  # and what it prints is seen where the server's own words are
    for line in asked:
        folder, computing, all_papers = json.loads(line)
        answers.write(_answer(Path(folder), computing, all_papers, answers, asked))
        answers.flush()


def _answer(folder: Path, computing: int, all_papers: bool, *ours: IO[bytes]) -> bytes:
    if not hasattr(os, "fork"):
        return _written(loaded(folder, all_papers))
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        for pipe in ours:
            os.close(pipe.fileno())
        _limit(computing)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(_written(loaded(folder, all_papers)))
        os._exit(0)
    os.close(writing)
    answer, in_time = _collected(reading, time.monotonic() + WAITING)
    if not in_time:
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if in_time and answer.endswith(b"\n"):
        return answer
    return _written(_failed(_why(status, in_time, computing)))


def _collected(reading: int, until: float) -> tuple[bytes, bool]:
    """All that comes through a pipe, and whether it came in time."""
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector, os.fdopen(reading, "rb", 0) as pipe:
        selector.register(pipe, selectors.EVENT_READ)
        while selector.select(max(0.0, until - time.monotonic())):
            part = pipe.read(1 << 16)
            if not part:
                return b"".join(parts), True
            parts.append(part)
    return b"", False


def _why(status: int, in_time: bool, computing: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    if not in_time:
        return f"did not end within {WAITING} seconds; look for a loop without an end"
    if code == -signal.SIGKILL:
        return _too_long(computing)
    how = f"exit code {code}" if code >= 0 else f"signal {-code}"
    return f"a lesson must not end the program ({how})"


def _too_long(computing: int) -> str:
    return f"did not end within {computing} seconds of computing; look for a loop without an end"


def _limit(computing: int) -> None:
    """What a lesson may take of this machine. Too much time is an error in the line it is spent."""
    try:
        import resource
    except ImportError:
        return

    def stop(*_: Any) -> None:
        raise LessonError(_too_long(computing))

    signal.signal(signal.SIGXCPU, stop)
    spent = int(time.process_time()) + computing
    for what, most, last in (
        (resource.RLIMIT_CPU, spent, spent + 2),  # then the system itself puts an end to it
        (resource.RLIMIT_AS, MEMORY, MEMORY),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, last))


def _failed(why: str) -> Loaded:
    return Loaded(None, (Problem(why, "lesson.py"),))


def _written(found: Loaded) -> bytes:
    try:
        problems: list[Any] = [vars(problem) for problem in found.problems]
        return json.dumps({"sheet": found.sheet, "problems": problems}).encode() + b"\n"
    except (TypeError, ValueError) as error:
        return _written(_failed(f"its sheet cannot be written: {error}"))


def _read(answer: bytes) -> Loaded:
    found = json.loads(answer)
    return Loaded(found["sheet"], tuple(Problem(**problem) for problem in found["problems"]))
