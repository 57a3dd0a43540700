"""`explainer worksheet`, as a person types it: what it writes, and one line for every mistake."""

import re
from pathlib import Path

import pytest

from explainer.cli import main
from explainer.site import pdf
from tests.browser.conftest import browser_type_launch_args  # noqa: F401

Capture = pytest.CaptureFixture[str]
SIZES = {"a4": b"/MediaBox [0 0 595 842]", "letter": b"/MediaBox [0 0 612 792]"}


def mistake(capsys: Capture, *arguments: str) -> str:
    """The one line that a mistaken command leaves on stderr."""
    assert main(["worksheet", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("explainer: ") and err.count("\n") == 1
    return err


@pytest.mark.parametrize(
    "papers", ["3-1", "-1", "all", "1000", "1-1000000000000", "1,,2", "1.5", "", "0x1"]
)
def test_papers_that_there_are_not(capsys: Capture, tmp_path: Path, papers: str):
    out = tmp_path / "sheets.html"
    told = mistake(capsys, "lora", f"--papers={papers}", "--out", str(out))
    assert "write 1-30 or 1,4,9, from 0 to 999" in told
    assert not out.exists()


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["lora"], "--out"),
        (["loro", "--out", "{}/a.html"], "there is no lesson 'loro'"),
        (["lora", "--lang", "fr", "--out", "{}/a.html"], "it has en, zh"),
        (["lora", "--base", "example.org", "--out", "{}/a.html"], "is not an address such as"),
        (["lora", "--paper-size", "a3", "--out", "{}/a.html"], "a4"),
        (["lora", "--out", "{}"], "is a folder; name a file in it"),
        (["lora", "--out", "{}/none/a.html"], "there is no folder"),
    ],
)
def test_what_is_wrong_is_told(capsys: Capture, tmp_path: Path, arguments: list[str], why: str):
    assert why in mistake(capsys, *[one.format(tmp_path) for one in arguments])


def test_a_lesson_with_one_set_of_numbers_has_one_paper(capsys: Capture, tmp_path: Path):
    assert main(["new", "my-lesson", "--dir", str(tmp_path)]) == 0
    capsys.readouterr()
    chosen = ["my-lesson", "--lessons", str(tmp_path), "--out", str(tmp_path / "a.html")]
    assert "my-lesson has paper 0 only" in mistake(capsys, *chosen, "--papers", "1-3")
    assert main(["worksheet", *chosen]) == 0
    assert "1 worksheet, " in capsys.readouterr().out
    assert "is there already; --force replaces it" in mistake(capsys, *chosen)


def test_without_a_browser_a_pdf_is_refused_with_what_to_do(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = str(tmp_path / "sheets.pdf")
    monkeypatch.setenv("CHROMIUM", "no-such-browser")
    assert "CHROMIUM=no-such-browser is not a program; name" in mistake(
        capsys, "lora", "--out", out
    )
    monkeypatch.delenv("CHROMIUM")
    monkeypatch.setattr(pdf, "NAMES", ())
    assert "write --out sheets.html and print it" in mistake(capsys, "lora", "--out", out)
    failing = tmp_path / "failing"
    failing.write_text("#!/bin/sh\necho it has failed >&2\nexit 3\n")
    failing.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(failing))
    assert "has printed nothing: it has failed" in mistake(capsys, "lora", "--out", out)


def test_a_pdf_has_a_page_for_each_key(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    browser_type_launch_args: dict[str, str],  # noqa: F811
):
    monkeypatch.setenv("CHROMIUM", browser_type_launch_args["executable_path"])
    counts = {}
    for options in ("", "--key"):
        out = tmp_path / f"sheets{options}.pdf"
        chosen = ["transformer-block", "--paper-size", "letter"]
        assert main(["worksheet", *chosen, *options.split(), "--out", str(out)]) == 0
        content = out.read_bytes()
        assert content.startswith(b"%PDF-") and SIZES["letter"] in content
        counts[options] = len(re.findall(rb"/Type /Page\b", content))
    assert counts["--key"] == counts[""] + 1
