"""A number as a person reads it, and as a person types it."""

import json
import math
import re
from typing import Any

WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
SIGNS = WIDE | dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xFE63], 0x2D)
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
GROUPED = re.compile(r"[+-]?[0-9]+([.,][0-9]+){2,}")
THOUSANDS = re.compile(r"([+-]?)\s*([0-9]{1,3}(?:\s[0-9]{3})+(?![0-9])|[0-9]*)(.*)", re.DOTALL)


def number(value: float, digits: int) -> str:
    """A number as the sheet writes it, in plain characters, with at most so many decimals."""
    if math.isnan(value):
        return "·"
    if value == 0 or not math.isfinite(value):
        return f"{value + 0.0:g}"
    if abs(value) >= 100_000 or abs(value) < 10.0**-digits / 2:
        return f"{value:.2g}"
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain(text: str) -> str:
    """What was typed, with a plain character for each that a keyboard may have in its place.

    Full-width digits and signs, any minus or hyphen, a decimal comma; spaces between thousands are
    left out. `plainNumber` of stage/entry.js is its twin.
    """
    text = text.translate(SIGNS | {0x3002: 0x2E, 0xFF61: 0x2E}).strip()
    sign, thousands, rest = THOUSANDS.fullmatch(text).groups()  # type: ignore[union-attr]
    together = sign + "".join(thousands.split()) + rest
    return together if GROUPED.fullmatch(together) else together.replace(",", ".", 1)


def typed(text: str) -> Any:
    """A number as people write it, or lists of numbers as JSON, where a comma separates.

    Raises ValueError for what is neither, and for 1,234.5, whose comma may as well be a decimal.
    """
    number = plain(text)
    if GROUPED.fullmatch(number):
        raise ValueError(f"{text} has two signs that may be decimal; write 1234.5 or 1234,5")
    if NUMBER.fullmatch(number):
        return float(number)
    return json.loads(text.translate(SIGNS))
