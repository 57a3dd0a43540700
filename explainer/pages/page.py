"""What all pages share: the template, the colours, the words, the way between languages."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from explainer import paths
from explainer.pages.links import Links
from explainer.pages.words import WORDS

HERE = Path(__file__).parent
SCRIPT = (HERE / "page.js").read_text(encoding="utf-8")
SCRIPT_HASH = f"'sha256-{b64encode(sha256(SCRIPT.encode()).digest()).decode()}'"
"""The script of every page, as a Content-Security-Policy names it."""
TOKENS = HERE.parent / "stage" / "tokens.css"
TEMPLATES = jinja2.Environment(
    loader=jinja2.FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
)


def page(template: str, language: str, links: Links, **values: Any) -> Markup:
    """A whole HTML page. Style and script are in it, so that it is one request."""
    return Markup(TEMPLATES.get_template(template).render(shared(language, links) | values))


def shared(language: str, links: Links) -> dict[str, Any]:
    """The values that every template takes."""
    return {
        "language": language,
        "links": links,
        "words": WORDS[language],
        "languages": switch({other: links.home(other) for other in WORDS}),
        "current": "",
        **_inlined(),
    }


def switch(addresses: dict[str, str]) -> list[tuple[str, str, str]]:
    """The way between languages: each with its own name and the address of this page in it."""
    return [(language, WORDS[language]["self"], href) for language, href in addresses.items()]


@cache
def _inlined() -> dict[str, str]:
    return {
        "css": "\n".join(p.read_text(encoding="utf-8") for p in (TOKENS, HERE / "page.css")),
        "script": SCRIPT,
        "icon": _icon(),
    }


def _icon() -> str:
    """The icon as an address; an empty one where the picture is missing: no page fails for it."""
    try:
        drawn = (paths.assets() / "icon.svg").read_text(encoding="utf-8")
    except OSError:
        return "data:,"
    return "data:image/svg+xml," + quote(drawn.strip())
