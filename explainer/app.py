"""The app for `panel serve explainer/app.py`: home, lessons under `?lesson=`, and `?live=1`.

EXPLAINER_LESSONS names more folders of lessons, EXPLAINER_MODELS the live models, `PATH` or
`NAME=PATH` each; both are separated as in PATH. `--plugins explainer.plugin` makes it
safe among strangers.
"""

import os
from functools import cache
from pathlib import Path

from explainer.catalog import PATIENCE, Catalog
from explainer.door.hang import warn_if_open
from explainer.live import Service
from explainer.live.sources import offered
from explainer.pages import session
from explainer.pages.home import Home

FOLDERS = "EXPLAINER_LESSONS"
MODELS = "EXPLAINER_MODELS"


@cache
def _home(folders: str) -> Home:
    """One catalog for all sessions of the process."""
    own = [Path(folder) for folder in folders.split(os.pathsep) if folder]
    catalog = Catalog(own, patience=PATIENCE)
    catalog.begin()
    return Home(catalog)


@cache
def _service(models: str) -> Service:
    """One service for all sessions of the process."""
    return Service(offered([model for model in models.split(os.pathsep) if model]))


def main() -> None:
    """Show the page that the address of the current session asks for."""
    warn_if_open()
    home = _home(os.environ.get(FOLDERS, ""))
    service = _service(os.environ.get(MODELS, ""))
    shown = session.at_query(home.catalog, home, service)
    if shown is not None:
        shown.servable()


if __name__.startswith("bokeh_app_"):
    # Panel runs this file anew for each session; the module keeps its catalog.
    from explainer import app

    app.main()
