"""Models by hub id: fetched once it is known what they are, and told at once without a network."""

import json
import shutil
from pathlib import Path

import pytest
from huggingface_hub import errors

from explainer.errors import LiveError
from explainer.live import hub, load, loading
from tests.live import llamas

ID = "somebody/some-llama"


class Hub:
    """A hub of one model, and what has been fetched of it."""

    def __init__(self, model: Path, cache: Path) -> None:
        self.model, self.cache, self.fetched = model, cache, []

    def snapshot_download(self, source: str, allow_patterns: list[str], **options: object) -> str:
        assert source == ID and options == {
            "ignore_patterns": ["*/*"],
            "local_files_only": False,
        }
        self.cache.mkdir(exist_ok=True)
        for pattern in allow_patterns:
            for file in self.model.glob(pattern):
                self.fetched.append(file.name)
                shutil.copy(file, self.cache)
        return str(self.cache)


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hub:
    model = llamas.save(tmp_path / "model", shard="60KB")
    made = Hub(model, tmp_path / "cache")
    monkeypatch.setattr(hub, "snapshot_download", made.snapshot_download)
    monkeypatch.setattr(hub, "_reachable", lambda: True)
    return made


def test_a_model_is_fetched_and_loads(served: Hub):
    model = load(ID, device="cpu")
    assert model.name == ID and model.capture("hello").tokens
    first = [name.endswith(".safetensors") for name in served.fetched].index(True)
    assert "config.json" in served.fetched[:first]
    assert len([name for name in served.fetched if name.endswith(".safetensors")]) > 3


def test_weights_of_another_model_are_not_fetched(served: Hub):
    file = served.model / "config.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"model_type": "gpt2"}))
    with pytest.raises(LiveError, match=f"{ID} is gpt2"):
        load(ID, device="cpu")
    assert not any(name.endswith(".safetensors") for name in served.fetched)


def test_without_a_network_it_is_told_after_one_question(monkeypatch: pytest.MonkeyPatch):
    asked = []

    class Session:
        def head(self, address: str, timeout: float) -> None:
            asked.append(address)
            raise OSError("Name or service not known")

    def nothing(*_: object, local_files_only: bool, **__: object) -> None:
        assert local_files_only  # so that its library does not try again and again
        raise errors.LocalEntryNotFoundError("Cannot find an appropriate cached snapshot folder")

    monkeypatch.setattr(hub, "get_session", Session)
    monkeypatch.setattr(hub, "snapshot_download", nothing)
    with pytest.raises(LiveError, match="not on this machine, and the hub cannot be reached"):
        loading.checkpoint(ID)
    assert len(asked) == 1
