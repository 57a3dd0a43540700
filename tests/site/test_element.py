"""<explainer-lesson> in somebody else's page: it takes no harm from it, and does none."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from explainer.site import pages
from tests.browser.conftest import WIDE, NewContext
from tests.browser.frames import frames
from tests.browser.stage_page import small_sheet
from tests.serving import _QuietFiles, serving_files

# What the resets of large frameworks say, and worse: themes that style every element.
HOSTILE = """
*, ::before, ::after { box-sizing: border-box; margin: 0; padding: 0; border: 0 solid; }
* { letter-spacing: .3em; line-height: 3; text-transform: uppercase;
  font: italic 30px serif; color: red; }
html { font-size: 62.5%; text-align: center; cursor: wait; text-indent: 4em; white-space: pre; }
table { width: 100%; display: block; border-collapse: collapse; }
td, th { padding: 2rem; background: red; }
button { all: unset; background: red; } h1, h2 { font-size: 99px; } svg { display: none; }
input, select { appearance: none; width: 100%; }
.stage, .sheet, .text, .top { display: none !important; }
[hidden] { display: block !important; } :root { --bg: red; --ink: red; --font: cursive; }
"""
PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Notes</title>
<link rel="icon" href="data:,">{head}<link rel="stylesheet" href="notes.css"></head>
<body>{body}<script type="module" src="explainer-lesson.js"></script></body></html>"""
LESSON = '<explainer-lesson src="small.json"></explainer-lesson>'
LOOKS = """element => {
  const of = (selector) => {
    const box = element.shadowRoot.querySelector(selector);
    const style = getComputedStyle(box);
    const {width, height} = box.getBoundingClientRect();
    return [style.color, style.fontSize, style.fontFamily, style.letterSpacing,
      style.textTransform, style.lineHeight, style.textAlign, style.display, style.padding,
      style.backgroundColor, Math.round(width), Math.round(height)];
  };
  return ["td[data-cell]", ".text h2", ".play", ".icon", ".label", ".top"].map(of);
}"""
IN_VIEW = """() => new Promise((told) => new IntersectionObserver(told, { threshold: 0.5 })
  .observe(document.querySelector("explainer-lesson")))"""

Host = Callable[..., Page]


@pytest.fixture
def host(tmp_path: Path, new_context: NewContext, origins: set[str]) -> Iterator[Host]:
    """A page of somebody's, with the built script and a small sheet beside it."""
    (tmp_path / "explainer-lesson.js").write_text(pages.script(), encoding="utf-8")
    (tmp_path / "small.json").write_text(json.dumps(small_sheet()))
    (tmp_path / "notes.css").write_text("explainer-lesson { height: 600px }")
    with serving_files(tmp_path) as url:
        origins.add(url.removeprefix("http://"))

        def open_page(body: str = LESSON, head: str = "", lang: str = "en", **options: Any) -> Page:
            (tmp_path / "notes.html").write_text(
                PAGE.format(body=body, head=head, lang=lang), encoding="utf-8"
            )
            page = new_context(**{"reduced_motion": "reduce", **WIDE, **options}).new_page()
            page.goto(f"{url}/notes.html")
            return page

        yield open_page


def heading(page: Page) -> Any:
    return page.locator("explainer-lesson").get_by_role("heading", level=2).first


# Attributes ------------------------------------------------------------------------------------


def test_the_attributes_say_how_it_opens(host: Host):
    page = host(
        '<explainer-lesson src="small.json" step="halve" lang="zh" arithmetic="exact" '
        'numbers="X.0.0=5&W.0.1=2&Y.0.0=1"></explainer-lesson>'
    )
    expect(heading(page)).to_have_text("步骤 halve")
    expect(page.get_by_role("button", name="精确")).to_have_attribute("aria-pressed", "true")
    cells = page.locator('table[data-place="X"] td[data-cell]').all_inner_texts()
    assert cells[0] == "5"
    page.evaluate("document.querySelector('explainer-lesson').setAttribute('step', 'match')")
    expect(heading(page)).to_have_text("步骤 match")


def test_the_language_follows_the_page(host: Host):
    expect(heading(host(lang="zh-CN"))).to_have_text("步骤 given")
    expect(heading(host(lang="en-GB"))).to_have_text("Step given")


def test_controls_narration_and_editing_can_be_left_out(host: Host):
    page = host(
        '<explainer-lesson src="small.json" controls="play arithmetic" narration="off" '
        'editable="false"></explainer-lesson>'
        '<explainer-lesson src="small.json" controls="none"></explainer-lesson>'
    )
    first, second = (page.locator("explainer-lesson").nth(i) for i in (0, 1))
    expect(first.locator(".play")).to_be_visible()
    expect(first.locator(".arithmetics")).to_be_visible()
    for gone in (".ticks", ".speed", ".languages", ".theme", ".sizes", ".text"):
        expect(first.locator(gone)).to_be_hidden()
    assert first.locator(".editable").count() == 0
    cell = first.locator('table[data-place="X"] td[data-cell="0"]')
    cell.dblclick()
    page.keyboard.type("9")
    assert cell.inner_text() == "1"
    sheet, whole = (first.locator(part).bounding_box() for part in (".sheet", ".stage"))
    assert sheet and whole and sheet["width"] == whole["width"]
    for gone in (".top", ".bottom"):
        expect(second.locator(gone)).to_be_hidden()
    expect(second.locator(".text")).to_be_visible()


