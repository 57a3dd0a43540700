"""The transformer-block lesson against PyTorch, and within a pencil's reach."""

import numpy as np
import pytest

import explainer
from explainer import checking
from explainer.bank import Bank
from tests.search import transformer_block as search

torch = pytest.importorskip("torch")

LESSON = explainer.lesson("transformer-block")
BOTH = pytest.mark.parametrize("arithmetic", ["hand", "exact"])


def test_exact_arithmetic_is_pytorchs_feed_forward_network() -> None:
    run = LESSON.run("exact")
    X, A, W1, W2 = (torch.tensor(run[name]) for name in ("X", "A", "W1", "W2"))
    network = torch.nn.Sequential(
        torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 3)
    ).double()
    network.load_state_dict(
        {"0.weight": W1[:, :3], "0.bias": W1[:, 3], "2.weight": W2[:, :4], "2.bias": W2[:, 4]}
    )
    weighted = torch.einsum("fj,ji->if", X, A)  # PyTorch has positions in rows
    with torch.no_grad():
        hidden, rectified, output = network[0](weighted), network[:2](weighted), network(weighted)
    for name, expected in (("Z", weighted), ("H", hidden), ("R", rectified), ("Y", output)):
        np.testing.assert_allclose(run[name], expected.T.numpy(), rtol=1e-9, err_msg=name)


@BOTH
def test_each_position_adds_its_right_neighbour_and_the_last_the_first(arithmetic: str) -> None:
    run = LESSON.run(arithmetic)
    X, twice = run["X"], 2 * run["Z"]  # X1 := X1 + X2, but that weights add up to one
    for position in range(4):
        np.testing.assert_array_equal(twice[:, position], X[:, position] + X[:, position + 1])
    np.testing.assert_array_equal(twice[:, 4], X[:, 4] + X[:, 0])


def test_the_weights_are_those_of_a_softmax() -> None:
    A = torch.tensor(LESSON.run()["A"])
    np.testing.assert_array_equal(A.sum(dim=0), 1)
    np.testing.assert_allclose(torch.softmax(torch.log(A), dim=0), A, rtol=1e-12)


@BOTH
def test_what_a_pencil_finds(arithmetic: str) -> None:
    run = LESSON.run(arithmetic)
    np.testing.assert_array_equal(run["Z"], [[3, 1, -1, 0, 3], [0, -1, 1, 3, 1], [2, 2, 1, 0, 1]])
    np.testing.assert_array_equal(
        run["R"], [[0, 0, 2, 4, 0], [0, 0, 1, 4, 1], [4, 0, 0, 3, 6], [8, 7, 1, 0, 5]]
    )
    np.testing.assert_array_equal(
        run["Y"], [[-7, -6, 2, 5, -4], [3, 6, 1, 0, -1], [8, 7, -2, -8, 4]]
    )


def test_by_hand_and_exact_are_the_same() -> None:
    hand, exact = (LESSON.run(arithmetic).arrays for arithmetic in ("hand", "exact"))
    for name, array in hand.items():
        np.testing.assert_array_equal(array, exact[name], err_msg=name)


def test_relu_meets_negatives_at_every_position_and_in_every_neuron() -> None:
    H = LESSON.run()["H"]
    negative = H < 0
    assert H.all()  # at zero ReLU does nothing, and seems to
    assert negative.any(axis=0).all()
    assert negative.any(axis=1).all()
    assert not negative.all(axis=1).any()


def test_attention_mixes_positions_only_and_the_network_features_only() -> None:
    before = LESSON.run()
    X = before["X"].copy()
    X[0, 3] += 1
    after = explainer.lesson("transformer-block", X=X).run()
    moved = after["Z"] != before["Z"]
    assert moved[0].tolist() == [False, False, True, True, False]
    assert not moved[1:].any()
    assert not (after["Y"] != before["Y"])[:, [0, 1, 4]].any()


def test_a_person_with_a_pencil_can_finish_it() -> None:
    for name, array in LESSON.run("hand").arrays.items():
        assert np.abs(array).max() <= 9, name
        whole = array if name != "A" else 2 * array
        np.testing.assert_array_equal(whole, np.round(whole), err_msg=name)


def test_the_search_knows_the_weights_of_attention() -> None:
    np.testing.assert_array_equal(LESSON.A, search.A)


@pytest.mark.parametrize(
    ("given", "cell", "value", "rule"),
    [
        ("X", (0, 0), 3, "Z is whole"),
        ("W1", (0, 3), 5, "numbers have one digit"),
        ("W1", (2, 3), 1, "nothing is zero before ReLU"),
        ("A", (0, 0), 0.6, "weights add up to one"),
    ],
)
def test_the_rules_notice(given: str, cell: tuple[int, int], value: float, rule: str) -> None:
    numbers = getattr(LESSON, given).copy()
    numbers[cell] = value
    runs = Bank(LESSON).runs({**LESSON.own(), given: numbers})
    assert rule in {told for told, far in LESSON.rules(runs["hand"], runs["exact"]) if far}


def test_both_goals_can_be_reached_from_every_paper() -> None:
    """A bias of its own size makes a neuron fire; two readers of the same are the same."""
    bank = Bank(LESSON)
    for paper in range(31):
        givens = bank.givens(paper)
        W1, A = givens["W1"].copy(), givens["A"].copy()
        W1[1, 3] += 10
        A[:, 1] = A[:, 0]
        assert (givens["A"] != A).sum() == 2
        assert (bank.computed({**givens, "W1": W1}, "hand")["H"][1] > 0).all()
        Y = bank.computed({**givens, "A": A}, "hand")["Y"]
        np.testing.assert_array_equal(Y[:, 0], Y[:, 1])


def test_it_has_the_six_steps_and_the_weights_arrive_in_the_second() -> None:
    steps = LESSON.run().steps
    assert len(steps) == 6
    assert steps[1].shows == ("A'",)
    assert checking.check(LESSON).problems == []
