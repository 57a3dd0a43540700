"""Steps in parts: their ids, their numbers, and every page that counts or numbers steps."""

from pathlib import Path

import jsonschema
import pytest
from markupsafe import Markup

from explainer import cli, narration, parts, sheet
from explainer.catalog import Catalog
from explainer.errors import LessonError
from explainer.pages.home import Home
from explainer.pages.links import PathLinks
from explainer.site import plain
from tests.test_lesson import Small

TEXT = """# Parts

Two steps, one in parts.

## given: Given

Two numbers.

## double: Double

Once.

## double/again: Double again | Again

Twice.
"""


LESSON = """from explainer import Lesson, Matrix


class InParts(Lesson):
    X = Matrix([1, 2])
    layout = "X Y Z"

    def steps(self, X):
        yield "given"
        Y = X * 2
        yield "double"
        Z = Y * 2
        yield "double/again"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the lesson in parts."""
    lesson = tmp_path / "in_parts"
    lesson.mkdir()
    (lesson / "en.md").write_text(TEXT, encoding="utf-8")
    (lesson / "lesson.py").write_text(LESSON, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("ids", "numbers"),
    [
        ("a b c", "1 2 3"),
        ("a b b/x b/y c", "1 2a 2b 2c 3"),
        ("a a/x b b/x", "1a 1b 2a 2b"),
    ],
)
def test_a_part_has_its_steps_number_with_a_letter(ids: str, numbers: str) -> None:
    assert parts.wrong(ids.split()) is None
    assert parts.numbers(ids.split()) == numbers.split()
    assert parts.count(ids.split()) == len({id[0] for id in ids.split()})


@pytest.mark.parametrize(
    ("ids", "problem"),
    [
        ("a b/x", "the part b/x must follow the step b"),
        ("a/x", "the part a/x must follow the step a"),
        ("a b a/x", "the part a/x must follow the step a"),
        ("a a/x/y", "'a/x/y' must be unique, in kebab-case"),
        ("a a/", "'a/' must be unique, in kebab-case"),
        ("a a/x a/x", "'a/x' must be unique, in kebab-case"),
        (" ".join(["a", *(f"a/{n}" for n in range(26))]), "the step a has more parts than"),
    ],
)
def test_a_part_out_of_place_is_told(ids: str, problem: str) -> None:
    assert problem in str(parts.wrong(ids.split()))


def test_a_lesson_with_a_part_out_of_place_is_told() -> None:
    class Strays(Small):
        def steps(self, X, W):  # type: ignore[no-untyped-def]
            yield "given"
            Q = W @ X
            yield "project"
            Kt = X.T
            yield "given/again"
            S = Kt @ Q  # noqa: F841
            yield "match"

    with pytest.raises(LessonError, match="the part given/again must follow the step given"):
        Strays().run()


def test_a_part_reveals_what_is_new_in_it_and_has_a_text(folder: Path) -> None:
    run = Catalog([folder]).lesson("in-parts").run()
    assert [(step.id, step.shows) for step in run.steps] == [
        ("given", ("X",)),
        ("double", ("Y",)),
        ("double/again", ("Z",)),
    ]
    text = narration.parse(TEXT)
    assert text.steps["double/again"].short == "Again"
    shapes = {name: array.shape for name, array in run.arrays.items()}
    assert narration.check(text, [step.id for step in run.steps], shapes) == []


def test_pages_and_commands_count_steps_and_name_parts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalog = Catalog([folder])
    document = catalog.sheet("in-parts")
    jsonschema.Draft202012Validator(sheet.schema()).validate(document)
    assert "2 steps" in Home(catalog).html("en", PathLinks())
    (article,) = plain.articles(document)
    assert [step.number for step in article.steps] == ["1", "2a", "2b"]
    assert article.steps[2].body == Markup("<p>Twice.</p>")
    assert cli.main(["run", "in-parts", "--lessons", str(folder)]) == 0
    assert "2b. Double again" in capsys.readouterr().out
    assert cli.main(["lessons", "--lessons", str(folder)]) == 0
    assert "2 steps" in capsys.readouterr().out
