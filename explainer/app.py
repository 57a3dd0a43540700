"""The app for `panel serve explainer/app.py`: home, and the lessons under `?lesson=`.

EXPLAINER_LESSONS names more folders of lessons, separated as in PATH.
"""

import os
from functools import cache
from pathlib import Path

from explainer.catalog import Catalog
from explainer.pages import session
from explainer.pages.home import Home

FOLDERS = "EXPLAINER_LESSONS"


@cache
def _home(folders: str) -> Home:
    """One catalog for all sessions of the process."""
    return Home(Catalog([Path(folder) for folder in folders.split(os.pathsep) if folder]))


def main() -> None:
    """Show the page that the address of the current session asks for."""
    home = _home(os.environ.get(FOLDERS, ""))
    stage = session.at_query(home.catalog, home)
    if stage is not None:
        stage.servable()


if __name__.startswith("bokeh_app_"):
    # Panel runs this file anew for each session; the module keeps its catalog.
    from explainer import app

    app.main()
