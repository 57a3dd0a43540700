"""Train the model that explainer ships, from nothing, on a CPU.

    python assets/tiny-llama/train.py --out assets/tiny-llama --minutes 90 --seed 1

writes its own text, trains a tokenizer and the model, scores it, and writes all that is in this
folder, the numbers of the model card included. --books mixes in a file of books (a line
`<|doc|>` ends each document). Cut off, the same command goes on from --work. A file named
`finish` there makes training come to its end early.
"""

import argparse
import platform
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import data
import grammar
import guide
import score
import torch
from muon import Muon
from transformers import GenerationConfig, LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

BATCH = 8  # rows
RATES = (4e-3, 4e-3)  # of Muon and of AdamW
WARM = 50  # steps
DECAY = 0.25  # of the time: its last part, in which the rates fall to 0
GUIDE = (0.2, 0.35)  # of the time: the guided heads' loss is whole until, and none after
INDUCTION = (0.25, 0.125)  # of the rows: at first, and when the guided heads are let go
AVERAGE = 0.98  # what is shipped is an average of the weights over the last 50 steps or so
SAVE = 240  # seconds from checkpoint to checkpoint
LOG = 20  # steps
CHARACTERS = 16_000_000  # letters of our own text; more than one run reads
HELD_OUT = 16_000  # letters of it to measure by


def config() -> LlamaConfig:
    """The shape of the model."""
    return LlamaConfig(
        vocab_size=data.VOCABULARY,
        hidden_size=128,
        intermediate_size=384,
        num_hidden_layers=4,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=data.CONTEXT,
        tie_word_embeddings=True,
        bos_token_id=data.BOS,
        eos_token_id=data.EOS,
    )


@dataclass
class Clock:
    """How far training is, by the time that it may take."""

    minutes: float
    spent: float = 0.0
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Spent so far, before a cut included."""
        return self.spent + time.monotonic() - self.started

    @property
    def share(self) -> float:
        """Of all the time, from 0 to 1."""
        return min(1.0, self.seconds / 60 / self.minutes)

    def finish(self) -> None:
        """Begin to decay now, unless that has begun."""
        if self.share < 1 - DECAY:
            self.minutes = self.seconds / 60 / (1 - DECAY)


class Trainer:
    """A model in training, and all that must be kept to go on with it."""

    def __init__(self, clock: Clock, batches: data.Batches) -> None:
        self.clock, self.batches = clock, batches
        self.model = LlamaForCausalLM._from_config(config(), attn_implementation=guide.ATTENTION)
        matrices = [w for w in self.model.model.layers.parameters() if w.ndim == 2]
        others = [w for w in self.model.parameters() if all(w is not m for m in matrices)]
        self.optimizers: list[torch.optim.Optimizer] = [
            Muon(matrices, lr=RATES[0]),
            torch.optim.AdamW(others, lr=RATES[1], betas=(0.9, 0.98), weight_decay=0.0),
        ]
        self.average = [w.detach().clone() for w in self.model.parameters()]
        self.steps = 0
        self.log: list[tuple[float, ...]] = []

    @property
    def rate(self) -> float:
        """Share of the full learning rates: up in the first steps, down at the end."""
        return min(1.0, (self.steps + 1) / WARM, (1 - self.clock.share) / DECAY)

    @property
    def push(self) -> float:
        """Weight of the guided heads' loss."""
        whole, none = GUIDE
        return min(1.0, max(0.0, (none - self.clock.share) / (none - whole)))

    def step(self) -> None:
        """One update."""
        push, pushed = self.push, torch.zeros(())
        ids, labels = self.batches.next(BATCH, INDUCTION[0] if push == 1 else INDUCTION[1])
        with guide.keeping(push > 0) as kept:
            loss = self.model(input_ids=ids, labels=labels, use_cache=False).loss
        if push > 0:
            pushed = guide.loss(kept, ids)
        (loss + push * pushed).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer, full in zip(self.optimizers, RATES, strict=True):
            for group in optimizer.param_groups:
                group["lr"] = full * self.rate
            optimizer.step()
            optimizer.zero_grad()
        self.steps += 1
        weights = [w.detach() for w in self.model.parameters()]
        torch._foreach_lerp_(self.average, weights, 1 - min(AVERAGE, self.steps / (self.steps + 9)))
        self.log.append((self.clock.seconds, loss.item(), pushed.item()))

    def state(self) -> dict[str, Any]:
        """All that is needed to go on."""
        return {
            "model": self.model.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "average": self.average,
            "steps": self.steps,
            "spent": self.clock.seconds,
            "log": self.log,
        }

    def resume(self, state: dict[str, Any]) -> None:
        """Go on from a state."""
        self.model.load_state_dict(state["model"])
        for optimizer, kept in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(kept)
        self.average, self.steps, self.log = state["average"], state["steps"], state["log"]
        self.clock.spent = state["spent"]

    def export(self, folder: Path) -> None:
        """Write the averaged weights, as bfloat16, as a model in transformers' format."""
        made = LlamaForCausalLM(config())
        with torch.no_grad():
            for weight, average in zip(made.parameters(), self.average, strict=True):
                weight.copy_(average)
        made.generation_config = GenerationConfig(bos_token_id=data.BOS, eos_token_id=data.EOS)
        made.to(torch.bfloat16).save_pretrained(folder)


