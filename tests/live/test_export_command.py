"""`explainer capture` as a person types it: the file, and one line for every mistake."""

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from explainer.cli import main
from explainer.live import loading, sources
from explainer.live.export import heads as export_heads
from tests.live import llamas

PROMPT = "The cat sat on the mat"


@pytest.fixture(scope="module")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return llamas.save(tmp_path_factory.mktemp("models") / "little")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def mistake(capsys: pytest.CaptureFixture[str], *arguments: Any) -> str:
    """The one line that a mistaken command leaves on stderr; it writes no file."""
    before = sorted(Path().iterdir())
    assert main(["capture", *map(str, arguments)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("explainer: ") and err.endswith("\n") and err.count("\n") == 1
    assert sorted(Path().iterdir()) == before
    return err


def kept(path: Path) -> dict[str, Any]:
    """The document in a file."""
    found = re.search(r'id="capture">(.*?)</script>', path.read_text(encoding="utf-8"))
    assert found
    document: dict[str, Any] = json.loads(found[1])
    return document


def test_a_run_is_written(capsys: pytest.CaptureFixture[str], llama: Path) -> None:
    assert main(["capture", "--model", str(llama), "--prompt", PROMPT]) == 0
    out, err = capsys.readouterr()
    assert re.fullmatch(r"Wrote capture\.html: 23 tokens, 12 of 12 heads, \d\d+ kB\n", out), out
    assert err == ""
    made = kept(Path("capture.html"))
    assert made["model"]["name"] == "little" and made["prompt"] == PROMPT
    assert [path.name for path in Path().iterdir()] == ["capture.html"]


def test_heads_language_and_pixels_are_chosen(llama: Path) -> None:
    command = ["capture", "--model", str(llama), "--prompt", PROMPT, "--out", "two.html"]
    assert main([*command, "--heads", "2.3, 0.1", "--lang", "zh", "--pixels", "8"]) == 0
    made = kept(Path("two.html"))
    assert [(one["layer"], one["head"]) for one in made["heads"]] == [(0, 1), (2, 3)]
    assert len(made["blocks"]) == 9
    assert '<html lang="zh-Hans">' in Path("two.html").read_text(encoding="utf-8")


def test_a_prompt_comes_from_a_file_or_the_standard_input(
    llama: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Два кота\r\nsat\r\n"
    Path("prompt.txt").write_bytes(text.encode())
    command = ["capture", "--model", str(llama), "--heads", "0.0", "--prompt-file"]
    assert main([*command, "prompt.txt"]) == 0
    assert kept(Path("capture.html"))["prompt"] == "Два кота\r\nsat"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"typed\n")))
    assert main([*command, "-", "--force"]) == 0
    assert kept(Path("capture.html"))["prompt"] == "typed"


