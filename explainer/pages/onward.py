"""Where a lesson leads after its last step: to the next one, and to the same in a real model."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from explainer.catalog import Catalog
from explainer.pages.home import title
from explainer.pages.links import Links, ServedLinks
from explainer.pages.words import WORDS

# What of the live page shows what a lesson does by hand.
REAL = {
    "self-attention": {"prompt": "One day, Tom saw a red ball. Tom", "view": "by_hand"},
    "transformer-block": {"prompt": "One day, Tom saw a red ball. Tom", "view": "neurons"},
}


@dataclass(frozen=True)
class Onward:
    """What a lesson's page offers at its end; following: the next lesson's sheet, or None."""

    id: str
    following: Mapping[str, Any] | None = None

    def links(self, language: str, links: Links) -> list[dict[str, str]]:
        """As the stage takes them: [{label, href, kind}]."""
        words = WORDS.get(language, WORDS["en"])
        found = []
        if self.following is not None:
            label = words["next_lesson"].format(title(self.following, language))
            found.append((label, links.lesson(self.following["id"])))
        if isinstance(links, ServedLinks) and self.id in REAL:
            live = links.live()
            query = ("&" if "?" in live else "?") + urlencode(REAL[self.id])
            found.append((words["real"], live + query))
        return [{"label": label, "href": href, "kind": "onward"} for label, href in found]


def onward(catalog: Catalog, id: str) -> Onward:
    """Where a lesson of a catalog leads, in learning order."""
    ids = catalog.ids()
    # one that is shown as it was before it broke has no place among those that work
    after = ids[ids.index(id) + 1 :] if id in ids else []
    return Onward(id, catalog.sheet(after[0]) if after else None)
