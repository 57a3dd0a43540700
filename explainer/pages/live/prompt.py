"""The form: which model, which prompt, how far it is, and what went wrong."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import panel as pn
from markupsafe import Markup

from explainer.pages.live.address import fits
from explainer.pages.live.choice import Menu
from explainer.pages.live.look import Look
from explainer.pages.live.running import Running
from explainer.pages.live.spelled import spelled
from explainer.pages.live.words import EXAMPLES, WORDS, said

SHORT = 36  # characters of an example on its button
CSS = (Path(__file__).parent / "prompt.css").read_text(encoding="utf-8")


class Form:
    """What a reader types and chooses, and what is said about the run."""

    def __init__(self, look: Look, running: Running, models: Sequence[str]) -> None:
        words = WORDS[look.language]
        self.look, self.running = look, running
        self.model = Menu(
            name=words["model"],
            options=list(models),
            value=look.model,
            margin=0,
            width=170,
            css_classes=["model"],
        )
        self.text = pn.widgets.TextAreaInput(
            name=words["prompt"],
            value=look.prompt,
            value_input=look.prompt,  # which Panel leaves empty until somebody types
            placeholder=words["placeholder"],
            max_length=10_000_000,  # the model's limits are told, not cut silently
            rows=1,
            max_rows=6,
            auto_grow=True,
            resizable=False,
            css_classes=["text"],
            sizing_mode="stretch_width",
            margin=0,
        )
        self.start = _button(words["run"], self.run, button_type="primary", css_classes=["act"])
        self.stop = _button(words["cancel"], lambda event: running.cancel(), css_classes=["act"])
        self.model.param.watch(self.run, "value")
        running.param.watch(self._follow, "state")
        self._follow()
        self.element = pn.Column(
            pn.Row(
                self.model,
                self.text,
                self.start,
                self.stop,
                css_classes=["fields"],
                stylesheets=[CSS],
                sizing_mode="stretch_width",
                margin=0,
            ),
            _notice(look),
            _printed(look),
            pn.Row(
                _status(look, running),
                pn.Row(*self._examples(), css_classes=["tries"], stylesheets=[CSS], margin=0),
                css_classes=["below"],
                stylesheets=[CSS],
                sizing_mode="stretch_width",
                margin=(8, 0, 0, 0),
            ),
            css_classes=["part", "form"],
            sizing_mode="stretch_width",
            margin=0,
        )

    def run(self, *events: Any) -> None:
        """Run what stands in the form, unless it runs already."""
        self.look.ignored = []
        asked: dict[str, Any] = {"model": self.model.value, "prompt": self.text.value_input}
        changed = any(getattr(self.look, name) != value for name, value in asked.items())
        if self.model.value != self.look.model:
            asked |= {"ablate": [], "opening": True}  # another model has other heads
        if changed or self.look.continued:
            self.look.param.update(continued=[], **asked)
        elif not self.running.busy:
            self.running.run()

    def type(self, text: str) -> None:
        """Put a text into the form, as if somebody had typed it."""
        if text:
            self.text.param.update(value=text, value_input=text)

    def _follow(self, *events: Any) -> None:
        self.start.visible, self.stop.visible = not self.running.busy, self.running.busy

    def _examples(self) -> list[Any]:
        label = Markup("<p>{}</p>").format(WORDS[self.look.language]["examples"])
        return [
            pn.pane.HTML(str(label), stylesheets=[CSS], margin=0),
            *(self._example(text) for text in EXAMPLES),
        ]

    def _example(self, example: str) -> pn.widgets.Button:
        def use(event: Any) -> None:
            self.text.param.update(value=example, value_input=example)
            self.run()

        short = example if len(example) <= SHORT else example[: SHORT - 1].rstrip() + "…"
        return _button(short, use)


def _button(name: str, act: Any, **options: Any) -> pn.widgets.Button:
    button = pn.widgets.Button(name=name, margin=0, **options)
    button.on_click(act)
    return button


def _status(look: Look, running: Running) -> pn.pane.HTML:
    """One line that says how far the run is, or why there is none."""
    line = pn.pane.HTML("", css_classes=["status"], stylesheets=[CSS], margin=0)

    def follow(*events: Any) -> None:
        line.object = str(status(look, running))

    running.param.watch(follow, ["state", "place", "progress", "error"])
    look.param.watch(follow, "capture")
    follow()
    return line


def _printed(look: Look) -> pn.pane.HTML:
    """The model and the whole prompt, on paper in the place of the fields."""
    pane = pn.pane.HTML("", css_classes=["printed"], stylesheets=[CSS], margin=0)

    def follow(*events: Any) -> None:
        text = Markup('<p class="prompt">{}: {}</p>').format(look.model, look.prompt)
        pane.object = str(text)

    look.param.watch(follow, "capture")
    return pane


def _notice(look: Look) -> pn.pane.HTML:
    """What a reader must know of the address; there only while there is something."""
    line = pn.pane.HTML("", stylesheets=[CSS], margin=(8, 0, 0, 0), sizing_mode="stretch_width")

    def follow(*events: Any) -> None:
        line.object = str(notice(look))
        line.visible = bool(line.object)

    look.param.watch(follow, ["ignored", "prompt"])
    follow()
    return line


def notice(look: Look) -> Markup:
    """What in the address came to nothing, and what it cannot carry; escaped, empty for nothing."""
    words, said = WORDS[look.language], Markup("")
    lost = [each for each in look.ignored if each.startswith("kept=")]
    if vain := [each for each in look.ignored if each not in lost]:
        text = words["ignored"].format(words["semicolon"].join(map(spelled, vain)))
        said += Markup('<p class="problem" role="alert">{}</p>').format(text)
    if lost:
        said += Markup('<p class="problem" role="alert">{}</p>').format(words["unkept"])
    if not fits(look.prompt):
        said += Markup('<p role="status">{}</p>').format(words["long"])
    return said


def status(look: Look, running: Running) -> Markup:
    """What there is to say about a run, escaped."""
    words, state = WORDS[look.language], running.state
    text, share = "", Markup("")
    if state == "failed" and running.error is not None:
        told = said(running.error, look.language)
        return Markup('<p class="problem" role="alert">{}</p>').format(told)
    if state == "waiting":
        text = words["waiting"].format(running.place) if running.place else words["next"]
    elif state in ("loading", "running"):
        text = words[state].format(look.model, share=running.progress)
        share = Markup('<progress value="{:.3f}" aria-hidden="true"></progress>').format(
            running.progress
        )
    elif state == "cancelled":
        text = words["cancelled"]
    elif look.capture is not None:
        count, model = len(look.capture.tokens), look.capture.model
        text = words["done"].format(tokens=f"{count:,}", layers=model.layers, heads=model.heads)
    return Markup('<p role="status">{}<span>{}</span></p>').format(share, text)
