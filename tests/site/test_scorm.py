"""SCORM packages: what is in them, and what an LMS is told and gives back."""

import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from explainer import cli
from explainer.catalog import Catalog
from explainer.site import scorm
from tests.serving import serving_files

CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADL = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
ID = "self-attention"
KEY = f"explainer-practice {ID} 0 hand"
KEPT = '{"version":1,"entries":{"Q 2":["２",0,false]},"predictions":{},"goals":[]}'

# A run-time that takes what SCORM 1.2 allows, and notes what it does not; two frames up.
LMS = """<!doctype html><meta charset="utf-8"><title>A course</title><link rel="icon" href="data:,">
<script>
  const RULES = {
    "cmi.core.lesson_location": /^[^]{0,255}$/,
    "cmi.core.lesson_status": /^(passed|completed|failed|incomplete|browsed|not attempted)$/,
    "cmi.core.score.raw": /^(\\d{1,2}|100)$/, "cmi.core.score.min": /^0$/,
    "cmi.core.score.max": /^100$/,
    "cmi.core.exit": /^(time-out|suspend|logout|)$/,
    "cmi.core.session_time": /^\\d{2,4}:\\d\\d:\\d\\d(\\.\\d{1,2})?$/,
    "cmi.suspend_data": /^[ -~]{0,4096}$/,
  };
  const held = JSON.parse(sessionStorage.held ?? '{"cmi.core.lesson_status": "not attempted"}');
  window.calls = [];
  window.faults = [];
  let open = false;
  const called = (name, ...given) => {
    calls.push([name, ...given]);
    if (name !== "LMSInitialize" && !open) faults.push(name);
  };
  window.API = {
    LMSInitialize: (nothing) => (called("LMSInitialize", nothing), String((open = true))),
    LMSGetValue: (name) => (called("LMSGetValue", name), held[name] ?? ""),
    LMSSetValue: (name, value) => {
      called("LMSSetValue", name, value);
      const fits = typeof value === "string" && RULES[name]?.test(value);
      if (!fits) faults.push([name, value]);
      if (fits) held[name] = value;
      return String(Boolean(fits));
    },
    LMSCommit: (nothing) => {
      called("LMSCommit", nothing);
      sessionStorage.held = JSON.stringify(held);
      return "true";
    },
    LMSFinish: (nothing) => (called("LMSFinish", nothing), (open = false), "true"),
    LMSGetLastError: () => "0", LMSGetErrorString: () => "", LMSGetDiagnostic: () => "",
  };
</script>
<iframe src="frame.html" width="1200" height="700"></iframe>"""
FRAME = """<!doctype html><title>Frame</title>
<iframe src="index.html" width="1180" height="680"></iframe>"""


@pytest.fixture(scope="module")
def package() -> bytes:
    return scorm.package(Catalog().sheet(ID), ["en", "zh"])


