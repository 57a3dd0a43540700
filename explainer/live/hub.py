"""Models by their hub ids: fetched where there is a network, else as they were fetched before."""

import json
from pathlib import Path

from huggingface_hub import constants, get_session, snapshot_download
from huggingface_hub.errors import (
    GatedRepoError,
    LocalEntryNotFoundError,
    RepositoryNotFoundError,
)

from explainer.errors import LiveError

# All but weights, of the folder itself; no code, which would not be run anyway.
DESCRIPTION = ["*.json", "*.jinja", "*.model", "tokenizer*"]
WEIGHTS, INDEX = "model.safetensors", "model.safetensors.index.json"
PATIENCE = 5  # seconds until the hub must have answered anything at all


def described(source: str) -> Path:
    """The folder of a hub id's configuration and tokenizer; raises LiveError if there is none."""
    return _fetched(source, DESCRIPTION)


def weighted(source: str, folder: Path) -> Path:
    """The same folder with the weights in it."""
    try:
        parts = {*json.loads((folder / INDEX).read_text("utf-8"))["weight_map"].values()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        parts = {WEIGHTS}  # a spoilt index is told of when it is read
    return _fetched(source, [str(part) for part in parts])


def _fetched(source: str, files: list[str]) -> Path:
    offline = not _reachable()
    try:
        return Path(
            snapshot_download(
                source,
                allow_patterns=files,
                ignore_patterns=["*/*"],
                local_files_only=offline,
            )
        )
    except GatedRepoError:
        said = f"{source} is only for those whom its owners let in: log in with `hf auth login`"
    except RepositoryNotFoundError:
        said = f"there is no model {source} on the hub, or it is not public"
    except LocalEntryNotFoundError:
        said = f"{source} is not on this machine, and the hub cannot be reached"
    raise LiveError(said, "no-such-model")


def _reachable() -> bool:
    """Whether the hub answers, asked once: its library would try again for half a minute."""
    try:
        get_session().head(constants.ENDPOINT, timeout=PATIENCE)
    except Exception:  # whatever its HTTP library has, or that it is told to stay offline
        return False
    return True
