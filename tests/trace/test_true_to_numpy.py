"""What a lesson writes is what NumPy gives, or a LessonError that says what to write instead."""

# ruff: noqa: E501, a table of expressions is read across

import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.errors import LessonError, UnsupportedOperation
from explainer.trace import OPERATIONS, Graph, Traced
from explainer.trace import given as start
from explainer.trace.composed import COMPOSED

PLAIN: dict[str, Any] = {
    "X": np.array([[1.0, -2.0, 3.0], [0.0, 4.0, -1.0]]),
    "Y": np.array([[2.0, 2.0, -3.0], [1.0, -4.0, 0.5]]),
    "S": np.array([[2.0, 1.0], [1.0, 3.0]]),
    "v": np.array([3.0, 1.0, 2.0]),
    "w": np.array([1.0, -1.0, 0.0]),
    "i": np.array([2, 0, 1]),
    "a": np.array(4.0),
}
CODE = {
    "np": np,
    "M": np.array([[True, False, True], [False, True, True]]),
    "m": np.array([True, False, True]),
    "C": np.arange(6.0).reshape(2, 3),
}

# Ordinary expressions, one a line.
SAME = """
X + Y; X - 1; 1 - X; X * Y; X / 2; 2 / Y; X // 2; X % 2; X ** 2; 3 ** X; -X; +X; abs(X)
X / Y; v // 0; v / 0; v % 0; X @ X.T; X.T @ Y; X @ v; v @ w; v @ X.T; X @ C.T; C @ X.T; C.T @ X; S @ S @ S
np.matmul(v, X.T); np.matmul(X, v); np.dot(X, v); np.dot(2, X); X.dot(v); v.dot(w); np.dot(v, w); np.inner(v, w); np.inner(X, Y)
np.outer(v, w); np.multiply.outer(v, w); np.add.outer(v, [1, 2]); np.vdot(v, w); X.T; X.mT; v.T; X.transpose(); X.transpose(1, 0)
X.transpose((1, 0)); np.transpose(X); np.swapaxes(X, 0, 1); X.swapaxes(0, -1); np.moveaxis(X, 0, 1)
X.sum(); X.sum(axis=0); X.sum(0); X.sum(axis=-1); X.sum(axis=1, keepdims=True); X.sum(axis=(0, 1)); np.sum(X, (0, 1), keepdims=True)
X.mean(); X.mean(axis=0); X.max(); X.max(axis=1); X.min(axis=0, keepdims=True); np.amax(X); np.amin(X, axis=0); X.argmax(); X.argmin()
X.argmax(axis=0); X.argmin(axis=1); v.argmax(); np.argmin(X, axis=0, keepdims=True); X.std(); X.var(axis=0); np.std(X, axis=1, keepdims=True)
X.prod(); X.prod(axis=0); np.prod(X, axis=1, keepdims=True); np.ptp(X, axis=1); (X > 0).any(); (X > 0).all(axis=0); np.any(X > 0, axis=1)
np.count_nonzero(X > 0); np.count_nonzero(X, axis=0); (X > 0).sum(axis=1); (X > 0).mean(); np.nansum(X, axis=0); np.trace(S); S.trace()
np.cumsum(v); np.cumsum(X); X.cumsum(axis=0); X.cumsum(axis=-1); np.cumprod(v); np.diff(v); np.diff(X, axis=0); np.diff(v, n=2)
np.sort(v); np.sort(X); np.sort(X, axis=0); np.sort(X, axis=None); np.sort(v)[::-1]; -np.sort(-X); np.argsort(v); np.argsort(X, axis=0); X.argsort()
v[np.argsort(v)]; v[v.argmax()]; X[:, v.argmin()]; X[:, i]; X[:, i[0]]; X.T[i]; v[i]; v[-1]; X[0]; X[-1, -1]; X[:, 0]; X[..., 0]; X[0, ...]
X[1:]; X[:, 1:]; X[:, ::-1]; X[::-1, ::2]; X[:, [2, 0]]; X[[0, 1], [1, 2]]; X[[0, 1]]; X[[[0, 1], [1, 0]]]; X[:, None]; X[None]; v[:, None]; v[None, :]
v[np.newaxis]; v[:, np.newaxis] * w; X[M]; X[:, m.nonzero()[0]]; X[:, m]; v[m]; v[[True, False, True]]; X[C > 2]; X[:, C[0] > 0]; X[True]
X[1][2]; X[0][1:]; [row for row in X][1]; X.ravel(); X.flatten(); np.ravel(X); X.reshape(3, 2); X.reshape((3, 2)); X.reshape(-1); X.reshape(3, -1)
np.reshape(X, (1, 6)); np.expand_dims(v, 0); np.expand_dims(v, 1); np.squeeze(X[:1]); X[:1].squeeze(axis=0); np.atleast_1d(a); np.atleast_2d(v)
np.stack([v, w]); np.stack([v, w], axis=1); np.stack([X, Y]); np.stack([X, Y], axis=-1); np.stack([a, 2 * a, 3]); np.vstack([v, w]); np.vstack([X, v])
np.vstack([X, Y]); np.vstack((v, [1, 2, 3])); np.hstack([v, w]); np.hstack([X, Y]); np.hstack([a, a]); np.hstack([v, 1]); np.column_stack([v, w])
np.column_stack([X.T, v]); np.concatenate([X, Y]); np.concatenate([X, Y], axis=1); np.concatenate([X, Y], -1); np.concatenate([v, w, [1, 2]])
np.concatenate([X, np.ones((1, 3))]); np.append(v, 4); np.append(X, [[1, 2, 3]], axis=0); np.tile(v, 2); np.tile(v, (2, 1)); np.repeat(v, 2)
np.repeat(X, 2, axis=0); v.repeat(2); np.repeat(v, [1, 0, 2]); np.flip(v); np.flip(X, 0); np.fliplr(X); np.flipud(X); np.roll(v, 1); np.roll(X, 1, axis=1)
np.rot90(X); np.tril(S); np.triu(S); np.tril(X, -1); np.triu(X, k=1); np.diag(v); np.diag(S); np.diagonal(S); np.pad(v, 1); np.pad(X, ((0, 1), (1, 0)))
np.delete(v, 1); np.split(v, 3)[1]; np.array_split(v, 2)[0]; np.hsplit(X, 3)[2]; np.vsplit(X, 2)[0]; np.broadcast_to(v, (2, 3)); X.copy(); np.copy(X)
np.take(X, [0, 2], axis=1); np.take(X, i, axis=1); np.take(v, i); X.take(1)
np.clip(X, -1, 2); X.clip(0, 1); np.clip(X, 0, None); X.clip(max=2); np.clip(X, w, v); np.maximum(X, 0); np.minimum(X, Y); np.maximum(0, X)
np.exp(X); np.log(abs(X) + 1); np.sqrt(v); np.square(X); np.tanh(X); np.sin(X); np.cos(X); np.sign(X); np.abs(X); np.absolute(X); np.fabs(X); np.floor(X / 2)
np.ceil(X / 2); np.trunc(X / 2); np.fix(X / 2); np.rint(X / 2); np.round(X / 3, 1); X.round(1); np.around(X / 3, 2); round(X[0, 1] / 3, 1); np.power(X, 2)
np.log2(v); np.log10(v); np.log1p(v); np.expm1(v); np.exp2(v); np.reciprocal(v); np.hypot(X, Y); np.divmod(v, 2)[0]; divmod(v, 2)[1]; np.mod(X, 2); np.negative(X)
np.positive(X); np.true_divide(X, 2); np.float_power(v, 2); np.linalg.norm(v); np.linalg.norm(X); np.linalg.norm(X, axis=0); np.linalg.norm(X, axis=1, keepdims=True)
X > 1; X >= Y; X == 1; X != Y; 1 < X; v == v.max(); (X > 0) & (Y > 0); (X > 0) | (Y > 0); ~(X > 0); (X > 0) ^ (Y > 0); np.logical_not(X); np.logical_xor(X, Y)
np.where(X > 0, X, 0); np.where(M, X, -1e9); np.where(X > 0, 1, 2); (X > 0) * X; (X > 0) * 1; (X > 0) * 1.0; 1 - (X > 0); (X > 0) / 2; (X > 0) * (Y > 0)
(X > 0).astype(int); (X > 0).astype(float); X.astype(bool); X.astype(float); (X / 2).astype(int); i + 1; i * 2; i / 2; i ** 2; v[i - 1]; X[:, 2 - i]
np.nan_to_num(X); np.sum(X, dtype=float); np.sum(X, out=None); np.float64(2) * X; np.float64(2) + v[0]; 2.0 * v[0]; [1, 2, 3] + v; v + [1, 2, 3]; (1, 2, 3) * v
a + v; a * X; a / 2; -a; a ** 0.5; np.exp(a); X[0, 0] + X[1, 1]; sum(v); sum(X); sum([v, w]); v @ [1, 2, 3]; np.add.reduce(X); np.maximum.reduce(X, axis=1)
np.multiply.reduce(v); np.add.accumulate(v); np.stack([X, Y]) @ X.T; np.stack([S, S]) @ X; S @ np.stack([X, Y]); np.stack([X, Y]) @ v; np.stack([S, S]) @ np.stack([X, Y])
np.stack([X, Y]).sum(axis=0); np.stack([X, Y]).sum(axis=(0, 2)); np.stack([X, Y]).transpose(2, 0, 1); np.stack([X, Y]).reshape(4, 3); np.stack([X, Y]).mean((1, 2))
X.reshape(2, 1, 3) * Y; np.max(np.stack([X, Y]), axis=(0, 1)); np.full_like(X, 2) + X; np.ones_like(v) + v; np.zeros_like(X) + X; len(X) + v; X.shape[1] * v; X.ndim + v
X.size + v; np.shape(X)[0] + v; np.exp(X) / np.exp(X).sum(axis=0); (X - X.mean(axis=0)) / np.sqrt(X.var(axis=0) + 1); np.sqrt((X ** 2).sum(axis=0, keepdims=True))
X / np.linalg.norm(X, axis=0); np.where(np.tril(np.ones((2, 2))) > 0, S, -1e9); (np.arange(3) == i[:, None]) * 1.0; np.vander([1, 2, 3], 3) @ v; X.sum(axis=0)[i]
"""

