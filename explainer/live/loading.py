"""Loading a model: safetensors of a Llama, from a folder or by its hub id, and never its code."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from transformers import AutoTokenizer, LlamaForCausalLM
from transformers.utils import logging

from explainer.errors import LiveError
from explainer.live import hub
from explainer.live.config import configuration
from explainer.live.device import chosen, full, precision
from explainer.live.model import LiveModel
from explainer.live.progress import Cancelled, Progress
from explainer.live.recorder import ATTENTION
from explainer.live.sources import checked, found
from explainer.live.weights import skeleton

# Of a GPU's memory, what weights may take before they are spread over several.
SHARE = 0.8

# transformers has one hook for its progress bars, for the whole process
_loading = threading.Lock()


def load(
    source: str | Path,
    device: str = "auto",
    dtype: str = "auto",
    max_tokens: int | None = None,
    memory: int | None = None,
    progress: Progress | None = None,
) -> LiveModel:
    """Load a Llama with its tokenizer.

    source: a folder in transformers' format, or a hub id. device "auto": CUDA where there is one
    (several, where one is too small), else the CPU; dtype "auto": bfloat16 on CUDA, else float32.
    max_tokens, memory (bytes): limits of one capture, the first at most what the model was made
    for. progress is told the share of the weights that are loaded. Raises LiveError for whatever
    is not a Llama with safetensors and a tokenizer that fits it.
    """
    return checkpoint(source, device, dtype, max_tokens, memory).load(progress)


def checkpoint(
    source: str | Path,
    device: str = "auto",
    dtype: str = "auto",
    max_tokens: int | None = None,
    memory: int | None = None,
) -> "Checkpoint":
    """All of a model but its weights, so that what it will refuse can be told at once; see `load`.

    The weights' names and shapes are checked, too.
    """
    place, name = found(str(source))
    where = chosen(device)
    number = precision(dtype, where)
    folder = Path(place)
    local = folder.is_dir()
    with _told(name, folder):
        folder = folder if local else hub.described(place)
        config = configuration(folder, name)
        if not local:
            folder = hub.weighted(place, folder)
            checked(folder, name)
        network: Any = skeleton(folder, name, config)
        network.to(number)
        tokenizer = AutoTokenizer.from_pretrained(
            folder, config=config, local_files_only=True, trust_remote_code=False
        )
    # one token more, for padding say, is common; whether a prompt has it is seen when it is cut
    if tokenizer.vocab_size > config.vocab_size:
        raise LiveError(
            f"{name}: the tokenizer has {tokenizer.vocab_size:,} tokens, the model knows "
            f"{config.vocab_size:,}: they do not belong together",
            "foreign-tokenizer",
        )
    longest = int(config.max_position_embeddings)
    longest = min(longest, max_tokens or longest)
    return Checkpoint(folder, where, LiveModel(name, network, tokenizer, longest, memory))


@dataclass(frozen=True)
class Checkpoint:
    """A model that is known but for its weights: model has sizes, tokens and limits, and no runs.

    folder: where the weights are. device: where they are to be.
    """

    folder: Path
    device: torch.device
    model: LiveModel

    def load(self, progress: Progress | None = None) -> LiveModel:
        """The model with its weights; progress is told the share of them that are loaded."""
        name, config, dtype = self.model.name, self.model.network.config, self.model.network.dtype
        spread = _spread(self.device, self.model)
        with _told(name, self.folder), torch.inference_mode(), _loading:
            previous = logging.set_tqdm_hook(_hook(progress))
            try:
                network: Any = LlamaForCausalLM.from_pretrained(
                    self.folder,
                    config=config,
                    dtype=dtype,
                    device_map=spread,
                    attn_implementation=ATTENTION,
                    use_safetensors=True,
                    local_files_only=True,
                )
            finally:
                logging.set_tqdm_hook(previous)
            if spread is None:
                network.to(self.device)
        network.eval().requires_grad_(False)
        return replace(self.model, network=network)


@contextmanager
def _told(name: str, folder: Path) -> Iterator[None]:
    """Whatever a library raises, as a LiveError of one line without this machine's paths."""
    try:
        yield
    except (LiveError, Cancelled):
        raise
    except Exception as error:
        if full(error):
            raise _too_large(name) from None
        lines = str(error).replace(str(folder), name).splitlines()
        said = next((line.strip() for line in lines if line.strip()), type(error).__name__)
        raise LiveError(f"{name} does not load: {said}", "does-not-load", reason=said) from None


def _too_large(name: str) -> LiveError:
    return LiveError(
        f"{name} does not fit into the memory that there is: try a smaller model, or bfloat16",
        "model-too-large",
    )


def _spread(where: torch.device, model: LiveModel) -> Any:
    """The device map: none on a CPU, one GPU, or all of them where one would be too full.

    Raises LiveError where even they would be: weights kept elsewhere could not be looked at.
    """
    if where.type != "cuda":
        return None
    if str(where) == "cuda" and (devices := torch.cuda.device_count()) > 1:
        network = model.network
        needed = sum(weight.numel() for weight in network.parameters()) * network.dtype.itemsize
        room = [SHARE * torch.cuda.mem_get_info(number)[1] for number in range(devices)]
        if needed > sum(room):
            raise _too_large(model.name)
        if needed > room[0]:
            return "auto"
    return {"": where}


def _hook(progress: Progress | None) -> Callable[..., Any]:
    """Tell how many weights are loaded instead of drawing a bar on the terminal."""

    def bar(factory: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        if not args:
            return factory(**kwargs)
        return _counted(args[0], progress if kwargs.get("desc") == "Loading weights" else None)

    return bar


def _counted(items: Iterable[Any], progress: Progress | None) -> Iterator[Any]:
    together = list(items)
    for number, item in enumerate(together, 1):
        yield item
        if progress is not None:
            progress(number / len(together))
