"""Folders of every broken kind: each is refused in one clear line, and nothing else is stopped."""

import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from explainer.errors import LiveError
from explainer.live import load, sources
from explainer.pages.live.words import ERRORS, said

Spoil = Callable[[Path], None]
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"
BIASED = "model.layers.0.self_attn.q_proj.bias"


def config(**changes: Any) -> Spoil:
    """Another value of some keys of config.json; ... leaves a key out."""

    def spoil(folder: Path) -> None:
        file = folder / "config.json"
        settings = json.loads(file.read_text()) | changes
        kept = {key: value for key, value in settings.items() if value is not ...}
        file.write_text(json.dumps(kept))

    return spoil


def written(name: str, text: str | bytes) -> Spoil:
    """Another content of a file."""
    content = text.encode() if isinstance(text, str) else text
    return lambda folder: (folder / name).write_bytes(content)  # type: ignore[return-value]


def only(*names: str) -> Spoil:
    """Empty files of these names, and nothing else."""

    def spoil(folder: Path) -> None:
        for file in folder.iterdir():
            file.unlink()
        for name in names:
            (folder / name).touch()

    return spoil


def weights(change: Callable[[dict[str, torch.Tensor]], object]) -> Spoil:
    """Other weights in the file."""

    def spoil(folder: Path) -> None:
        kept = load_file(folder / "model.safetensors")
        change(kept)
        save_file(kept, folder / "model.safetensors", {"format": "pt"})

    return spoil


def cut(length: int) -> Spoil:
    """The file of weights ends early."""

    def spoil(folder: Path) -> None:
        file = folder / "model.safetensors"
        file.write_bytes(file.read_bytes()[:length])

    return spoil


def without(name: str) -> Spoil:
    return lambda folder: (folder / name).unlink()


def index(text: str) -> Spoil:
    def spoil(folder: Path) -> None:
        (folder / "model.safetensors").rename(folder / "part.safetensors")
        (folder / "model.safetensors.index.json").write_text(text)

    return spoil


def both(*all_: Spoil) -> Spoil:
    return lambda folder: [one(folder) for one in all_] and None