def test_the_manifest_is_one_of_scorm_1_2(package: bytes):
    """As its schema files ask for it: parts, their order, and what refers to what."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = set(archive.namelist())
        root = ET.fromstring(archive.read("imsmanifest.xml"))
    assert names == {"imsmanifest.xml", "index.html"}
    assert root.tag == f"{CP}manifest" and root.get("identifier") and root.get("version") == "1.0"
    assert [child.tag for child in root] == [
        f"{CP}{part}" for part in ("metadata", "organizations", "resources")
    ]
    assert [(child.tag, child.text) for child in root[0]] == [
        (f"{CP}schema", "ADL SCORM"), (f"{CP}schemaversion", "1.2")
    ]  # fmt: skip
    organizations, resources = root[1], root[2]
    (organization,) = organizations
    assert organizations.get("default") == organization.get("identifier")
    named, item = organization
    assert named.text == item[0].text == "Self-attention"
    (resource,) = resources
    assert item.get("identifierref") == resource.get("identifier")
    assert resource.get("type") == "webcontent" and resource.get(f"{ADL}scormtype") == "sco"
    assert {resource.get("href"), *(file.get("href") for file in resource)} == {"index.html"}
    identifiers = [
        element.get("identifier") for element in root.iter() if element.get("identifier")
    ]
    assert len(set(identifiers)) == len(identifiers) == 4
    assert package == scorm.package(Catalog().sheet(ID), ["en", "zh"]), "always the same"
    assert "<title>自注意力</title>" in scorm.manifest(Catalog().sheet(ID), "zh")


def test_the_command_writes_a_package_where_one_is_wanted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    build = ["build", "--scorm", ID]
    assert cli.main(build) == 0
    assert cli.main([*build, "--out", "course/one.zip"]) == 2, "there is no such folder"
    assert cli.main([*build, "moe", "--out", "course"]) == 0
    assert cli.main([*build, "moe", "--out", "both.zip"]) == 2
    assert cli.main(build) == 2, "it is there already"
    assert cli.main([*build, "--force", "--lang", "zh"]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "explainer: there is no folder course",
        "explainer: both.zip is one file, and there are 2 lessons; name a folder",
        "explainer: self-attention.zip is there already; --force replaces it",
    ]
    files = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.zip")}
    assert files == {"self-attention.zip", "course/self-attention.zip", "course/moe.zip"}
    assert cli.main(["build", ID]) == 2
    assert capsys.readouterr().err == "explainer: build needs --out, the folder to write\n"


@pytest.fixture
def course(tmp_path: Path, package: bytes, origins: set[str]) -> Iterator[str]:
    """The address of an LMS that holds the package."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "lms.html").write_text(LMS, encoding="utf-8")
    (tmp_path / "frame.html").write_text(FRAME, encoding="utf-8")
    with serving_files(tmp_path) as url:
        origins.add(urlsplit(url).netloc)
        yield url


