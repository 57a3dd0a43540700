"""The page in the live model's place where it cannot run: it says what to install."""

from collections.abc import Sequence

from markupsafe import Markup

from explainer.pages.links import ServedLinks
from explainer.pages.page import page, switch
from explainer.pages.words import WORDS

INSTALL = "pip install 'explainer[live]'"
SERVE = "explainer serve --model ./my-llama"


def live_unavailable(packages: Sequence[str], language: str, links: ServedLinks) -> Markup:
    """The page in one of the languages.

    packages: what is not installed; where it is empty, the server has no model to show.
    """
    words = WORDS[language]
    return page(
        "live_unavailable.html",
        language,
        links,
        languages=switch({other: links.live(other) for other in WORDS}),
        current="live",
        page_title=f"{words['live']} · explainer",
        heading=words["live_not_installed" if packages else "live_no_model"],
        packages=packages,
        command=INSTALL if packages else SERVE,
    )
