"""Llamas with random weights for the benchmarks, and what is measured of each."""

import random
import statistics
import string
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import torch
from transformers import LlamaConfig, LlamaForCausalLM

from explainer.live import LiveModel
from explainer.live.recorder import ATTENTION
from tests.live.llamas import tokenizer

SMALL: dict[str, Any] = {
    "vocab_size": 2048,
    "hidden_size": 512,
    "intermediate_size": 1536,
    "num_hidden_layers": 8,
    "num_attention_heads": 8,
    "num_key_value_heads": 2,
    "max_position_embeddings": 8192,
    "bos_token_id": 0,
    "eos_token_id": 1,
}
LLAMA_3_8B: dict[str, Any] = SMALL | {
    "vocab_size": 128256,
    "hidden_size": 4096,
    "intermediate_size": 14336,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "rope_parameters": {"rope_type": "default", "rope_theta": 500000.0},
}
TINY: dict[str, Any] = SMALL | {
    "hidden_size": 64,
    "intermediate_size": 128,
    "num_hidden_layers": 2,
    "num_attention_heads": 4,
}


def model(shape: Mapping[str, Any], device: str, dtype: torch.dtype) -> LiveModel:
    """A random Llama of a shape, made on its device."""
    torch.manual_seed(0)
    default = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        with torch.device(device):
            network = LlamaForCausalLM(LlamaConfig(**shape))
    finally:
        torch.set_default_dtype(default)
    network.set_attn_implementation(ATTENTION)
    network.eval().requires_grad_(False)
    return LiveModel("random", network, tokenizer(), shape["max_position_embeddings"])


def prompt(tokens: int) -> str:
    """Random letters, as many as make so many tokens of the byte tokenizer."""
    letters = random.Random(0)
    return "".join(letters.choice(string.ascii_lowercase) for _ in range(tokens - 1))


@torch.inference_mode()
def forward(of: LiveModel, ids: torch.Tensor, **options: Any) -> Any:
    """The plain forward pass, or one with all of transformers' outputs that are asked for."""
    return of.network(ids, use_cache=False, logits_to_keep=1, **options)


@contextmanager
def attending(of: LiveModel, by: str) -> Iterator[None]:
    """Run with an attention of transformers' own while the block runs."""
    of.network.set_attn_implementation(by)
    try:
        yield
    finally:
        of.network.set_attn_implementation(ATTENTION)


def seconds(run: Callable[[], Any], device: str = "cpu") -> float:
    """How long a call takes, until the device has done it.

    On a CPU it is processor time, which whatever else the machine does changes little; with one
    thread it is what a call takes on a machine that has nothing else to do.
    """
    on_gpu = device.startswith("cuda")
    clock = time.perf_counter if on_gpu else time.process_time
    wait = torch.cuda.synchronize if on_gpu else lambda: None
    wait()
    started = clock()
    run()
    wait()
    return clock() - started


Run = tuple[str, Callable[[], Any]]
"""By which attention, as transformers names it, and what is run."""


def interleaved(
    of: LiveModel, runs: Mapping[str, Run], repetitions: int, warm_up: int = 1
) -> dict[str, list[float]]:
    """Seconds of each call, taken in turns, so that whatever else the machine does meets all."""
    device = str(of.network.device)
    times: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(repetitions + warm_up):
        for name in list(runs)[:: 1 if number % 2 else -1]:
            attention, run = runs[name]
            with attending(of, attention):
                taken = seconds(run, device)
            if number >= warm_up:
                times[name].append(taken)
    return times


def ratio(times: Mapping[str, list[float]], one: str, other: str) -> float:
    """The median of how much longer one took than the other, turn by turn."""
    return statistics.median(a / b for a, b in zip(times[one], times[other], strict=True))


def row(name: str, value: float, unit: str = "", goal: str = "") -> str:
    """A row of the printed table."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 1 else 3
    return f"| {name} | {value:,.{digits}f}{' ' + unit if unit else ''} | {goal} |"
