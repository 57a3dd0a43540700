"""The form: which model, which prompt, how far it is, and what went wrong."""

from collections.abc import Sequence
from typing import Any

import panel as pn
from markupsafe import Markup

from explainer.pages.live.look import Look
from explainer.pages.live.running import Running
from explainer.pages.live.words import EXAMPLES, WORDS, said

SHORT = 36  # characters of an example on its button


class Form:
    """What a reader types and chooses, and what is said about the run."""

    def __init__(self, look: Look, running: Running, models: Sequence[str]) -> None:
        words = WORDS[look.language]
        self.look, self.running = look, running
        self.model = pn.widgets.Select(
            name=words["model"], options=list(models), value=look.model, margin=0, width=170
        )
        self.text = pn.widgets.TextAreaInput(
            name=words["prompt"],
            value=look.prompt,
            placeholder=words["placeholder"],
            max_length=10_000_000,  # the model's limits are told, not cut silently
            rows=2,
            resizable="height",
            sizing_mode="stretch_width",
            margin=0,
        )
        self.start = _button(words["run"], self.run, "primary")
        self.stop = _button(words["cancel"], lambda event: running.cancel())
        self.model.param.watch(self.run, "value")
        running.param.watch(self._follow, "state")
        self._follow()
        self.element = pn.Column(
            pn.Row(self.model, self.text, self.start, self.stop, css_classes=["fields"]),
            pn.Row(_status(look, running), self._examples(), css_classes=["below"]),
            css_classes=["part", "form"],
            sizing_mode="stretch_width",
            margin=0,
        )

    def run(self, *events: Any) -> None:
        """Run what stands in the form: anew, when it has changed or the last run came to nothing."""
        asked = {"model": self.model.value, "prompt": self.text.value_input}
        changed = any(getattr(self.look, name) != value for name, value in asked.items())
        if self.model.value != self.look.model:
            asked["ablate"] = []  # another model has other heads
        if changed or self.look.continued:
            self.look.param.update(continued=[], **asked)
        elif not self.running.busy:
            self.running.run()

    def _follow(self, *events: Any) -> None:
        self.start.visible, self.stop.visible = not self.running.busy, self.running.busy

    def _examples(self) -> pn.Row:
        label = pn.pane.HTML(Markup("<p>{}</p>").format(WORDS[self.look.language]["examples"]))
        chips = [self._example(text) for text in EXAMPLES]
        return pn.Row(label, *chips, css_classes=["examples"], margin=0)

    def _example(self, example: str) -> pn.widgets.Button:
        def use(event: Any) -> None:
            self.text.param.update(value=example, value_input=example)
            self.run()

        short = example if len(example) <= SHORT else example[: SHORT - 1].rstrip() + "…"
        return _button(short, use)


def _button(name: str, act: Any, kind: str = "default") -> pn.widgets.Button:
    button = pn.widgets.Button(name=name, button_type=kind, margin=0)
    button.on_click(act)
    return button


def _status(look: Look, running: Running) -> pn.pane.HTML:
    """One line that says how far the run is, or why there is none."""
    line = pn.pane.HTML("", css_classes=["status"], margin=0)

    def follow(*events: Any) -> None:
        line.object = status(look, running)

    running.param.watch(follow, ["state", "place", "progress", "error"])
    look.param.watch(follow, "capture")
    follow()
    return line


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
