"""What a static page costs: its bytes, the time until it is usable, and the building of it.

`python -m tests.benchmarks.site` prints the table alone; `make bench` prints it with the others.
"""

import argparse
import gzip
import io
import statistics
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from explainer import cli
from explainer.catalog import Catalog
from explainer.site import pages
from tests.benchmarks.browser import USABLE

COMPARED = "self-attention"
PRINTED = "moe"  # whose worksheets are the longest
# What Chromium itself takes to open a file and paint a cell, by the same measure.
EMPTY = "<!doctype html><meta charset=utf-8><table data-place=X><tr><td>1</table>"


def main() -> None:
    from tests.benchmarks.__main__ import ARGUMENTS, executable

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few repetitions")
    repetitions = 3 if parser.parse_args().quick else 24
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        print("\n".join(table(chromium, repetitions)))
        chromium.close()


def table(chromium: Browser, repetitions: int) -> list[str]:
    """The lines of a Markdown table."""
    lines = [
        "| static pages, opened as files | gzipped | usable, median | p95 |",
        "|---|---:|---:|---:|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        site, single, panel = Path(folder, "site"), Path(folder, "single"), Path(folder, "panel")
        panel.mkdir()
        build = ["build", "--out"]
        building = timed(lambda: quiet([*build, str(site)]), repetitions)
        quiet([*build, str(single), "--single", COMPARED])
        saving = timed(lambda: save(panel / f"{COMPARED}.html"), max(3, repetitions // 4))
        script = site / pages.SCRIPT
        for id in Catalog().ids():
            page = site / f"{id}.html"
            lines.append(line(id, [page, script], usable(chromium, page, repetitions)))
        for name, path in (("as a single file", single), ("by `panel.save`", panel)):
            page = path / f"{COMPARED}.html"
            lines.append(line(f"{COMPARED}, {name}", [page], usable(chromium, page, repetitions)))
        sheets = Path(folder, "sheets.html")
        command = ["worksheet", PRINTED, "--papers", "1-30", "--key", "--force", "--out"]

        def drawn() -> None:
            quiet([*command, str(sheets)])
            tab = chromium.new_page()
            tab.goto(sheets.as_uri())
            tab.close()

        few = max(3, repetitions // 4)
        drawing = timed(drawn, few)
        printing = timed(lambda: quiet([*command, str(sheets.with_suffix(".pdf"))]), few)
        page = Path(folder, "empty.html")
        page.write_text(EMPTY, encoding="utf-8")
        lines.append(line("one cell and no script", [page], usable(chromium, page, repetitions)))
    built = f"the whole site, {len(Catalog().ids())} lessons, by `explainer build`"
    lines += [
        "",
        "| to write | median | p95 |",
        "|---|---:|---:|",
        f"| {built} {seconds(building)}",
    ]
    lines.append(f"| one lesson, by `panel.save` with embedded state {seconds(saving)}")
    lines.append(
        f"| 30 worksheets of {PRINTED} with keys, until a browser has them {seconds(drawing)}"
    )
    lines.append(f"| the same, as PDF {seconds(printing)}")
    return lines


def line(name: str, files: list[Path], times: list[float]) -> str:
    size = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files) / 1000
    high = statistics.quantiles(times, n=20, method="inclusive")[-1]
    return f"| {name} | {size:.1f} kB | {statistics.median(times):.0f} ms | {high:.0f} ms |"


def seconds(times: list[float]) -> str:
    high = statistics.quantiles(times, n=20, method="inclusive")[-1]
    return f"| {statistics.median(times):.2f} s | {high:.2f} s |"


def timed(action: Callable[[], object], repetitions: int) -> list[float]:
    """Seconds, once it has run: the first time imports and compiles."""
    action()
    times = []
    for _ in range(repetitions):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return times


def usable(chromium: Browser, page: Path, repetitions: int) -> list[float]:
    """Milliseconds from the navigation until a matrix is painted, each in a new context.

    A page notes the time by itself and is asked for it once it has loaded: a question before that
    would be answered by the thread that is measured, 35 to 45 ms of RLHF's time.
    """
    times = []
    for _ in range(repetitions):
        context = chromium.new_context(viewport={"width": 1440, "height": 860}, offline=True)
        tab = context.new_page()
        tab.add_init_script(USABLE)
        tab.goto(page.as_uri(), wait_until="load")
        times.append(float(tab.evaluate("window.usable")))
        context.close()
    return times


def quiet(arguments: list[str]) -> None:
    with redirect_stdout(io.StringIO()):
        assert cli.main(arguments) == 0


def save(path: Path) -> None:
    """The same lesson by Panel's own means, all in one file."""
    from bokeh.resources import INLINE

    from explainer.stage.component import Stage

    sheet = Catalog().sheet(COMPARED)
    stage = Stage(sheet=sheet, language="en", url="hash", sizing_mode="stretch_both")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        stage.save(path, embed=True, resources=INLINE, title=sheet["id"])


if __name__ == "__main__":
    main()
