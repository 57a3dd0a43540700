"""A token's text as it can be shown anywhere: nothing unseen, nothing that moves its neighbours."""

import re
import unicodedata

SIGNS = {" ": "␣", "\n": "⏎", "\t": "⇥", "\u3000": "□"}
# How explainer.live writes a part of a character.
BYTES = re.compile("⟨[0-9A-F]{2}(?: [0-9A-F]{2})*⟩")
# Categories that have no look of their own: format (direction, joiners), private, unassigned,
# half pairs, and spaces that are none of the above.
UNSEEN = frozenset("Cf Co Cn Cs Zl Zp Zs".split())


def spelled(text: str, most: int | None = None) -> str:
    """The text with a sign for each space and control character, cut to `most` signs.

    It still has to be escaped where it becomes HTML. Characters without a look of their own are
    told by number, as ⟨07⟩ and ⟨U+202E⟩, so that none can turn or hide what stands beside it.
    """
    if BYTES.fullmatch(text):
        return text if most is None or len(text) <= most else text[: most - 1] + "…"
    signs = [_sign(letter) for letter in text[: most and most + 1]]
    if signs and unicodedata.category(text[0]).startswith("M"):
        signs[0] = "◌" + signs[0]  # an accent needs something to stand on
    if most is not None and len(signs) > most:
        signs = [*signs[: most - 1], "…"]
    return "".join(signs)


def _sign(letter: str) -> str:
    if letter in SIGNS:
        return SIGNS[letter]
    kind = unicodedata.category(letter)
    if kind == "Cc":
        return f"⟨{ord(letter):02X}⟩"
    return f"⟨U+{ord(letter):04X}⟩" if kind in UNSEEN else letter