class Learner:
    """Somebody who takes the course in a browser."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        page.emulate_media(reduced_motion="reduce")
        page.goto(f"{url}/lms.html")
        self.frame = page.frame_locator("iframe").frame_locator("iframe")
        self.lesson = self.frame.locator("explainer-lesson")
        self.kicker = self.lesson.locator(".kicker").first
        expect(self.kicker).to_be_visible()

    def asked(self, name: str) -> int:
        return len([call for call in self.page.evaluate("calls") if call[0] == name])

    def leaves(self) -> dict[str, Any]:
        """Go, and what the LMS then holds."""
        self.page.evaluate("frames[0].frames[0].location = 'about:blank'")
        self.page.wait_for_function("calls.at(-1)[0] === 'LMSFinish'")
        assert self.page.evaluate("faults") == []
        held: dict[str, Any] = json.loads(self.page.evaluate("sessionStorage.held"))
        return held

    def tells(self, right: int, of: int) -> None:
        """As practice does."""
        detail = {"right": right, "alone": right, "of": of, "goals": 0, "goalsOf": 2}
        self.lesson.evaluate(
            "(lesson, detail) => lesson.dispatchEvent(new CustomEvent('progress', {detail}))",
            detail,
        )


def test_an_lms_is_told_score_and_progress_and_a_pupil_finds_them_again(wide: Page, course: str):
    learner = Learner(wide, course)
    assert learner.asked("LMSInitialize") == learner.asked("LMSCommit") == 1
    wide.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [KEY, KEPT])
    learner.lesson.locator(".next").click()
    expect(learner.kicker).to_contain_text("step 2 of 9")
    for right in (1, 2, 3):
        learner.tells(right, 6)
    learner.tells(0, 6)  # of another paper
    assert learner.asked("LMSCommit") == 1, "not for every step"
    held = learner.leaves()
    assert held["cmi.core.lesson_status"] == "incomplete"
    assert held["cmi.core.score.raw"] == "50" and held["cmi.core.exit"] == "suspend"
    assert held["cmi.core.session_time"].startswith("0000:0")
    assert json.loads(held["cmi.suspend_data"]) == {"0 hand": json.loads(KEPT)}

    # at another machine, where somebody else sat before
    wide.evaluate("localStorage.clear()")
    wide.evaluate("key => localStorage.setItem(key, '{}')", KEY.replace("hand", "exact"))
    learner = Learner(wide, course)
    expect(learner.kicker).to_contain_text("step 2 of 9")
    found = wide.evaluate(
        "Object.entries(localStorage).filter(([key]) => key.includes('practice'))"
    )
    assert [(key, json.loads(kept)) for key, kept in found] == [(KEY, json.loads(KEPT))]
    learner.lesson.evaluate("lesson => lesson.sheet.go({ step: 8 })")
    assert learner.leaves()["cmi.core.lesson_status"] == "completed"
    learner = Learner(wide, course)
    learner.tells(6, 6)
    held = learner.leaves()
    assert (held["cmi.core.lesson_status"], held["cmi.core.score.raw"]) == ("passed", "100")
    learner = Learner(wide, course)
    assert learner.leaves()["cmi.core.lesson_status"] == "passed"


def test_what_a_pupil_fills_in_is_told_and_found_again(wide: Page, course: str):
    """By practice itself, to its last moment: what is being typed when the page goes counts."""
    learner = Learner(wide, course)
    blank = Catalog().sheet(ID)["practice"]["blanks"]["Q"][0]
    right = f"{Catalog().lesson(ID).run('hand')['Q'].flat[blank]:g}"
    query = learner.lesson.locator(f'table[data-place="Q"] td[data-cell="{blank}"]')
    learner.lesson.evaluate("lesson => lesson.sheet.go({ step: 1 })")
    expect(query).not_to_have_text(right)
    query.dblclick()
    wide.keyboard.type(right)
    learner.lesson.evaluate(
        "lesson => addEventListener('progress', ({ detail }) => (top.told = detail))"
    )
    held = learner.leaves()
    told = wide.evaluate("told")
    assert told["right"] == told["alone"] == 1
    assert held["cmi.core.score.raw"] == str(round(100 / told["of"]))
    wide.evaluate("localStorage.clear()")
    learner = Learner(wide, course)
    expect(query).to_have_text(right)


def test_no_more_is_told_than_an_lms_keeps(wide: Page, course: str):
    """What was changed last, and an address without the numbers that make it too long."""
    learner = Learner(wide, course)
    for paper in range(9):
        kept = json.dumps({"version": 1, "entries": {f"A {i}": ["0.5", 0] for i in range(60)}})
        wide.evaluate(
            "([key, kept]) => localStorage.setItem(key, kept)", [KEY.replace("0", str(paper)), kept]
        )
    numbers = "&".join(f"X.{i}.{j}=0.123456789" for i in range(6) for j in range(4))
    learner.lesson.evaluate(
        "(_, numbers) => history.replaceState(null, '', '#step=match&' + numbers)", numbers
    )
    held = learner.leaves()
    assert held["cmi.core.lesson_location"] == "step=match"
    assert len(json.loads(held["cmi.suspend_data"])) >= 3


def test_where_no_lms_answers_it_is_a_page_like_any_other(
    wide: Page, course: str, tmp_path: Path, origins: set[str]
):
    wide.goto(f"{course}/index.html")
    wide.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [KEY, KEPT])
    wide.reload()
    lesson = wide.locator("explainer-lesson")
    expect(lesson.locator(".kicker").first).to_contain_text("step 1 of 9")
    assert wide.evaluate("key => localStorage.getItem(key)", KEY) == KEPT
    # a page of another site that has such a name, around it
    elsewhere = course.replace("127.0.0.1", "localhost")
    assert elsewhere != course
    origins.add(urlsplit(elsewhere).netloc)
    (tmp_path / "other.html").write_text(
        LMS.replace("frame.html", f"{course}/index.html"), encoding="utf-8"
    )
    wide.goto(f"{elsewhere}/other.html")
    expect(wide.frame_locator("iframe").locator(".kicker").first).to_contain_text("step 1 of 9")
    assert wide.evaluate("calls") == []
