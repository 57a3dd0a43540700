"""Which models a server offers, found without torch."""

from pathlib import Path

import pytest

from explainer.errors import LiveError
from explainer.live import sources
from tests.live import llamas


def test_models_are_named_like_their_folders_or_as_they_are_told(tmp_path: Path):
    one, two = (llamas.save(tmp_path / name) for name in ("one", "two"))
    assert sources.offered([str(one), f"other={two}", "meta-llama/Llama-3.1-8B"]) == {
        "one": str(one),
        "other": str(two),
        "meta-llama/Llama-3.1-8B": "meta-llama/Llama-3.1-8B",
    }
    with pytest.raises(LiveError, match="two models are called one"):
        sources.offered([str(one), f"one={two}"])


def test_a_folder_may_have_an_equals_sign(tmp_path: Path):
    folder = llamas.save(tmp_path / "lr=3")
    assert sources.offered([str(folder)]) == {"lr=3": str(folder)}
    assert sources.offered([f"fast={folder}"]) == {"fast": str(folder)}


@pytest.mark.parametrize("given", ["", "nowhere", "./a/b", "a/b/c", "name=nowhere", "../up"])
def test_what_is_no_model_is_a_clear_error(given: str, tmp_path: Path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(LiveError) as error:
        sources.offered([given])
    assert error.value.code in ("no-such-model", "not-a-model")


def test_the_shipped_model_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sources.paths, "assets", lambda: tmp_path)
    assert sources.offered([]) == {}
    llamas.save(tmp_path / "tiny-llama")
    assert sources.offered([]) == {"tiny-llama": str(tmp_path / "tiny-llama")}


def test_what_is_not_installed_is_known(monkeypatch: pytest.MonkeyPatch):
    assert sources.not_installed() == []
    monkeypatch.setattr(sources, "find_spec", lambda name: None if name == "torch" else object())
    assert sources.not_installed() == ["torch"]
