"""What live mode costs on a CPU: captures beside plain forwards, maps, the overview, serving.

Run alone by `python -m tests.benchmarks.live`; `make bench` runs it after the lessons' figures.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import torch

from explainer import paths
from explainer.live import Capture, LiveModel, load
from explainer.live.recorder import ATTENTION
from tests.benchmarks import llamas
from tests.benchmarks.llamas import interleaved, ratio, row
from tests.live.llamas import save, tokenizer
from tests.serving import serving

LENGTHS = {256: 9, 1024: 5, 4096: 2}  # tokens, and how often each is run
PIXELS = 512  # of the map in view
TINY_TOKENS = 64
WAYS = ("plain", "capture", "eager")


def main(quick: bool = False) -> None:
    """Print the table."""
    torch.set_num_threads(1)
    print(f"\nLive mode on a CPU, one thread, torch {torch.__version__}; times of the model are "
          f"processor time (load of the machine {os.getloadavg()[0]:.0f})\n")  # fmt: skip
    print("| measured | median | goal |\n|---|---:|---:|")
    small = llamas.model(llamas.SMALL, "cpu", torch.float32)
    for length, repetitions in [(256, 2)] if quick else LENGTHS.items():
        _model(f"8 layers × 8 heads, {length:,} tokens", small, length, repetitions)
    folder = paths.assets() / "tiny-llama"
    if (folder / "config.json").is_file():
        _model(f"tiny-llama, {TINY_TOKENS} tokens", load(folder), TINY_TOKENS, 5 if quick else 25)
    serving_starts(2 if quick else 5)
    first_map(2 if quick else 8)


def _model(name: str, model: LiveModel, length: int, repetitions: int) -> None:
    """The rows of one model at one length."""
    text = _text(model, length)
    capture = model.capture(text)
    ids = torch.tensor([[token.id for token in capture.tokens]])
    plain = ("sdpa", lambda: llamas.forward(model, ids))
    eager = ("eager", lambda: llamas.forward(model, ids, output_attentions=True))
    ours = (ATTENTION, lambda: model.capture(text))
    times = interleaved(model, {"plain": plain, "capture": ours}, repetitions)
    _tell(f"{name}: plain forward", _ms(times["plain"]), "ms")
    _tell(f"{name}: capture ÷ plain, time", ratio(times, "capture", "plain"), goal="≤ 1.05")
    dear = length > 2000
    times = interleaved(
        model, {"eager": eager, "capture": ours}, 1 if dear else 3, 0 if dear else 1
    )
    _tell(f"{name}: output_attentions ÷ capture, time", ratio(times, "eager", "capture"))
    if name.startswith("8"):
        peaks = {way: _peak(way, length) for way in WAYS}
        _tell(f"{name}: plain forward, peak memory", peaks["plain"], "MiB")
        _tell(f"{name}: capture, peak memory", peaks["capture"], "MiB")
        _tell(f"{name}: output_attentions, peak memory", peaks["eager"], "MiB")
    _tell(f"{name}: kept by a capture", capture.nbytes / 2**20, "MiB")
    _looked_at(name, capture, repetitions)


def _looked_at(name: str, capture: Capture, repetitions: int) -> None:
    """What it takes to look at a capture."""
    length = len(capture.tokens)
    window = slice(max(0, length - 256), length)
    times = interleaved(
        capture.model,
        {
            "exact": (ATTENTION, lambda: capture.attention(1, 1, window, window)),
            "pooled": (ATTENTION, lambda: capture.attention(1, 1, pixels=PIXELS)),
            "first": (ATTENTION, lambda: next(capture.overviews())),
        },
        repetitions,
    )
    side = window.stop - window.start
    _tell(f"{name}: a head's map, {side}² weights exact", _ms(times["exact"]), "ms")
    if length > PIXELS:
        _tell(f"{name}: a head's map, all, in {PIXELS}² pixels", _ms(times["pooled"]), "ms")
    _tell(f"{name}: overview, first pass", _ms(times["first"]), "ms")
    whole = [llamas.seconds(capture.overview) for _ in range(repetitions)]
    _tell(f"{name}: overview, every row", _ms(whole), "ms")


def _text(model: LiveModel, tokens: int) -> str:
    """A prompt of so many tokens."""
    own = model.tokenizer
    if own.vocab_size <= len(tokenizer()):
        return llamas.prompt(tokens)  # a token a letter
    story = "Once upon a time there was a little girl. She had a red ball and a big dog. " * 9
    return str(own.decode(own(story)["input_ids"][:tokens], skip_special_tokens=True))


def _ms(times: list[float]) -> float:
    return statistics.median(times) * 1000


def _tell(name: str, value: float, unit: str = "", goal: str = "") -> None:
    print(row(name, value, unit, goal), flush=True)


def _peak(way: str, length: int) -> float:
    """MiB that a run of the small Llama adds to what a process has held, in one of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.live", "--peak", way, str(length)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(ran.stdout)


