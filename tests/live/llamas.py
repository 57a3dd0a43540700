"""Small random Llamas, made by the tests: a shape of each kind that a real one may have."""

from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

SMALL: dict[str, Any] = {
    "vocab_size": 300,
    "hidden_size": 48,
    "intermediate_size": 80,
    "num_hidden_layers": 3,
    "num_attention_heads": 4,
    "num_key_value_heads": 4,
    "max_position_embeddings": 4096,
    "bos_token_id": 0,
    "eos_token_id": 1,
}
ROPE = {
    "rope_type": "llama3",
    "rope_theta": 10000.0,
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 64,
}
SHAPES: dict[str, dict[str, Any]] = {
    "plain": {},
    "grouped": {"num_key_value_heads": 2},
    "head-dim": {"head_dim": 20, "num_key_value_heads": 1},
    "rope-scaling": {"rope_parameters": ROPE, "num_key_value_heads": 2},
    "tied": {"tie_word_embeddings": True},
    "biased": {"attention_bias": True, "mlp_bias": True},
}


def network(**changes: Any) -> LlamaForCausalLM:
    """A random Llama whose attention is neither flat nor one-hot."""
    torch.manual_seed(0)
    made = LlamaForCausalLM(LlamaConfig(**SMALL | {"initializer_range": 0.2} | changes))
    return made.eval().requires_grad_(False)


def tokenizer() -> PreTrainedTokenizerFast:
    """Bytes, with a token for the beginning and one for the end of a text."""
    bytes_ = {letter: i + 2 for i, letter in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))}
    made = Tokenizer(models.BPE({"<s>": 0, "</s>": 1, **bytes_}, []))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A", special_tokens=[("<s>", 0)]
    )
    return PreTrainedTokenizerFast(tokenizer_object=made, bos_token="<s>", eos_token="</s>")


def save(folder: Path, shard: str | None = None, **changes: Any) -> Path:
    """Write a random Llama in transformers' format; shard: the most that a file may hold."""
    network(**changes).save_pretrained(folder, max_shard_size=shard or "1GB")
    tokenizer().save_pretrained(folder)
    return folder
