"""The files of a static site, each as text."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2

from explainer import state, trees
from explainer.catalog import Catalog
from explainer.errors import LessonError
from explainer.pages import glossary, page
from explainer.pages.home import Home, page_title, texts
from explainer.pages.onward import Onward
from explainer.pages.text import plain
from explainer.pages.words import WORDS
from explainer.site.links import SiteLinks
from explainer.site.plain import articles

SCRIPT, STYLE, ICON = "explainer-lesson.js", "explainer.css", "explainer.svg"
PRACTICE = "explainer-practice.js"  # beside it, where the element looks for it
BUNDLES = {
    SCRIPT: page.TOKENS.with_name("element.bundle.js"),
    PRACTICE: page.TOKENS.with_name("practice.bundle.js"),
}
HERE = Path(__file__).parent
ITS_OWN = jinja2.FileSystemLoader(HERE / "templates")
SHARED = jinja2.FileSystemLoader(page.HERE / "templates")
# The home page is the app's own; only what it says about scripts and style is ours.
TEMPLATES = page.TEMPLATES.overlay(
    loader=jinja2.ChoiceLoader([ITS_OWN, jinja2.PrefixLoader({"pages": SHARED}), SHARED])
)


def site(
    catalog: Catalog, ids: Sequence[str], languages: Sequence[str], base: str = ""
) -> dict[str, str]:
    """A whole site, its files by name: home in each language, and a page and a sheet a lesson.

    languages: the first is that of `index.html`; a lesson that has none of them keeps its own.
    base: the address that the site will have, with a slash at its end, or nothing.
    """
    sheets = {id: _with(catalog.sheet(id), languages) for id in ids}
    home = Home(catalog)
    files = {name: script(name) for name in BUNDLES}
    files[ICON] = page.icon()
    for language in languages:
        links = SiteLinks(languages[0], language)
        files[STYLE] = str(page.shared(language, links)["css"])
        values = home.values(language, ids) | {"problems": []}
        files[links.home()] = _render(
            "home.html", language, links, languages, base, canonical=links.home(), **values
        )
        entries = glossary.values(catalog, language, links, ids)
        entries["languages"] = [one for one in entries["languages"] if one[0] in languages]
        files[links.glossary()] = _render(
            "glossary.html", language, links, languages, base, canonical=links.glossary(), **entries
        )
    for (id, sheet), following in zip(
        sheets.items(), [*[*sheets.values()][1:], None], strict=False
    ):
        files[f"{id}.json"] = as_json(sheet)
        files[f"{id}.html"] = _lesson(
            _defined(_linked(sheet, set(ids)), languages),
            languages,
            base,
            single=False,
            following=following,
        )
    return files


def single(
    sheet: Mapping[str, Any],
    languages: Sequence[str] = tuple(WORDS),
    base: str = "",
    attributes: Mapping[str, str] | None = None,
    adapter: str = "",
) -> str:
    """A lesson as one page that needs no other file.

    base: the address of a site with the other lessons, for the links to them, or nothing.
    attributes: of the element, such as the step that it opens at. adapter: a script that runs
    before there is an element, for what is around the page.
    """
    own = _with(sheet, languages)
    if base:
        own = _defined(own, languages, base)
    return _lesson(own, languages, base, single=True, attributes=attributes, adapter=adapter)


def opening(asked: Mapping[str, object]) -> dict[str, str]:
    """The element's attributes for an address's parameters.

    What cannot be read is among them too, so that the page tells it in its reader's language.
    """
    found, problems = state.read({name: [str(value)] for name, value in asked.items()})
    return {key: value for _, key, value in problems} | state.attributes(found)


@cache
def script(name: str = SCRIPT) -> str:
    """The element `<explainer-lesson>`, or what it needs for practice, as a plain script.

    Each is a module just as well.
    """
    return BUNDLES[name].read_text(encoding="utf-8")


def _lesson(
    sheet: Mapping[str, Any],
    languages: Sequence[str],
    base: str,
    single: bool,
    attributes: Mapping[str, str] | None = None,
    following: Mapping[str, Any] | None = None,
    adapter: str = "",
) -> str:
    own = list(sheet["texts"])
    first = own[0]
    spoken = first if first in WORDS else "en"
    links = SiteLinks(languages[0], spoken)
    text = texts(sheet, first)
    href = f"{base}{{id}}.html" if single and base else "" if single else "{id}.html"
    homes = [
        (language, WORDS[language]["lessons"], SiteLinks(languages[0], language).home())
        for language in [one for one in own if one in languages] or languages[:1]
    ]
    scripts = (adapter, script(PRACTICE), script(SCRIPT))
    return _render(
        "lesson.html",
        spoken,
        links,
        languages,
        base,
        single=single,
        canonical=f"{sheet['id']}.html",
        style=(HERE / "lesson.css").read_text(encoding="utf-8"),
        script=(HERE / "lesson.js").read_text(encoding="utf-8"),
        inlined=[inline(one) for one in scripts if one] if single else [],
        page_title=page_title(text),
        **({} if single else {"icon": ICON}),  # 190 bytes less of each page
        titles={language: page_title(each) for language, each in sheet["texts"].items()},
        description=plain(text["summary"], sheet),
        attributes={"lang": first, **({"lesson-href": href} if href else {}), **(attributes or {})},
        homes=[] if single else homes,
        onward=[
            (language, link)
            for language, *_ in homes
            for link in Onward(sheet["id"], following).links(
                language, SiteLinks(languages[0], language)
            )
        ],
        sheet=as_json(
            {**sheet, "texts": {each: _bare(told) for each, told in sheet["texts"].items()}}
        ),
        articles=articles(sheet),
    )


def _render(
    template: str,
    language: str,
    links: SiteLinks,
    languages: Sequence[str],
    base: str,
    /,
    **values: Any,
) -> str:
    given = page.shared(language, links) | {
        "languages": page.switch({each: links.home(each) for each in languages}),
        "base": base,
        "single": False,
        "stylesheet": STYLE,
        "source": SCRIPT,
        **values,
    }
    scripts = [given["script"], *given.get("inlined", [])]
    given["policy"] = policy(scripts, given["single"])
    return TEMPLATES.get_template(template).render(given)


def inline(script: str) -> str:
    """A script that may stand within a script element."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def policy(inlined: Sequence[str], single: bool) -> str:
    """What a page may do: run the scripts that it came with, and ask nobody for anything."""
    hashes = [f"'sha256-{b64encode(sha256(s.encode()).digest()).decode()}'" for s in inlined]
    return "; ".join(
        [
            "default-src 'none'",
            "script-src " + " ".join([*([] if single else ["'self'"]), *hashes]),
            "style-src 'self' 'unsafe-inline'",  # colours of what is named in a text
            "img-src data:" if single else "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _with(sheet: Mapping[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    """The sheet in some languages only, in their order; in its own where it has none of them."""
    every = sheet["texts"]
    return {**sheet, "texts": {one: every[one] for one in languages if one in every} or every}


def _linked(sheet: Mapping[str, Any], ids: set[str]) -> dict[str, Any]:
    """The sheet without links to lessons that are not on the site."""

    def kept(link: trees.Link) -> trees.Link:
        href = link["href"]
        lost = href.startswith("lesson:") and href.removeprefix("lesson:") not in ids
        return {"tag": "em", "children": link["children"]} if lost else link

    texts = {language: trees.texts(text, kept) for language, text in sheet["texts"].items()}
    return {**sheet, "texts": texts}


def _defined(sheet: Mapping[str, Any], languages: Sequence[str], base: str = "") -> dict[str, Any]:
    """The sheet with its terms leading to the site's glossary."""
    links = SiteLinks(languages[0], languages[0])
    return glossary.linked(
        sheet,
        lambda term, spoken: base + links.glossary(term, spoken if spoken in languages else None),
    )


def _bare(text: Mapping[str, Any]) -> dict[str, Any]:
    """A text without what its steps say, which the page has in its articles."""
    steps = {
        id: {key: told for key, told in step.items() if key != "body"}
        for id, step in text["steps"].items()
    }
    return {**text, "steps": steps}


def as_json(sheet: Mapping[str, Any]) -> str:
    """JSON that may stand in a script element: it holds no `<`."""
    text = json.dumps(sheet, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")


def checked_languages(text: str) -> list[str]:
    """`en,zh` as a list; raises LessonError for a language that pages are not written in."""
    languages = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for language in languages:
        if language not in WORDS:
            raise LessonError(f"there is no language {language!r}; there is {', '.join(WORDS)}")
    if not languages:
        raise LessonError(f"no language is named; there is {', '.join(WORDS)}")
    return languages
