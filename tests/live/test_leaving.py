"""A reader whose session ends takes along what was under way for nobody else."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tornado.httpclient import AsyncHTTPClient

from explainer.live import Service
from explainer.live.progress import Progress
from explainer.pages import away
from explainer.server import server


def endless(progress: Progress) -> Iterator[None]:
    while True:
        progress(0.5)
    yield


def test_a_session_that_ends_cancels_its_work(llama: Path):
    # in a thread of its own: the browser tests' loop stays in the main one
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, a_session_ends(llama)).result()


def test_a_browser_that_has_gone_stops_its_work_before_its_session_ends(
    llama: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(away, "AWAY", 0.2)
    monkeypatch.setattr(away, "LOOK", 0.05)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, a_browser_goes(llama)).result()


async def a_browser_goes(llama: Path) -> None:
    service = Service({"small": llama})
    made: Any = server(port=0, service=service)
    made.start()
    try:
        await AsyncHTTPClient().fetch(f"http://localhost:{made.port}/live")
        (session,) = made.get_sessions("/live")
        browser: Any = object()
        session.subscribe(browser)
        hers = service.compute("hers", endless, session.id)
        his = service.compute("his", endless, "somebody else")
        for _ in range(10):
            await asyncio.sleep(0.05)  # she is there, and so is her work
        assert not hers.finished
        session.unsubscribe(browser)
        while not hers.finished:
            await asyncio.sleep(0.01)
        assert hers.state == "cancelled" and not his.finished
        assert made.get_sessions("/live") == [session]
    finally:
        service.close()
        made.stop()


async def a_session_ends(llama: Path) -> None:
    service = Service({"small": llama})
    made: Any = server(port=0, service=service)
    jobs = []

    async def visit() -> None:
        await AsyncHTTPClient().fetch(f"http://localhost:{made.port}/live")
        (session,) = made.get_sessions("/live")
        jobs.append(service.compute("hers", endless, session.id))
        jobs.append(service.compute("his", endless, "somebody else"))
        # what Bokeh does when a browser has been away for long enough
        await made._tornado.applications["/live"]._discard_session(session, lambda _: True)

    made.start()
    try:
        await asyncio.wait_for(visit(), 60)
        assert [job.state for job in jobs] in (["cancelled", "waiting"], ["cancelled", "running"])
    finally:
        service.close()
        made.stop()
