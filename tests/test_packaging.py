"""What travels: the wheel holds all that serving needs, and works where there is no checkout."""

import json
import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.serving import get, serving

ROOT = Path(__file__).parents[1]
PIP = ["-m", "pip", "--disable-pip-version-check"]
BUNDLE_URL = "/components/explainer.stage.component/Stage/_bundle_path/stage.bundle.js"


def run(*command: str | Path, cwd: Path) -> str:
    """The output of a command that must succeed, away from this checkout's own settings."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def build(source: Path, folder: Path) -> Path:
    """The wheel of a checkout or of an sdist."""
    folder.mkdir()
    run(
        *(sys.executable, *PIP, "wheel", "--no-deps", "--no-build-isolation"),
        *("--wheel-dir", folder, source),
        cwd=folder,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("checkout") / "wheel")


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sdist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (archive,) = folder.glob("*.tar.gz")
    return archive


def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def read(wheel: Path, name: str) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name)


def shipped(folder: str) -> set[str]:
    """The files of a top-level folder, as they are named in the wheel."""
    files = (path for path in (ROOT / folder).rglob("*") if path.is_file())
    return {
        f"explainer/_shipped/{path.relative_to(ROOT).as_posix()}"
        for path in files
        if "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_lessons_the_assets_the_stage_and_the_schema(wheel: Path):
    held = names(wheel)
    assert shipped("lessons") <= held
    assert shipped("assets") <= held
    for needed in (
        "explainer/_shipped/lessons/self_attention/lesson.py",
        "explainer/_shipped/assets/icon.svg",
        "explainer/_shipped/assets/tiny-llama/config.json",
        "explainer/_shipped/assets/tiny-llama/model.safetensors",
        "explainer/_shipped/assets/tiny-llama/tokenizer.json",
        "explainer/stage/stage.bundle.js",
        "explainer/sheet.schema.json",
    ):
        assert needed in held


def test_the_wheel_holds_nothing_else(wheel: Path):
    tops = {name.split("/")[0].split("-")[0] for name in names(wheel)}
    assert tops == {"explainer"}
    assert not [name for name in names(wheel) if "__pycache__" in name or "/tests/" in name]


def test_the_sdist_builds_the_same_wheel(sdist: Path, wheel: Path, tmp_path: Path):
    assert names(build(sdist, tmp_path / "wheel")) == names(wheel)


@pytest.mark.installs
def test_the_wheel_serves_from_an_empty_environment(wheel: Path, tmp_path: Path):
    home = tmp_path / "environment"
    venv.create(home, with_pip=True)
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    run(
        *(scripts / "python", *PIP, "install", "--quiet", "--no-compile"),
        *("--constraint", ROOT / "constraints.txt", wheel),
        cwd=tmp_path,
    )
    where = run(
        scripts / "python", "-c", "import explainer; print(explainer.__file__)", cwd=tmp_path
    )
    assert Path(where.strip()).is_relative_to(home)
    assert "self-attention" in run(scripts / "explainer", "lessons", cwd=tmp_path)
    with serving(command=scripts / "explainer", cwd=tmp_path) as served:
        for page in ("/", "/lesson/self-attention"):
            status, body = get(served.url + page)
            assert status == 200
            assert b"<html" in body
        assert get(served.url + BUNDLE_URL) == (200, read(wheel, "explainer/stage/stage.bundle.js"))


def test_the_lock_file_names_no_registry():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_every_direct_dependency_has_its_tested_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = {
        requirement.split(">=")[0]
        for requirement in (*project["dependencies"], *extras["test"], *extras["dev"])
    }
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    assert wanted <= {line.split("==")[0] for line in lines}
