"""What config.json says a Llama is: read, checked, and no more of it taken than what is computed.

A number of the wrong kind would be found deep inside a library, or not at all; and some of what
such a file may hold (a million labels, a network of another size) would first fill the memory.
"""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

from transformers import LlamaConfig
from transformers.activations import ACT2FN
from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS

from explainer.errors import LiveError

Check = tuple[Callable[[Any], bool], str]

MOST = 2**31  # of anything that is counted


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) < math.inf


def _positive(value: Any) -> bool:
    return _number(value) and not isinstance(value, bool) and value > 0


def _whole(value: Any) -> bool:
    return _positive(value) and isinstance(value, int) and value < MOST


def _rope(value: Any) -> bool:
    """A known kind, and whatever else there is of it in numbers or lists of them."""
    if not isinstance(value, dict):
        return False
    kinds = {key: value[key] for key in ("rope_type", "type") if value.get(key) is not None}
    rest = [setting for key, setting in value.items() if key not in kinds and setting is not None]
    return all(kind in ("default", *ROPE_INIT_FUNCTIONS) for kind in kinds.values()) and all(
        _number(one)
        for setting in rest
        for one in (setting if isinstance(setting, list) else [setting])
    )


WHOLE: Check = (_whole, "a whole number from 1")
POSITIVE: Check = (_positive, "a number above 0")
TRUTH: Check = (lambda value: isinstance(value, bool), "true or false")
ACTIVATION: Check = (lambda value: isinstance(value, str) and value in ACT2FN, "an activation")
ROPE: Check = (_rope, f"of one of the kinds default, {', '.join(ROPE_INIT_FUNCTIONS)}, in numbers")

# All that says what a Llama computes. Where a value may also be null, it stands for a default.
CHECKS: dict[str, Check] = {
    "vocab_size": WHOLE,
    "hidden_size": WHOLE,
    "intermediate_size": WHOLE,
    "num_hidden_layers": WHOLE,
    "num_attention_heads": WHOLE,
    "num_key_value_heads": WHOLE,
    "head_dim": WHOLE,
    "max_position_embeddings": WHOLE,
    "original_max_position_embeddings": WHOLE,
    "rms_norm_eps": POSITIVE,
    "rope_theta": POSITIVE,
    "partial_rotary_factor": POSITIVE,
    "rope_parameters": ROPE,
    "rope_scaling": ROPE,
    "hidden_act": ACTIVATION,
    "attention_bias": TRUTH,
    "mlp_bias": TRUTH,
    "tie_word_embeddings": TRUTH,
}
MAY_BE_NULL = (
    "num_key_value_heads", "head_dim", "rope_parameters", "rope_scaling", "rope_theta",
    "partial_rotary_factor", "original_max_position_embeddings",
)  # fmt: skip


def configuration(folder: Path, name: str) -> LlamaConfig:
    """The configuration of a Llama; raises LiveError for another model, and a value that is none.

    Whatever else the file holds is left out. Of the generation's settings, it takes the ids that
    end a text.
    """
    settings = _read(folder / "config.json", name)
    kind = settings.get("model_type")
    if kind != "llama":
        said = kind if isinstance(kind, str) and kind else "of no known type"
        raise LiveError(f"{name} is {said}, and only llama models are shown", "not-a-llama")
    if settings.get("quantization_config"):
        raise LiveError(
            f"{name} is quantised, and only weights as they were trained are shown", "quantised"
        )
    taken = {}
    for key, (right, wanted) in CHECKS.items():
        if key not in settings or (settings[key] is None and key in MAY_BE_NULL):
            continue
        taken[key] = settings[key]
        if not right(taken[key]):
            raise _wrong(name, key, taken[key], wanted)
    config = _made(taken, name)
    heads, groups, size = config.num_attention_heads, config.num_key_value_heads, config.head_dim
    if not groups or heads % groups:  # never empty any more: the class has filled it in
        raise _wrong(name, "num_key_value_heads", groups, f"a divisor of the {heads:,} heads")
    if not size or size % 2:
        raise _wrong(name, "head_dim", size, "an even number: RoPE turns pairs")
    config.eos_token_id = _ends(folder, settings, name)
    return config


def _read(file: Path, name: str) -> dict[str, Any]:
    """The settings of a file of JSON."""
    try:
        settings = json.loads(file.read_text("utf-8"))
    except OSError as error:
        raise LiveError(
            f"{name}: {file.name} cannot be read: {error.strerror}", "does-not-load"
        ) from None
    except (ValueError, RecursionError):
        raise LiveError(f"{name}: {file.name} is no JSON", "bad-json", file=file.name) from None
    if not isinstance(settings, dict):
        raise LiveError(f"{name}: {file.name} holds no settings", "bad-json", file=file.name)
    return settings


def _made(taken: dict[str, Any], name: str) -> LlamaConfig:
    try:
        return LlamaConfig.from_dict(taken)
    except Exception as error:  # its checks raise kinds of their own
        lines = [line.strip() for line in str(error).splitlines() if line.strip()]
        said = lines[-1] if lines else type(error).__name__  # the first only says which check
        raise LiveError(
            f"{name}: config.json describes no Llama: {said}", "does-not-load", reason=said
        ) from None


def _ends(folder: Path, settings: dict[str, Any], name: str) -> list[int]:
    """The ids after which a text has ended, as the settings of generation or the model's say."""
    file = folder / "generation_config.json"
    own = _read(file, name) if file.is_file() else {}
    key = "eos_token_id"
    ends = own[key] if own.get(key) is not None else settings.get(key)
    listed = [] if ends is None else ends if isinstance(ends, list) else [ends]
    if not all(isinstance(end, int) and not isinstance(end, bool) for end in listed):
        raise _wrong(name, key, ends, "a token id or a list of them")
    return listed


def _wrong(name: str, key: str, value: Any, wanted: str) -> LiveError:
    shown = json.dumps(value, ensure_ascii=False)
    shown = shown if len(shown) <= 40 else shown[:39] + "…"
    return LiveError(
        f"{name}: in its settings {key} is {shown}, and must be {wanted}",
        "bad-config",
        key=key,
        value=shown,
    )
