"""Worksheets of a lesson and their keys, as one page that draws itself in a browser."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from explainer.site import pages

SIZES = ("a4", "letter")
WITHOUT = {
    "en": "These worksheets are drawn by a script, which this browser does not run. "
    "Allow scripts for this page, or open it in another browser.",
    "zh": "练习卷由脚本绘制，而此浏览器没有运行脚本。请允许本页运行脚本，或换一个浏览器打开。",
}
TITLE = {"en": "{}: worksheets", "zh": "{}：练习卷"}
DRAW = 'explainerPractice.worksheets(JSON.parse(document.getElementById("order").textContent));'


def page(
    sheet: Mapping[str, Any],
    language: str,
    papers: Sequence[int],
    key: bool = False,
    size: str = "a4",
    base: str = "",
) -> str:
    """One HTML page with a worksheet for each paper, then their keys; it needs no other file.

    language: one of the sheet's. base: where the lesson is on the web, see `link`, or nothing.
    """
    only = {**sheet, "texts": {language: sheet["texts"][language]}}
    order = {
        "document": only,
        "language": language,
        "papers": list(papers),
        "key": key,
        "size": size,
        "link": link(base, sheet["id"], language) if base else "",
    }
    inlined = [pages.inline(pages.script(pages.PRACTICE)), DRAW]
    spoken = language if language in TITLE else "en"
    return pages.TEMPLATES.get_template("worksheets.html").render(
        language=language,
        policy=pages.policy(inlined, single=True),
        title=TITLE[spoken].format(sheet["texts"][language]["title"]),
        without=WITHOUT[spoken],
        order=pages.as_json(order),
        inlined=inlined,
    )


def link(base: str, id: str, language: str) -> str:
    """Where a paper is open for practice, with `{paper}` for its number.

    base: of a built site, with a slash at its end; or of a lesson, with `{id}` in it.
    """
    address = base.replace("{id}", quote(id)) if "{id}" in base else f"{base}{quote(id)}.html"
    state = f"paper={{paper}}&practice=1&lang={language}"
    return f"{address}{'#' if address.endswith('.html') else '?'}{state}"