# What is broken, the code of the error, and what it says.
BROKEN: dict[str, tuple[Spoil, str, str]] = {
    # config.json as a file
    "no JSON": (written("config.json", "{"), "bad-json", "config.json is no JSON"),
    "no text": (written("config.json", b"\x00\xff"), "bad-json", "config.json is no JSON"),
    "deep": (written("config.json", "[" * 100_000), "bad-json", "config.json is no JSON"),
    "a list": (written("config.json", "[]"), "bad-json", "config.json holds no settings"),
    "null": (written("config.json", "null"), "bad-json", "config.json holds no settings"),
    "empty": (written("config.json", "{}"), "not-a-llama", "spoilt is of no known type"),
    "no type": (config(model_type=...), "not-a-llama", "spoilt is of no known type"),
    "a type of its own": (config(model_type="mine"), "not-a-llama", "spoilt is mine, and only"),
    "a type that is none": (config(model_type=[1]), "not-a-llama", "spoilt is of no known type"),
    # and its values
    "a word for a number": (
        config(num_hidden_layers="4"),
        "bad-config",
        'num_hidden_layers is "4", and must be a whole number from 1',
    ),
    "a quoted size": (config(hidden_size="48"), "bad-config", 'hidden_size is "48"'),
    "a fraction": (config(intermediate_size=1.5), "bad-config", "intermediate_size is 1.5"),
    "no length": (
        config(max_position_embeddings=None),
        "bad-config",
        "max_position_embeddings is null",
    ),
    "a quoted epsilon": (config(rms_norm_eps="1e-6"), "bad-config", 'rms_norm_eps is "1e-6"'),
    "no epsilon": (config(rms_norm_eps=0), "bad-config", "rms_norm_eps is 0, and must be a number"),
    "a word for a truth": (
        config(tie_word_embeddings="no"),
        "bad-config",
        'tie_word_embeddings is "no", and must be true or false',
    ),
    "no layers": (config(num_hidden_layers=0), "bad-config", "num_hidden_layers is 0"),
    "no heads": (config(num_attention_heads=0), "bad-config", "num_attention_heads is 0"),
    "no key heads": (config(num_key_value_heads=0), "bad-config", "num_key_value_heads is 0"),
    "no head size": (config(head_dim=0), "bad-config", "head_dim is 0"),
    "an odd head size": (config(head_dim=5), "does-not-load", "an even rotary dimension, but got"),
    "a tiny odd head size": (
        config(head_dim=3),
        "bad-config",
        "head_dim is 3, and must be an even",
    ),
    "less than nothing": (config(vocab_size=-300), "bad-config", "vocab_size is -300"),
    "a truth for a number": (config(hidden_size=True), "bad-config", "hidden_size is true"),
    "as many as there are not": (config(hidden_size=10**30), "bad-config", "hidden_size is 1000"),
    "heads that do not divide": (
        config(num_key_value_heads=3),
        "bad-config",
        "num_key_value_heads is 3, and must be a divisor of the 4 heads",
    ),
    "a size that heads do not divide": (
        config(hidden_size=50, head_dim=12),
        "does-not-load",
        "The hidden size (50) is not a multiple of the number of attention heads (4)",
    ),
    "another activation": (config(hidden_act="magic"), "bad-config", 'hidden_act is "magic"'),
    "no activation": (config(hidden_act=None), "bad-config", "hidden_act is null"),
    "rope that is a word": (config(rope_parameters="x"), "bad-config", 'rope_parameters is "x"'),
    "rope of no kind": (
        config(rope_parameters={"rope_type": "spiral"}),
        "bad-config",
        "must be of one of the kinds default, linear",
    ),
    "rope without its factor": (
        config(rope_parameters={"rope_type": "yarn", "rope_theta": 1e4}),
        "does-not-load",
        "factor",
    ),
    "rope of a quoted angle": (
        config(rope_parameters={"rope_type": "default", "rope_theta": "1e4"}),
        "bad-config",
        "rope_theta",
    ),
    "an end of no kind": (
        both(config(eos_token_id="</s>"), without("generation_config.json")),
        "bad-config",
        'eos_token_id is "</s>", and must be a token id or a list of them',
    ),
    "generation that is no JSON": (
        written("generation_config.json", "{"),
        "bad-json",
        "generation_config.json is no JSON",
    ),
    # config.json that describes another network than the weights are of
    "a type alone": (
        written("config.json", '{"model_type": "llama"}'),
        "other-weights",
        "config.json says 32 layers, its weights are of 3",
    ),
    "more layers": (config(num_hidden_layers=2**30), "other-weights", "says 1,073,741,824 layers"),
    "fewer layers": (config(num_hidden_layers=2), "other-weights", "says 2 layers, its weights"),
    "a larger vocabulary": (
        config(vocab_size=2**30),
        "other-weights",
        "2 weights are of another shape than config.json says, lm_head.weight for one: 300 × 48",
    ),
    "a wider network": (
        config(intermediate_size=96),
        "other-weights",
        "9 weights are of another shape than config.json says, model.layers.0.mlp.down_proj.weight "
        "for one: 48 × 80, and not 48 × 96",
    ),
    "more biases": (config(attention_bias=True), "not-whole", "12 weights are missing"),
    "fewer biases": (
        weights(lambda kept: kept.update({BIASED: torch.ones(48)})),
        "other-weights",
        f"1 weight is in its files and not in what config.json describes, {BIASED} for one",
    ),
    "norms of queries": (
        weights(
            lambda kept: kept.update({"model.layers.0.self_attn.q_norm.weight": torch.ones(12)})
        ),
        "other-weights",
        "q_norm.weight for one",
    ),
    "an output of its own": (
        config(tie_word_embeddings=True),
        "other-weights",
        "the output shares the embeddings' weights, but lm_head.weight has others",
    ),
    "a missing weight": (
        weights(lambda kept: kept.pop("model.layers.1.mlp.up_proj.weight")),
        "not-whole",
        "1 weight is missing, model.layers.1.mlp.up_proj.weight for one",
    ),
    "no output": (
        weights(lambda kept: kept.pop("lm_head.weight")),
        "not-whole",
        "lm_head.weight for one",
    ),
    # quantised weights
    "quantised": (
        config(quantization_config={"quant_method": "gptq", "bits": 4}),
        "quantised",
        "spoilt is quantised",
    ),
    "whole numbers": (
        weights(
            lambda kept: kept.update({"lm_head.weight": kept["lm_head.weight"].to(torch.int8)})
        ),
        "quantised",
        "lm_head.weight is I8",
    ),
    # the files
    "no file": (only(), "not-a-model", "it has no config.json"),
    "an empty file of weights": (cut(0), "spoilt-weights", "model.safetensors is cut off"),
    "half a length": (cut(5), "spoilt-weights", "model.safetensors is cut off"),
    "half a header": (cut(100), "spoilt-weights", "model.safetensors is cut off"),
    "half of the weights": (cut(30_000), "spoilt-weights", "model.safetensors is cut off"),
    "weights of no kind": (
        written("model.safetensors", b"\xff" * 1000),
        "spoilt-weights",
        "cut off or no safetensors",
    ),
    "no weights": (without("model.safetensors"), "no-weights", "no .safetensors file is there"),
    "weights of another name": (
        lambda folder: (folder / "model.safetensors").rename(folder / "mine.safetensors"),
        "no-weights",
        "neither model.safetensors nor",
    ),
    "a pickle": (only("config.json", "pytorch_model.bin"), "pickle-only", "which can run code"),
    "GGUF": (only("llama.Q4_K_M.gguf"), "gguf", "spoilt is in the format GGUF"),
    "an adapter alone": (
        only("adapter_config.json", "adapter_model.safetensors"),
        "adapter",
        "holds an adapter, which is not applied here: merge it",
    ),
    "an adapter beside": (written("adapter_config.json", "{}"), "adapter", "holds an adapter"),
    "a pointer": (
        written("model.safetensors", POINTER),
        "lfs-pointer",
        "model.safetensors is a pointer of Git LFS, and not the file: git lfs pull",
    ),
    "a pointed tokenizer": (written("tokenizer.json", POINTER), "lfs-pointer", "tokenizer.json is"),
    "an index that is none": (index("{}"), "bad-json", "is no index of weights"),
    "an index of nothing": (
        index('{"weight_map": {"lm_head.weight": "gone.safetensors"}}'),
        "not-whole",
        "gone.safetensors is missing",
    ),
    "an index to elsewhere": (
        index('{"weight_map": {"lm_head.weight": "../spoilt/part.safetensors"}}'),
        "not-whole",
        "part.safetensors is missing",
    ),
    # the tokenizer
    "a tokenizer that is no JSON": (written("tokenizer.json", "{"), "does-not-load", "spoilt does"),
    "a tokenizer of nothing": (written("tokenizer.json", "{}"), "does-not-load", "spoilt does"),
    "another tokenizer": (
        both(
            weights(
                lambda kept: kept.update(
                    {
                        key: kept[key][:200].clone()
                        for key in ("model.embed_tokens.weight", "lm_head.weight")
                    }
                )
            ),
            config(vocab_size=200),
        ),
        "foreign-tokenizer",
        "the tokenizer has 258 tokens, the model knows 200",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_told_in_one_line(
    llama: Path, tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
):
    spoil, code, words = BROKEN[name]
    folder = Path(shutil.copytree(llama, tmp_path / "spoilt"))
    spoil(folder)
    with caplog.at_level(logging.ERROR), pytest.raises(LiveError) as caught:
        load(folder, device="cpu")
    error = caught.value
    assert (error.code, words in str(error)) == (code, True), str(error)
    assert "\n" not in str(error) and str(tmp_path) not in str(error)
    assert error.__cause__ is None and "Traceback" not in caplog.text
    assert code in ERRORS["zh"] and said(error, "zh") != str(error)
    assert said(error, "en") == str(error)


def test_a_file_in_another_format_is_no_folder(tmp_path: Path):
    file = tmp_path / "llama.gguf"
    file.write_bytes(b"GGUF")
    with pytest.raises(LiveError, match="llama.gguf is in the format GGUF") as caught:
        sources.offered([str(file)])
    assert caught.value.code == "gguf"
