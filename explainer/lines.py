"""Where in an author's file something stands: of an error, of a declaration, of a row."""

import ast
import re
import traceback
from pathlib import Path


def of_error(error: BaseException, source: Path) -> tuple[str, int]:
    """The file's name and the line of the innermost frame in the source's folder; 0 for none."""
    if isinstance(error, SyntaxError) and error.filename and not error.__traceback__:
        return Path(error.filename).name, error.lineno or 0
    frames = [
        (Path(frame.filename).name, frame.lineno or 0)
        for frame in traceback.extract_tb(error.__traceback__)
        if Path(frame.filename) == source
        or (source.is_file() and Path(frame.filename).parent == source.parent)
    ]
    return frames[-1] if frames else (source.name, 0)


def of_names(source: Path, called: str = "") -> dict[str, int]:
    """The line of each name that a class of a file binds, or any class; empty if unreadable."""
    try:
        tree = ast.parse(source.read_bytes())
    except (OSError, ValueError, SyntaxError):
        return {}
    found: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and called in ("", node.name):
            found[node.name] = node.lineno
            for statement in node.body:
                if isinstance(statement, ast.FunctionDef | ast.ClassDef):
                    found[statement.name] = statement.lineno
                elif isinstance(statement, ast.Assign | ast.AnnAssign):
                    for name in ast.walk(statement):
                        if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store):
                            found.setdefault(name.id, name.lineno)
    return found


def of_row(source: Path, start: int, word: str) -> int:
    """The first line from `start` on in which a word stands on its own; `start` without one."""
    try:
        text = source.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError):
        return start
    pattern = re.compile(rf"(?<![\w']){re.escape(word)}(?![\w'])")
    for number, line in enumerate(text[start - 1 :], start):
        if pattern.search(line):
            return number
    return start
