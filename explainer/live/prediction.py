"""The next token: from logits to the distribution that is sampled, filter by filter."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from explainer.errors import LiveError

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class NextToken:
    """The vocabulary from the likeliest token on, with its probabilities after each filter.

    All (V,): ids; model, the plain softmax; tempered, after the temperature; top_k and top_p,
    after these filters too, each renormalised. probabilities is the last of them.
    """

    ids: Ints
    model: Floats
    tempered: Floats
    top_k: Floats
    top_p: Floats

    @property
    def probabilities(self) -> Floats:
        """What a token is drawn from."""
        return self.top_p

    def sample(self, seed: int | None = None) -> int:
        """Draw a token id; a seed draws the same one each time."""
        shares = self.top_p.astype(np.float64)
        drawn = np.random.default_rng(seed).choice(len(shares), p=shares / shares.sum())
        return int(self.ids[drawn])


def next_token(logits: Floats, temperature: float, top_k: int, top_p: float) -> NextToken:
    """The distribution of the next token.

    logits (V,). temperature: 0 takes the likeliest token, large ones flatten. top_k: how many
    tokens are kept, 0 keeps all (Fan et al. 2018). top_p: the fewest likeliest tokens whose
    probabilities reach it are kept, 1 keeps all (Holtzman et al. 2020). Raises LiveError for
    numbers that make no sense, and for logits that are none.
    """
    if not (np.isfinite(temperature) and temperature >= 0 and top_k >= 0 and 0 < top_p <= 1):
        raise LiveError(
            "temperature and top-k cannot be negative, and top-p lies between 0 and 1",
            "no-such-filter",
        )
    if not np.isfinite(logits).all():
        raise LiveError("there are no numbers to predict from: NaN or infinity", "no-output")
    order = np.argsort(-logits, kind="stable")  # a tie goes to the lower id
    ranked = logits[order].astype(np.float64)
    model = _softmax(ranked)
    if temperature == 0:
        tempered = np.zeros_like(model)
        tempered[0] = 1
    else:
        tempered = _softmax((ranked - ranked[0]) / max(temperature, 1e-6))
    kept = tempered.copy()
    if top_k:
        kept[top_k:] = 0
    kept /= kept.sum()
    nucleus = kept.copy()
    # a token stays when those before it have not reached top_p yet: at least one does
    nucleus[1:][np.cumsum(kept)[:-1] >= top_p] = 0
    nucleus /= nucleus.sum()
    shown = [stage.astype(np.float32) for stage in (model, tempered, kept, nucleus)]
    return NextToken(order.astype(np.int64), *shown)


def _softmax(logits: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum())
