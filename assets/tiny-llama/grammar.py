"""Writes simple English from a grammar of our own, so that what the model reads is free of rights.

    python assets/tiny-llama/grammar.py OUT.txt MEGABYTES SEED

The sentences stand in stories.txt and the words in words.txt. They are full of what attention
can hold on to: names that come back, pronouns with one owner, things that keep their adjective,
lists said twice, questions whose answer was told, facts.
"""

import random
import re
import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
CHOICE = re.compile(r"\[([^\[\]]*)\]")
NAME = re.compile(r"\{(\w+)(?:\.(\w+))?\}")
PRONOUNS = {"m": ("he", "him", "his"), "f": ("she", "her", "her")}
# Of the documents: what they are; a short is several lines of one block.
MIX = {"story": 0.64, "short": 0.26, "whole": 0.10}


def article(words: str) -> str:
    """The words with "a" or "an" before them."""
    return f"{'an' if words[0].lower() in 'aeiou' else 'a'} {words}"


def capital(words: str) -> str:
    """The words with a capital letter."""
    return words[:1].upper() + words[1:]


@dataclass(frozen=True)
class Word:
    """A word of a list, with what belongs to it there (the past of a verb, a country's city)."""

    forms: tuple[str, ...]
    following: str

    def form(self, name: str) -> str:
        """a, A: with its article. C: capital. 2, 3: its partners, also 2a and C2. next."""
        if name == "next":
            return self.following
        which = int(re.sub(r"\D", "", name) or 1) - 1
        text = self.forms[which]
        if "a" in name.lower():
            text = article(text)
        return capital(text) if re.search("[AC]", name) else text


@dataclass(frozen=True)
class Character:
    """Somebody with a name; `kind` is girl, boy or an animal."""

    name: str
    gender: str
    kind: str
    manner: str

    def form(self, name: str) -> str:
        """he, him, his (her for she), who (a little girl), kind; with a capital as asked."""
        he, him, his = PRONOUNS[self.gender]
        forms = {"he": he, "him": him, "her": him, "his": his, "kind": self.kind}
        forms["who"] = article(f"{self.manner} {self.kind}")
        text = forms[name.lower()] if name else self.name
        return capital(text) if name[:1].isupper() else text


@dataclass(frozen=True)
class Thing:
    """A thing with its adjective."""

    adjective: str
    noun: str

    def form(self, name: str) -> str:
        """a, A: a red ball. adj: red. Else: ball."""
        whole = article(f"{self.adjective} {self.noun}")
        return {"a": whole, "A": capital(whole), "adj": self.adjective}.get(name, self.noun)


Value = Word | Character | Thing


@dataclass(frozen=True)
class Block:
    """Lines of stories.txt that belong together, and the words that they share."""

    kind: str
    draws: dict[str, list[str]]
    lines: list[str]


def lists() -> dict[str, list[Word]]:
    """The word lists by name."""
    found = {}
    for line in _lines("words.txt"):
        name, words = line.split(":", 1)
        forms = [tuple(form.strip() for form in word.split("=")) for word in words.split("|")]
        nexts = [*forms[1:], forms[0]]
        found[name] = [Word(one, after[0]) for one, after in zip(forms, nexts, strict=True)]
    return found


def blocks() -> list[Block]:
    """The blocks of the grammar, in their order."""
    found: list[Block] = []
    for line in _lines("stories.txt"):
        if line.startswith("== "):
            found.append(Block(line.split()[1], {}, []))
        elif line.startswith("~ "):
            for draw in line[2:].split(";"):
                names, source = draw.split(":")
                found[-1].draws.setdefault(source.strip(), []).extend(names.split())
        else:
            found[-1].lines.append(line)
    return found


def _lines(file: str) -> list[str]:
    lines = (HERE / file).read_text().splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]


