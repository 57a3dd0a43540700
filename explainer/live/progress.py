"""How a long computation tells how far it is, and how it is stopped."""

from collections.abc import Callable

Progress = Callable[[float], None]
"""Is told the share that is done, 0 to 1; to stop the computation, it raises Cancelled."""


class Cancelled(Exception):
    """Nobody waits for the result any more; a progress function raises it to stop a computation."""
