"""What import-linter cannot see: lessons import NumPy and the public names of explainer, only."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import explainer

LESSONS = sorted((Path(__file__).parents[1] / "lessons").glob("*/lesson.py"))


def imported(source: str) -> Iterator[str]:
    """Every imported name, as "module" or "module:name"."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}:{alias.name}" for alias in node.names)


def test_there_are_lessons():
    assert LESSONS


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.parent.name)
def test_a_lesson_imports_numpy_and_public_names_only(path: Path):
    allowed = {"numpy"} | {f"explainer:{name}" for name in explainer.__all__}
    assert set(imported(path.read_text(encoding="utf-8"))) <= allowed
