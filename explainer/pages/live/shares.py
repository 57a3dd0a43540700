"""How a probability is written."""


def percent(share: float) -> str:
    """A probability as a percentage of three digits; what is cut off whole is a dash."""
    if share == 0:
        return "–"
    if share < 0.0005:
        return "<0.1%"
    return f"{share:.1%}"
