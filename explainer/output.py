"""Where a command may write: a plain file, a folder of its own, or into a pipe. Never in between.

A device, a link or somebody's folder in the way is refused, and nothing is ever left half written.
"""

import stat
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from explainer.errors import ExplainerError


class CannotWrite(ExplainerError):
    """Something in the way, or a place that cannot be written."""


def check_file(out: Path, force: bool = False) -> None:
    """Raise CannotWrite unless a file may be written: nothing is there, a pipe, or, with force, a
    plain file. Before anything slow is done.
    """
    with told(out):
        if is_pipe(out):
            return
        kind = _mode(out)
        if kind is None:
            if not out.parent.is_dir():
                raise CannotWrite(f"there is no folder {out.parent}")
        elif stat.S_ISDIR(kind):
            raise CannotWrite(f"{out} is a folder; name a file in it")
        elif stat.S_ISLNK(kind):
            raise CannotWrite(f"{out} is a link; name the file itself")
        elif not stat.S_ISREG(kind):
            raise CannotWrite(f"{out} is a device, and no file; name another --out")
        elif not force:
            raise CannotWrite(f"{out} is there already; --force replaces it")


def make_folder(out: Path) -> None:
    """A folder to write files into, where there is none; raises CannotWrite."""
    with told(out):
        out.mkdir(parents=True, exist_ok=True)


def write_file(out: Path, content: bytes, force: bool = False) -> None:
    """Write a file as a whole or not at all; raises CannotWrite as `check_file` does."""
    check_file(out, force)
    with told(out):
        if is_pipe(out):
            out.write_bytes(content)
            return
        with _beside(out) as place:
            (place / "new").write_bytes(content)
            check_file(out, force)  # somebody may have come first meanwhile
            (place / "new").replace(out)


def write_folder(out: Path, files: Mapping[str, str], replace: bool = False) -> None:
    """Put a folder with these texts, by name, where there is none; or in the place of one.

    Raises CannotWrite; what was there is then as it was.
    """
    with told(out):
        if not replace and _mode(out) is not None:
            raise CannotWrite(f"{out} is there already; choose another name")
        out = out.parent.resolve() / out.name
        out.parent.mkdir(parents=True, exist_ok=True)
        with _beside(out) as place:
            new, old = place / "new", place / "old"
            new.mkdir()
            for name, text in files.items():
                (new / name).write_text(text, encoding="utf-8", newline="\n")
            if out.exists():
                out.rename(old)
            try:
                new.rename(out)
            except BaseException:
                if old.exists():
                    old.rename(out)
                raise


def is_pipe(out: Path) -> bool:
    """Whether somebody reads at the other end, as of a named pipe or of `/dev/stdout` in a line."""
    try:
        return stat.S_ISFIFO(out.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


@contextmanager
def told(out: Path) -> Iterator[None]:
    """Let what the system says about a place be CannotWrite, with the place as it was named."""
    try:
        yield
    except OSError as error:
        named = str(out) if len(str(out)) < 80 else f"…{str(out)[-79:]}"
        raise CannotWrite(f"cannot write {named}: {error.strerror or error}") from None


def _mode(out: Path) -> int | None:
    """What is there, and not what it leads to; None for nothing."""
    try:
        return out.lstat().st_mode
    except FileNotFoundError:
        return None


@contextmanager
def _beside(out: Path) -> Iterator[Path]:
    """A folder of ours on the same disk, gone afterwards whatever happens."""
    # the name of what is written may be as long as names can be
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".explainer-") as place:
        yield Path(place)
