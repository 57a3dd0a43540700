"""Measure the model, and write what was found into scores.json and the model card.

    python assets/tiny-llama/score.py assets/tiny-llama [--books BOOKS]

Head scores are those that explainer shows (explainer/live/overview.py).
"""

import argparse
import json
import math
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import data
import guide
import numpy as np
import torch

from explainer.live import load
from explainer.live.model import LiveModel

HELD_OUT = "held-out.txt"  # our own text, that training leaves out
MARKS = ("<!-- scores: written by score.py -->", "<!-- end of scores -->")
STORIES = 12  # documents that heads are measured on
REPEATED = (8, 50)  # sequences of random tokens, and how many tokens are said twice
PROMPTS = {  # and how many tokens are drawn
    "Once upon a time, there was a little girl named Lily.": 90,
    "One day, Tom could not find his ball.": 90,
    "The wolf said to the little pig,": 60,
    "When Mary and John went to the store, John gave an apple to": 12,
    "The capital of France is": 6,
    "The opposite of big is": 4,
    "The key is red. The hat is blue. What color is the key? The key is": 4,
    "moon river bell stone moon river bell": 5,
}
DOES = {  # what a high score means, in the mean weight that it says
    "previous": "looks at the token before",
    "induction": "looks at what followed the same token before, among random tokens",
    "induction in stories": "does so in stories",
    "first": "looks at the first token, `<s>`",
}
DRAWN = {"temperature": 0.8, "top_p": 0.95, "seed": 1}


def loss(model: LiveModel, texts: Sequence[str]) -> dict[str, float]:
    """Nats a token over the first CONTEXT tokens of each text, its end included; perplexity.

    Also the bits that a letter takes, which models with other tokenizers can be compared by.
    """
    total, tokens, letters = 0.0, 0, 0
    for ids in data.encode(model.tokenizer, texts):
        row = torch.tensor([[data.BOS, *ids][: data.CONTEXT]])
        with torch.no_grad():
            nats = model.network(input_ids=row, labels=row, use_cache=False).loss.item()
        total += nats * (row.shape[1] - 1)
        tokens += row.shape[1] - 1
        letters += len(model.tokenizer.decode(row[0], skip_special_tokens=True))
    mean = total / tokens
    return {
        "loss": round(mean, 3),
        "perplexity": round(math.exp(mean), 2),
        "bits per character": round(total / math.log(2) / letters, 3),
        "tokens": tokens,
    }


def repeated(seed: int = 0) -> list[list[int]]:
    """Sequences of random tokens, each said twice."""
    draw = random.Random(seed)
    count, length = REPEATED
    once = [draw.sample(range(2, data.VOCABULARY), length) for _ in range(count)]
    return [one * 2 for one in once]


def copying(model: LiveModel) -> float:
    """Share of the second halves of the random sequences whose tokens are predicted."""
    right = []
    for ids in repeated():
        with torch.no_grad():
            logits = model.network(input_ids=torch.tensor([[data.BOS, *ids]])).logits[0]
        half = len(ids) // 2
        # the first of the second half is a surprise
        right.append(logits[half + 1 : -1].argmax(-1) == torch.tensor(ids[half + 1 :]))
    return round(float(torch.stack(right).float().mean()), 3)


def heads(model: LiveModel, texts: Sequence[str]) -> dict[str, list[list[float]]]:
    """Mean scores of all heads by name, [layer][head], rounded.

    previous, first, entropy and "induction in stories" over some held-out stories, "induction"
    over random tokens that are said twice.
    """
    long = [text for text in texts if 300 < len(text) < 700][:STORIES]
    stories = [model.capture(text).overview(pixels=1).scores for text in long]
    start = model.tokenizer.decode([data.EOS + 1])
    copies = [model.capture(start, continued=ids).overview(pixels=1).scores for ids in repeated()]
    found = {name: [one[name] for one in stories] for name in ("previous", "first", "entropy")}
    found["induction"] = [one["induction"] for one in copies]
    found["induction in stories"] = [one["induction"] for one in stories]
    return {name: np.mean(each, 0).round(3).astype(float).tolist() for name, each in found.items()}


def best(scores: list[list[float]]) -> tuple[int, int]:
    """Layer and head of the highest score."""
    layer, head = np.unravel_index(np.argmax(scores), np.shape(scores))
    return int(layer), int(head)


def samples(model: LiveModel) -> list[dict[str, str]]:
    """How the prompts go on: the likeliest tokens, and drawn ones."""
    return [
        {
            "prompt": prompt,
            "greedy": _continued(model, prompt, count, temperature=0.0),
            "drawn": _continued(model, prompt, count, **DRAWN),
        }
        for prompt, count in PROMPTS.items()
    ]