# What NumPy computes and a lesson does not, with a word of what to write instead.
REFUSED = """
X[X > 1] -> only(X, mask)
V[X[0] > 1] -> only(X, mask)
X[:, v > 1] -> mask of constants
v[v * 1.0] -> .astype(int)
np.where(X > 0) -> depends on the numbers
np.nonzero(X) -> depends on the numbers
np.unique(X) -> depends on the numbers
np.einsum("ij,kj->ik", X, Y) -> @
np.median(X) -> np.sort
np.array([v, w]) -> np.stack
np.asarray(X) -> np.stack
C[:, i] -> declare it as a Matrix
np.take(C, i, axis=1) -> declare it as a Matrix
max(v) -> X.max()
sorted(v) -> np.sort
3 in v -> (X == 3).max()
1 if v[0] > 1 else 2 -> np.where
0 < v < 2 -> np.where
v[0] > 1 and v[1] > 1 -> np.where
float(v[0]) -> np.sqrt
range(i[0]) -> np.sqrt
X.tolist() -> keep it an array
v[0].item() -> keep it an array
X.sort() -> np.sort(X)
X.fill(0) -> np.where
X[0].nothing -> the array method .nothing
np.add(X, 1, where=M) -> np.where
X.sum(where=M) -> np.where
np.sum(X, initial=3) -> afterwards
np.sum(X, dtype=int) -> leave it out
np.reshape(X, (3, 2), order="F") -> .T
np.linalg.inv(S) -> beforehand
np.random.default_rng(0).permutation(v) -> np.stack
(X > 0) + (Y > 0) -> make them numbers first
np.exp(X > 0) -> make them numbers first
-(X > 0) -> np.negative
X & 1 -> compare first
~X -> compare first
i // 0 -> make them numbers first
X @ Y -> columns meet
X + v[:2] -> 2×3
v[7] -> out of bounds
X[:, i + 1] -> out of bounds
X[:0] -> no cells
np.zeros((0, 3)) * v -> no cells
X + np.inf -> finite
X * None -> numbers
X + "a" -> numbers
X * 1j -> numbers
np.concatenate([X, v]) -> 2×3
np.var(X, ddof=1) -> ddof
np.linalg.norm(X, 1) -> np.abs
"""


