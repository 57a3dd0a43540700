"""The page of a lesson that has never loaded here: what its author should mend."""

from collections.abc import Sequence

from markupsafe import Markup

from explainer.pages.links import Links
from explainer.pages.page import page, switch
from explainer.pages.words import WORDS


def broken(
    id: str,
    problems: Sequence[str],
    language: str,
    links: Links,
    watch: tuple[str, str] | None = None,
) -> Markup:
    """The page in one of the languages; watch: where it asks for the lesson's version, and this."""
    return page(
        "broken.html",
        language,
        links,
        languages=switch({other: links.lesson(id, other) for other in WORDS}),
        page_title=f"{id} · {WORDS[language]['broken']}",
        id=id,
        problems=problems,
        watch=watch,
    )
