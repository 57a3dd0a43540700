"""A page as PDF, printed by a Chromium of this machine."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from explainer.errors import ExplainerError

NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "brave-browser",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
INSTEAD = "name one in CHROMIUM, or write --out sheets.html and print it in any browser"


class CannotPrint(ExplainerError):
    """There is no Chromium, or it has not printed."""


def browser() -> str:
    """The Chromium to print with: what CHROMIUM names, else one that is installed.

    Raises CannotPrint where there is none.
    """
    if named := os.environ.get("CHROMIUM"):
        if found := shutil.which(named):
            return found
        raise CannotPrint(f"CHROMIUM={named} is not a program; {INSTEAD}")
    if found := next(filter(None, map(shutil.which, NAMES)), None):
        return found
    raise CannotPrint(f"a PDF needs Chromium, Chrome or Edge, and none is here: {INSTEAD}")


def printed(html: str, program: str, patience: float) -> bytes:
    """A page, which has to be drawn when it is loaded, as PDF; patience: in seconds.

    Raises CannotPrint when the browser does not do it.
    """
    with tempfile.TemporaryDirectory(prefix="explainer-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "page.html").write_text(html, encoding="utf-8")
        out = folder / "page.pdf"
        options = [
            "--headless",
            "--disable-gpu",
            "--disable-background-networking",
            "--no-first-run",
            "--no-pdf-header-footer",
            "--disable-pdf-tagging",  # an eighth of the size: this is for paper
            f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={out}",
            # root has no sandbox to start with
            *(["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),
        ]
        try:
            ran = subprocess.run(
                [program, *options, (folder / "page.html").as_uri()],
                capture_output=True,
                timeout=patience,
            )
        except subprocess.TimeoutExpired:
            raise CannotPrint(f"{program} did not print within {patience:.0f} s") from None
        except OSError as error:
            raise CannotPrint(f"{program} does not start: {error.strerror or error}") from None
        if not out.is_file():
            told = ran.stderr.decode(errors="replace").split("\n")
            last = next((line for line in reversed(told) if line.strip()), f"code {ran.returncode}")
            raise CannotPrint(f"{program} has printed nothing: {last}")
        return out.read_bytes()
