"""The live page's views alone, on one capture of a random Llama, under the server's own headers.

Run it to look at them: `python -m tests.browser.views_app 5700`.
"""

import sys
import tempfile
import threading
from importlib import import_module
from pathlib import Path
from typing import Any

import jinja2
import panel as pn
from bokeh.io import curdoc

from explainer.door.gate import guard
from explainer.door.hang import hang
from explainer.door.pages import sign, signed
from explainer.live import load
from explainer.live.model import LiveModel
from explainer.pages.live.look import Look
from explainer.pages.live.page import WIDGETS
from explainer.pages.page import TOKENS
from explainer.server import Headers
from tests.live import llamas

VIEWS = "norms lens neurons next_token ablation by_hand saving".split()
NASTY = "<img src=x onerror=\"document.title='run'\">"
PROMPT = f"A cat\n\t\u202e שלום {NASTY} sat"
HOSTILE = 21  # the number of the nasty token in it
GATE = threading.Event()  # closed until somebody asks for `?open=1`
PAGE = jinja2.Template(
    """<!doctype html><html lang="en" {% if dark %}data-theme="dark"{% endif %}><head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Views</title>
<style>{{ css }} body { background: var(--bg); color: var(--ink); margin: 12px;
 font: 15px/1.5 var(--font) } .root { background: var(--card); padding: 12px }</style></head><body>
{% for root in roots %}<div id="{{ root.elementid }}" data-root-id="{{ root.id }}" class="root">
</div>{% endfor %}
{{ signed(bokeh_js, nonce) | safe }}{{ signed(plot_script, nonce) | safe }}</body></html>"""
)


def show(model: LiveModel) -> None:
    """The views named in the address (`?view=lens&view=norms`), as the page would hold them."""
    asked = {
        name: [value.decode() for value in values] for name, values in pn.state.session_args.items()
    }
    language = asked.get("lang", ["en"])[0]
    dark = "dark" in asked
    prompt = asked.get("prompt", [PROMPT])[0]
    capture = None if "none" in asked else model.capture(prompt)
    if "slow" in asked:
        hold(capture)
    if "open" in asked:
        GATE.set()
    look = Look(capture=capture, language=language, dark=dark, layer=1, token=5)
    attend(look, model)
    pn.config.raw_css.append(WIDGETS)
    pn.config.browser_info = False
    document = curdoc()
    document.template = PAGE
    css = TOKENS.read_text(encoding="utf-8")
    document.template_variables.update(dark=dark, css=css, signed=signed)
    guard(document)
    sign(document)
    views = asked.get("view", VIEWS)
    column = pn.Column(sizing_mode="stretch_width")
    for name in views:
        module = import_module(f"explainer.pages.live.{name}")
        column.append(getattr(module, name)(look))
    column.servable()


def hold(capture: Any) -> None:
    """Let the lens of a capture take until the gate is open."""
    read = capture.logit_lens

    def slowly(*arguments: Any) -> Any:
        GATE.wait(60)
        return read(*arguments)

    object.__setattr__(capture, "logit_lens", slowly)  # which is frozen


def attend(look: Look, model: LiveModel) -> None:
    """What the page does for the views: run again without what is silenced, and go on."""

    def run(*events: Any) -> None:
        prompt = look.capture.prompt
        plain = model.capture(prompt) if look.ablate else None
        look.param.update(capture=model.capture(prompt, look.ablate), plain=plain)

    def append(event: Any) -> None:
        if event.new is not None:
            capture = look.capture.append(event.new)
            look.param.update(capture=capture, append=None, token=len(capture.tokens) - 1)

    look.param.watch(run, "ablate")
    look.param.watch(append, "append")


def main(port: int) -> None:
    """Serve the views of a random Llama until somebody ends the process."""
    with tempfile.TemporaryDirectory() as folder:
        model = load(llamas.save(Path(folder), vocab_size=259, num_hidden_layers=4), max_tokens=60)
    model.tokenizer.add_tokens([NASTY])

    def page() -> None:
        show(model)

    hang()
    made = pn.serve(
        {"/": page}, port=port, address="localhost", show=False, start=False, location=False
    )
    made._tornado.add_transform(Headers)
    made.start()
    made.io_loop.start()


if __name__ == "__main__":
    main(int(sys.argv[1]))
