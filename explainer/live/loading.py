"""Loading a model: safetensors of a Llama, from a folder or by its hub id, and never its code."""

import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM, PretrainedConfig
from transformers.utils import logging

from explainer.errors import LiveError
from explainer.live.device import chosen, full, on_device, precision
from explainer.live.model import LiveModel
from explainer.live.progress import Progress
from explainer.live.recorder import ATTENTION
from explainer.live.sources import found

# What libraries raise for files that are not as they should be.
UNUSABLE = (
    OSError, ValueError, LookupError, TypeError, AttributeError, ImportError, RuntimeError,
    SafetensorError,
)  # fmt: skip
# Of a GPU's memory, what weights may take before they are spread over several.
SHARE = 0.8

# transformers has one hook for its progress bars, for the whole process
_loading = threading.Lock()


@on_device
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
    place, name = found(str(source))
    where = chosen(device)
    number = precision(dtype, where)
    local = Path(place).is_dir()
    try:
        settings, _ = PretrainedConfig.get_config_dict(place, local_files_only=local)
        kind = settings.get("model_type") or "of no known type"
    except UNUSABLE as error:
        raise _unusable(name, place, error) from None
    if kind != "llama":
        raise LiveError(f"{name} is {kind}, and only llama models are shown", "not-a-llama")
    try:
        config = LlamaConfig.from_dict(settings)
        spread = _spread(where, config, number)
        with _loading:
            previous = logging.set_tqdm_hook(_hook(progress))
            try:
                loaded: Any = LlamaForCausalLM.from_pretrained(
                    place,
                    config=config,
                    dtype=number,
                    device_map=spread,
                    attn_implementation=ATTENTION,
                    use_safetensors=True,
                    ignore_mismatched_sizes=True,  # _complete says which, if any
                    local_files_only=local,
                    output_loading_info=True,
                )
            finally:
                logging.set_tqdm_hook(previous)
        tokenizer = AutoTokenizer.from_pretrained(
            place, local_files_only=local, trust_remote_code=False
        )
    except UNUSABLE as error:
        if full(error):
            raise
        raise _unusable(name, place, error) from None
    network, report = loaded
    _complete(name, report)
    if spread is None:
        network.to(where)
    if len(tokenizer) > config.vocab_size:
        raise LiveError(
            f"{name}: the tokenizer has {len(tokenizer):,} tokens, the model knows "
            f"{config.vocab_size:,}: they do not belong together",
            "foreign-tokenizer",
        )
    network.eval().requires_grad_(False)
    longest = int(config.max_position_embeddings)
    return LiveModel(name, network, tokenizer, min(longest, max_tokens or longest), memory)


def _unusable(name: str, place: str, error: Exception) -> LiveError:
    """Whatever the library says, in one line, which readers see: without this machine's paths."""
    lines = str(error).replace(place, name).splitlines()
    said = next((line.strip() for line in lines if line.strip()), type(error).__name__)
    return LiveError(f"{name} does not load: {said}", "does-not-load", reason=said)


def _complete(name: str, report: Any) -> None:
    """Raise LiveError when the file lacked weights, which would have been made up at random."""
    missing = sorted({*report["missing_keys"], *(key for key, *_ in report["mismatched_keys"])})
    if missing:
        raise LiveError(
            f"{name} is not whole: {len(missing)} weights are missing or of another shape, "
            f"{missing[0]} for one",
            "not-whole",
        )


def _spread(where: torch.device, config: LlamaConfig, dtype: torch.dtype) -> Any:
    """The device map: none on a CPU, one GPU, or all of them where one would be too full."""
    if where.type != "cuda":
        return None
    if str(where) == "cuda" and torch.cuda.device_count() > 1:
        with torch.device("meta"):
            count = sum(weight.numel() for weight in LlamaForCausalLM(config).parameters())
        _, total = torch.cuda.mem_get_info()
        if count * dtype.itemsize > SHARE * total:
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