def _continued(model: LiveModel, prompt: str, count: int, **how: Any) -> str:
    made = list(model.generate(prompt, count, **how))
    ids = [token.id for token in made[-1].tokens] if made else []
    return str(model.tokenizer.decode(ids, skip_special_tokens=True))[len(prompt) :]


def measured(folder: Path, books: Sequence[str]) -> dict[str, Any]:
    """All scores of the model in a folder."""
    model = load(folder, device="cpu", dtype="float32")
    texts = data.read(folder / HELD_OUT)
    return {
        "parameters": sum(weight.numel() for weight in model.network.parameters()),
        "stories": loss(model, texts),
        "books": loss(model, books) if books else None,
        "copying": copying(model),
        "heads": heads(model, texts),
        "samples": samples(model),
    }


def card(scores: dict[str, Any]) -> str:
    """The generated part of the model card."""
    return "\n\n".join([_training(scores), _losses(scores), _heads(scores), _samples(scores)])


def _training(scores: dict[str, Any]) -> str:
    run, size = scores["training"], scores["parameters"]
    return (
        f"## Training\n\n{size:,} parameters, {2 * size / 1e6:.1f} MB in bfloat16. "
        f"{run['steps']:,} steps, {run['tokens'] / 1e6:.1f} million tokens, in "
        f"{run['minutes']:.0f} minutes on {run['machine']}:\n\n    {run['command']}"
    )


def _losses(scores: dict[str, Any]) -> str:
    lines = [
        "| held out | nats a token | perplexity | bits a letter | tokens |",
        "|---|---:|---:|---:|---:|",
    ]
    for name in ("stories", "books"):
        if (found := scores[name]) is not None:
            numbers = " | ".join(f"{value:,}" for value in found.values())
            lines.append(f"| {name} | {numbers} |")
    return (
        "## Loss\n\n" + "\n".join(lines) + "\n\nOf random tokens that are said twice "
        f"({REPEATED[1]} of them), it predicts {scores['copying']:.0%} of the second time."
    )


def _heads(scores: dict[str, Any]) -> str:
    found = scores["heads"]
    names = list(found)
    lines = [f"| head | {' | '.join(names)} | |", "|---|" + "---:|" * len(names) + "---|"]
    tops = {name: best(found[name]) for name in names if name != "entropy"}
    for layer, row in enumerate(found["previous"]):
        for head in range(len(row)):
            cells = []
            for name in names:
                value = f"{found[name][layer][head]:.2f}"
                cells.append(f"**{value}**" if tops.get(name) == (layer, head) else value)
            kind = guide.HEADS.get((layer, head))
            note = f"guided to {kind}" if kind else ""
            lines.append(f"| {layer}.{head} | {' | '.join(cells)} | {note} |")
    notable = []
    for name, does in DOES.items():
        layer, head = tops[name]
        notable.append(f"- Head {layer}.{head} {does}: {found[name][layer][head]:.2f}.")
    return (
        "## Heads\n\nLayer and head count from 0. The most of each kind:\n\n"
        + "\n".join(notable)
        + "\n\nAll of them, the highest of each score in bold:\n\n"
        + "\n".join(lines)
    )


def _samples(scores: dict[str, Any]) -> str:
    how = ", ".join(f"{name} {value}" for name, value in DRAWN.items())
    parts = [
        "## Samples\n\nAs they came; ⏎ is a line break. First the likeliest token each time, "
        f"then drawn ({how})."
    ]
    for one in scores["samples"]:
        said = (one[way].strip().replace("\n", " ⏎ ") for way in ("greedy", "drawn"))
        parts.append(f"**{one['prompt']}**\n" + "\n".join(f"- {text}" for text in said))
    return "\n\n".join(parts)


def write(folder: Path, books: Sequence[str], training: dict[str, Any] | None = None) -> None:
    """Measure the model in a folder; write scores.json, and the marked part of README.md."""
    file = folder / "scores.json"
    before = json.loads(file.read_text()) if file.exists() else {}
    scores = {"training": training or before["training"], **measured(folder, books)}
    if scores["books"] is None and training is None:
        scores["books"] = before.get("books")  # measured when the books were at hand
    file.write_text(json.dumps(scores, indent=1, ensure_ascii=False) + "\n")
    render(folder, scores)


def render(folder: Path, scores: dict[str, Any]) -> None:
    """Write the marked part of README.md from the scores."""
    readme, ours = folder / "README.md", Path(__file__).with_name("README.md")
    head, rest = (readme if readme.exists() else ours).read_text().split(MARKS[0])
    tail = rest.split(MARKS[1])[1]
    readme.write_text(f"{head}{MARKS[0]}\n\n{card(scores)}\n\n{MARKS[1]}{tail}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--books", type=Path, help="the books that it was trained with")
    asked = parser.parse_args()
    write(asked.folder, data.books(asked.books)[1])
