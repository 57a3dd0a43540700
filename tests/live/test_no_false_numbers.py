"""Where a model gives no numbers, or other ones than it seems: told, and never shown."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from explainer.errors import LiveError
from explainer.live import Ask, Capture, Head, LiveModel, Mlp, Service, load
from explainer.live.device import on_device
from explainer.live.excerpt import excerpt
from explainer.live.prediction import next_token
from explainer.pages.live.words import said
from tests.live import llamas

LONG = "x" * 100
ORIGINAL = 64  # tokens, after which the angles of these change
ROPES: dict[str, dict[str, Any]] = {
    "longrope": {
        "rope_type": "longrope",
        "rope_theta": 10000.0,
        "factor": 8.0,
        "short_factor": [1.0] * 6,
        "long_factor": [4.0, 5.0, 6.0, 7.0, 8.0, 9.0],
        "original_max_position_embeddings": ORIGINAL,
    },
    "dynamic": {"rope_type": "dynamic", "rope_theta": 10000.0, "factor": 4.0},
}


@pytest.fixture(scope="module", params=ROPES)
def turning(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> LiveModel:
    """A Llama whose angles depend on the length of what it reads."""
    folder = tmp_path_factory.mktemp(request.param)
    length = ORIGINAL if request.param == "dynamic" else 512
    llamas.save(folder, rope_parameters=ROPES[request.param], max_position_embeddings=length)
    model = load(folder, device="cpu")
    object.__setattr__(model, "max_tokens", 512)
    return model


def same(one: Capture, other: Capture) -> None:
    assert [token.id for token in one.tokens] == [token.id for token in other.tokens]
    np.testing.assert_array_equal(one.logits, other.logits)
    for a, b in zip(one.recorder.tensors, other.recorder.tensors, strict=True):
        assert torch.equal(a, b)


def test_angles_are_those_of_the_run_itself(turning: LiveModel):
    """By hand, the numbers before the rotation are the projections', at whatever token."""
    layer, head, token = 1, 2, 30
    capture = turning.capture(LONG)
    made = excerpt(capture, layer, head, token)
    decoder = turning.network.model.layers[layer]
    with torch.inference_mode():
        read = decoder.input_layernorm(torch.tensor(capture.residual(layer)))[token]
        query = decoder.self_attn.q_proj(read).unflatten(-1, (-1, turning.head_dim))[head]
    got = made.w_q @ made.x[:, -1:] + made.rest_q
    np.testing.assert_allclose(got[:, 0], query.numpy()[made.dimensions], atol=1e-4)


def test_a_run_does_not_depend_on_the_runs_before(turning: LiveModel, tmp_path: Path):
    first = turning.capture(LONG)
    turning.capture("x" * 300)
    same(turning.capture(LONG), first)
    turning.capture("short")
    same(turning.capture(LONG), first)


def test_going_on_beyond_the_original_length_is_capturing_the_longer_prompt(turning: LiveModel):
    start = "x" * (ORIGINAL - 4)
    ids = [40, 50, 60, 70, 80, 90]
    capture = turning.capture(start)
    assert len(capture.tokens) < ORIGINAL
    for id in ids:
        capture = capture.append(id)
    assert len(capture.tokens) > ORIGINAL
    same(capture, turning.capture(start, continued=ids))


@pytest.fixture
def spoilt(llama: Path) -> LiveModel:
    """A Llama that a test may spoil."""
    return load(llama, device="cpu")


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
@pytest.mark.parametrize(
    ("weight", "words", "chinese"),
    [
        ("model.embed_tokens", "from layer 0 on it computes infinity or NaN", "从第 0 层起"),
        ("model.layers.1.mlp.down_proj", "from layer 1 on it computes", "从第 1 层起"),
        ("lm_head", "its output has infinity or NaN", "输出里有无穷大或 NaN"),
    ],
)
def test_numbers_that_are_none_are_told_with_their_layer(
    spoilt: LiveModel, weight: str, words: str, chinese: str, bad: float
):
    rows = spoilt.network.get_submodule(weight).weight
    token = spoilt.tokens("hello")[2].id
    rows.data[token % len(rows)] = bad
    with pytest.raises(LiveError) as error:
        spoilt.capture("hello")
    assert words in str(error.value) and chinese in said(error.value, "zh")


def test_a_distribution_of_no_numbers_is_told():
    for bad in (np.nan, np.inf):
        with pytest.raises(LiveError, match="no numbers") as error:
            next_token(np.array([0, bad, 1], dtype=np.float32), 1.0, 0, 1.0)
        assert error.value.code == "no-output"


