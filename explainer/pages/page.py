"""What all pages share: the template, the colours, the words, the way between languages."""

import re
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
PAIR = re.compile(r"light-dark\(([^,]+), ([^)]+)\)")
COLOUR = re.compile(r"(--[\w-]+): (light-dark\([^;]+);")
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
        "watch": None,
        **_inlined(),
    }


def switch(addresses: dict[str, str]) -> list[tuple[str, str, str]]:
    """The way between languages: each with its own name and the address of this page in it."""
    return [(language, WORDS[language]["self"], href) for language, href in addresses.items()]


def paired(css: str) -> str:
    """The colours, and once more for a browser without `light-dark()` (Safari before 17.5).

    They then are those of the system, or of the theme that the page has been given.
    """
    light, dark = (
        "".join(f"{name}:{PAIR.sub(one, value)};" for name, value in COLOUR.findall(css))
        for one in (r"\1", r"\2")
    )
    return (
        f"{css}@supports not (color: light-dark(red, red)) {{ :root {{ {light} }}"
        f"@media (prefers-color-scheme: dark) {{ :root:not([data-theme=light]) {{ {dark} }} }}"
        f":root[data-theme=dark] {{ {dark} }} }}\n"
    )


@cache
def colours(dark: bool) -> dict[str, str]:
    """The colours of the stage by name, read from the tokens that it uses itself."""
    pairs = re.findall(
        r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", TOKENS.read_text(encoding="utf-8")
    )
    return {name: pair[dark] for name, *pair in pairs}


@cache
def _inlined() -> dict[str, str]:
    return {
        "css": paired(TOKENS.read_text("utf-8")) + (HERE / "page.css").read_text("utf-8"),
        "script": SCRIPT,
        "icon": _icon(),
    }


def icon() -> str:
    """The icon as a picture; nothing where that is missing: no page fails for it."""
    try:
        return (paths.assets() / "icon.svg").read_text(encoding="utf-8")
    except OSError:
        return ""


def _icon() -> str:
    drawn = icon().strip()
    return "data:image/svg+xml," + quote(drawn) if drawn else "data:,"