def test_it_plays_by_itself_until_somebody_takes_over(host: Host):
    page = host(
        '<explainer-lesson src="small.json" autoplay></explainer-lesson>',
        reduced_motion="no-preference",
    )
    page.clock.install(time=0)
    page.clock.pause_at(3600)
    page.reload()
    expect(heading(page)).to_have_text("Step given")
    page.evaluate(IN_VIEW)  # as the lesson was told before
    page.clock.run_for(3200)
    expect(heading(page)).to_have_text("Step project")
    page.locator("explainer-lesson .text").click()
    page.clock.run_for(10_000)
    assert page.evaluate("document.querySelector('explainer-lesson').sheet.step") == 1


def test_who_wants_no_motion_sees_none(host: Host):
    page = host('<explainer-lesson src="small.json" autoplay></explainer-lesson>')
    page.clock.install(time=0)
    page.clock.pause_at(3600)
    page.reload()
    expect(heading(page)).to_have_text("Step given")
    page.evaluate(IN_VIEW)
    page.clock.run_for(10_000)
    assert page.evaluate("document.querySelector('explainer-lesson').sheet.step") == 0


def test_its_events_reach_the_page(host: Host):
    page = host()
    expect(heading(page)).to_be_visible()
    page.evaluate(
        """() => { window.seen = []; for (const type of ["step", "edit"])
          document.addEventListener(type, ({detail}) => seen.push([type, detail])); }"""
    )
    lesson = page.locator("explainer-lesson")
    lesson.locator(".play").click()
    lesson.locator('table[data-place="X"] td[data-cell="2"]').dblclick()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    page.wait_for_function("seen.length === 2")
    assert page.evaluate("seen") == [
        ["step", {"step": 1, "id": "project"}],
        ["edit", {"edits": [{"name": "X", "cell": 2, "value": 7}]}],
    ]


# A foreign page --------------------------------------------------------------------------------


def test_a_foreign_page_s_css_does_not_reach_it(host: Host):
    plain = host(head="<style>body { margin: 0 }</style>")
    expect(heading(plain)).to_be_visible()
    looks = plain.locator("explainer-lesson").evaluate(LOOKS)
    # A page that styles every element, the lesson's own box included, still cannot do more.
    hostile = host(head=f"<style>{HOSTILE}</style>")
    expect(heading(hostile)).to_be_visible()
    assert hostile.locator("explainer-lesson").evaluate(LOOKS) == looks


def test_it_leaves_the_page_as_it_was(host: Host):
    styles = """() => ["p", "table", "td", "button", "h1", "body"].map((tag) =>
      JSON.stringify(Object.fromEntries([...getComputedStyle(document.querySelector(tag))].map(
        (name) => [name, getComputedStyle(document.querySelector(tag))[name]]))))"""
    around = "<p>Before</p><h1>Notes</h1><button>Own</button><table><tr><td>1</td></tr></table>"
    box = "<explainer-lesson style='display:block'></explainer-lesson>"
    without = host(around + box).evaluate(styles)
    page = host(around + LESSON)
    expect(heading(page)).to_be_visible()
    assert page.evaluate(styles) == without
    assert page.evaluate("document.adoptedStyleSheets.length + document.styleSheets.length") == 1
    assert page.url.endswith("/notes.html")


def test_it_takes_no_key_unless_it_has_the_focus(host: Host):
    page = host("<p style='height: 2000px'>Long</p>" + LESSON)
    expect(heading(page)).to_have_text("Step given")
    page.keyboard.press("End")
    page.wait_for_function("scrollY > 0")
    page.keyboard.press("Space")
    page.keyboard.press("2")
    expect(heading(page)).to_have_text("Step given")
    page.locator("explainer-lesson .play").focus()
    page.keyboard.press("3")
    expect(heading(page)).to_have_text("Step lay-out")


def test_several_on_a_page_do_not_disturb_each_other(host: Host):
    page = host(LESSON + '<explainer-lesson src="small.json" step="match"></explainer-lesson>')
    first, second = (page.locator("explainer-lesson").nth(i) for i in (0, 1))
    expect(second.get_by_role("heading", level=2)).to_have_text("Step match")
    first.locator(".next").click()
    first.locator('table[data-place="X"] td[data-cell="0"]').dblclick()
    page.keyboard.type("9")
    page.keyboard.press("Enter")
    expect(first.get_by_role("heading", level=2)).to_have_text("Step project")
    expect(second.get_by_role("heading", level=2)).to_have_text("Step match")
    assert second.locator('table[data-place="X"] td[data-cell="0"]').inner_text() == "1"


