"""Panel components of ours: what a browser may tell them, and the built file that draws them."""

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

import panel as pn


class Told(pn.custom.JSComponent):
    """The base of our components: each says which of its parameters a browser may set.

    All the others are the server's, and the door (`explainer.door`) refuses to have them changed.
    """

    told: ClassVar[tuple[str, ...]] = ()

    __abstract = True

    @classmethod
    def accepts(cls, name: str, value: Any, model: Any) -> bool:
        """Whether a browser may set one of those to a value: when the parameter takes it.

        model: what the browser has of the component, with its parameters as they are now.
        """
        try:
            check: Any = cls.param[name]._validate  # which param leaves untyped
            check(value)
        except (ValueError, TypeError):
            return False
        return True


class Bundled(Told):
    """A component whose JavaScript is one built file, kept by browsers until it changes.

    Each names it as `_bundle`. The built file only: Panel serves it by URL, but not the modules
    that it is made of.
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
