"""`explainer build`: what it writes, what it refuses, and that it never leaves half a site."""

import gzip
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import jsonschema
import pytest

from explainer import cli, output, sheet
from explainer.catalog import Catalog
from explainer.site import folder, pages
from tests.browser.stage_page import small_sheet

IDS = Catalog().ids()
BUDGET = 70_000  # bytes of a lesson's page with its script, gzipped


class Page(HTMLParser):
    """What a test asks of a page: its links, its JSON, the text of its tables."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.assets: list[str] = []
        self.icons: list[str] = []
        self.data: list[str] = []
        self.captions: list[str] = []
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in given:
            self.hrefs.append(given["href"])
        self.assets += [given[key] for key in ("src",) if key in given]
        if tag == "link" and given["rel"] == "stylesheet":
            self.assets.append(given["href"])
        if tag == "link" and given["rel"] == "icon":
            self.icons.append(given["href"])
        if tag == "script" and given.get("type") == "application/json":
            self.data.append("")
        if tag == "caption":
            self.captions.append("")
        self.inside = given.get("type", "") if tag == "script" else tag

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "caption"):
            self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "application/json":
            self.data[-1] += data
        elif self.captions and self.inside in ("caption", "sub", "sup"):
            self.captions[-1] += data


def fails(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """What a build says that must fail, in one line."""
    assert cli.main(["build", *map(str, arguments)]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    return told


# What it writes --------------------------------------------------------------------------------


def test_a_site_is_home_and_a_page_and_a_sheet_for_each_lesson(built: Path):
    expected = {f"{page}{kind}" for page in ("index", "glossary") for kind in (".html", ".zh.html")}
    expected |= {*pages.BUNDLES, pages.STYLE, pages.ICON, folder.MARKER}
    expected |= {f"{id}.{kind}" for id in IDS for kind in ("html", "json")}
    assert {path.name for path in built.iterdir()} == expected


def test_every_link_and_file_of_every_page_is_there(built: Path):
    here = {path.name for path in built.iterdir()}
    for path in built.glob("*.html"):
        page = Page(path.read_text(encoding="utf-8"))
        for href in (*page.hrefs, *page.assets, *page.icons):
            if not href.startswith(("http", "data:", "#")):
                assert href.split("#")[0] in here, f"{path.name}: {href}"


@pytest.mark.parametrize("id", IDS)
def test_a_page_carries_its_lesson_s_sheet(built: Path, id: str):
    """All but what its steps say, which it has once: `test_offline` reads it from there."""
    html = (built / f"{id}.html").read_text(encoding="utf-8")
    *_, carried = Page(html).data
    own = json.loads((built / f"{id}.json").read_text(encoding="utf-8"))
    assert own == json.loads(json.dumps(Catalog().sheet(id)))
    for text in own["texts"].values():
        for step, told in text["steps"].items():
            assert told.pop("body") and html.count(f'data-step="{step}"') == len(own["texts"])
    assert json.loads(carried) == own


@pytest.mark.parametrize("id", IDS)
def test_without_script_there_is_the_text_and_every_matrix(built: Path, id: str):
    html = (built / f"{id}.html").read_text(encoding="utf-8")
    plain = "".join(re.findall("<noscript.*?>(.*?)</noscript>", html, re.DOTALL))
    document = Catalog().sheet(id)
    shown = [name for step in document["graphs"]["hand"]["steps"] for name in step["shows"]]
    matrices = [name for name in shown if not name.endswith("'")]
    assert len(Page(plain).captions) == len(matrices)
    for text in document["texts"].values():
        assert all(step["title"] in re.sub("&#39;", "'", plain) for step in text["steps"].values())


@pytest.mark.parametrize("id", IDS)
def test_a_lesson_s_page_is_within_its_budget(built: Path, id: str):
    files = [f"{id}.html", *Page((built / f"{id}.html").read_text(encoding="utf-8")).assets]
    assert files == [f"{id}.html", pages.SCRIPT]
    sizes = [len(gzip.compress((built / name).read_bytes(), 9)) for name in files]
    assert sum(sizes) <= BUDGET, dict(zip(files, sizes, strict=True))


def test_the_numbers_of_the_text_stand_in_it_as_they_are(built: Path):
    html = (built / "self-attention.html").read_text(encoding="utf-8")
    html = re.sub("<b data.*?>", "<b>", html)
    sums = Catalog().lesson("self-attention").run("hand")["s"][0]
    told = f"The first query collects <b>{sums[0]:g}</b> in all, the third <b>{sums[2]:g}</b>."
    assert told in html


def test_chosen_lessons_and_languages_only(tmp_path: Path):
    out = tmp_path / "site"
    arguments = ["--lang", "zh", "--base", "https://example.org/course"]
    assert cli.main(["build", "--out", str(out), "moe", "rlhf", *arguments]) == 0
    names = {path.name for path in out.iterdir()}
    assert {"index.html", "moe.html", "rlhf.html"} <= names
    assert not names & {"lora.html", "index.zh.html"}
    home = (out / "index.html").read_text(encoding="utf-8")
    assert '<html lang="zh-Hans">' in home
    assert '<link rel="canonical" href="https://example.org/course/index.html">' in home
    carried = json.loads((out / "moe.json").read_text(encoding="utf-8"))
    assert list(carried["texts"]) == ["zh"]
    jsonschema.validate(carried, sheet.schema())
    assert '"href":"lesson:' not in (out / "moe.html").read_text(encoding="utf-8")


def test_a_single_file_names_no_other(tmp_path: Path):
    out = tmp_path / "files"
    assert cli.main(["build", "--out", str(out), "--single", "rlhf"]) == 0
    assert {path.name for path in out.iterdir()} == {"rlhf.html", folder.MARKER}
    page = Page((out / "rlhf.html").read_text(encoding="utf-8"))
    assert page.assets == []
    assert [href for href in page.hrefs if not href.startswith("http")] == []


def test_a_stranger_s_markup_is_text():
    document = small_sheet()
    for text in document["texts"].values():
        text["labels"] = {}
    evil = "</script><img src=x onerror=alert(1)><!--"
    document["texts"]["en"]["title"] = evil
    document["texts"]["en"]["steps"]["given"]["body"] = [evil]
    document["arrays"]["X"]["label"]["hand"] = evil
    html = pages.single(document)
    assert "<img src=x" not in html
    *_, carried = Page(html).data
    assert json.loads(carried)["texts"]["en"]["title"] == evil


def test_building_twice_gives_the_same(built: Path, tmp_path: Path):
    again = tmp_path / "again"
    assert cli.main(["build", "--out", str(again)]) == 0
    for path in built.iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()


# What it refuses -------------------------------------------------------------------------------


def test_a_lesson_that_does_not_exist(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    told = fails(capsys, "--out", tmp_path / "site", "nonsense")
    assert "there is no lesson 'nonsense'; there is self-attention" in told
    assert list(tmp_path.iterdir()) == []


def test_a_lesson_that_does_not_load(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "lesson.py").write_text("1 / 0")
    told = fails(capsys, "--out", tmp_path / "site", "--lessons", tmp_path)
    assert "mine does not load: lesson.py line 1: ZeroDivisionError: division by zero" in told


def test_an_out_that_is_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "site").write_text("mine")
    assert "is not a folder" in fails(capsys, "--out", tmp_path / "site")
    assert (tmp_path / "site").read_text() == "mine"


def test_an_out_below_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "site").write_text("mine")
    told = fails(capsys, "--out", tmp_path / "site" / "deeper", "moe")
    assert f"{tmp_path / 'site'} is not a folder" in told


def test_an_out_that_holds_what_is_not_ours(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "thesis.txt").write_text("mine")
    assert "is not empty, and was not built by explainer" in fails(capsys, "--out", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_site_with_a_file_of_somebody_s_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    out = tmp_path / "site"
    assert cli.main(["build", "--out", str(out), "moe"]) == 0
    (out / "CNAME").write_text("example.org")
    assert "did not write (CNAME)" in fails(capsys, "--out", out, "moe")
    assert (out / "CNAME").exists() and (out / "moe.html").exists()


def test_an_out_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(output.tempfile, "TemporaryDirectory", refuse)
    told = fails(capsys, "--out", tmp_path / "site", "moe")
    assert told == f"explainer: cannot write {tmp_path / 'site'}: Permission denied\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--lang", "xx"], "there is no language 'xx'; there is en, zh"),
        (["--lang", ","], "no language is named"),
        (["--base", "example.org"], "'example.org' is not an address such as https://example.org/"),
        (["--base", "javascript:alert(1)"], "is not an address"),
    ],
)
def test_an_argument_that_makes_no_sense(
    arguments: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert told in fails(capsys, "--out", tmp_path / "site", *arguments)


# Never half a site -----------------------------------------------------------------------------


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path):
    out = tmp_path / "site"
    folder.write(out, {"a.html": "1", "b.html": "1"})
    folder.write(out, {"a.html": "2"})
    assert {path.name for path in out.iterdir()} == {"a.html", folder.MARKER}
    assert (out / "a.html").read_text() == "2"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("broken", ["write_text", "rename"])
def test_a_build_that_fails_leaves_the_old_site(
    broken: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / "site"
    folder.write(out, {"a.html": "old"})
    real = getattr(Path, broken)

    def fail(self: Path, *given: object, **more: object) -> object:
        if self.name in ("b.html", "new"):
            raise OSError(28, "No space left on device")
        return real(self, *given, **more)

    monkeypatch.setattr(Path, broken, fail)
    with pytest.raises(folder.CannotWrite, match="No space left"):
        folder.write(out, {"a.html": "new", "b.html": "new"})
    monkeypatch.undo()
    assert (out / "a.html").read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]
