"""Where the shipped lessons and assets are: inside the wheel, or beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _shipped(name: str) -> Path:
    installed = _PACKAGE / "_shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def lessons() -> Path:
    """The folder of the shipped lessons."""
    return _shipped("lessons")


def assets() -> Path:
    """The folder of icons and the shipped model."""
    return _shipped("assets")
