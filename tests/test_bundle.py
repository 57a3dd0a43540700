"""The built files are those of the sources beside them; `make bundle` makes them so."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "explainer"
STAGE = ROOT / "stage"
FOR_PANEL, ALONE = STAGE / "stage.bundle.js", STAGE / "element.bundle.js"
PRACTICE = STAGE / "practice.bundle.js"
LIVE, VIEW, BOTH = "pages/live/browser", "live/export/view", "live/browser"
# As in tools/bundle.mjs: the folders that each is built from.
BUNDLES = {
    "stage/stage.bundle.js": ["stage"],
    "stage/element.bundle.js": ["stage"],
    "stage/practice.bundle.js": ["stage"],
    "pages/live/browser/live.bundle.js": [LIVE, BOTH, "stage"],
    "live/export/view.bundle.js": [VIEW, BOTH, "stage"],
    "live/export/view.bundle.css": [VIEW, "stage"],
}


def sources_hash(folders: list[str]) -> str:
    """What tools/bundle.mjs writes on each bundle's first line."""
    digest = sha256()
    for folder in sorted(folders):
        for path in sorted((ROOT / folder).iterdir()):
            if path.suffix in (".js", ".css") and ".bundle" not in path.suffixes:
                digest.update(f"{folder}/{path.name}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()


def test_every_bundle_is_known():
    assert {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*.bundle.*")} == set(BUNDLES)


@pytest.mark.parametrize("bundle", BUNDLES)
def test_a_bundle_is_built_from_the_sources_as_they_are(bundle: str):
    with (ROOT / bundle).open(encoding="utf-8") as lines:
        first = lines.readline()
    assert re.fullmatch(r"/\* sources [0-9a-f]{64} \*/\n", first)
    assert sources_hash(BUNDLES[bundle]) in first, "stale: run `make bundle`"


@pytest.mark.parametrize("bundle", [FOR_PANEL, ALONE, PRACTICE], ids=lambda path: path.name)
def test_a_bundle_stands_alone(bundle: Path):
    code = bundle.read_text(encoding="utf-8")
    assert not re.search(r"""(^|[;}])\s*import\b|\bimport\(|\bfrom\s*["']\./""", code, re.MULTILINE)


def test_panel_is_given_what_it_calls():
    assert re.search(r"export\s*\{[^}]*\bas render\b", FOR_PANEL.read_text(encoding="utf-8"))


@pytest.mark.parametrize("bundle", [ALONE, PRACTICE], ids=lambda path: path.name)
def test_an_element_s_script_is_plain_and_a_module(bundle: Path):
    code = bundle.read_text(encoding="utf-8")
    assert "</script" not in code and "<!--" not in code
    assert not re.search(r"(^|[;}])\s*export\b", code, re.MULTILINE)