def train(trainer: Trainer, work: Path) -> None:
    """Step until the time is over."""
    saved = time.monotonic()
    while trainer.clock.share < 1:
        trainer.step()
        if trainer.steps % LOG == 0:
            seconds, losses, pushes = zip(*trainer.log[-LOG:], strict=True)
            print(
                f"step {trainer.steps}  {seconds[-1] / 60:.1f} min  loss {sum(losses) / LOG:.3f}"
                f"  guided {sum(pushes) / LOG:.3f}  rate {trainer.rate:.2f}",
                flush=True,
            )
        if (work / "finish").exists():
            trainer.clock.finish()
        if time.monotonic() - saved > SAVE:
            save(trainer, work)
            saved = time.monotonic()
    save(trainer, work)


def save(trainer: Trainer, work: Path) -> None:
    """Write the checkpoint; a cut while writing leaves the one before."""
    torch.save(trainer.state(), work / "checkpoint.new")
    (work / "checkpoint.new").replace(work / "checkpoint.pt")


def machine(threads: int) -> str:
    """What kind of machine this is."""
    name = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists() and (found := re.search(r"model name\s*: (.*)", info.read_text())):
        name = found[1]
    return f"{threads} CPU cores ({name})"


def arguments() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    parser.add_argument("--work", type=Path, default=Path("tiny-llama-work"), help="checkpoints")
    parser.add_argument("--books", type=Path, help="a file of books to mix in")
    parser.add_argument("--minutes", type=float, default=90)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    return parser.parse_args()


def main() -> None:
    """Make the whole folder."""
    asked = arguments()
    torch.set_num_threads(asked.threads)
    torch.manual_seed(asked.seed)
    asked.work.mkdir(parents=True, exist_ok=True)

    held_out = grammar.text(HELD_OUT, asked.seed + HELD_OUT)
    ours = grammar.text(CHARACTERS, asked.seed, without=set(held_out))
    theirs, theirs_held_out = data.books(asked.books)
    if (asked.work / "tokenizer").exists():
        tokenizer = PreTrainedTokenizerFast.from_pretrained(asked.work / "tokenizer")
    else:
        tokenizer = data.make_tokenizer(ours[:12000] + theirs)
        tokenizer.save_pretrained(asked.work / "tokenizer")

    encoded = (data.encode(tokenizer, some) for some in (ours, theirs))
    trainer = Trainer(Clock(asked.minutes), data.Batches(*encoded, seed=asked.seed))
    if (asked.work / "checkpoint.pt").exists():
        trainer.resume(torch.load(asked.work / "checkpoint.pt"))
        trainer.batches.draw.seed(asked.seed + trainer.steps)  # rows that it has not read yet
    train(trainer, asked.work)

    trainer.export(asked.out)
    tokenizer.save_pretrained(asked.out)
    grammar.write(asked.out / score.HELD_OUT, held_out)
    books = " --books FILE" if asked.books else ""
    command = (
        f"python assets/tiny-llama/train.py --out assets/tiny-llama{books}"
        f" --minutes {asked.minutes:g} --seed {asked.seed} --threads {asked.threads}"
    )
    run = {
        "command": command,
        "seed": asked.seed,
        "machine": machine(asked.threads),
        "minutes": round(trainer.clock.seconds / 60, 1),
        "steps": trainer.steps,
        "tokens": trainer.steps * BATCH * data.CONTEXT,
    }
    score.write(asked.out, theirs_held_out, run)


if __name__ == "__main__":
    main()
