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
from explainer.live import Cancelled, load, loading
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


def test_a_missing_shard(tmp_path: Path):
    folder = llamas.save(tmp_path / "many", shard="60KB")
    sorted(folder.glob("*.safetensors"))[2].unlink()
    refused(folder, "not-whole", "model-00003-of-", "is missing")


def test_a_device_that_is_not_there(llama: Path):
    refused(llama, "no-such-device", "is no device", device="toaster")
    refused(llama, "no-such-device", "no device cuda:63", device="cuda:63")
    refused(llama, "no-such-device", "no device xpu", device="xpu")
    refused(llama, "no-such-dtype", "int3", dtype="int3")
    if not torch.cuda.is_available():
        refused(llama, "no-such-device", "this machine has no device cuda", device="cuda")
    assert load(llama).capture("hello").tokens


def test_what_is_known_to_be_harmless_loads(folder: Path):
    """Angles that old files keep, and the embeddings a second time."""
    plain = load(folder).capture("hello").logits
    angles = {f"model.layers.{n}.self_attn.rotary_emb.inv_freq": torch.ones(6) for n in range(3)}
    weights(folder, lambda kept: kept.update(angles))
    assert (load(folder).capture("hello").logits == plain).all()
    weights(folder, lambda kept: kept.update(
        {"lm_head.weight": kept["model.embed_tokens.weight"].clone()}
    ))  # fmt: skip
    twice = load(folder).capture("hello").logits
    settings(folder, tie_word_embeddings=True)
    assert (load(folder).capture("hello").logits == twice).all()
    # saved without the part that predicts, which the embeddings are
    kept = load_file(folder / "model.safetensors")
    kept.pop("lm_head.weight")
    bare = {key.removeprefix("model."): weight for key, weight in kept.items()}
    save_file(bare, folder / "model.safetensors", {"format": "pt"})
    assert (load(folder).capture("hello").logits == twice).all()


def test_settings_that_nothing_computed_depends_on_are_left_alone(folder: Path):
    plain = load(folder).capture("hello").logits
    # labels that would fill the memory, a padding that is not there, a format that is none
    settings(folder, num_labels=10**9, pad_token_id=9999, bos_token_id="x", dtype="float99")
    assert (load(folder).capture("hello").logits == plain).all()


def test_a_token_for_padding_may_lie_beyond_the_vocabulary(folder: Path):
    tokenizer = llamas.tokenizer()
    tokenizer.add_special_tokens({"pad_token": "[PAD]"})
    tokenizer.save_pretrained(folder)
    weights(folder, lambda kept: kept.update({
        name: kept[name][:258].clone() for name in ("model.embed_tokens.weight", "lm_head.weight")
    }))  # fmt: skip
    settings(folder, vocab_size=258)
    model = load(folder)
    assert len(model.tokenizer) == 259 and model.capture("hello").tokens[-1].text == "o"
    with pytest.raises(LiveError, match="the tokenizer gives token 258, but the model knows 258"):
        model.capture("hello [PAD]")


def test_memory_that_is_full_while_loading_asks_for_a_smaller_model(
    llama: Path, monkeypatch: pytest.MonkeyPatch
):
    for full in (
        torch.OutOfMemoryError("CUDA out of memory"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"),
        MemoryError(),
        OSError(12, "Cannot allocate memory"),
        RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
    ):

        def fail(*_: object, error: Exception = full, **__: object) -> None:
            raise error

        monkeypatch.setattr(loading.LlamaForCausalLM, "from_pretrained", fail)
        refused(llama, "model-too-large", "does not fit into the memory", "a smaller model")


def test_a_model_that_all_gpus_together_cannot_hold(llama: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    model = loading.checkpoint(llama, device="cpu").model
    size = sum(weight.nbytes for weight in model.network.parameters())
    cuda = torch.device("cuda")
    for room, spread in ((2.0, {"": cuda}), (0.8, "auto")):
        monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _, room=room: (0, room * size))
        assert loading._spread(cuda, model) == spread
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _: (0, 0.5 * size))
    with pytest.raises(LiveError, match="does not fit into the memory"):
        loading._spread(cuda, model)


def test_a_checkpoint_tells_what_will_be_refused_before_its_weights_are_read(llama: Path):
    model = loading.checkpoint(llama, device="cpu", max_tokens=5).model
    assert (model.layers, model.heads, model.head_dim) == (3, 4, 12)
    assert all(weight.is_meta for weight in model.network.parameters())
    with pytest.raises(LiveError, match="6 tokens; the limit is 5"):
        model.tokens("hello")
    assert model.bytes_per_token == load(llama).bytes_per_token
