"""Find seeds for the papers of lessons whose shuffle breaks a rule, and write them down.

    python -m tests.search.seeds [LESSON…]

A paper shuffles numbers under cells that stay where they are, so that a slip may meet the right
answer, or a goal be reached already. Where that is so on a paper with its own number as the seed,
other seeds are tried, and the first that keeps every rule goes into the lesson's `papers.json`.
Without a name, all lessons that have papers are looked at. Ends with 1 when a set has a paper for
which no seed helps; then the set is at fault.
"""

import json
import sys
from pathlib import Path

import explainer
from explainer.bank import Bank
from explainer.catalog import Catalog
from explainer.checking_papers import broken
from explainer.lesson import Lesson
from explainer.papers import LAST

TRIES = 50


def needed(lesson: Lesson) -> tuple[dict[str, int], dict[int, list[str]]]:
    """Seeds for the papers that their own numbers do not help, and what nothing helped."""
    bank = Bank(lesson)
    found: dict[str, int] = {}
    hopeless: dict[int, list[str]] = {}
    for paper in range(1, LAST + 1):
        for seed in range(paper, paper + TRIES * (LAST + 1), LAST + 1):
            wrong = [told for _, told in broken(lesson, bank.runs(bank.givens(paper, seed)))]
            if not wrong:
                if seed != paper:
                    found[str(paper)] = seed
                break
        else:
            hopeless[paper] = wrong
    return found, hopeless


def write(path: Path, held: dict[str, object]) -> None:
    """A bank as JSON, one set a line."""
    sets = ",\n".join(json.dumps(each, separators=(",", ":")) for each in held["sets"])  # type: ignore[attr-defined]
    seeds = json.dumps(held["seeds"], separators=(",", ":"))
    path.write_text(f'{{"sets":[\n{sets}\n],\n"seeds":{seeds}}}\n', encoding="utf-8")


def main(ids: list[str]) -> int:
    """Write the seeds of some lessons, or of all that have papers."""
    failed = 0
    for id in ids or Catalog().ids():
        lesson = explainer.lesson(id)
        path = (lesson.folder or Path()) / "papers.json"
        if not path.exists():
            continue
        seeds, hopeless = needed(lesson)
        held = json.loads(path.read_text(encoding="utf-8"))
        write(path, {"sets": held["sets"], "seeds": seeds})
        print(f"{id}: {len(held['sets'])} sets, {len(seeds)} seeds, {len(hopeless)} papers without")
        for paper, wrong in list(hopeless.items())[:10]:
            number = (paper - 1) % len(held["sets"])
            print(f"  paper {paper}, set {number} from 0: {'; '.join(dict.fromkeys(wrong))}")
        failed |= bool(hopeless)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
