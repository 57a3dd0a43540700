"""Where commands may write: what is in the way stays as it is, and nothing is left half written."""

import os
import stat
import subprocess
import threading
from pathlib import Path

import pytest

from explainer import cli
from explainer.output import CannotWrite, check_file, write_file, write_folder
from tests.serving import EXPLAINER


def link_to_file(place: Path) -> None:
    (place.parent / "file").write_text("mine")
    place.symlink_to(place.parent / "file")


def link_to_nowhere(place: Path) -> None:
    place.symlink_to(place.parent / "nowhere")


def link_to_device(place: Path) -> None:
    place.symlink_to("/dev/null")


WAYS = [
    (Path.mkdir, "is a folder"),
    (link_to_file, "is a link"),
    (link_to_nowhere, "is a link"),
    (link_to_device, "is a link"),
]


@pytest.mark.parametrize(("put", "told"), WAYS)
def test_what_is_no_plain_file_is_not_replaced(put: object, told: str, tmp_path: Path):
    out = tmp_path / "out"
    put(out)  # type: ignore[operator]
    before = {path.name: path.lstat().st_mode for path in tmp_path.iterdir()}
    for write in (check_file, lambda out, force: write_file(out, b"new", force)):
        with pytest.raises(CannotWrite, match=told):
            write(out, True)
    with pytest.raises(CannotWrite, match="is there already"):
        write_folder(out, {"a": "new"})
    assert {path.name: path.lstat().st_mode for path in tmp_path.iterdir()} == before
    assert not (tmp_path / "file").exists() or (tmp_path / "file").read_text() == "mine"


def test_a_device_stays_one(capsys: pytest.CaptureFixture[str]):
    device = Path("/dev/null")
    with pytest.raises(CannotWrite, match="is a device"):
        write_file(device, b"new", force=True)
    for command in (
        ["capture", "--prompt", "a", "--force", "--out", "/dev/null"],
        ["build", "moe", "--out", "/dev/null"],
        ["new", "null", "--dir", "/dev"],
    ):
        assert cli.main(command) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert stat.S_ISCHR(device.lstat().st_mode)


def test_a_pipe_is_written_to(tmp_path: Path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write_file(pipe, b"all of it")
    reader.join()
    assert got == [b"all of it"]
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


def test_the_standard_output_of_a_line_is_a_pipe_too():
    code = "from explainer.output import *; write_file(Path('/dev/stdout'), b'all of it')"
    python = EXPLAINER.with_name("python")
    ran = subprocess.run([python, "-c", code], capture_output=True, check=True)
    assert ran.stdout == b"all of it"


@pytest.mark.parametrize("broken", ["write_bytes", "replace"])
def test_a_disk_that_is_full_leaves_the_old_file(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "out"
    write_file(out, b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, broken, fail)
    with pytest.raises(CannotWrite, match=f"cannot write .*{out.name}: No space left"):
        write_file(out, b"new", force=True)
    monkeypatch.undo()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert out.read_bytes() == b"old"


def test_new_on_a_full_disk_leaves_nothing_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    real = Path.write_text

    def fail(self: Path, text: str, **options: str) -> int:
        if self.name == "zh.md":
            raise OSError(28, "No space left on device")
        return real(self, text, **options)

    monkeypatch.setattr(Path, "write_text", fail)
    assert cli.main(["new", "my-lesson", "--dir", str(tmp_path)]) == 2
    assert "my_lesson: No space left on device" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    monkeypatch.undo()
    assert cli.main(["new", "my-lesson", "--dir", str(tmp_path)]) == 0
