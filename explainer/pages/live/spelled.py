"""A token's text as it can be shown anywhere: nothing unseen, nothing that moves its neighbours."""

import re
import unicodedata

# As in explainer/live/browser/tokens.js.
SIGNS = {" ": "␣", "\n": "⏎", "\r": "␍", "\t": "⇥", "\u3000": "□", "\x7f": "␡"}
JOINERS = "\u200d\ufe0f"  # of emoji, where there are any
# How explainer.live writes a part of a character.
BYTES = re.compile("⟨[0-9A-F]{2}(?: [0-9A-F]{2})*⟩")
# Categories that have no look of their own: format (direction, joiners), private, unassigned,
# half pairs, and spaces that are none of the above.
UNSEEN = frozenset("Cf Co Cn Cs Zl Zp Zs".split())


def spelled(text: str, most: int | None = None) -> str:
    """The text with a sign for each space and control character, cut to `most` signs.

    It still has to be escaped where it becomes HTML. Characters without a look of their own are
    told by a picture or by number, as ␇ and ⟨U+202E⟩, so that none can turn or hide what stands
    beside it.
    """
    if BYTES.fullmatch(text):
        return text if most is None or len(text) <= most else text[: most - 1] + "…"
    joined = any(unicodedata.category(letter) == "So" for letter in text)
    signs = [
        letter if joined and letter in JOINERS else _sign(letter)
        for letter in text[: most and most + 1]
    ]
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
        return chr(0x2400 + ord(letter)) if letter < " " else f"⟨U+{ord(letter):04X}⟩"
    return f"⟨U+{ord(letter):04X}⟩" if kind in UNSEEN else letter
