"""The random Llamas of `llamas.py`, each written and loaded once."""

from pathlib import Path

import pytest

from explainer.live import LiveModel, load
from tests.live import llamas

SHARDED = "sharded"


@pytest.fixture(scope="session", params=[*llamas.SHAPES, SHARDED])
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LiveModel:
    """A small Llama of every shape."""
    name = request.param
    shard = "60KB" if name == SHARDED else None
    folder = llamas.save(tmp_path_factory.mktemp(name), shard, **llamas.SHAPES.get(name, {}))
    return load(folder, device="cpu")


@pytest.fixture(scope="session")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one small Llama with grouped-query attention."""
    return llamas.save(tmp_path_factory.mktemp("llama"), num_key_value_heads=2)


@pytest.fixture(scope="session")
def grouped(llama: Path) -> LiveModel:
    """One small Llama with grouped-query attention, for what does not depend on the shape."""
    return load(llama, device="cpu")


def hooks(model: LiveModel) -> int:
    """How many hooks are on a model's modules."""
    return sum(
        len(module._forward_hooks) + len(module._forward_pre_hooks) + len(module._backward_hooks)
        for module in model.network.modules()
    )
