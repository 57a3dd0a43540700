"""Readers who have gone hold up nobody: their work ends before their session does."""

from typing import Any

from tornado.ioloop import PeriodicCallback

from explainer.live import Service

# Seconds without a connection: a page that comes back sooner (Bokeh keeps its session for some
# fifteen) finds its work going on, and after that only what it shows already.
AWAY = 5.0
LOOK = 1.0  # seconds


def watch(server: Any, path: str, service: Service) -> None:
    """Have the work of each session at a path stopped soon after its browser has gone."""

    def look() -> None:
        for session in server.get_sessions(path):
            gone = session.milliseconds_since_last_unsubscribe
            if session.connection_count == 0 and gone > 1000 * AWAY:
                service.leave(session.id)

    server.io_loop.add_callback(PeriodicCallback(look, 1000 * LOOK).start)
