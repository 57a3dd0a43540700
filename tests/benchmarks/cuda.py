"""Live mode at real size: the shape of Llama 3 8B with random weights, on a CUDA device.

`python -m tests.benchmarks.cuda` prints a Markdown table with date and card. It needs about 16 GB
for the weights and 14 GB for the rest. `--tiny --device cpu` only tries whether it runs.
"""

import argparse
import datetime
import statistics

import torch

from explainer.live.recorder import ATTENTION
from tests.benchmarks import llamas
from tests.benchmarks.llamas import interleaved, ratio, row

PIXELS = 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tiny", action="store_true", help="a small shape and a short prompt")
    parser.add_argument("--device", default="cuda", help="cuda, cuda:1, or cpu with --tiny")
    parser.add_argument("--tokens", type=int, help="of the prompt (8192)")
    options = parser.parse_args()
    device = options.device
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise SystemExit("This needs CUDA, and PyTorch finds no CUDA device here.")
    tokens = options.tokens or (100 if options.tiny else 8192)
    shape = llamas.TINY if options.tiny else llamas.LLAMA_3_8B
    on_gpu = device.startswith("cuda")
    model = llamas.model(shape, device, torch.bfloat16 if on_gpu else torch.float32)
    card = torch.cuda.get_device_name(device) if on_gpu else "CPU"
    print(f"{datetime.date.today()}, {card}, torch {torch.__version__}; "
          f"{model.layers} layers × {model.heads} heads, {tokens:,} tokens\n")  # fmt: skip

    text = llamas.prompt(tokens)
    capture = model.capture(text)
    ids = torch.tensor([[token.id for token in capture.tokens]], device=device)

    def plain() -> None:
        # to the CPU, as a capture's logits are
        llamas.forward(model, ids).logits[0, -1].float().cpu()

    runs = {"plain": ("sdpa", plain), "capture": (ATTENTION, lambda: model.capture(text))}
    times = interleaved(model, runs, 10)
    last = slice(-PIXELS, None)
    looks = {
        "map": lambda: capture.attention(1, 1, pixels=PIXELS),
        "window": lambda: capture.attention(1, 1, last, last),
        "first": lambda: next(capture.overviews()),
        "overview": capture.overview,
    }
    looked = interleaved(model, {name: (ATTENTION, look) for name, look in looks.items()}, 5)
    ms = {name: statistics.median(series) * 1000 for name, series in (times | looked).items()}
    print("| measured | median | goal |\n|---|---:|---:|")
    print(row("plain forward", ms["plain"], "ms"))
    print(row("capture ÷ plain forward, time", ratio(times, "capture", "plain"), "", "≤ 1.05"))
    print(row("kept by a capture", capture.nbytes / 2**30, "GiB"))
    print(row(f"one head's map, all, in {PIXELS}² pixels", ms["map"], "ms", "< 50 ms"))
    print(row(f"one head's map, the last {PIXELS}² weights exact", ms["window"], "ms", "< 50 ms"))
    heads = model.layers * model.heads
    print(row(f"overview of all {heads:,} heads, first pass", ms["first"], "ms"))
    print(row(f"overview of all {heads:,} heads, every row", ms["overview"] / 1000, "s", "< 1 s"))
    if on_gpu:
        print(row("peak memory of the device", torch.cuda.max_memory_allocated() / 2**30, "GiB"))


if __name__ == "__main__":
    main()
