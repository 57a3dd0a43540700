"""Prints, as Markdown tables, what `make bench` measures; --quick only tries whether it runs."""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from explainer.catalog import Catalog
from tests.benchmarks import browser as reader
from tests.benchmarks import live, site
from tests.benchmarks.sessions import open_sessions
from tests.serving import get, serving

# The first lesson and the largest sheet, each with a matrix that all the rest follows from.
SHEETS = {"self-attention": "X", "rlhf": "E"}
MIB = 2**20
ARGUMENTS = [
    "--no-sandbox",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few repetitions")
    quick = parser.parse_args().quick
    repetitions, sessions = (3, 5) if quick else (24, 100)
    first = next(iter(SHEETS))
    with serving() as served:
        cost = open_sessions(f"{served.url}/lesson/{first}", served.process.pid, sessions)
    with serving() as served, comparison() as other, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        wide = {"viewport": {"width": 1440, "height": 860}}
        trips = reader.round_trips(chromium.new_page(**wide), other, repetitions)
        acts: dict[str, reader.Series] = {}
        for lesson, place in SHEETS.items():
            url = f"{served.url}/lesson/{lesson}"
            last = Catalog().sheet(lesson)["graphs"]["hand"]["steps"][-1]["id"]
            acts[f"{lesson}, “next”"] = reader.next_clicks(
                chromium.new_page(**wide), url, repetitions
            )
            acts[f"{lesson}, an edited cell"] = reader.edits(
                chromium.new_page(**wide), url, last, place, repetitions
            )
            acts[f"{lesson}, a filled box"] = reader.fills(
                chromium.new_page(**wide), url, last, repetitions
            )
        cold, warm = reader.openings(chromium, f"{served.url}/lesson/{first}", repetitions)
        version = chromium.version
        chromium.close()

    with sync_playwright() as playwright:  # a browser without the tabs of all the above
        chromium = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        static = site.table(chromium, repetitions)
        chromium.close()

    trip = reader.median(trips.waited)
    print(f"Chromium {version}, {os.cpu_count()} cores; {repetitions} repetitions; "
          f"{sessions} sessions open at a time\n")  # fmt: skip
    print("| measured | median | p95 |\n|---|---:|---:|")
    for name, series in acts.items():
        row(f"{name}: scripting, style and layout", series.worked, "ms")
        row(f"{name}: the same, main thread's own time", series.computed, "ms")
        row(f"{name}: scripting, style and layout of the next frame", series.later, "ms")
        row(f"{name}: input to paint", series.waited, "ms")
    row("a Panel round trip: input to paint", trips.waited, "ms")
    for name, series in acts.items():
        row(f"{name}, as a share of a Panel round trip", [w / trip for w in series.waited], "")
    row("a session: creating it, page and document", cost.milliseconds, "ms")
    print(f"| a session: memory of the server | {cost.mebibytes:.2f} MiB | |")
    for name, opening in (("cold", cold), ("warm", warm)):
        row(f"a lesson page, {name}: transferred", [b / 1000 for b in opening.bytes], "kB")
        row(f"a lesson page, {name}: until usable", opening.usable, "ms")
    print("", *static, sep="\n")
    live.main(quick)


def row(name: str, values: list[float], unit: str) -> None:
    digits = 0 if reader.median(values) >= 100 else 1 if reader.median(values) >= 1 else 2
    print(
        f"| {name} | {reader.median(values):.{digits}f} {unit} "
        f"| {reader.p95(values):.{digits}f} {unit} |"
    )


def executable() -> str:
    """The machine's own browser; `make bench` names it."""
    found = (
        os.environ.get("CHROMIUM")
        or shutil.which("chromium-headless-shell")
        or shutil.which("chromium")
    )
    if not found:
        raise SystemExit("There is no Chromium: `make bench` finds or installs one.")
    return found


@contextmanager
def comparison() -> Iterator[str]:
    """The address of the Panel app that we compare with, while the block runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = Path(__file__).with_name("round_trip.py")
    process = subprocess.Popen([sys.executable, str(script), str(port)])
    url = f"http://localhost:{port}/"
    try:
        for _ in range(300):
            try:
                get(url)
                break
            except OSError:
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(10)


if __name__ == "__main__":
    main()