def named(graph: Graph) -> dict[str, Traced]:
    return {n: start(graph, n, value, value.dtype) for n, value in PLAIN.items()}


def expressions() -> list[str]:
    return [e.strip() for line in SAME.strip().splitlines() for e in line.split(";")]


def numpys(expression: str) -> Any:
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.asarray(eval(expression, CODE | PLAIN))


@pytest.mark.parametrize("expression", expressions())
def test_an_ordinary_expression_is_numpys(expression: str) -> None:
    got = eval(expression, CODE | named(Graph()))
    assert isinstance(got, Traced)
    expected = numpys(expression)
    assert got.shape == expected.shape
    np.testing.assert_allclose(got.value, expected.astype(np.float64), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("line", REFUSED.strip().splitlines())
def test_what_is_refused_is_told_with_what_to_write(line: str) -> None:
    expression, advice = line.split(" -> ")
    with pytest.raises(LessonError) as told:
        eval(expression, CODE | named(Graph()) | {"V": start(Graph(), "V", PLAIN["v"])})
    assert advice in str(told.value)
    assert "\n" not in str(told.value)


def test_a_computed_array_is_not_put_into_another() -> None:
    x = named(Graph())
    Y = np.zeros((2, 3))
    with pytest.raises(UnsupportedOperation, match=r"np\.stack"):
        Y[0] = x["v"]
    with pytest.raises(UnsupportedOperation, match=r"S = S \+ 1"):
        Y += x["X"]
    with pytest.raises(UnsupportedOperation, match=r"np\.where"):
        x["X"][0] = 1


def test_a_computed_number_can_be_printed() -> None:
    x = named(Graph())
    assert f"{x['v']} {x['v'][0]:.1f} {x['v'] > 2}" == "[3. 1. 2.] 3.0 [ True False False]"


def test_a_formula_shows_what_a_composition_does() -> None:
    """clip is a maximum and a minimum, outer a product; what only moves keeps its cells."""
    for expression, operations in {
        "X.clip(0, 1)": {"maximum", "minimum"},
        "np.outer(v, w)": {"multiply", "reshape"},
        "np.stack([v, w])": {"reshape", "concatenate"},
        "np.tril(S)": {"reshape", "concatenate", "getitem"},
        "np.cumsum(v)": {"getitem", "sum", "concatenate"},
    }.items():
        graph = Graph()
        x = named(graph)
        eval(expression, CODE | x)
        assert {n.op for n in graph.nodes} - {"given", "constant"} == operations


def test_contributing_lists_all_operations() -> None:
    text = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")
    listed = text.split("- **Operations**")[1].split("- **Numbers are")[0]
    ours = {f.__name__ for f in COMPOSED} | {
        f.__name__ for o in OPERATIONS.values() for f in o.stands_for
    }
    signs = set(
        "add subtract multiply divide remainder negative equal not_equal less less_equal greater floor_divide "
        "greater_equal logical_and logical_or logical_not bitwise_and bitwise_or bitwise_xor invert absolute matmul".split()
    )
    assert sorted(ours - signs - set(re.findall(r"\w+", listed))) == []


# Random compositions ---------------------------------------------------------------------------

UNARY = [
    "{}.T", "-{}", "abs({})", "{} + 1", "{} * 2", "1 - {}", "{} ** 2", "{} // 2", "{} > 0", "{} % 3",
    "~({} > 1)", "({} > 0) * 1", "np.maximum({}, 0)", "{}.sum(axis=0)", "{}.sum(axis=-1, keepdims=True)",
    "{}.max()", "{}.mean(axis=(0, 1))", "{}.argmax(axis=0)", "{}.ravel()", "{}.reshape(-1, 1)", "{}[0]",
    "{}[..., -1]", "{}[:, None]", "{}[::-1]", "np.cumsum({}, axis=0)", "np.sort({}, axis=0)", "np.argsort({})",
    "np.tril({})", "np.roll({}, 1)", "np.tile({}, 2)", "np.round({} / 3, 1)", "np.where({} > 0, 1, {})",
    "np.clip({}, 0, 2)", "np.atleast_2d({})", "np.squeeze({})", "{}[[0, -1]]", "{}[{} > 0]", "({}).any(axis=0)",
    "np.expand_dims({}, -1)", "np.diff({})", "np.flip({})", "({}).astype(int)", "np.prod({}, axis=0)", "np.take({}, i)",
]  # fmt: skip
BINARY = [
    "({} + {})", "({} * {})", "({} / {})", "({} @ {})", "np.vstack([{}, {}])", "np.hstack([{}, {}])",
    "np.stack([{}, {}])", "np.concatenate([{}, {}], axis=-1)", "np.outer({}, {})", "np.dot({}, {})",
    "np.minimum({}, {})", "({} == {})", "(({} > 0) & ({} > 0))", "np.append({}, {})",
]  # fmt: skip


def _deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.builds(lambda f, x: f"({f.replace('{}', x)})", st.sampled_from(UNARY), inner)
    two = st.builds(lambda f, x, y: f.format(x, y), st.sampled_from(BINARY), inner, inner)
    return st.one_of(one, two)


@given(st.recursive(st.sampled_from("X Y S v w i a".split()), _deeper, max_leaves=4))
@settings(max_examples=250, deadline=None)
def test_a_composition_is_numpys_or_is_refused(expression: str) -> None:
    try:
        got = eval(expression, CODE | named(Graph()))
    except LessonError as error:
        assert str(error) and "\n" not in str(error)
        return
    expected = numpys(expression)
    assert np.shape(got) == expected.shape
    value = got.value if isinstance(got, Traced) else got
    # a floor is that of the number a person reads, so it may be one more
    if "//" not in expression and "%" not in expression:
        np.testing.assert_allclose(value, expected.astype(np.float64), rtol=1e-6, atol=1e-6)
