"""The live page: sets up a session's document, and puts the form and the views together."""

from pathlib import Path
from typing import Any

import panel as pn
from bokeh.io import curdoc
from markupsafe import Markup

from explainer.live.service import Service
from explainer.pages.links import Links
from explainer.pages.live import address
from explainer.pages.live.choice import Menu
from explainer.pages.live.components import Browser
from explainer.pages.live.heatmap import heatmap
from explainer.pages.live.look import Look
from explainer.pages.live.mosaic import mosaic
from explainer.pages.live.prompt import Form
from explainer.pages.live.running import Running
from explainer.pages.live.strip import strip
from explainer.pages.live.views import VIEWS, views
from explainer.pages.live.words import EXAMPLES, WORDS
from explainer.pages.page import TEMPLATES, shared

HERE = Path(__file__).parent
LAYOUT = (HERE / "layout.css").read_text(encoding="utf-8")
TOP = ":host { align-items: center; gap: 10px; margin-bottom: 6px; }"
UNLABELLED = ":host label { position: absolute; clip-path: inset(50%); }"
WIDGETS = (HERE / "widgets.css").read_text(encoding="utf-8")


def live(service: Service, language: str, links: Links) -> pn.viewable.Viewable:
    """Set up the current session's document for the live page, and return what stands in it.

    The state is read from the address here, and written to it by the browser. Nothing is loaded
    before the first run, which begins once the page is there.
    """
    _document(language, links)
    context = curdoc().session_context
    session = context.id if context else ""
    asked, ignored = address.read(pn.state.session_args or {}, service.names, VIEWS, tuple(WORDS))
    kept = asked.pop("kept", "")
    usual = {
        "model": service.names[0],
        "prompt": EXAMPLES[0],
        "view": VIEWS[0],
        "token": address.LAST,
        "opening": "head" not in asked,
        "lesson_href": links.lesson("ID").replace("ID", "{id}"),
        "coming": True,
    }
    look = Look(language=language, ignored=ignored, **usual | asked)
    running = Running(service, look, session)
    browser = Browser(
        recall=kept,
        words=WORDS[language]["connection"],
        width=0,
        height=0,
        margin=0,
        css_classes=["unseen"],
    )
    form = Form(look, running, service.names)

    def write(*events: Any) -> None:
        long = not address.fits(look.prompt)
        keep = [address.name_of(look.prompt), look.prompt] if long else []
        browser.param.update(query=address.write(look), keep=keep)

    def recalled(event: Any) -> None:
        """A browser has looked for the prompt that it keeps, before the first run."""
        text = next(iter(event.new), None)
        if isinstance(text, str) and address.name_of(text) == kept:
            form.type(text)
            look.prompt = text  # which runs it
        else:
            look.ignored = [*look.ignored, address.told("kept", kept)]
            running.run()

    look.param.watch(write, [*address.WATCHED, "capture", "opening"])
    browser.param.watch(lambda event: setattr(look, "dark", event.new), "dark")
    browser.param.watch(lambda event: setattr(look, "narrow", event.new), "narrow")
    browser.param.watch(lambda event: form.run(), "run")
    browser.param.watch(lambda event: form.type(event.new), "draft")
    browser.param.watch(recalled, "recalled")
    if not kept:
        write()
        pn.state.onload(running.run)
    page = pn.Column(
        browser,
        form.element,
        _section("tokens", strip(look)),
        _section("overview", _order(look), mosaic(look, service, session)),
        _section("map", _title(look), heatmap(look)),
        _section("details", views(look)),
        stylesheets=[LAYOUT],
        sizing_mode="stretch_width",
        margin=0,
    )

    def spread(*events: Any) -> None:
        """A sheet needs the whole width."""
        page.css_classes = ["live", "wide"] if look.view == "by_hand" else ["live"]

    look.param.watch(spread, "view")
    spread()
    return page


def _document(language: str, links: Links) -> None:
    """The frame of the page, which is the home page's, with the live page's own words."""
    words = WORDS[language]
    document = curdoc()
    pn.config.browser_info = False
    pn.config.raw_css.append(WIDGETS)
    values = shared(language, links)
    document.template = TEMPLATES.get_template("live.html")
    document.template_variables.update(
        values,
        words=values["words"] | {"skip": words["skip"]},
        page_title=words["title"],
        description=words["description"],
        current="live",
    )


def _section(name: str, *content: Any) -> pn.Column:
    return pn.Column(*content, css_classes=["part", name], sizing_mode="stretch_width", margin=0)


def _heading(text: str) -> pn.pane.HTML:
    return pn.pane.HTML(_h2(text), css_classes=["heading"], margin=0, sizing_mode="stretch_width")


def _h2(text: str) -> str:
    return str(Markup("<h2>{}</h2>").format(text))  # Panel escapes markup that is not a plain str


def _order(look: Look) -> pn.Row:
    """The overview's heading, and by what its heads are sorted."""
    words = WORDS[look.language]
    options = {words["orders"][name]: name for name in address.ORDERS}
    order = Menu(
        name=words["order"],
        options=options,
        value=look.order,
        margin=0,
        width=150,
        stylesheets=[UNLABELLED],
    )
    order.param.watch(lambda event: setattr(look, "order", event.new), "value")
    return pn.Row(
        _heading(words["all_heads"]),
        order,
        stylesheets=[TOP],
        sizing_mode="stretch_width",
        margin=0,
    )


def _title(look: Look) -> pn.pane.HTML:
    """The map's heading, which names the head."""
    title = _heading("")

    def follow(*events: Any) -> None:
        text = WORDS[look.language]["head_title"].format(look.layer, look.head)
        title.object = _h2(text)

    look.param.watch(follow, ["layer", "head"])
    follow()
    return title
