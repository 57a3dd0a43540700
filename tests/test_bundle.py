"""The built files are those of the sources beside them; `make bundle` makes them so."""

import re
from hashlib import sha256
from pathlib import Path

import pytest

STAGE = Path(__file__).parents[1] / "explainer" / "stage"
FOR_PANEL, ALONE = STAGE / "stage.bundle.js", STAGE / "element.bundle.js"


def sources_hash(stage: Path) -> str:
    """What tools/bundle.mjs writes on each bundle's first line."""
    digest = sha256()
    sources = {path.name: path for path in stage.iterdir() if path.suffix in (".js", ".css")}
    for name in sorted(sources.keys() - {FOR_PANEL.name, ALONE.name}):
        digest.update(f"{name}\0".encode() + sources[name].read_bytes() + b"\0")
    return digest.hexdigest()


@pytest.mark.parametrize("bundle", [FOR_PANEL, ALONE], ids=lambda path: path.name)
def test_a_bundle_is_built_from_the_sources_as_they_are(bundle: Path):
    with bundle.open(encoding="utf-8") as lines:
        first = lines.readline()
    assert re.fullmatch(r"/\* sources [0-9a-f]{64} \*/\n", first)
    assert sources_hash(STAGE) in first, "stale: run `make bundle`"


@pytest.mark.parametrize("bundle", [FOR_PANEL, ALONE], ids=lambda path: path.name)
def test_a_bundle_stands_alone(bundle: Path):
    code = bundle.read_text(encoding="utf-8")
    assert not re.search(r"""(^|[;}])\s*import\b|\bimport\(|\bfrom\s*["']\./""", code, re.MULTILINE)


def test_panel_is_given_what_it_calls():
    assert re.search(r"export\s*\{[^}]*\bas render\b", FOR_PANEL.read_text(encoding="utf-8"))


def test_the_element_alone_is_a_script_and_a_module():
    code = ALONE.read_text(encoding="utf-8")
    assert "</script" not in code and "<!--" not in code
    assert not re.search(r"(^|[;}])\s*export\b", code, re.MULTILINE)
