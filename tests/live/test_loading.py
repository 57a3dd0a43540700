"""Loading: real folders of every kind load, anything else is told in one clear line."""

import json
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import GPT2Config, GPT2LMHeadModel

from explainer.errors import LiveError
from explainer.live import Cancelled, load
from tests.live import llamas


@pytest.fixture
def folder(llama: Path, tmp_path: Path) -> Path:
    """A copy of a small Llama that a test may spoil."""
    return Path(shutil.copytree(llama, tmp_path / "spoilt"))


def settings(folder: Path, **changes: object) -> None:
    file = folder / "config.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | changes))


def refused(source: Path | str, code: str, *said: str, **options: str) -> None:
    with pytest.raises(LiveError) as error:
        load(source, **{"device": "cpu"} | options)
    assert error.value.code == code, error.value
    message = str(error.value)
    assert "\n" not in message
    if code != "no-such-model":  # that one repeats what was asked for
        assert str(source) not in message
    for words in said:
        assert words in message


def test_progress_counts_the_weights(llama: Path):
    told: list[float] = []
    load(llama, progress=told.append)
    assert told == sorted(told) and told[-1] == 1 and len(told) > 10


def test_sharded_weights_load_whole(tmp_path: Path):
    llamas.save(tmp_path / "one")
    llamas.save(tmp_path / "many", shard="60KB")
    assert len(list((tmp_path / "many").glob("*.safetensors"))) > 3
    one, many = (load(tmp_path / name) for name in ("one", "many"))
    for name, weight in one.network.state_dict().items():
        assert torch.equal(weight, many.network.state_dict()[name])


def test_a_cancelled_loading_can_be_tried_again(llama: Path):
    def stop(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        load(llama, progress=stop)
    assert load(llama).capture("hello").tokens


def test_limits_are_those_of_the_model_or_lower(llama: Path):
    assert load(llama).max_tokens == 4096
    assert load(llama, max_tokens=10_000).max_tokens == 4096
    assert load(llama, max_tokens=100).max_tokens == 100


def test_half_precision_loads_and_hands_out_float32(llama: Path):
    model = load(llama, dtype="bfloat16")
    assert model.network.dtype == torch.bfloat16
    weights = model.capture("hello").attention(0, 0)
    assert weights.dtype == "float32"
    assert weights.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_a_place_that_holds_no_model(tmp_path: Path):
    refused(tmp_path / "nowhere", "no-such-model", "there is no model folder")
    refused("./nowhere/at-all", "no-such-model")
    (tmp_path / "notes.txt").write_text("hello")
    refused(tmp_path, "not-a-model", tmp_path.name, "no config.json")
    refused(tmp_path / "notes.txt", "not-a-model")


def test_a_model_of_another_kind(tmp_path: Path):
    GPT2LMHeadModel(GPT2Config(n_layer=1, n_embd=8, n_head=1, vocab_size=300)).save_pretrained(
        tmp_path
    )
    refused(tmp_path, "not-a-llama", "is gpt2, and only llama")


@pytest.mark.parametrize("text", ["{", "[]", "{}", '"llama"', "\x00\xff"])
def test_a_spoilt_configuration(folder: Path, text: str):
    (folder / "config.json").write_text(text)
    with pytest.raises(LiveError) as error:
        load(folder)
    assert error.value.code in ("does-not-load", "not-a-llama")


class Bomb:
    def __reduce__(self):
        return (Path.touch, (Path("exploded"),))


def test_a_pickle_is_never_opened(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(folder)
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Bomb()))
    refused(folder, "pickle-only", "pickle, which can run code")
    # and not when safetensors lie beside it
    save_file(llamas.network(num_key_value_heads=2).state_dict(), folder / "model.safetensors",
              {"format": "pt"})  # fmt: skip
    assert load(folder).capture("hello").tokens
    assert not (folder / "exploded").exists()


def test_code_beside_the_weights_is_never_run(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(folder)
    (folder / "evil.py").write_text("open('exploded', 'w')\nclass Evil: pass\n")
    auto = {"AutoConfig": "evil.Evil", "AutoModelForCausalLM": "evil.Evil"}
    settings(folder, auto_map=auto)
    file = folder / "tokenizer_config.json"
    file.write_text(json.dumps(
        json.loads(file.read_text()) | {"auto_map": {"AutoTokenizer": ["evil.Evil", "evil.Evil"]}}
    ))  # fmt: skip
    try:
        load(folder)
    except LiveError as error:
        assert error.code == "does-not-load"
    assert not (folder / "exploded").exists()


def weights(folder: Path, spoil: Callable[[dict[str, torch.Tensor]], None]) -> None:
    file = folder / "model.safetensors"
    kept = load_file(file)
    spoil(kept)
    save_file(kept, file, {"format": "pt"})


def test_weights_that_are_not_whole(folder: Path):
    file = folder / "model.safetensors"
    content = file.read_bytes()
    for length in (0, 5, 100, len(content) // 2, len(content) - 1):
        file.write_bytes(content[:length])
        refused(folder, "does-not-load", "spoilt does not load")
    file.unlink()
    refused(folder, "no-weights", "no .safetensors file")
    file.write_bytes(content)
    weights(folder, lambda kept: kept.pop("model.layers.1.mlp.up_proj.weight"))
    refused(folder, "not-whole", "1 weights are missing", "layers.1.mlp.up_proj")


def test_weights_of_another_shape(folder: Path):
    settings(folder, intermediate_size=96)
    refused(folder, "not-whole", "9 weights are missing or of another shape", "mlp")


def test_a_missing_shard(tmp_path: Path):
    folder = llamas.save(tmp_path / "many", shard="60KB")
    sorted(folder.glob("*.safetensors"))[2].unlink()
    refused(folder, "does-not-load")


def test_a_tokenizer_that_does_not_belong(folder: Path):
    weights(folder, lambda kept: kept.update({
        name: kept[name][:200].clone() for name in ("model.embed_tokens.weight", "lm_head.weight")
    }))  # fmt: skip
    settings(folder, vocab_size=200)
    refused(folder, "foreign-tokenizer", "258 tokens", "knows 200")


def test_no_tokenizer(folder: Path):
    for file in folder.glob("*token*"):
        file.unlink()
    with pytest.raises(LiveError):
        load(folder)


def test_a_device_that_is_not_there(llama: Path):
    refused(llama, "no-such-device", "is no device", device="toaster")
    refused(llama, "no-such-device", "no device cuda:63", device="cuda:63")
    refused(llama, "no-such-device", "no device xpu", device="xpu")
    refused(llama, "no-such-dtype", "int3", dtype="int3")
    if not torch.cuda.is_available():
        refused(llama, "no-such-device", "this machine has no device cuda", device="cuda")
    assert load(llama).capture("hello").tokens


def test_quantised_weights_are_refused(folder: Path):
    settings(folder, quantization_config={"quant_method": "gptq", "bits": 4, "group_size": 128})
    refused(folder, "does-not-load", "optimum")
