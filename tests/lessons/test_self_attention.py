"""The self-attention lesson against PyTorch, and within a pencil's reach."""

import numpy as np
import pytest

import explainer
from explainer.bank import Bank
from tests.search import self_attention as search

torch = pytest.importorskip("torch")

LESSON = explainer.lesson("self-attention")
TOKENS = ("the", "cat", "it", "naps")
BOTH = pytest.mark.parametrize("arithmetic", ["hand", "exact"])


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


@BOTH
def test_every_query_has_one_key_that_it_reads_most(arithmetic: str) -> None:
    run = LESSON.run(arithmetic)
    for name in ("F", "A"):
        top = run[name] == run[name].max(axis=0)
        assert top.sum(axis=0).tolist() == [1, 1, 1, 1], name
    assert [TOKENS[i] for i in run["A"].argmax(axis=0)] == ["it", "the", "cat", "the"]


def test_what_a_pencil_finds() -> None:
    run = LESSON.run("hand")
    expected = {
        "S": [[5, 4, 5, 6], [3, 1, 6, 4], [6, 3, 2, 3], [1, 1, 2, 2]],
        "s": [[40, 14, 42, 42]],
        "A": [[0.2, 0.6, 0.2, 0.6], [0.1, 0.1, 0.6, 0.2], [0.7, 0.2, 0.1, 0.1], [0, 0.1, 0.1, 0.1]],
        "Z": [[0.6, 1.6, 1.8, 1.8], [1.5, 2.3, 2, 2.4], [0.8, 0.3, 0.7, 0.3]],
    }
    for name, numbers in expected.items():
        np.testing.assert_allclose(run[name], numbers, atol=1e-9, err_msg=name)


def test_a_long_key_scores_more_than_one_of_nearly_the_same_direction() -> None:
    run = LESSON.run()
    query, key = torch.tensor(run["Q"][:, 1]), torch.tensor(run["K"].T)
    angle = torch.cosine_similarity(key, query[None])
    assert run["S"][0, 1] > run["S"][2, 1]
    assert angle[0] < angle[2]


def test_the_two_shortcuts_nearly_cancel_as_the_text_says() -> None:
    sharper, flatter = np.log(3) - 1, 1 - np.sqrt(3) / 2
    assert (round(100 * sharper), round(100 * flatter)) == (10, 13)


def test_shuffled_tokens_give_shuffled_outputs_and_nothing_else() -> None:
    order = [2, 0, 3, 1]
    shuffled = explainer.lesson("self-attention", X=LESSON.X[:, order]).run("exact")
    np.testing.assert_allclose(shuffled["Z"], LESSON.run("exact")["Z"][:, order], rtol=1e-12)


def test_a_person_with_a_pencil_can_finish_it() -> None:
    for name, array in LESSON.run("hand").arrays.items():
        assert np.abs(array).max() <= 99, name
        np.testing.assert_allclose(array * 10, np.round(array * 10), atol=1e-9, err_msg=name)


@pytest.mark.parametrize(
    ("given", "cell", "value", "rule"),
    [
        ("X", (1, 1), 1, "weights of a query add up to one"),
        ("WK", (2, 2), 0, "a query has one key that it reads most"),
        ("WV", (0, 0), 2, "weights are 1 or -1, few of them -1"),
        ("WQ", (1, 0), 1, "a row of weights has two or three"),
    ],
)
def test_the_rules_notice(given: str, cell: tuple[int, int], value: float, rule: str) -> None:
    numbers = getattr(LESSON, given).copy()
    numbers[cell] = value
    runs = Bank(LESSON).runs({**LESSON.own(), given: numbers})
    assert rule in {told for told, far in LESSON.rules(runs["hand"], runs["exact"]) if far}


def test_the_goals_can_be_reached_from_every_set() -> None:
    bank = Bank(LESSON)
    for paper in range(len(bank.papers["sets"]) + 1):
        run = bank.computed(bank.givens(paper), "hand")
        assert search.leads(run["X"], run["Q"], run["K"]), "the-reads-cat, by two cells of W_Q"
        assert run["X"].any(axis=0).all(), "no-question: a cell of each row of W_Q makes it zero"


def test_it_has_the_nine_steps() -> None:
    assert len(LESSON.run().steps) == 9
    assert LESSON.run()["X"].shape == (6, 4)
    assert LESSON.run()["Z"].shape == (3, 4)
