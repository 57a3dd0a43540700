"""The guides, tried: each page is built as its guide says, and opened in Chromium."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

import explainer
from explainer.site import Frame, pages, show
from tests.live import llamas
from tests.serving import serving_files

GUIDES = Path(__file__).parents[2] / "docs" / "guides"
CODE = re.compile(r"^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def code(guide: str, language: str, holding: str = "") -> str:
    """The first piece of code in a language, or the first that holds a text."""
    for indent, found, text in CODE.findall((GUIDES / f"{guide}.md").read_text(encoding="utf-8")):
        if found == language and holding in text:
            return re.sub(f"^{indent}", "", text, flags=re.MULTILINE)
    raise AssertionError(f"{guide}.md has no such {language}")


def copy(built: Path, folder: Path) -> None:
    """What every guide begins with."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (pages.SCRIPT, "self-attention.json"):
        shutil.copy(built / name, folder)


@contextmanager
def site(folder: Path, origins: set[str]) -> Iterator[str]:
    with serving_files(folder) as url:
        origins.add(urlsplit(url).netloc)
        yield url


def works(lesson: Locator) -> None:
    """It opens where the guide says, steps, and follows a changed number."""
    heading = lesson.get_by_role("heading", level=2)
    expect(heading).to_have_text("Match every key with every query")
    lesson.locator(".next").click()
    expect(heading).to_have_text("Keep the scores small")
    expect(lesson.locator("[aria-busy]")).to_have_count(0)  # all are made
    before = lesson.locator("td[data-cell]").all_inner_texts()
    lesson.locator('table[data-place="X"] td[data-cell="0"]').dblclick()
    lesson.locator("input").fill("4")
    lesson.locator("input").press("Enter")
    expect(lesson.locator(".reset")).to_have_count(1)
    assert lesson.locator("td[data-cell]").all_inner_texts() != before


def test_plain_html(built: Path, tmp_path: Path, wide: Page, origins: set[str]):
    copy(built, tmp_path)
    text = code("html", "html").replace(
        'charset="utf-8">', 'charset="utf-8"><link rel=icon href="data:,">'
    )
    (tmp_path / "index.html").write_text(text, encoding="utf-8")
    wide.emulate_media(reduced_motion="reduce")
    with site(tmp_path, origins) as url:
        wide.goto(url)
        works(wide.locator("explainer-lesson"))
        box = wide.locator("explainer-lesson").bounding_box()
        assert box and box["height"] == 640


def test_a_sheet_within_the_element_needs_no_server(
    built: Path, tmp_path: Path, wide: Page, origins: set[str]
):
    copy(built, tmp_path)
    sheet = (built / "self-attention.json").read_text(encoding="utf-8").replace("<", "\\u003c")
    text = code("html", "html", "application/json").replace('{"schema":1, …}', sheet)
    page = f"<!doctype html><meta charset=utf-8><title>Notes</title>{text}"
    (tmp_path / "notes.html").write_text(
        page.replace("<explainer-lesson", "<explainer-lesson step=match lang=en")
    )
    origins.add("")
    wide.emulate_media(reduced_motion="reduce")
    wide.goto((tmp_path / "notes.html").as_uri())
    works(wide.locator("explainer-lesson"))


def test_mkdocs(built: Path, tmp_path: Path, wide: Page, origins: set[str]):
    copy(built, tmp_path / "docs" / "lessons")
    # its own theme asks a CDN for its highlighter, and is told not to
    theme = "theme: {name: mkdocs, highlightjs: false}\nuse_directory_urls: true\n"
    (tmp_path / "mkdocs.yml").write_text(code("mkdocs", "yaml") + theme)
    line = code("mkdocs", "html")
    (tmp_path / "docs" / "index.md").write_text("# Home\n\n[Notes](notes.md)\n")
    (tmp_path / "docs" / "notes.md").write_text(f"# Notes\n\nBefore.\n\n{line}\nAfter.\n")
    run(tmp_path, "mkdocs", "build", "--strict", "--quiet")
    wide.emulate_media(reduced_motion="reduce")
    with site(tmp_path / "site", origins) as url:
        wide.goto(f"{url}/notes/")
        works(wide.locator("explainer-lesson"))


