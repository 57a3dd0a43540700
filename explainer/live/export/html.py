"""The page around a document: one HTML file, with a policy that lets it ask for nothing."""

import base64
import hashlib
import json
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from explainer import paths
from explainer.errors import LiveError
from explainer.live.export.document import document
from explainer.live.export.heads import Head
from explainer.live.export.numbers import SHARES, unpacked
from explainer.live.export.words import WORDS

if TYPE_CHECKING:
    from explainer.live.capture import Capture

HERE = Path(__file__).parent
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TITLE = 60  # characters of the prompt in the title
# Control characters have no place in HTML, whatever escapes them; some turn the text around them.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def page(
    capture: "Capture",
    heads: Sequence[Head] | None = None,
    language: str = "en",
    pixels: int = 256,
) -> str:
    """A capture as one HTML page, which needs no server, no network and no Python.

    heads: (layer, head) each; None keeps all of a small model, and of a large one those that
    stand out by a score. language: the one that it opens in, "en" or "zh"; it has both. pixels: the
    most that a map has on a side; a longer prompt is pooled to them, which the page says. Raises
    LiveError for a head or language that is not there, and for more than a page can hold.
    """
    if language not in WORDS:
        raise LiveError(
            f"a page is in one of {', '.join(WORDS)}, not in {language!r}", "no-such-language"
        )
    return html(document(capture, heads, pixels), language)


def saved(
    capture: "Capture",
    heads: Sequence[Head] | None = None,
    language: str = "en",
    pixels: int = 256,
) -> bytes:
    """The page as the bytes of a file, for a download; see `page`."""
    return page(capture, heads, language, pixels).encode("utf-8")


def html(document: dict[str, Any], language: str) -> str:
    """The page of a document."""
    title = " ".join(printable(document["prompt"]).split())
    title = title if len(title) <= TITLE else title[: TITLE - 1] + "…"
    words = WORDS[language]
    return TEMPLATES.get_template("page.html").render(
        language=language,
        words=words,
        title=words["title"].format(document["model"]["name"], title),
        document=document,
        ablated=[_ablated(one, words) for one in document["ablated"]],
        lens=_last(document),
        data=Markup(data(document)),
        printable=printable,
        **_inlined(),
    )


def data(document: dict[str, Any]) -> str:
    """The document as JSON that can stand in a script element: no text in it can close it."""
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\x7f", "\\u007f")


def printable(text: str) -> str:
    """The text with the number of each control character in its place."""
    return CONTROL.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text)


def _last(document: dict[str, Any]) -> list[list[tuple[str, float]]]:
    """By layer, what would follow the last token: its text and its probability, likeliest first."""
    lens = document["lens"]
    places, shares = unpacked(lens["places"])[:, -1], unpacked(lens["shares"])[:, -1] / SHARES
    return [
        [(lens["words"][place], float(share)) for place, share in zip(*row, strict=True)]
        for row in zip(places, shares, strict=True)
    ]


def _ablated(one: dict[str, Any], words: dict[str, str]) -> str:
    kind = "head" if "head" in one else "mlp"
    return words[kind].format(**one | {"how": words[one["how"]]})


@cache
def _inlined() -> dict[str, Any]:
    """Style, script and icon, and the policy that allows these and nothing else."""
    style = (HERE / "view.bundle.css").read_text(encoding="utf-8")
    script = (HERE / "view.bundle.js").read_text(encoding="utf-8")
    icon = (paths.assets() / "icon.svg").read_text(encoding="utf-8")
    policy = {
        "default-src": "'none'",
        "script-src": _hash(script),
        "style-src": _hash(style),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return {
        "style": Markup(style),
        "script": Markup(script),
        "icon": "data:image/svg+xml," + quote(icon.strip()),
        "policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
    }


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
