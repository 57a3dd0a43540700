"""The pages without a server: what is escaped, which language, which links, which picture."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest

from explainer.catalog import Catalog
from explainer.cli import main
from explainer.pages import page
from explainer.pages.home import Home
from explainer.pages.links import PathLinks, QueryLinks
from explainer.pages.missing import missing
from explainer.pages.text import html, label, plain
from explainer.pages.thumbnail import areas, thumbnail
from explainer.pages.words import WORDS, choose

NASTY = "<script>alert(1)</script>"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    assert main(["new", "my-lesson", "--dir", str(tmp_path)]) == 0
    return tmp_path / "my_lesson"


@pytest.mark.parametrize(
    ("asked", "accepted", "language"),
    [
        (None, None, "en"),
        ("zh", "en", "zh"),
        ("fr", "zh", "zh"),
        (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        (None, "fr,en;q=0.3,zh;q=0.5", "zh"),
        (None, "zh;q=0,en", "en"),
        (None, ";;q=x,,", "en"),
        (NASTY, NASTY, "en"),
    ],
)
def test_the_language_is_the_one_asked_for(asked: str | None, accepted: str | None, language: str):
    assert choose(asked, accepted) == language


def test_both_languages_have_all_words():
    assert WORDS["en"].keys() == WORDS["zh"].keys()
    for key, text in WORDS["en"].items():
        assert text.count("{}") == WORDS["zh"][key].count("{}")


@pytest.mark.parametrize(
    ("links", "home", "lesson"),
    [
        (PathLinks(), "./", "lesson/a"),
        (PathLinks(1), "../", "../lesson/a"),
        (PathLinks(2, "zh"), "../../?lang=zh", "../../lesson/a?lang=zh"),
        (QueryLinks(), "?", "?lesson=a"),
        (QueryLinks("zh"), "?lang=zh", "?lesson=a&lang=zh"),
    ],
)
def test_links(links: PathLinks | QueryLinks, home: str, lesson: str):
    assert links.home() == home
    assert links.lesson("a") == lesson


def test_a_link_holds_any_name():
    assert PathLinks().lesson("a/../b?c#d") == "lesson/a%2F..%2Fb%3Fc%23d"


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (NASTY, "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ({"tag": "p", "children": ["a ", {"tag": "em", "children": ["b"]}]}, "<p>a <em>b</em></p>"),
        ({"tag": "script", "children": ["alert(1)"]}, "alert(1)"),
        ({"tag": "p onclick=x", "children": ["a"]}, "a"),
        ({"tag": "br"}, "<br>"),
        ({"tag": "a", "href": "https://x.org/?a=1&b=2", "children": ["x"]},
         '<a href="https://x.org/?a=1&amp;b=2">x</a>'),
        ({"tag": "a", "href": "other-lesson", "children": ["x"]}, '<a href="other-lesson">x</a>'),
        ({"tag": "a", "href": "javascript:alert(1)", "children": ["x"]}, "x"),
        ({"tag": "a", "href": " javascript:alert(1)", "children": ["x"]}, "x"),
        ({"tag": "a", "href": "JaVaScRiPt:alert(1)", "children": ["x"]}, "x"),
        ({"tag": "a", "href": "data:text/html,x", "children": ["x"]}, "x"),
        ({"tag": "a", "href": "//x.org", "children": ["x"]}, "x"),
        ({"array": "S"}, '<b style="color:var(--score-ink)">K<sup>T</sup>Q</b>'),
        ({"array": "gone<"}, "gone&lt;"),
        (None, ""),
    ],
)  # fmt: skip
def test_text_is_html_that_runs_nothing(tree: object, expected: str):
    sheet = {"arrays": {"S": {"label": {"hand": "K^TQ", "exact": "S"}, "role": "score"}}}
    assert html(tree, sheet) == expected


def test_a_role_is_no_way_into_the_page():
    array = {"label": {"hand": "S", "exact": "S"}, "role": '"><script>'}
    assert html({"array": "S"}, {"arrays": {"S": array}}) == (
        '<b style="color:var(--plain-ink)">S</b>'
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("W_{QK}", "W<sub>QK</sub>"),
        ("x_1^2", "x<sub>1</sub><sup>2</sup>"),
        ("a_", "a_"),
        (f"K^{{{NASTY}}}", "K<sup>&lt;script&gt;alert(1)&lt;/script&gt;</sup>"),
    ],
)
def test_label(text: str, expected: str):
    assert label(text) == expected


def test_plain_text_has_no_tags():
    tree = [{"tag": "p", "children": ["a\n b", {"tag": "br"}, "c < d"]}]
    assert plain(tree, {}) == "a b c < d"


def test_an_area_may_span():
    assert areas([["A", "A", "."], [".", "B", "B'"]]) == {
        "A": (0, 0, 0, 1),
        "B": (1, 1, 1, 1),
        "B'": (1, 1, 2, 2),
    }


def test_a_thumbnail_has_every_place_and_every_number_in_it():
    sheet = {
        "layout": [[".", "X", "."], ["W", "H", "H'"]],
        "arrays": {"X": {"role": "feature"}, "W": {"role": "weight"}, "H": {"role": "score"}},
    }
    arrays = {
        "X": np.eye(2),
        "W": np.ones((3, 2)),
        "H": np.array([[1, np.nan], [0, np.inf], [-4, 2]]),
    }
    drawn = ET.fromstring(str(thumbnail(sheet, arrays)))
    groups = drawn.findall("g")
    assert [group.get("style") for group in groups] == [
        "--r:var(--feature, var(--weight))",
        "--r:var(--weight, var(--weight))",
        "--r:var(--score, var(--weight))",
        "--r:var(--score, var(--weight))",
    ]
    squares = [
        sum(path.get("d", "").count("M") for path in group.findall("path")) for group in groups
    ]
    assert squares == [2, 6, 3, 3]
    left, top, width, height = map(float, drawn.get("viewBox", "").split())
    for group in groups:
        x, y = map(float, re.findall(r"[-\d.]+", group.get("transform", "")))
        edge = group.find("rect")
        assert edge is not None
        assert left <= x and x + float(edge.get("width", "")) <= left + width
        assert top <= y and y + float(edge.get("height", "")) <= top + height


def test_a_huge_matrix_makes_a_small_picture():
    sheet = {"layout": [["X"]], "arrays": {"X": {"role": "feature"}}}
    assert len(thumbnail(sheet, {"X": np.ones((2000, 2000))})) < 100_000


@pytest.mark.parametrize("language", list(WORDS))
def test_home_shows_every_lesson(language: str):
    catalog = Catalog()
    page = Home(catalog).html(language, PathLinks())
    assert catalog.ids()
    for id in catalog.ids():
        sheet = catalog.sheet(id)
        assert f'<a href="lesson/{id}">{label(sheet["texts"][language]["title"])}</a>' in page
        whole = [s for s in sheet["graphs"]["hand"]["steps"] if "/" not in s["id"]]  # not parts
        assert WORDS[language]["steps"].format(len(whole)) in page
    assert page.count("<svg class=") == len(catalog.ids())


@pytest.mark.parametrize(
    ("language", "told"), [("en", "I can say why every column of"), ("zh", "我能说出")]
)
def test_home_says_what_a_reader_can_do_afterwards(language: str, told: str):
    html = Home(Catalog()).html(language, PathLinks())
    lists = re.findall(r'<ul class="can".*?</ul>', html, re.DOTALL)
    assert len(lists) == len(Catalog().ids())
    assert all(each.count("<li>") == 3 for each in lists)
    assert told in lists[0] and ">A</b>" in lists[0]


def test_home_shows_what_a_lesson_needs(mine: Path):
    before = Home(Catalog([mine])).html("en", PathLinks())
    path = mine / "lesson.py"
    source = path.read_text(encoding="utf-8")
    path.write_text(
        source.replace("needs = ()", 'needs = ("self-attention", "unwritten")'), encoding="utf-8"
    )
    page = Home(Catalog([mine])).html("en", PathLinks())
    assert "Builds on" in page
    link = 'href="lesson/self-attention"'
    assert page.count(link) == before.count(link) + 1
    assert "unwritten" not in page


def test_home_escapes_what_a_lesson_says(mine: Path):
    text = mine / "en.md"
    text.write_text(
        text.read_text(encoding="utf-8")
        .replace("# My lesson", f"# {NASTY}", 1)
        .replace("One layer", f"{NASTY} {{X}}"),
        encoding="utf-8",
    )
    lesson = mine / "lesson.py"
    lesson.write_text(
        lesson.read_text(encoding="utf-8").replace(
            'role="feature"', f'role="feature", label="{NASTY}"'
        )
    )
    page = Home(Catalog([mine], shipped=False)).html("en", PathLinks())
    assert "alert(1)" in page
    assert NASTY not in page


def test_home_says_which_lesson_is_broken_and_shows_the_rest(mine: Path):
    (mine / "lesson.py").write_text(f"raise Exception('{NASTY}')", encoding="utf-8")
    page = Home(Catalog([mine])).html("en", PathLinks())
    assert WORDS["en"]["broken"] in page
    assert "lesson.py line 1: " in page and NASTY not in page
    assert "lesson/self-attention" in page


def test_home_without_lessons_says_so(tmp_path: Path):
    assert WORDS["en"]["none"] in Home(Catalog([tmp_path], shipped=False)).html("en", PathLinks())


def test_home_redraws_a_picture_when_its_lesson_changes(mine: Path):
    home = Home(Catalog([mine], shipped=False))
    before = home.html("en", PathLinks())
    assert home.html("en", PathLinks()) == before
    lesson = mine / "lesson.py"
    lesson.write_text(lesson.read_text(encoding="utf-8").replace("[1, 2, 0]", "[1, 2, 100]"))
    assert home.html("en", PathLinks()) != before


@pytest.mark.parametrize("language", list(WORDS))
def test_what_is_missing_says_what_exists(language: str):
    catalog = Catalog()
    page = missing(catalog, NASTY, language, PathLinks(1), "lesson")
    assert NASTY not in page and "&lt;script&gt;" in page
    for id in catalog.ids():
        assert f'href="../lesson/{id}"' in page


def test_a_long_address_is_cut():
    page = missing(Catalog(), "x" * 100_000, "en", QueryLinks(), "lesson")
    assert "x" * 200 not in re.sub(r'href="[^"]*"', "", page)


def test_a_browser_without_light_dark_gets_both_themes():
    css = page.paired(":root {\n  --a: light-dark(#fff, #000);\n  --font: serif;\n}\n")
    old = css.partition("@supports not")[2]
    assert "light-dark" not in old.partition("{")[2]
    assert ":root { --a:#fff; }" in old
    assert "prefers-color-scheme: dark) { :root:not([data-theme=light]) { --a:#000; } }" in old
    assert ":root[data-theme=dark] { --a:#000; }" in old
    assert old.count("{") == old.count("}")
