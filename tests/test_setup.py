"""`make` and tools/chromium where something is missing: one clear message, and a failure."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAKE = shutil.which("make") or "make"


def run(*command: str | Path, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A command with an environment of its own: not even this machine's PATH."""
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)


def program(folder: Path, name: str, script: str) -> Path:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The Makefile alone, with nothing installed."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


def test_make_alone_lists_the_commands(checkout: Path):
    done = run(MAKE, cwd=checkout, PATH=os.environ["PATH"])
    assert done.returncode == 0
    for command in ("serve", "test", "lint", "bundle", "bench", "clean"):
        assert f"make {command} " in done.stdout


def test_an_old_python_is_told_what_is_needed(checkout: Path):
    old = program(checkout, "old", '[ "$1" = --version ] && echo "Python 3.9.2" || exit 1')
    done = run(MAKE, ".venv/bin/python", f"PYTHON={old}", cwd=checkout, PATH=os.environ["PATH"])
    assert done.returncode != 0
    assert f"explainer needs Python 3.11 or newer; {old} is Python 3.9.2." in done.stderr
    assert not (checkout / ".venv").exists()


def test_no_python_at_all_is_told_what_is_needed(checkout: Path):
    done = run(MAKE, ".venv/bin/python", "PYTHON=", cwd=checkout, PATH=os.environ["PATH"])
    assert done.returncode != 0
    assert "there is none on the PATH" in done.stderr


def test_a_named_browser_is_used(tmp_path: Path):
    mine = program(tmp_path, "mine", "")
    done = run("/bin/sh", ROOT / "tools" / "chromium", cwd=tmp_path, CHROMIUM=str(mine), PATH="")
    assert (done.returncode, done.stdout.strip()) == (0, str(mine))


def test_a_browser_on_the_path_is_found(tmp_path: Path):
    chrome = program(tmp_path, "google-chrome", "")
    done = run("/bin/sh", ROOT / "tools" / "chromium", cwd=tmp_path, PATH=str(tmp_path))
    assert (done.returncode, done.stdout.strip()) == (0, str(chrome))


@pytest.mark.parametrize(
    ("commands", "reason"),
    [
        ({}, "neither is apt-get"),
        ({"apt-get": "", "id": "echo 1000"}, "needs root or sudo"),
        ({"apt-get": "exit 100", "id": "echo 0"}, "could not install the package chromium"),
        ({"apt-get": "", "id": "echo 0", "env": ""}, "yet no browser is on the PATH"),
    ],
)
def test_no_browser_and_no_way_to_install_one(
    tmp_path: Path, commands: dict[str, str], reason: str
):
    for name, script in commands.items():
        program(tmp_path, name, script)
    done = run("/bin/sh", ROOT / "tools" / "chromium", cwd=tmp_path, PATH=str(tmp_path))
    assert done.returncode == 1
    assert reason in done.stderr
    assert "make test CHROMIUM=/path/to/chromium" in done.stderr
    assert done.stdout == ""
