"""The self-attention lesson against PyTorch, and within a pencil's reach."""

import numpy as np
import pytest

import explainer
from tests.search import self_attention as search

torch = pytest.importorskip("torch")

LESSON = explainer.lesson("self-attention")


def test_exact_arithmetic_is_pytorchs_attention() -> None:
    run = LESSON.run("exact")
    X, WQ, WK, WV = (torch.tensor(run[name]) for name in ("X", "WQ", "WK", "WV"))
    tokens = X.T.unsqueeze(0)  # PyTorch has tokens in rows
    query, key, value = (tokens @ W.T for W in (WQ, WK, WV))
    Z = torch.nn.functional.scaled_dot_product_attention(query, key, value)
    np.testing.assert_allclose(run["Z"], Z[0].T.numpy(), rtol=1e-9)
    scores = (key @ query.transpose(1, 2))[0]
    np.testing.assert_allclose(run["S"], scores.numpy(), rtol=1e-9)
    np.testing.assert_allclose(run["A"], torch.softmax(scores / 3**0.5, dim=0).numpy(), rtol=1e-9)


def test_the_hand_shortcuts_are_the_ones_named_in_the_text() -> None:
    run = LESSON.run("hand")
    np.testing.assert_array_equal(run["F"], run["S"] // 2)
    np.testing.assert_array_equal(run["E"], 3 ** run["F"])
    np.testing.assert_array_equal(run["A"], np.round(run["E"] / run["s"], 1))


def test_every_column_of_the_weights_is_a_distribution() -> None:
    for arithmetic in ("hand", "exact"):
        np.testing.assert_allclose(LESSON.run(arithmetic)["A"].sum(axis=0), 1)


def test_a_person_with_a_pencil_can_finish_it() -> None:
    for name, array in LESSON.run("hand").arrays.items():
        assert np.abs(array).max() <= 99, name
        np.testing.assert_allclose(array * 10, np.round(array * 10), atol=1e-9, err_msg=name)


def test_the_numbers_keep_the_rules_of_the_search() -> None:
    assert search.penalty(LESSON.X, LESSON.WQ, LESSON.WK, LESSON.WV) < 1


def test_it_has_the_nine_steps() -> None:
    assert len(LESSON.run().steps) == 9
    assert LESSON.run()["X"].shape == (6, 4)
    assert LESSON.run()["Z"].shape == (3, 4)