class Writer:
    """Writes documents; the same seed writes the same ones."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.words = lists()
        self.kinds: dict[str, list[Block]] = {}
        for block in blocks():
            self.kinds.setdefault(block.kind, []).append(block)

    def document(self) -> str:
        """A story, some short sentences, or a text whose parts come again."""
        (kind,) = self.draw.choices(list(MIX), list(MIX.values()))
        return {"story": self.story, "short": self.short, "whole": self.whole}[kind]()

    def story(self) -> str:
        """An opening, one plot or two, and an ending, of the same characters."""
        cast = self.cast()
        paragraphs = [self.opening(cast)]
        plots = self.draw.sample(self.kinds["plot"], 2 if self.draw.random() < 0.2 else 1)
        for number, plot in enumerate(plots):
            values = cast | self.drawn(plot)
            if number:
                paragraphs.append(self.say(self.pick("later"), values))
                values["o"] = self.thing()
            paragraphs += [self.say(line, values) for line in plot.lines]
        if self.draw.random() < 0.9:
            paragraphs.append(self.say(self.pick("end"), cast))
        return self.draw.choice([" ", " ", "\n", "\n\n"]).join(paragraphs)

    def opening(self, cast: dict[str, Value]) -> str:
        """One to three sentences that say who is there."""
        said = [self.say(self.pick("open"), cast)]
        if self.draw.random() < 0.6:
            said.append(self.say(self.pick("like"), cast))
        return " ".join(said)

    def short(self) -> str:
        """Some lines of one block, each with words of its own."""
        block = self.draw.choice(self.kinds["short"])
        count = min(len(block.lines), self.draw.randint(2, 6))
        said = []
        cast = self.cast()
        for line in self.draw.sample(block.lines, count):
            if self.draw.random() < 0.5:
                cast = self.cast()
            said.append(self.say(line, cast | self.drawn(block)))
        return self.draw.choice([" ", "\n"]).join(said)

    def whole(self) -> str:
        """One line of a block, which says its words twice by itself."""
        block = self.draw.choice(self.kinds["whole"])
        return self.say(self.draw.choice(block.lines), self.cast() | self.drawn(block))

    def cast(self) -> dict[str, Value]:
        """Characters a, b, c of different names, an animal z, a girl f, a boy m, o, p, w."""
        people: dict[str, Character] = {}
        for name in "abcz":
            one = self.character(animal=name == "z" or self.draw.random() < 0.3)
            while one.name in {other.name for other in people.values()}:
                one = self.character(animal=name == "z")
            people[name] = one
        for gender, kind in (("f", "girl"), ("m", "boy")):
            name = self.draw.choice(self.words[kind]).forms[0]
            people[gender] = Character(name, gender, kind, "little")
        place, weather = (self.draw.choice(self.words[name]) for name in ("place", "weather"))
        return {**people, "o": self.thing(), "p": place, "w": weather}

    def character(self, animal: bool) -> Character:
        """A child or an animal."""
        gender = self.draw.choice("mf")
        child = "girl" if gender == "f" else "boy"
        name = self.draw.choice(self.words["pet" if animal else child]).forms[0]
        kind = self.draw.choice(self.words["species"]).forms[0] if animal else child
        return Character(name, gender, kind, self.draw.choice(self.words["manner"]).forms[0])

    def thing(self) -> Thing:
        """A toy with a colour or a look."""
        adjectives = self.words["color"] + self.words["look"]
        noun = self.draw.choice(self.words["toy"]).forms[0]
        return Thing(self.draw.choice(adjectives).forms[0], noun)

    def drawn(self, block: Block) -> dict[str, Value]:
        """The block's own words: different ones where it draws several of a list."""
        found: dict[str, Value] = {}
        for source, names in block.draws.items():
            found.update(zip(names, self.draw.sample(self.words[source], len(names)), strict=True))
        return found

    def pick(self, kind: str) -> str:
        """A line of the only block of a kind."""
        return self.draw.choice(self.kinds[kind][0].lines)

    def say(self, line: str, values: dict[str, Value]) -> str:
        """The line with its choices made and its names filled in."""
        while "[" in line:
            line = CHOICE.sub(lambda found: self.draw.choice(found[1].split("|")), line)
        line = NAME.sub(lambda found: values[found[1]].form(found[2] or ""), line)
        return re.sub(" +", " ", line).strip()


def documents(seed: int) -> Iterator[str]:
    """Endless documents, no one twice."""
    writer, seen = Writer(seed), set()
    while True:
        text = writer.document()
        if text not in seen:
            seen.add(text)
            yield text


def text(characters: int, seed: int, without: Collection[str] = ()) -> list[str]:
    """Documents of about so many characters together, none of them among `without`."""
    made: list[str] = []
    for document in documents(seed):
        if document not in without:
            made.append(document)
            characters -= len(document)
        if characters <= 0:
            break
    return made


def write(path: Path, texts: Iterable[str]) -> None:
    """Write documents to a file, a line `<|doc|>` after each."""
    path.write_text("".join(f"{text}\n<|doc|>\n" for text in texts))


if __name__ == "__main__":
    out, megabytes, seed = sys.argv[1:]
    write(Path(out), text(int(float(megabytes) * 1e6), int(seed)))
