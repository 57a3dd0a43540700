"""What a checkpoint's files hold, compared with what a model's configuration asks for.

Only the headers are read, before anything is built: a configuration of another size would fill
the memory, and weights that it does not name would silently be left out of what is computed.
"""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import torch
from safetensors import safe_open
from transformers import LlamaConfig, LlamaForCausalLM

from explainer.errors import LiveError
from explainer.live.hub import INDEX, WEIGHTS

LAYER = re.compile(r"model\.layers\.(\d+)\.")
BASE = "model."
# Angles that old checkpoints keep, and that are always computed anew.
UNUSED = re.compile(r"(?:.*\.)?rotary_emb\.inv_freq")
OUTPUT, EMBEDDINGS = "lm_head.weight", "model.embed_tokens.weight"
FLOATS = ("F64", "F32", "F16", "BF16")

Shape = tuple[int, ...]


def skeleton(folder: Path, name: str, config: LlamaConfig) -> LlamaForCausalLM:
    """The network of a configuration without any numbers, if the folder's weights fit it.

    Raises LiveError when a weight is missing, of another shape, or nothing that the network uses:
    either side would make it compute something that is not the model.
    """
    files = _files(folder, name)
    held = _shapes(files, name)
    if not any(key.startswith(BASE) for key in held):  # saved without the part that predicts
        held = {BASE + key: shape for key, shape in held.items()}
    layers = len({found[1] for key in held if (found := LAYER.match(key))})
    if layers != config.num_hidden_layers:
        raise _unlike(
            f"{name}: config.json says {config.num_hidden_layers:,} layers, its weights are of "
            f"{layers:,}"
        )
    with torch.device("meta"):
        network = LlamaForCausalLM(config)
    wanted = {key: tuple(weight.shape) for key, weight in network.state_dict().items()}
    unused = {key for key in held if UNUSED.fullmatch(key)}
    if config.tie_word_embeddings:
        unused |= {OUTPUT} & {*held}
        wanted.pop(OUTPUT)
    if missing := sorted({*wanted} - {*held}):
        raise LiveError(
            f"{name} is not whole: {_count(missing)} missing, {missing[0]} for one", "not-whole"
        )
    if unknown := sorted({*held} - {*wanted} - unused):
        raise _unlike(
            f"{name}: {_count(unknown)} in its files and not in what config.json describes, "
            f"{unknown[0]} for one"
        )
    if other := sorted(key for key in wanted if held[key] != wanted[key]):
        key = other[0]
        raise _unlike(
            f"{name}: {_count(other)} of another shape than config.json says, {key} for one: "
            f"{_by(held[key])}, and not {_by(wanted[key])}"
        )
    if OUTPUT in unused and not _same(files, OUTPUT, EMBEDDINGS):
        raise _unlike(
            f"{name}: config.json says that the output shares the embeddings' weights, but "
            f"{OUTPUT} has others"
        )
    return network


def _files(folder: Path, name: str) -> list[Path]:
    """The files that hold the weights, as transformers chooses them."""
    if (folder / WEIGHTS).is_file():
        return [folder / WEIGHTS]
    if not (folder / INDEX).is_file():
        raise LiveError(
            f"{name} has no weights: neither {WEIGHTS} nor {INDEX} is there", "no-weights"
        )
    try:
        parts = {*json.loads((folder / INDEX).read_text("utf-8"))["weight_map"].values()}
        files = [folder / part for part in sorted(parts)]
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise LiveError(f"{name}: {INDEX} is no index of weights", "bad-json", file=INDEX) from None
    for file in files:
        if file.parent != folder or not file.is_file():
            raise LiveError(f"{name} is not whole: {file.name} is missing", "not-whole")
    return files


def _shapes(files: Iterable[Path], name: str) -> dict[str, Shape]:
    """The shape of each weight, by its name."""
    held: dict[str, Shape] = {}
    for file in files:
        try:
            with safe_open(file, "pt") as opened:
                for key in opened.keys():  # noqa: SIM118, as it is no mapping
                    weight = opened.get_slice(key)
                    held[key] = tuple(weight.get_shape())
                    kind = weight.get_dtype()
                    if kind not in FLOATS and not UNUSED.fullmatch(key):
                        raise LiveError(
                            f"{name} is quantised ({key} is {kind}), and only weights as they "
                            "were trained are shown",
                            "quantised",
                        )
        except LiveError:
            raise
        except Exception as error:  # safetensors' own, or the system's
            raise LiveError(
                f"{name}: {file.name} is cut off or no safetensors file: "
                f"{str(error).replace(str(file.parent), name)}",
                "spoilt-weights",
                file=file.name,
            ) from None  # fmt: skip
    return held


def _same(files: Iterable[Path], *names: str) -> bool:
    """Whether two weights are equal, number by number."""
    found: dict[str, torch.Tensor] = {}
    for file in files:
        with safe_open(file, "pt") as opened:
            found |= {key: opened.get_tensor(key) for key in names if key in opened.keys()}  # noqa: SIM118
    one, other = (found[key] for key in names)
    return torch.equal(one, other)


def _unlike(said: str) -> LiveError:
    return LiveError(said, "other-weights")


def _count(weights: list[str]) -> str:
    return f"{len(weights):,} weights are" if len(weights) > 1 else "1 weight is"


def _by(shape: Shape) -> str:
    return " × ".join(f"{size:,}" for size in shape)
