"""What went wrong, as something to say to a reader, whatever was raised."""

import logging
import traceback

from explainer.errors import LiveError

log = logging.getLogger(__name__)


def failure(error: Exception, of: str) -> LiveError:
    """The error as one that can be told: a LiveError as it is, any other by its kind alone.

    Another is a mistake of ours or of a library's: its own words may name the server's files, and
    go into the log, on one line.
    """
    if isinstance(error, LiveError):
        return error
    frames = traceback.extract_tb(error.__traceback__)
    where = f" ({frames[-1].name}, line {frames[-1].lineno})" if frames else ""
    kind = type(error).__name__
    log.error("%s failed: %s: %s%s", of, kind, " ".join(str(error).split())[:300], where)
    return LiveError(f"something unexpected happened: {kind}", "unexpected")