@pytest.mark.expected_errors("favicon.ico")
def test_sphinx(built: Path, tmp_path: Path, wide: Page, origins: set[str]):
    copy(built, tmp_path / "_static")
    (tmp_path / "conf.py").write_text(code("sphinx", "python") + 'html_theme = "alabaster"\n')
    page = f"Notes\n=====\n\nBefore.\n\n{code('sphinx', 'rst')}\nAfter.\n"
    (tmp_path / "index.rst").write_text(page)
    run(tmp_path, "sphinx", "-q", "-W", ".", "built")
    wide.emulate_media(reduced_motion="reduce")
    with site(tmp_path / "built", origins) as url:
        wide.goto(f"{url}/index.html")
        works(wide.locator("explainer-lesson"))


def run(folder: Path, module: str, *arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_notebook_s_cell(tmp_path: Path, wide: Page, origins: set[str]):
    given: dict[str, object] = {}
    exec(code("jupyter", "python").replace("\nshow(", "\nlast = show("), given)
    exec(code("jupyter", "python", "exact").replace("\nshow(", "\nown = show("), given)
    last, own = given["last"], given["own"]
    assert isinstance(last, Frame) and isinstance(own, Frame)
    html = "<!doctype html><meta charset=utf-8><link rel=icon href='data:,'><title>Notebook</title>"
    (tmp_path / "index.html").write_text(
        html + last._repr_html_() + own._repr_html_(), encoding="utf-8"
    )
    wide.emulate_media(reduced_motion="reduce")
    with site(tmp_path, origins) as url:
        wide.goto(url)
        works(wide.frame_locator("iframe").nth(0).locator("explainer-lesson"))
        second = wide.frame_locator("iframe").nth(1).locator("explainer-lesson")
        expect(second.locator(".play")).to_have_text("播放")
        cells = second.locator('table[data-place="X"] td[data-cell]').all_inner_texts()
        assert cells[:5] == ["1", "0", "0", "1", "1"]


def test_a_real_run_in_a_notebook_s_cell(tmp_path: Path, wide: Page, origins: set[str]):
    folder = llamas.save(tmp_path / "llama")  # stands in for the shipped one
    text = code("jupyter", "python", "capture").replace("\nFrame(", "\nlast = Frame(")
    given: dict[str, object] = {}
    exec(text.replace('paths.assets() / "tiny-llama"', repr(str(folder))), given)
    last = given["last"]
    assert isinstance(last, Frame)
    html = "<!doctype html><meta charset=utf-8><title>Notebook</title>" + last._repr_html_()
    (tmp_path / "notebook.html").write_text(html, encoding="utf-8")
    origins.add("")
    wide.goto((tmp_path / "notebook.html").as_uri())
    expect(wide.frame_locator("iframe").get_by_role("heading").first).to_be_visible()


def test_a_lesson_that_cannot_be_shown_in_a_cell():
    with pytest.raises(explainer.errors.LessonNotFound):
        show("nonsense")
    with pytest.raises(explainer.errors.LessonError):
        show(explainer.lesson("self-attention", X=[[1]]))


def test_the_guides_name_what_the_element_has():
    element = (GUIDES.parents[1] / "explainer" / "stage" / "element.js").read_text("utf-8")
    guide = (GUIDES / "html.md").read_text(encoding="utf-8")
    observed = re.search(r"observedAttributes = \[(.*?)\]", element)
    assert observed
    for name in re.findall(r'"([\w-]+)"', observed[1]):
        assert f"`{name}" in guide
    for part in re.findall(r'part\.add\("(\w+)"\)', element):
        assert f"`{part}`" in guide


def test_a_notebook_keeps_the_page_once():
    shown = show("self-attention", href="https://example.org/self-attention.html?a=1&b=<2>")
    assert len(repr(shown)) < 200 and repr(shown).endswith("b=<2>")
    html = shown._repr_html_()
    link = (
        '<a href="https://example.org/self-attention.html?a=1&amp;b=&lt;2&gt;">Self-attention: an'
    )
    assert link in html and html.endswith("</a></iframe>")
    assert "Run the cell in Jupyter" in repr(show("self-attention"))
