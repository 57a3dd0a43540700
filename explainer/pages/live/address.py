"""The state of the live page as arguments of its address, so that a link shows the same."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus

from explainer.live import ablation
from explainer.pages.live.look import Look

LONGEST = 6000  # characters of an address that its prompt may take; servers refuse longer lines
LAST = 10**9  # any token that is not there stands for the last one
TOLD = 40  # characters of a value that is told to be ignored
ORDERS = ("model", "previous", "induction", "first", "entropy")
WATCHED = (
    "model", "prompt", "continued", "layer", "head", "token", "order",
    "view", "ablate", "temperature", "top_k", "top_p", "step", "arithmetic",
)  # fmt: skip
OURS = ("lang", "model", "prompt", "kept", "then", "layer", "head", "token", "view", "order",
        "ablate", "temperature", "top_k", "top_p", "step", "arithmetic")  # fmt: skip
STEPS = (  # of a head by hand
    "given", "project", "turn", "lay-out", "match", "scale", "join", "exponentiate", "add-up",
    "normalise", "weigh",
)  # fmt: skip
ARITHMETICS = ("hand", "exact")
PLACES = ("layer", "head", "token", "top_k")


def read(
    arguments: Mapping[str, Sequence[bytes]],
    models: Sequence[str],
    views: Sequence[str],
    languages: Sequence[str] = (),
) -> tuple[dict[str, Any], list[str]]:
    """What the arguments ask of a `Look`, and those that make no sense, as `name=value`.

    Arguments of others are passed over. Of one that is repeated, the first is taken.
    """
    given: dict[str, str] = {}
    ignored: list[str] = []
    for name in OURS:
        first, *more = [each.decode("utf-8", "replace") for each in arguments.get(name, [])] or [""]
        if name in arguments and not first.strip():
            ignored.append(told(name, first))
        elif first:
            given[name] = first
        ignored += [told(name, each) for each in more]
    state: dict[str, Any] = {}

    def take(name: str, value: Any, to: str = "") -> None:
        if value is None:
            ignored.append(told(name, given[name]))
        else:
            state[to or name] = value

    for name, known in (
        ("model", models),
        ("view", views),
        ("order", ORDERS),
        ("step", STEPS),
        ("arithmetic", ARITHMETICS),
    ):
        if name in given:
            take(name, given[name] if given[name] in known else None)
    if languages and given.get("lang", languages[0]) not in languages:
        ignored.append(told("lang", given["lang"]))
    if "prompt" in given and "kept" in given:
        ignored.append(told("kept", given.pop("kept")))
    for name in ("prompt", "kept"):
        if name in given:
            state[name] = given[name]
    for name in PLACES:
        if name in given:
            take(name, _number(given[name], int))
    for name in ("temperature", "top_p"):
        if name in given:
            low, high = Look.param[name].bounds
            number = _number(given[name], float)
            take(name, number if number is not None and low <= number <= high else None)
    if "then" in given:
        take("then", _all(_number(part, int) for part in given["then"].split(".")), "continued")
    if "ablate" in given:
        take("ablate", _all(ablation.read(part) for part in given["ablate"].split(",")))
    if "layer" in state or "head" in state:  # whoever names one of the two means 0 by silence
        state = {"layer": 0, "head": 0} | state
    return state, ignored


def write(look: Look) -> dict[str, str | None]:
    """The arguments that lead back to what is looked at; None for those that need not be there."""
    last = len(look.capture.tokens) - 1 if look.capture is not None else -1
    short = fits(look.prompt)
    chosen = not look.opening
    return {
        "model": look.model,
        "prompt": look.prompt if short else None,
        "kept": None if short else name_of(look.prompt),
        "then": ".".join(map(str, look.continued)) or None,
        "layer": str(look.layer) if chosen else None,
        "head": str(look.head) if chosen else None,
        "token": str(look.token) if look.token < last else None,
        "view": look.view or None,
        "order": look.order if look.order != "model" else None,
        "ablate": ",".join(map(ablation.written, look.ablate)) or None,
        "temperature": _unless(look.temperature, 1),
        "top_k": _unless(look.top_k, 0),
        "top_p": _unless(look.top_p, 1),
        "step": look.step or None,
        "arithmetic": look.arithmetic if look.arithmetic != "hand" else None,
    }


def fits(prompt: str) -> bool:
    """Whether an address can carry a prompt."""
    return len(prompt) <= LONGEST and len(quote_plus(prompt, errors="replace")) <= LONGEST


def name_of(prompt: str) -> str:
    """By what name a browser keeps a prompt that no address can carry."""
    return sha256(prompt.encode("utf-8", "replace")).hexdigest()[:12]


def told(name: str, value: object) -> str:
    """An argument as it is told to be ignored."""
    text = f"{name}={value}"
    return text if len(text) <= TOLD else text[: TOLD - 1] + "…"


def asked(look: Look, name: str) -> str:
    """What an address asked of a look, as it is told to be ignored."""
    if name == "continued":
        return told("then", ".".join(map(str, look.continued)))
    value = getattr(look, name)
    return told(name, ",".join(map(ablation.written, value)) if name == "ablate" else value)


def beyond(look: Look, capture: Any) -> dict[str, Any]:
    """What of a look its first capture does not have, each with what stands in its place."""
    model, count = capture.model, len(capture.tokens)
    vocabulary = len(capture.logits)
    limits = {"layer": model.layers, "head": model.heads, "top_k": vocabulary + 1}
    found: dict[str, Any] = {
        name: 0 for name, limit in limits.items() if getattr(look, name) >= limit
    }
    if count <= look.token < LAST:
        found["token"] = count - 1
    return found


def _all(found: Any) -> list[Any] | None:
    """All of them, or None where one is None."""
    every = list(found)
    return None if None in every else every


def _unless(value: float, usual: float) -> str | None:
    return f"{value:.7g}" if value != usual else None


def _number(text: str, kind: type) -> Any:
    """A number from 0 to a million, written with no sign and few digits, or None."""
    try:
        number = kind(text) if len(text) <= 20 and text.isascii() else -1
    except ValueError:
        return None
    return number if 0 <= number <= 1_000_000 else None
