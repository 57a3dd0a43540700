"""Writes a folder all at once: there is the old one or the new one, never half of one."""

import json
from collections.abc import Mapping
from pathlib import Path

from explainer.output import CannotWrite, told, write_folder

MARKER = ".explainer-site.json"


def check(out: Path) -> None:
    """Raise CannotWrite unless a folder may be (re)placed: absent, empty, or as we have left it."""
    with told(out):
        there = next((path for path in (out, *out.parents) if path.exists()), out)
        if out.is_symlink() or (there.exists() and not there.is_dir()):
            raise CannotWrite(f"{there} is not a folder; name one for --out")
        held = {path.name for path in out.iterdir()} if out.exists() else set()
    if not held:
        return
    others = sorted(held - _ours(out))
    if MARKER not in held:
        raise CannotWrite(f"{out} is not empty, and was not built by explainer; name another --out")
    if others:
        more = ", …" if len(others) > 3 else ""
        raise CannotWrite(
            f"{out} also holds what explainer did not write ({', '.join(others[:3])}{more}); "
            "move it away, or name another --out"
        )


def write(out: Path, files: Mapping[str, str]) -> None:
    """Put a folder with these files, by name, in the place of the one that was there.

    Raises CannotWrite; the old folder is then as it was.
    """
    check(out)
    marker = json.dumps({"files": sorted({*files, MARKER})})
    write_folder(out, {**files, MARKER: marker}, replace=True)


def _ours(out: Path) -> set[str]:
    """The names that the marker of a folder says were written with it."""
    try:
        return set(json.loads((out / MARKER).read_text(encoding="utf-8"))["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return {MARKER}