def test_generating_ends_at_every_token_that_ends_a_text(tmp_path: Path):
    model = load(llamas.save(tmp_path), device="cpu")
    plain = [capture.tokens[-1].id for capture in model.generate("Once", 8, temperature=0)]
    (tmp_path / "generation_config.json").write_text(f'{{"eos_token_id": [299, {plain[3]}]}}')
    ending = load(tmp_path, device="cpu")
    assert ending.ends == {1, 299, plain[3]}
    drawn = [capture.tokens[-1].id for capture in ending.generate("Once", 8, temperature=0)]
    assert drawn == plain[: plain.index(plain[3])]


def test_whatever_is_raised_in_computing_is_a_sentence(
    grouped: LiveModel, monkeypatch: pytest.MonkeyPatch
):
    """As weights kept elsewhere do, devices without float64, or four bits."""
    capture = grouped.capture("hello")
    errors = (
        NotImplementedError("Cannot copy out of meta tensor; no data!"),
        TypeError("Cannot convert a MPS Tensor to float64"),
        RuntimeError("mat1 and mat2 shapes cannot be multiplied (/somewhere/secret)"),
    )

    def read(error: Exception) -> None:
        raise error

    for error in errors:
        with pytest.raises(LiveError, match="cannot be computed with this model") as told:
            on_device(read)(error)
        assert told.value.code == "not-computed" and told.value.__cause__ is error
        assert type(error).__name__ in said(told.value, "zh")
        assert "secret" not in str(told.value)
    monkeypatch.setattr(grouped.network.lm_head, "forward", lambda _: read(errors[0]))
    with pytest.raises(LiveError, match="cannot be computed"):
        capture.logit_lens()


def test_memory_that_is_full_in_a_view_is_told(grouped: LiveModel):
    def fail() -> None:
        raise RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate`")

    with pytest.raises(LiveError, match="try a shorter prompt") as error:
        on_device(fail)()
    assert error.value.code == "out-of-memory"


def test_a_failed_task_leaves_one_line_in_the_log(llama: Path, caplog: pytest.LogCaptureFixture):
    @on_device
    def broken() -> None:
        raise NotImplementedError("no data")

    def work(progress: Any) -> Iterator[None]:
        broken()
        yield

    service = Service({"small": llama})
    job = service.compute("view", work, "me")
    with pytest.raises(LiveError, match="NotImplementedError") as error:
        job.wait(60)
    assert error.value.code == "not-computed" and error.value.__cause__ is None
    assert len(caplog.records) == 1 and "no data" in caplog.text
    assert "Traceback" not in caplog.text
    service.close()


def test_a_capture_and_a_model_are_told_in_one_line(grouped: LiveModel):
    capture = grouped.capture("The capital of France is not the largest city of the country")
    assert repr(capture) == (
        f"Capture('The capital of France is not the larges…', 61 tokens, {grouped.name})"
    )
    assert repr(grouped) == f"LiveModel({grouped.name}, 3 layers × 4 heads)"
    assert len(repr(capture.recorder)) < 40


def test_token_ids_are_a_prompt(grouped: LiveModel):
    text = grouped.capture("hello")
    ids = [token.id for token in text.tokens]
    for given in (ids, tuple(ids), np.array(ids), torch.tensor(ids)):
        capture = grouped.capture(given)
        np.testing.assert_array_equal(capture.logits, text.logits)
        assert [token.text for token in capture.tokens] == [token.text for token in text.tokens]
    assert capture.append(9).prompt == ""
    assert grouped.text(capture.next_token().ids[0])
    for given in (None, 5, b"hello"):
        with pytest.raises(LiveError, match="text, or a list of token ids"):
            grouped.capture(given)
    for given in ([1.5], ["hello"], [-1], [300]):
        with pytest.raises(LiveError, match="no token"):
            grouped.capture(given)
    with pytest.raises(LiveError, match="the prompt is empty"):
        grouped.capture([])


def test_pairs_are_heads(grouped: LiveModel):
    pairs = grouped.capture("hello", ablate=[(1, 2), Mlp(0)])
    heads = grouped.capture("hello", ablate=[Head(1, 2), Mlp(0)])
    assert pairs.ablations == heads.ablations
    np.testing.assert_array_equal(pairs.logits, heads.logits)
    for wrong in ("0.1", 3, (1, 2, 3), (1, "2"), Head(0.5, 1), None):
        with pytest.raises(LiveError, match="cannot be switched off: Head") as error:
            grouped.capture("hello", ablate=[wrong])
        assert error.value.code == "no-such-ablation"
    assert grouped.capture("hello", [(1, 2)]).ablations == (Head(1, 2),)


def test_the_angles_are_counted(grouped: LiveModel):
    asked = Ask("small", "hello", (Head(0, 1),))
    capture = grouped.capture(asked.prompt, asked.ablate)
    cos, sin = capture.recorder.rotation
    assert cos.shape == sin.shape == (6, grouped.head_dim)
    assert capture.nbytes == 6 * grouped.bytes_per_token + capture.logits.nbytes