def _measure_peak(way: str, length: int) -> None:
    model = llamas.model(llamas.SMALL, "cpu", torch.float32)
    for tokens in (16, length):  # the first warms up
        text = llamas.prompt(tokens)
        ids = torch.tensor([[token.id for token in model.tokens(text)]])
        Path("/proc/self/clear_refs").write_text("5")  # count the peak from here on
        before = _memory("VmRSS")
        with llamas.attending(model, {"plain": "sdpa", "capture": ATTENTION}.get(way, way)):
            if way == "capture":
                kept = model.capture(text)
            else:
                kept = llamas.forward(model, ids, output_attentions=way == "eager")
        del kept
    print(_memory("VmHWM") - before)


def _memory(name: str) -> float:
    """MiB of this process, as Linux counts them."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def serving_starts(repetitions: int) -> None:
    """From the command to the first answer, and the same work as processor time."""
    import psutil

    waited, worked = [], []
    for _ in range(repetitions):
        started = time.perf_counter()
        with serving() as served:
            waited.append(time.perf_counter() - started)
            used = psutil.Process(served.process.pid).cpu_times()
            worked.append(used.user + used.system)
    _tell("explainer serve: until it answers", statistics.median(waited), "s")
    _tell("explainer serve: processor time until then", statistics.median(worked), "s")


# Of the interior of the map: 1 in 97 of its pixels, summed; 0 while what is there is stale.
DRAWN = """
window.drawn = () => {
  const deep = (root) => {
    const found = root.querySelector(".plot:not(.stale) canvas.under");
    if (found) return found;
    for (const element of root.querySelectorAll("*")) {
      const inner = element.shadowRoot && deep(element.shadowRoot);
      if (inner) return inner;
    }
    return null;
  };
  const canvas = deep(document);
  if (!canvas || !canvas.width) return 0;
  const edge = Math.round(canvas.width * 0.3);
  const side = Math.round(canvas.width * 0.6);
  const { data } = canvas.getContext("2d").getImageData(edge, edge, side, side);
  let sum = 0;
  for (let i = 0; i < data.length; i += 97) sum = (sum * 31 + data[i]) % 1000003;
  return sum;
};
"""


def first_map(repetitions: int) -> None:
    """From Ctrl+Enter in the prompt to the first map of it painted, the model being loaded."""
    from playwright.sync_api import sync_playwright

    from tests.benchmarks.__main__ import ARGUMENTS, executable
    from tests.benchmarks.browser import Series, act

    prompts = [f"sentence number {number:02}: the cat sat on the mat" for number in range(99)]
    with tempfile.TemporaryDirectory() as folder:
        place = save(Path(folder) / "random", **llamas.SMALL | {"vocab_size": 300})
        with serving("--model", str(place)) as served, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
            page = chromium.new_page(
                viewport={"width": 1440, "height": 860},
                bypass_csp=True,  # ours forbids what the measuring does: eval
            )
            page.add_init_script(DRAWN)
            page.goto(f"{served.url}/live?prompt=sentence+number+xx:+the+cat+sat+on+the+mat")
            page.wait_for_function("window.drawn() > 0", timeout=120_000)
            page.wait_for_timeout(3000)
            series = Series()
            field = page.locator("textarea").first
            for text in prompts[:repetitions]:
                field.fill(text)
                page.evaluate("window.before = window.drawn()")
                done = "window.drawn() && window.drawn() !== window.before"
                act(page, series, "keydown", lambda: field.press("Control+Enter"), done)
                page.wait_for_timeout(500)
            chromium.close()
    waited = statistics.median(series.waited)
    _tell("random Llama, 49 tokens: prompt to first map painted", waited, "ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few repetitions, short prompts only")
    parser.add_argument("--peak", nargs=2, metavar=("WAY", "TOKENS"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.peak:
        _measure_peak(options.peak[0], int(options.peak[1]))
    else:
        main(options.quick)
