"""The page for an address that leads nowhere: it says what there is instead."""

from markupsafe import Markup

from explainer.catalog import Catalog
from explainer.pages.home import title
from explainer.pages.links import Links
from explainer.pages.page import page, switch
from explainer.pages.words import WORDS

LONGEST = 80


def missing(catalog: Catalog, name: str, language: str, links: Links, kind: str) -> Markup:
    """The page in one of the languages; kind: "page" or "lesson", whatever was not found."""
    words = WORDS[language]
    shown = name if len(name) <= LONGEST else name[:LONGEST] + "…"
    here = {o: links.lesson(name, o) if kind == "lesson" else f"?lang={o}" for o in WORDS}
    return page(
        "missing.html",
        language,
        links,
        languages=switch(here),
        page_title=f"404 · {words['missing']}",
        what=words[f"missing_{kind}"].format(shown),
        lessons=[(id, title(catalog.sheet(id), language)) for id in catalog.ids()],
    )
