"""What can be switched off in a forward pass: a head, or an MLP."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Integral
from typing import TYPE_CHECKING, Any

from explainer.errors import LiveError

if TYPE_CHECKING:
    import torch  # which takes seconds, and a page that reads an address needs none of it

WAYS = ("zero", "mean")
WRITTEN = re.compile(r"(mlp|\d{1,6})\.(\d{1,6})(~?)", re.ASCII)


@dataclass(frozen=True)
class Head:
    """One attention head of one layer, whose output is replaced before the output projection.

    how: "zero", or "mean", the mean of its output over the positions of the same prompt (so that
    later positions take part in it).
    """

    layer: int
    head: int
    how: str = "zero"


@dataclass(frozen=True)
class Mlp:
    """The MLP of one layer, whose output is replaced by zero or by its mean, as for a Head."""

    layer: int
    how: str = "zero"


Ablation = Head | Mlp


def checked(
    ablations: Iterable[Ablation | tuple[int, int]], layers: int, heads: int
) -> tuple[Ablation, ...]:
    """The ablations, each once and in order; raises LiveError for what the model does not have.

    A pair of numbers is a Head.
    """
    meant = [_meant(one) for one in ablations]
    for one in meant:
        if not 0 <= one.layer < layers or (isinstance(one, Head) and not 0 <= one.head < heads):
            raise LiveError(
                f"{one} is not there: the model has layers 0 to {layers - 1} "
                f"and heads 0 to {heads - 1}",
                "no-such-head",
                layers=layers,
                heads=heads,
            )
        if one.how not in WAYS:
            raise LiveError(f"{one.how!r} is none of {', '.join(WAYS)}", "no-such-ablation")
    return ordered(meant)


def _meant(one: Any) -> Ablation:
    if isinstance(one, tuple) and len(one) == 2:
        one = Head(*one)
    if isinstance(one, Head | Mlp) and all(
        isinstance(place, Integral) for place in (one.layer, getattr(one, "head", 0))
    ):
        return one
    raise LiveError(
        f"{one!r} cannot be switched off: Head(layer, head) and Mlp(layer) can, with whole numbers",
        "no-such-ablation",
    )


def written(one: Ablation) -> str:
    """`2.5` is head 5 of layer 2, `mlp.2` an MLP; `~` behind it says: by its mean."""
    name = f"{one.layer}.{one.head}" if isinstance(one, Head) else f"mlp.{one.layer}"
    return name + ("~" if one.how == "mean" else "")


def read(text: str) -> Ablation | None:
    """The ablation that is `written` so, or None."""
    found = WRITTEN.fullmatch(text)
    if found is None:
        return None
    how = "mean" if found[3] else "zero"
    return Mlp(int(found[2]), how) if found[1] == "mlp" else Head(int(found[1]), int(found[2]), how)


def ordered(ablations: Iterable[Ablation]) -> tuple[Ablation, ...]:
    """The ablations, each once, by layer and head."""
    return tuple(sorted(set(ablations), key=lambda a: (a.layer, getattr(a, "head", -1), a.how)))


def replaced(output: "torch.Tensor", how: str) -> "torch.Tensor":
    """What stands in for an output (batch, T, …): zeros, or its mean over the positions."""
    if how == "mean":
        return output.mean(dim=1, keepdim=True).expand_as(output)
    return output.new_zeros(output.shape)
