"""The built stage is that of the sources beside it; `make bundle` makes it so."""

import re
from hashlib import sha256
from pathlib import Path

STAGE = Path(__file__).parents[1] / "explainer" / "stage"
BUNDLE = STAGE / "stage.bundle.js"


def sources_hash(stage: Path) -> str:
    """What tools/bundle.mjs writes on the bundle's first line."""
    digest = sha256()
    sources = {path.name: path for path in stage.iterdir() if path.suffix in (".js", ".css")}
    for name in sorted(sources.keys() - {BUNDLE.name}):
        digest.update(f"{name}\0".encode() + sources[name].read_bytes() + b"\0")
    return digest.hexdigest()


def test_the_bundle_is_built_from_the_sources_as_they_are():
    with BUNDLE.open(encoding="utf-8") as bundle:
        first = bundle.readline()
    assert re.fullmatch(r"/\* sources [0-9a-f]{64} \*/\n", first)
    assert sources_hash(STAGE) in first, "stale: run `make bundle`"


def test_the_bundle_stands_alone():
    code = BUNDLE.read_text(encoding="utf-8")
    assert re.search(r"export\s*\{[^}]*\bas render\b", code)
    assert not re.search(r"""(^|[;}])\s*import\b|\bimport\(|\bfrom\s*["']\./""", code, re.MULTILINE)