def test_it_is_styled_by_properties_and_parts(host: Host):
    page = host(
        head="""<style>explainer-lesson { --query: rgb(1, 2, 3); --bg: rgb(4, 5, 6);
          color-scheme: dark }
        explainer-lesson::part(toolbar) { display: none }
        explainer-lesson::part(narration) { background: rgb(7, 8, 9) }</style>"""
    )
    lesson = page.locator("explainer-lesson")
    expect(heading(page)).to_be_visible()
    expect(lesson.locator(".top")).to_be_hidden()
    ground = lesson.evaluate("e => getComputedStyle(e).backgroundColor")
    text = lesson.evaluate(
        "e => getComputedStyle(e.shadowRoot.querySelector('.text')).backgroundColor"
    )
    ink = lesson.evaluate("e => getComputedStyle(e.shadowRoot.querySelector('h2')).color")
    assert (ground, text, ink) == ("rgb(4, 5, 6)", "rgb(7, 8, 9)", "rgb(233, 234, 238)")
    assert lesson.evaluate("e => getComputedStyle(e).getPropertyValue('--query')") == "rgb(1, 2, 3)"


def test_axe_finds_nothing_serious_in_a_page_with_two(host: Host, axe: Callable[[Page], list[str]]):
    page = host("<main><h1>Notes</h1>" + LESSON + LESSON + "</main>")
    expect(heading(page)).to_be_visible()
    assert axe(page) == []


# What goes wrong -------------------------------------------------------------------------------


@pytest.mark.expected_errors("404", "Failed to load resource")
@pytest.mark.parametrize(
    ("src", "lang", "told"),
    [
        ("nowhere.json", "en", "There is nothing to be read at “nowhere.json”"),
        ("nowhere.json", "zh", "“nowhere.json”处没有可读取的内容"),
        ("notes.html", "en", "of an unknown kind (not-a-sheet)"),
        ("newer.json", "en", "made by a newer version (format 2)"),
        ("other.json", "en", "of an unknown kind (schema)"),
    ],
)
def test_a_source_that_cannot_be_shown(host: Host, tmp_path: Path, src: str, lang: str, told: str):
    (tmp_path / "newer.json").write_text(json.dumps({**small_sheet(), "schema": 2}))
    (tmp_path / "other.json").write_text('{"a": 1}')
    page = host(f'<explainer-lesson src="{src}"></explainer-lesson>', lang=lang)
    expect(page.get_by_role("alert")).to_contain_text(told)
    page.evaluate("document.querySelector('explainer-lesson').setAttribute('src', 'small.json')")
    expect(heading(page)).to_have_text("步骤 given" if lang == "zh" else "Step given")


def test_a_stranger_s_sheet_with_markup_in_it_runs_nothing(host: Host, tmp_path: Path):
    sheet = small_sheet()
    evil = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
    sheet["texts"]["en"]["title"] = evil
    link = {"tag": "a", "href": "javascript:document.title='taken'", "children": ["here"]}
    raw = {"tag": "script", "children": ["document.title='taken'"]}
    sheet["texts"]["en"]["steps"]["given"] = {
        "title": evil,
        "short": evil,
        "body": [evil, link, raw],
    }
    sheet["arrays"]["X"]["label"]["hand"] = evil
    sheet["arrays"]["X"]["columns"] = [evil, evil]
    sheet["pictures"] = [
        {"kind": kind, "arrays": ["X", "X"], "steps": ["given"], "function": evil}
        for kind in ("bars", "plane", "curve", "constructor")
    ]
    (tmp_path / "small.json").write_text(json.dumps(sheet))
    page = host()
    expect(heading(page)).to_have_text(evil)
    expect(page.locator("svg.figure")).to_have_count(3)
    assert page.locator("explainer-lesson img, explainer-lesson script").count() == 0
    assert page.locator("explainer-lesson a[href^=javascript]").count() == 0
    frames(page)
    assert page.title() == "Notes"


def test_a_strict_policy_needs_two_directives(
    host: Host, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    # style-src is for the page's own style sheet: the lesson needs none
    policy = (
        "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src data:"
    )

    def end_headers(self: _QuietFiles) -> None:
        self.send_header("Content-Security-Policy", policy)
        super(_QuietFiles, self).end_headers()

    monkeypatch.setattr(_QuietFiles, "end_headers", end_headers, raising=False)
    sheet = small_sheet()
    sheet["pictures"] = [{"kind": "bars", "arrays": ["X"], "steps": ["given"], "function": ""}]
    (tmp_path / "small.json").write_text(json.dumps(sheet))
    page = host()
    expect(heading(page)).to_have_text("Step given")
    page.locator("explainer-lesson .next").click()
    expect(heading(page)).to_have_text("Step project")
    looks = page.locator("explainer-lesson .stage").evaluate("e => getComputedStyle(e).display")
    assert looks == "grid"
