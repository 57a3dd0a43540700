"""A lesson's steps, names and copies come from the author's own code."""

from typing import Any

import numpy as np
import pytest

from explainer import Lesson, Matrix, Result, checking
from explainer.errors import LessonError


class Small(Lesson):
    X = Matrix([[1, 2], [3, 4]], role="feature")
    W = Matrix([[1, 0], [1, 1]], role="weight")
    Q = Result("W X", role="query")
    layout = """
        .  X  Q'
        W  Q  .
        .  Kt S
    """

    def steps(self, X, W):  # type: ignore[no-untyped-def]
        yield "given"
        Q = W @ X
        yield "project"
        Kt = X.T
        yield "lay-out"
        _half = (Kt @ Q) / 2
        S = np.floor(_half) if self.by_hand else _half + 0  # noqa: F841
        yield "match"


def test_a_step_shows_what_is_new_under_its_own_name() -> None:
    run = Small().run("hand")
    assert [(step.id, step.shows) for step in run.steps] == [
        ("given", ("X", "W")),
        ("project", ("Q",)),
        ("lay-out", ("Kt",)),
        ("match", ("Q'", "S")),
    ]
    assert list(run.arrays) == ["X", "W", "Q", "Kt", "S"]
    np.testing.assert_array_equal(run["Q"], [[1, 2], [4, 6]])
    np.testing.assert_array_equal(run["S"], [[6, 10], [9, 14]])
    assert {node.name for node in run.graph.nodes if node.op == "floor"} == {"S"}
    assert {node.name for node in run.graph.nodes if node.op == "divide"} == {None}


def test_exact_follows_the_other_branch() -> None:
    np.testing.assert_array_equal(Small().run("exact")["S"], [[6.5, 10], [9, 14]])


def test_other_givens_flow_through() -> None:
    run = Small(X=[[0, 0], [2, 0]]).run()
    np.testing.assert_array_equal(run["Q"], [[0, 0], [2, 0]])


def test_a_copy_arrives_where_the_step_names_it() -> None:
    class Named(Small):
        def steps(self, X, W):  # type: ignore[no-untyped-def]
            yield "given"
            Q = W @ X
            yield "project"
            Kt = X.T
            yield "lay-out", "Q'"
            S = Kt @ Q  # noqa: F841
            yield "match"

    steps = Named().run().steps
    assert steps[2].shows == ("Q'", "Kt")
    assert steps[3].shows == ("S",)


def test_a_given_that_a_later_step_names_arrives_then() -> None:
    class Late(Small):
        def steps(self, X, W):  # type: ignore[no-untyped-def]
            yield "given"
            Q = W @ X
            yield "project", "W"
            Kt = X.T
            S = Kt @ Q  # noqa: F841
            yield "match"

    steps = Late().run().steps
    assert steps[0].shows == ("X",)
    assert steps[1].shows == ("Q", "W")


def test_the_id_is_the_class_name_in_kebab_case() -> None:
    assert Small.id() == "small"
    assert type("VectorDatabase", (Lesson,), {}).id() == "vector-database"


def test_unknown_names_list_the_known_ones() -> None:
    with pytest.raises(KeyError, match="the arrays are X, W, Q, Kt, S"):
        Small().run()["nonsense"]
    with pytest.raises(LessonError, match="'rough' is none of hand, exact"):
        Small().run("rough")


def broken(steps: Any, layout: str = "X") -> Lesson:
    attributes = {"X": Matrix([[1, 2]]), "layout": layout, "steps": steps}
    return type("Broken", (Lesson,), attributes)()  # type: ignore[no-any-return]


def _twice(self: Any, X: Any) -> Any:
    Y = X + 1
    yield "one"
    Y = X + 2
    yield "two"
    assert Y is not None


def _alias(self: Any, X: Any) -> Any:
    Y = X
    yield "one"
    assert Y is X


def _unsupported(self: Any, X: Any) -> Any:
    Y = np.einsum("ij->ji", X)
    yield "one"
    assert Y is not None


def _fails(self: Any, X: Any) -> Any:
    yield "one"
    raise RuntimeError("no more")


def _plain(self: Any, X: Any) -> Any:
    yield "one"


def _same_id(self: Any, X: Any) -> Any:
    yield "one"
    yield "one"


def _bad_id(self: Any, X: Any) -> Any:
    yield "Not an id"


def _bad_extra(self: Any, X: Any) -> Any:
    yield "one", "Y"


def _none(self: Any, X: Any) -> Any:
    yield from ()


def _other_given(self: Any, Y: Any) -> Any:
    yield "one"


@pytest.mark.parametrize(
    ("steps", "layout", "message"),
    [
        (_twice, "X", r"test_lesson.py line \d+: step two: Y is given a second array"),
        (_alias, "X", r"line \d+: step one: Y is the same array as X; write \.copy"),
        (_fails, "X", r"test_lesson.py line \d+: RuntimeError: no more"),
        (_plain, "X Y", "layout: no array is called Y"),
        (_plain, "X X'", "no step after one uses the copy X'"),
        (_same_id, "X", "'one' must be unique"),
        (_bad_id, "X", "'Not an id' must be unique, in kebab-case"),
        (_bad_extra, "X", "step one: the layout has no place Y"),
        (_none, "X", "yields no step"),
        (_other_given, "X", r"steps must take the givens, as def steps\(self, X\)"),
    ],
)
def test_an_authors_mistake_is_told(steps: Any, layout: str, message: str) -> None:
    lesson = broken(steps, layout)
    with pytest.raises(LessonError, match=message):
        lesson.run()
    assert len(checking.check(lesson).problems) == 1


def test_an_unsupported_operation_is_named() -> None:
    with pytest.raises(LessonError, match=r"test_lesson.py line \d+: np\.einsum"):
        broken(_unsupported).run()


def test_check_compares_the_two_arithmetics() -> None:
    def steps(self, X):  # type: ignore[no-untyped-def]
        yield "one"
        Y = X if self.by_hand else X.T  # noqa: F841
        yield "two" if self.by_hand else "other"

    def mended(self, X):  # type: ignore[no-untyped-def]
        yield "one"
        Y = X + 0 if self.by_hand else X.T  # noqa: F841
        yield "two" if self.by_hand else "other"

    def told(steps: Any) -> list[str]:
        return [problem.text for problem in checking.check(broken(steps)).problems]

    same = "step two: Y is the same array as X; write .copy()"
    assert told(steps)[0] == same
    assert told(mended) == [
        "by hand and exact have different steps",
        "Y differs in shape between by hand and exact",
        "there is no text: write en.md beside lesson.py",
    ]
