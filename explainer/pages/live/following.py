"""What all views do alike: follow the state, and say in one line why they have nothing to show."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import panel as pn
from markupsafe import Markup

from explainer.errors import LiveError
from explainer.pages.live.failure import failure
from explainer.pages.live.latest import Latest
from explainer.pages.live.look import Look
from explainer.pages.live.words import said
from explainer.pages.live.words_views import WORDS

CSS = (Path(__file__).parent / "views.css").read_text(encoding="utf-8")
ALWAYS = ("capture", "language", "dark")


class Reading(NamedTuple):
    """What a view reads from a capture, beside the event loop: a model may take its time.

    of: what it is a reading of; while that stays the same, it is not read again.
    """

    of: Any
    read: Callable[[], Any]
    show: Callable[[Any], None]


def following(
    look: Look, name: str, on: Sequence[str], update: Callable[[], Reading | None], *content: Any
) -> pn.Column:
    """A column of content, brought up to date now and whenever what it shows has changed.

    name: of the view. on: parameters of the state, besides the capture, the language and the
    shade, that it depends on. update is only called while there is a capture and the view is in
    sight, and returns what must first be read, if anything; whatever either raises is told in the
    place of the content.
    """
    latest = Latest()
    line = html()
    body = pn.Column(*content, sizing_mode="stretch_width", margin=0)
    stale = True
    known: tuple[Any, Any] | None = None  # the last reading: of what, and what was read

    def spoil(*events: Any) -> None:
        nonlocal stale
        stale = True

    def follow() -> None:
        nonlocal stale
        if not stale or look.view not in ("", name):
            return
        stale = False
        if look.capture is None:
            why = "coming" if look.coming else "failed" if look.failed else "nothing"
            say(WORDS[look.language][why])
        else:
            bring()

    def bring() -> None:
        """Bring the content up to date, with a reading first if it needs one."""
        try:
            wanted = update()
            if wanted is not None:
                if known is None or wanted.of != known[0]:
                    if not body.visible:
                        say(WORDS[look.language]["reading"])
                    latest.ask(wanted.read, lambda result: take(wanted.of, result))
                    return
                wanted.show(known[1])
        except Exception as error:
            say(said(failure(error, f"the view {name}"), look.language))
        else:
            say(None)

    def take(of: Any, result: Any) -> None:
        nonlocal known
        if isinstance(result, LiveError):
            say(said(result, look.language))
        elif look.capture is not None:
            known = of, result
            bring()  # as everything is by now

    def say(problem: str | None) -> None:
        put(line, '<p class="line" role="status">{}</p>', problem or "")
        line.visible, body.visible = problem is not None, problem is None

    body.visible = False
    look.param.watch(spoil, [*ALWAYS, *on, "coming", "failed"])
    look.param.watch(in_turn(follow), [*ALWAYS, *on, "coming", "failed", "view"])
    follow()
    return pn.Column(line, body, sizing_mode="stretch_width", margin=0)


def in_turn(update: Callable[[], None]) -> Callable[..., None]:
    """The update as a callback that runs when Bokeh's models may be changed, once for many calls.

    Panel tells of a widget's change without the document's lock, which Bokeh asks for. Where there
    is no session, the update runs at once.
    """
    document = pn.state.curdoc
    due = False

    def run() -> None:
        nonlocal due
        due = False
        update()

    def call(*events: Any) -> None:
        nonlocal due
        if document is None or document.session_context is None:
            update()
        elif not due:
            due = True
            document.add_next_tick_callback(run)

    return call


def html(**options: Any) -> pn.pane.HTML:
    """A pane for HTML that its view has escaped, in the colours of the page."""
    return pn.pane.HTML(
        "", stylesheets=[CSS], sizing_mode="stretch_width", margin=(4, 0), **options
    )


def row(*content: Any) -> pn.Row:
    """Widgets side by side, on more lines where there is no room."""
    # not Panel's FlexBox, which the browser would have to evaluate as code
    flow = {"flex-wrap": "wrap", "gap": "6px 10px", "align-items": "flex-end"}
    return pn.Row(*content, styles=flow, sizing_mode="stretch_width", margin=(4, 0))


def put(pane: pn.pane.HTML, markup: str, *values: Any, **named: Any) -> None:
    """Show markup of ours with values in it, every character of which is escaped."""
    pane.object = str(Markup(markup).format(*values, **named))  # Panel takes a str, and no heir


def place(look: Look) -> tuple[int, int, int]:
    """The chosen layer, head and token, within what is there: they may change one by one."""
    model, tokens = look.capture.model, look.capture.tokens
    return (
        min(look.layer, model.layers - 1),
        min(look.head, model.heads - 1),
        min(look.token, len(tokens) - 1),
    )
