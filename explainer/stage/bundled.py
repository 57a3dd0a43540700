"""A Panel component whose JavaScript is one built file, kept by browsers until it changes."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import panel as pn


class Bundled(pn.custom.JSComponent):
    """The base of our components; each names its built file as `_bundle`.

    The built file only: Panel serves it by URL, but not the modules that it is made of.
    """

    __abstract = True

    @classmethod
    def _render_esm(cls, compiled: Any = True, server: bool = False) -> str:
        source: str = super()._render_esm(compiled, server)
        if not server or "?" in source:  # text, or dated by Panel itself under --dev
            return source
        bundle = Path(str(cls._bundle))
        return f"{source}?v={_version(bundle, bundle.stat().st_mtime_ns)}"


@cache
def _version(bundle: Path, modified: int) -> str:
    """Name of the bundle's content: browsers keep a versioned file for years."""
    return sha256(bundle.read_bytes()).hexdigest()[:16]
