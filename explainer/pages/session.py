"""What a Panel session shows: the page that its address asks for."""

from collections.abc import Mapping
from typing import Any

import panel as pn
from bokeh.io import curdoc
from markupsafe import Markup

from explainer.catalog import Catalog
from explainer.door.gate import guard
from explainer.door.pages import sign
from explainer.errors import LessonNotFound
from explainer.live import Service
from explainer.live.sources import not_installed
from explainer.pages import glossary, unsent
from explainer.pages.broken import broken
from explainer.pages.home import Home
from explainer.pages.lesson import lesson
from explainer.pages.links import PathLinks, QueryLinks, ServedLinks
from explainer.pages.live_unavailable import live_unavailable
from explainer.pages.missing import missing
from explainer.pages.onward import onward
from explainer.pages.page import TEMPLATES
from explainer.pages.words import choose
from explainer.stage.component import Stage

unsent.send_all()  # before the first session there is

# A page that needs no session: Panel writes it out, and no browser connects to it.
PLAIN = TEMPLATES.from_string("{{ page | signed(nonce) | safe }}")


def at_path(catalog: Catalog) -> Stage | None:
    """A lesson at `/lesson/{id}`, or what is wrong with it."""
    _enter()
    asked, language = _language(pn.state.session_args)
    links = PathLinks(depth=1, language=asked)
    return _lesson(catalog, pn.state.route_params["id"], language, links)


def live_at_path(service: Service) -> Any:
    """The live model at `/live`, or None when it is the page that says what it needs."""
    _enter()
    asked, language = _language(pn.state.session_args)
    return _live(service, language, PathLinks(language=asked))


def at_query(catalog: Catalog, home: Home, service: Service) -> Any:
    """Home, the lesson of `?lesson=`, `?glossary=` or `?live=`; None for a plain page."""
    _enter()
    asked, language = _language(pn.state.session_args)
    links = QueryLinks(language=asked)
    if argument(pn.state.session_args, "live"):
        return _live(service, language, links)
    if argument(pn.state.session_args, "glossary"):
        _plain(glossary.html(catalog, language, links))
        return None
    id = argument(pn.state.session_args, "lesson")
    if id is not None and argument(pn.state.session_args, "version"):
        _plain(Markup("{}").format(catalog.version(id) or ""))
        return None
    if id is None:
        _plain(home.html(language, links))
        return None
    return _lesson(catalog, id, language, links)


def _enter() -> None:
    """Guard the session's document from what its browser may send, and sign its scripts."""
    document = curdoc()
    guard(document)
    sign(document)


def argument(arguments: Mapping[str, list[bytes]], name: str) -> str | None:
    """The first value of an argument of the address, or None."""
    values = arguments.get(name)
    return values[0].decode("utf-8", errors="replace") if values else None


def _lesson(catalog: Catalog, id: str, language: str, links: ServedLinks) -> Stage | None:
    version = catalog.version(id)  # first: what is read after it may be newer, and never older
    try:
        problems = [str(problem) for problem in catalog.stopping(id)]
    except LessonNotFound:
        _plain(missing(catalog, id, language, links, "lesson"))
        return None
    sheet = catalog.last(id)
    watch = (links.version(id), version) if version is not None else None
    if sheet is None:
        _plain(broken(id, problems, language, links, watch))
        return None
    return lesson(sheet, language, links, onward(catalog, id), problems, watch)


def _live(service: Service, language: str, links: ServedLinks) -> Any:
    packages = not_installed()
    if packages or not service.names:
        _plain(live_unavailable(packages, language, links))
        return None
    # Here, since plots take long to import and lessons do without.
    from explainer.pages.live import live

    pn.state.on_session_destroyed(lambda context: service.leave(context.id))
    return live(service, language, links)


def _plain(html: Markup) -> None:
    document = curdoc()
    document.template = PLAIN
    document.template_variables["page"] = html


def _language(arguments: Mapping[str, Any]) -> tuple[str | None, str]:
    """The language that the address asks for, and the one to use."""
    asked = argument(arguments, "lang")
    accepted = pn.state.headers.get("Accept-Language")
    language = choose(asked, accepted if isinstance(accepted, str) else None)
    return (language if asked == language else None), language
