"""A number as a person reads it."""

import math


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
