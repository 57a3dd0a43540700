"""The files of components, of which Panel would find any by importing whatever an address names.

`/components/unittest.__main__/a/b/c` ends a server so. Panel has no setting for it, and makes the
rule for these addresses itself, in front of any other; so this replaces how its handler reads them.
"""

import sys
from collections.abc import Callable

import panel as pn
from panel.io.server import ComponentResourceHandler
from tornado.web import HTTPError

OURS = __name__.partition(".")[0]

_read: Callable[[ComponentResourceHandler, str], str] = ComponentResourceHandler.parse_url_path


def _read_ours(handler: ComponentResourceHandler, path: str) -> str:
    """Where a file of a component of ours is, from `MODULE/CLASS/ATTRIBUTE/FILE`.

    Only of a class that is there already: to ask a module for a name may import another one.
    """
    module, _, rest = path.partition("/")
    there = vars(sys.modules[module]) if module in sys.modules else {}
    component = there.get(rest.partition("/")[0])
    is_one = isinstance(component, type) and issubclass(component, pn.custom.ReactiveESM)
    if module.partition(".")[0] != OURS or not is_one:
        raise HTTPError(404)
    return _read(handler, path)


def close() -> None:
    """Let Panel's handler find nothing in this process but our own files, from now on."""
    ComponentResourceHandler.parse_url_path = _read_ours  # type: ignore[method-assign, assignment]
