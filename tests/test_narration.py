"""Narration is read into a tree with live numbers, and never into HTML."""

from pathlib import Path

import pytest

from explainer import narration
from explainer.errors import LessonError

TEXT = """# A title

The summary, *short*.

## one: First of all | First

A number {S[1,2]} of {S}, in **bold**.

> **Often said** something, see [a paper](https://example.org/x).

## two-more: Second

- an item
"""


def test_a_text_becomes_a_tree() -> None:
    text = narration.parse(TEXT)
    assert text.title == "A title"
    assert text.summary == [
        {"tag": "p", "children": ["The summary, ", {"tag": "em", "children": ["short"]}, "."]}
    ]
    assert list(text.steps) == ["one", "two-more"]
    one = text.steps["one"]
    assert (one.title, one.short) == ("First of all", "First")
    assert one.body[0] == {
        "tag": "p",
        "children": [
            "A number ",
            {"array": "S", "cell": [1, 2]},
            " of ",
            {"array": "S"},
            ", in ",
            {"tag": "strong", "children": ["bold"]},
            ".",
        ],
    }
    note = one.body[1]
    assert isinstance(note, dict)
    assert note["tag"] == "blockquote"
    assert note["children"][0]["children"][2] == {
        "tag": "a",
        "href": "https://example.org/x",
        "children": ["a paper"],
    }
    assert text.steps["two-more"].short == "Second"


def test_a_language_may_have_labels_of_its_own() -> None:
    text = narration.parse(
        "# T\n\nx\n\n## labels\n\n- S: K^T Q: scores\n- E: 嵌入表\n\n## a: A\n\ny"
    )
    assert text.labels == {"S": "K^T Q: scores", "E": "嵌入表"}
    assert list(text.steps) == ["a"]
    (problem,) = narration.check(text, ["a"], {"S": (1,)})
    assert str(problem) == "line 7: there is no array E to label"
    for wrong in ("S: scores", "- S scores", "- : scores"):
        with pytest.raises(LessonError, match="labels and names are lists"):
            narration.parse(f"# T\n\n## labels\n\n{wrong}\n")


def test_html_stays_text() -> None:
    text = narration.parse("# T\n\n<script>alert(1)</script>\n\nmore <b>bold</b>\n")
    assert text.summary == [
        {"tag": "p", "children": ["<script>alert(1)</script>"]},
        {"tag": "p", "children": ["more <b>bold</b>"]},
    ]


def test_a_script_link_is_no_link() -> None:
    text = narration.parse("# T\n\n[x](javascript:alert(1))\n")
    assert text.summary == [{"tag": "p", "children": ["[x](javascript:alert(1))"]}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("no title\n", "the first line must be `# Title`"),
        ("# T\n\n## Not an id\n", "line 3: the heading must be"),
        ("# T\n\n## a: A\n\n## a: B\n", "line 5: a second text for the step a"),
        ("# T\n\n![p](x.png)\n", "line 3: image cannot be used"),
        ("# T\n\nx\n\n---\n", "line 5: hr cannot be used"),
    ],
)
def test_mistakes_name_the_line(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "en.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LessonError, match=f"en.md.* {message}"):
        narration.read(path)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "en.md"
    path.write_bytes(b"# \xff\xfe")
    with pytest.raises(LessonError, match="en.md"):
        narration.read(path)


def test_check_holds_the_text_to_the_lesson() -> None:
    shapes = {"S": (2, 3), "r": ()}
    assert narration.check(narration.parse(TEXT), ["one", "two-more"], shapes) == []
    found = narration.check(
        narration.parse("# T\n\n## one: A\n\n{Q} {S[2,0]} {S[0]}\n\n## three: C\n\n{r}"),
        ["one", "two"],
        shapes,
    )
    assert [(problem.line, problem.text) for problem in found] == [
        (0, "the step two has no text"),
        (7, "there is no step three"),
        (0, "the summary is missing, a paragraph after the title"),
        (5, "step one names Q, which is no array"),
        (5, "step one names S[2, 0], but S is 2×3"),
        (5, "step one names S[0], but S is 2×3"),
    ]


def test_a_text_says_what_its_arrays_are() -> None:
    text = narration.parse(
        "# T\n\nx\n\n## a: A\n\ny\n\n## names\n\n- K Kt: keys: found\n- S: scores"
    )
    assert text.names == {"K": "keys: found", "Kt": "keys: found", "S": "scores"}
    shapes = {"K": (1,), "Kt": (1,)}
    (problem,) = narration.check(text, ["a"], shapes)
    assert problem.text == "there is no array S to name"
