"""The state of the live page as arguments of its address, so that a link shows the same."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import quote_plus

from explainer import fields
from explainer.fields import TEXT, Field, Kind, listed, real, whole, words
from explainer.live import ablation
from explainer.pages.live.look import Look

LONGEST = 6000  # characters of an address that its prompt may take; servers refuse longer lines
LAST = 10**9  # any token that is not there stands for the last one
TOLD = 40  # characters of a value that is told to be ignored
ORDERS = ("model", "previous", "induction", "first", "entropy")
STEPS = (  # of a head by hand
    "given", "project", "turn", "lay-out", "match", "scale", "join", "exponentiate", "add-up",
    "normalise", "weigh",
)  # fmt: skip
PLACE = whole(0, 1_000_000)
USUAL = {
    "continued": [], "view": "", "order": "model", "ablate": [], "temperature": 1, "top_k": 0,
    "top_p": 1, "step": "", "arithmetic": "hand",
}  # fmt: skip


def table(
    models: Sequence[str] = (), views: Sequence[str] = (), languages: Sequence[str] = ()
) -> tuple[Field, ...]:
    """What the address may say, where there are these; where none are named, any may be."""

    def one_of(known: Sequence[str]) -> Kind:
        return words(known) if known else TEXT

    return (
        Field("lang", one_of(languages)),
        Field("model", one_of(models)),
        Field("prompt", TEXT),
        Field("kept", TEXT),
        Field("then", listed(".", PLACE), "continued"),
        *(Field(name, PLACE) for name in ("layer", "head", "token")),
        Field("view", one_of(views)),
        Field("order", words(ORDERS)),
        Field("ablate", listed(",", Kind(ablation.read, ablation.written))),
        Field("temperature", real(*Look.param["temperature"].bounds)),
        Field("top_k", PLACE),
        Field("top_p", real(*Look.param["top_p"].bounds)),
        Field("step", words(STEPS)),
        Field("arithmetic", words(("hand", "exact"))),
    )


WATCHED = tuple(each.name for each in table() if each.name not in ("lang", "kept"))


def read(
    arguments: Mapping[str, Sequence[bytes]],
    models: Sequence[str],
    views: Sequence[str],
    languages: Sequence[str] = (),
) -> tuple[dict[str, Any], list[str]]:
    """What the arguments ask of a `Look`, and those that make no sense, as `name=value`.

    Arguments of others are passed over. Of one that is repeated, the first is taken.
    """
    given = {
        name: [each.decode("utf-8", "replace") for each in reversed(values)]
        for name, values in arguments.items()
    }
    state, problems = fields.read(table(models, views, languages), given)
    ignored = [told(key, value) for _, key, value in problems]
    state.pop("lang", None)
    if "prompt" in state and "kept" in state:
        ignored.append(told("kept", state.pop("kept")))
    if "layer" in state or "head" in state:  # whoever names one of the two means 0 by silence
        state = {"layer": 0, "head": 0} | state
    return state, ignored


def write(look: Look) -> dict[str, str | None]:
    """The arguments that lead back to what is looked at; None for those that need not be there."""
    last = len(look.capture.tokens) - 1 if look.capture is not None else -1
    state = {name: getattr(look, name) for name in WATCHED}
    if not fits(look.prompt):
        state["kept"] = name_of(state.pop("prompt"))
    if look.opening:
        del state["layer"], state["head"]
    if look.token >= last:
        del state["token"]
    every: dict[str, str | None] = {each.key: None for each in table() if each.key != "lang"}
    return every | fields.write(table(), state, USUAL)


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
    field = next(each for each in table() if each.name == name)
    return told(field.key, field.kind.write(getattr(look, name)))


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
