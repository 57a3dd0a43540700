"""The page of a lesson of one's own: whatever it says, the word that it waits on is not newer."""

from pathlib import Path
from typing import Any

import pytest

from explainer.catalog import Catalog
from explainer.errors import Problem
from explainer.loading import Loaded
from explainer.pages import session
from explainer.pages.links import PathLinks


def test_what_is_loaded_while_the_page_is_made_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[Loaded] = []

    class Job:
        """A job that has ended when something is in `loaded`."""

        def __init__(self, folder: Path) -> None: ...

        def result(self, patience: float) -> Loaded | None:
            return loaded[0] if loaded else None

    def stopping(catalog: Catalog, id: str) -> list[Problem]:
        problems = unloaded(catalog, id)
        loaded.append(Loaded(None, (Problem("now it has a mistake"),)))
        return problems

    unloaded = Catalog.stopping
    pages: list[Any] = []
    monkeypatch.setattr("explainer.catalog.Job", Job)
    monkeypatch.setattr(Catalog, "stopping", stopping)
    monkeypatch.setattr(session, "broken", lambda *parts: pages.append(parts))
    monkeypatch.setattr(session, "_plain", lambda page: None)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "lesson.py").touch()
    catalog = Catalog([tmp_path], shipped=False, patience=0)
    session._lesson(catalog, "mine", "en", PathLinks(depth=1))
    [(_, problems, _, _, (_, version))] = pages
    assert problems == ["lesson.py: it is still being computed"]
    assert version != catalog.version("mine")  # so the page asks again, and is another
