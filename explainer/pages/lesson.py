"""A lesson's page: the stage over the whole window, and nothing else."""

import re
from collections.abc import Sequence
from typing import Any

import panel as pn
from bokeh.io import curdoc

from explainer.door.pages import signed
from explainer.pages import glossary
from explainer.pages.home import page_title, texts
from explainer.pages.links import Links, PathLinks, ServedLinks
from explainer.pages.onward import Onward
from explainer.pages.page import TEMPLATES, shared
from explainer.pages.text import plain
from explainer.pages.words import WORDS
from explainer.stage.component import Practice, Stage

# Bokeh and Panel put on every page what some other page of the process needs: WebGL, tables.
UNUSED = re.compile(
    r'<script[^>]* src="[^"]*(?:/bokeh-gl\.min\.js|/bundled/(?!reactiveesm/))[^"]*"></script>'
)

TABLES = re.compile(r'<script[^>]* src="[^"]*/bokeh-tables\.min\.js[^"]*"></script>')
# Panel's script names a class of theirs, and makes nothing of it.
NO_TABLES = """<script>
  Bokeh.register_plugin(
    { explainer: (require, module, exports) => { exports.TableColumn = class {} } },
    "explainer",
    { "models/widgets/tables/index": "explainer" },
  );
</script>"""


def _needed(scripts: str) -> str:
    return TABLES.sub(NO_TABLES, UNUSED.sub("", scripts))


TEMPLATES.filters["needed"] = _needed
TEMPLATES.filters["signed"] = signed


def lesson(
    sheet: dict[str, Any],
    language: str,
    links: Links,
    after: Onward,
    problems: Sequence[str] = (),
    watch: tuple[str, str] | None = None,
) -> Stage:
    """Set up the current session's document for a sheet, and return its stage.

    problems: why the sheet is not the newest, told above it. watch: the address at which the page
    asks for the lesson's version, and the version that it has. The stage reads and writes the
    state in the address by itself, in the browser.
    """
    text = texts(sheet, language)
    shown = language if language in sheet["texts"] else next(iter(sheet["texts"]))
    document = curdoc()
    pn.config.browser_info = False
    document.template = TEMPLATES.get_template("lesson.html")
    document.template_variables.update(
        shared(language, links),
        language=shown,
        page_title=page_title(text),
        titles={code: page_title(each) for code, each in sheet["texts"].items()},
        description=plain(text["summary"], sheet),
        problems=problems,
        watch=watch,
    )
    stage = Stage(
        sheet=glossary.linked(sheet, links.glossary),
        language=shown,
        links=navigation(language, links, after),
        lesson_href=links.lesson("ID").replace("ID", "{id}"),
        url="search",
        practice_src=Practice.address(),
        file_href=links.file(sheet["id"]) if isinstance(links, PathLinks) else "",
        sizing_mode="stretch_both",
    )
    stage.param.watch(
        lambda event: stage.param.update(links=navigation(event.new, links, after)), "language"
    )
    return stage


def navigation(language: str, links: Links, after: Onward) -> list[dict[str, Any]]:
    """The links at the left of the stage's toolbar, and those at the lesson's end."""
    words = WORDS.get(language, WORDS["en"])
    found = [
        {"label": "explainer", "href": links.home(), "kind": "brand"},
        {"label": words["lessons"], "href": links.home()},
    ]
    if isinstance(links, ServedLinks):
        found.append({"label": words["live"], "href": links.live(), "kind": "extra"})
    return found + after.links(language, links)
