"""What is refused is told in the log, a few lines a minute: nobody fills a disk with it."""

import logging
import time
from collections.abc import Callable

LONGEST = 200  # characters of a line
MOST, SECONDS = 30, 60.0  # lines within a time


class Sparing(logging.Filter):
    """Lets so many records through within a time; the next one says how many it has held back."""

    def __init__(
        self,
        most: int = MOST,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.most, self.seconds, self.clock = most, seconds, clock
        self._since, self._told, self._held = clock(), 0, 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record may be written."""
        now = self.clock()
        if now - self._since >= self.seconds:
            if self._held:
                told = f"{record.getMessage()} ({self._held} lines before it were left out)"
                record.msg, record.args = told, ()
            self._since, self._told, self._held = now, 0, 0
        self._told += 1
        if self._told > self.most:
            self._held += 1
        return self._told <= self.most


log = logging.getLogger("explainer.door")
log.addFilter(Sparing())


def complain(what: str) -> None:
    """Write one line about something that a browser has sent and that was refused."""
    line = " ".join(what[: 2 * LONGEST].split())
    log.warning("refused: %s", line if len(line) <= LONGEST else line[: LONGEST - 1] + "…")


def spare() -> None:
    """Hold back what others log, too: the handlers that there are write so many lines a minute."""
    others = [logging.getLogger(), logging.getLogger("panel"), logging.getLogger("bokeh")]
    handlers = [handler for logger in others for handler in logger.handlers]
    writing = [handler for handler in handlers if type(handler) is logging.StreamHandler]
    for handler in filter(None, [*writing, logging.lastResort]):
        if not any(isinstance(one, Sparing) for one in handler.filters):
            handler.addFilter(Sparing())
