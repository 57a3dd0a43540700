"""The state of the live page as arguments of its address, so that a link shows the same."""

from collections.abc import Mapping, Sequence
from typing import Any

from explainer.live.ablation import Ablation, Head, Mlp
from explainer.pages.live.look import Look

LONGEST = 1000  # characters of a prompt that an address may carry
ORDERS = ("model", "previous", "induction", "first", "entropy")
WATCHED = (
    "model", "prompt", "continued", "layer", "head", "token", "order",
    "view", "ablate", "temperature", "top_k", "top_p",
)  # fmt: skip


def read(
    arguments: Mapping[str, str], models: Sequence[str], views: Sequence[str]
) -> dict[str, Any]:
    """What the arguments ask of a `Look`; what cannot be read is passed over."""
    state: dict[str, Any] = {}
    for name, known in (("model", models), ("view", views), ("order", ORDERS)):
        if arguments.get(name) in known:
            state[name] = arguments[name]
    if arguments.get("prompt"):
        state["prompt"] = arguments["prompt"][:LONGEST]
    for name in ("layer", "head", "token", "top_k"):
        if (number := _number(arguments.get(name), int)) is not None:
            state[name] = number
    for name in ("temperature", "top_p"):
        low, high = Look.param[name].bounds
        number = _number(arguments.get(name), float)
        if number is not None and low <= number <= high:
            state[name] = number
    following = [_number(part, int) for part in arguments.get("then", "").split(".")]
    state["continued"] = [one for one in following if one is not None]
    silenced = [_ablation(part) for part in arguments.get("ablate", "").split(",")]
    state["ablate"] = [one for one in silenced if one is not None]
    return state


def write(look: Look) -> dict[str, str | None]:
    """The arguments that lead back to what is looked at; None for those that need not be there."""
    last = len(look.capture.tokens) - 1 if look.capture is not None else -1
    short = len(look.prompt) <= LONGEST
    return {
        "model": look.model,
        "prompt": look.prompt if short else None,
        "then": ".".join(map(str, look.continued)) or None if short else None,
        "layer": _unless(look.layer, 0),
        "head": _unless(look.head, 0),
        "token": str(look.token) if look.token < last else None,
        "view": look.view or None,
        "order": look.order if look.order != "model" else None,
        "ablate": ",".join(map(_written, look.ablate)) or None,
        "temperature": _unless(look.temperature, 1),
        "top_k": _unless(look.top_k, 0),
        "top_p": _unless(look.top_p, 1),
    }


def _unless(value: float, usual: float) -> str | None:
    return f"{value:g}" if value != usual else None


def _number(text: str | None, kind: type) -> Any:
    """A number from 0 to a million, or None."""
    try:
        number = kind(text or "")
    except ValueError:
        return None
    return number if 0 <= number <= 1_000_000 else None


def _written(one: Ablation) -> str:
    """`2.5` is head 5 of layer 2, `mlp.2` an MLP; `~` behind it says: by its mean."""
    name = f"{one.layer}.{one.head}" if isinstance(one, Head) else f"mlp.{one.layer}"
    return name + ("~" if one.how == "mean" else "")


def _ablation(text: str) -> Ablation | None:
    how = "mean" if text.endswith("~") else "zero"
    first, _, second = text.rstrip("~").partition(".")
    number = _number(second, int)
    if number is None:
        return None
    if first == "mlp":
        return Mlp(number, how)
    layer = _number(first, int)
    return None if layer is None else Head(layer, number, how)