def test_a_file_that_is_there_is_replaced_only_by_force(
    capsys: pytest.CaptureFixture[str], llama: Path
) -> None:
    Path("capture.html").write_text("mine")
    command = ("--model", llama, "--prompt", PROMPT)
    assert "capture.html is there already; --force" in mistake(capsys, *command)
    assert Path("capture.html").read_text() == "mine"
    assert "--prompt" in mistake(capsys, "--model", llama, "--force")
    assert Path("capture.html").read_text() == "mine"
    assert main(["capture", *map(str, command), "--force"]) == 0
    assert kept(Path("capture.html"))["prompt"] == PROMPT


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--prompt", ""], "the prompt is empty"),
        (["--prompt", PROMPT, "--prompt-file", "x"], "not allowed with argument --prompt"),
        (["--prompt-file", "missing.txt"], "cannot read missing.txt: No such file"),
        (["--prompt-file", "bytes.txt"], "bytes.txt is no text in UTF-8"),
        (["--prompt", PROMPT, "--heads", "5"], "'5' is not LAYER.HEAD, such as 0.1,2.5"),
        (["--prompt", PROMPT, "--heads", "7.0"], "no head 0 in layer 7: the model has layers 0 to"),
        (["--prompt", PROMPT, "--pixels", "0"], "'0' is not a number from 1 to 4096"),
        (["--prompt", PROMPT, "--lang", "fr"], "invalid choice: 'fr'"),
        (["--prompt", PROMPT, "--device", "abacus"], "'abacus' is no device"),
        (["--prompt", PROMPT, "--out", "folder"], "folder is a folder; name a file in it"),
        (["--prompt", PROMPT, "--out", "none/x.html"], "there is no folder none"),
        (["--prompt", PROMPT * 200], "tokens; the limit is 4,096"),
        (["--prompt", PROMPT, "--model", "nowhere"], "there is no model folder nowhere"),
        (["--prompt", PROMPT, "--model", "folder"], "folder is no model folder"),
    ],
)
def test_a_mistake_is_one_line(
    capsys: pytest.CaptureFixture[str], llama: Path, arguments: list[str], told: str
) -> None:
    Path("folder").mkdir()
    Path("bytes.txt").write_bytes(b"\xff\xfe\x00")
    model = [] if "--model" in arguments else ["--model", str(llama)]
    assert told in mistake(capsys, *model, *arguments)


def test_without_the_live_packages_it_says_how_to_get_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sources, "NEEDED", ("torch", "no_such_package"))
    told = mistake(capsys, "--prompt", PROMPT)
    assert "a capture needs no_such_package: pip install 'explainer[live]'" in told


def test_a_full_disk_leaves_nothing_behind(
    capsys: pytest.CaptureFixture[str], llama: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    told = mistake(capsys, "--model", llama, "--prompt", PROMPT)
    assert "cannot write capture.html: No space left on device" in told


def test_ablations_the_lens_and_the_format_are_chosen(llama: Path) -> None:
    command = ["capture", "--model", str(llama), "--prompt", PROMPT]
    assert main([*command, "--ablate", "2.3, mlp.0~", "--lens", "4", "--dtype", "bfloat16"]) == 0
    made = kept(Path("capture.html"))
    assert made["ablated"] == [
        {"layer": 0, "how": "mean"},
        {"layer": 2, "head": 3, "how": "zero"},
    ]
    assert made["lens"]["first"] == 23 - 4
    assert main([*command, "--force"]) == 0
    assert kept(Path("capture.html"))["lens"]["first"] == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--heads", "0.0,3.0"], "no head 0 in layer 3"),
        (["--ablate", "0.9"], "is not there: the model has layers 0 to 2"),
        (["--ablate", "mlp.7~"], "is not there: the model has layers 0 to 2"),
        (["--ablate", "all"], "'all' is not LAYER.HEAD or mlp.LAYER, such as 1.3,mlp.0~"),
        (["--max-tokens", "5"], "the prompt has 23 tokens; the limit is 5"),
        (["--max-tokens", "0"], "'0' is not a number from 1"),
        (["--lens", "-3"], "'-3' is not a number from 1"),
        (["--lens", "many"], "'many' is not a number from 1"),
        (["--dtype", "int4"], "invalid choice: 'int4'"),
    ],
)
def test_what_is_refused_is_refused_before_the_weights_are_read(
    capsys: pytest.CaptureFixture[str],
    llama: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    told: str,
) -> None:
    monkeypatch.setattr(loading.Checkpoint, "load", lambda *_: pytest.fail("it has loaded"))
    assert told in mistake(capsys, "--model", llama, "--prompt", PROMPT, *arguments)


def test_a_page_that_is_too_large_is_refused_before_the_weights_are_read(
    capsys: pytest.CaptureFixture[str], llama: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading.Checkpoint, "load", lambda *_: pytest.fail("it has loaded"))
    monkeypatch.setattr(export_heads, "LIMIT", 500)
    command = ("--model", llama, "--prompt", PROMPT)
    assert "2 heads of 23 tokens" in mistake(capsys, *command, "--heads", "0.0,0.1")
