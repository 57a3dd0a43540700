"""Where models come from: folders and hub ids, as the one who starts a server names them."""

import re
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from explainer import paths
from explainer.errors import LiveError

HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")
NAMED = re.compile(r"([^/\\=]+)=(.+)")
PICKLES = ("*.bin", "*.pt", "*.pth", "*.ckpt")
NEEDED = ("torch", "transformers", "tokenizers", "safetensors", "accelerate")
SHIPPED = "tiny-llama"
# What Git writes in the place of a large file that it has not fetched.
POINTER = b"version https://git-lfs"


def not_installed() -> list[str]:
    """What live mode needs and this machine lacks, without importing any of it."""
    return [package for package in NEEDED if find_spec(package) is None]


def offered(given: Sequence[str]) -> dict[str, str]:
    """Models by name, from `PATH` or `NAME=PATH` each; the shipped one where none is given.

    A path may be a hub id. Without a name, a model is called like its folder. Raises LiveError
    for a folder that holds none, and for two of one name.
    """
    if not given:
        own = paths.assets() / SHIPPED
        return {SHIPPED: str(own)} if (own / "config.json").is_file() else {}
    models: dict[str, str] = {}
    for one in given:
        named = None if Path(one).exists() else NAMED.fullmatch(one)
        source = named[2] if named else one
        place, own_name = found(source)
        name = named[1] if named else own_name
        if name in models:
            raise LiveError(f"two models are called {name}: write NAME={source}", "same-name")
        models[name] = place
    return models


def found(source: str) -> tuple[str, str]:
    """Where a model is, and what to call it; raises LiveError for a folder that holds none."""
    folder = Path(source).expanduser()
    if not folder.exists():
        if HUB_ID.fullmatch(source) and not source.startswith("."):
            return source, source
        raise LiveError(f"there is no model folder {source}", "no-such-model")
    name = folder.resolve().name
    checked(folder, name)
    return str(folder), name


def checked(folder: Path, name: str) -> None:
    """Raise LiveError unless the folder has what a model is loaded from, and say what it has."""
    weights = list(folder.glob("*.safetensors"))
    adapter = [file for file in weights if file.name.startswith("adapter")]
    if not (own := len(weights) > len(adapter)) and (
        folder.suffix == ".gguf" or any(folder.glob("*.gguf"))
    ):
        raise LiveError(
            f"{name} is in the format GGUF, and only safetensors load: name the folder that it "
            "was converted from",
            "gguf",
        )
    if adapter or (folder / "adapter_config.json").is_file():
        raise LiveError(
            f"{name} holds an adapter, which is not applied here: merge it into its model (peft: "
            "merge_and_unload), and save that in a folder of its own",
            "adapter",
        )
    if not (folder / "config.json").is_file():
        raise LiveError(f"{name} is no model folder: it has no config.json", "not-a-model")
    if not own:
        if any(file for pattern in PICKLES for file in folder.glob(pattern)):
            raise LiveError(
                f"{name} has its weights as a pickle, which can run code; only safetensors load",
                "pickle-only",
            )
        raise LiveError(f"{name} has no weights: no .safetensors file is there", "no-weights")
    for file in (*weights, *folder.glob("*.json")):
        if _begins(file, POINTER):
            raise LiveError(
                f"{name}: {file.name} is a pointer of Git LFS, and not the file: git lfs pull "
                "fetches it",
                "lfs-pointer",
                file=file.name,
            )


def _begins(file: Path, with_: bytes) -> bool:
    try:
        with file.open("rb") as opened:
            return opened.read(len(with_)) == with_
    except OSError:
        return False  # whoever reads it says why
