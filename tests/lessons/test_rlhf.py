"""The RLHF lesson against PyTorch's autograd, its fixed results, and a pencil's reach."""

from typing import Any

import numpy as np
import pytest

import explainer
from explainer import parts
from explainer.bank import Bank
from explainer.trace.feeds import Array
from tests.search import rlhf as search

torch = pytest.importorskip("torch")

LESSON = explainer.lesson("rlhf")
Tensor = Any  # torch is imported only where it is installed

ARITHMETICS = ("hand", "exact")
S, DOC, CEO, IS, HIM, THEM = range(6)
# two decimals where a division demands it
HUNDREDTHS = {"mean"}


def given(name: str) -> Tensor:
    """A given matrix as a tensor that collects a gradient."""
    return torch.tensor(LESSON.run("exact")[name], dtype=torch.float64, requires_grad=True)


def judge(E: Tensor, third: Tensor, words: tuple[int, int], Wr: Tensor, weights: Tensor) -> Tensor:
    """The reward of two words and the embedding of a third, with PyTorch's own layers."""
    tokens = torch.cat([E[:, list(words)], third.reshape(3, 1)], dim=1).T
    features = torch.nn.functional.linear(tokens, Wr[:, :3], Wr[:, 3])
    return torch.nn.functional.linear(features.mean(dim=0), weights[:, :4], weights[:, 4])


def next_word(E: Tensor, A: Tensor, Wf: Tensor, Wv: Tensor) -> Tensor:
    """The language model's scores for the next word at the three positions, (3, 6)."""
    mixed = (E[:, [S, CEO, IS]] @ A).T
    hidden = torch.nn.functional.linear(mixed, Wf[:, :3], Wf[:, 3])
    return torch.nn.functional.linear(hidden, Wv[:, :2], Wv[:, 2])


def same(array: Array, tensor: Tensor) -> None:
    np.testing.assert_allclose(array, tensor.detach().numpy(), rtol=1e-9, atol=1e-12)


def learned() -> tuple[Tensor, ...]:
    """The reward model before and after one step of gradient descent, by autograd."""
    E, Wr, Wo = given("E"), given("Wr"), given("Wo")
    loser = judge(E, E[:, HIM], (DOC, IS), Wr, Wo)
    winner = judge(E, E[:, THEM], (DOC, IS), Wr, Wo)
    loss = -torch.nn.functional.logsigmoid(winner - loser).sum()
    gap_gradient, gradient = torch.autograd.grad(loss, [winner, Wo])
    return loser, winner, gap_gradient, gradient, (Wo - gradient).detach()


def test_the_reward_model_is_pytorchs_and_its_gradient_is_autograds() -> None:
    run = LESSON.run("exact")
    loser, winner, gap_gradient, gradient, new = learned()
    same(run["loser_reward"].ravel(), loser)
    same(run["winner_reward"].ravel(), winner)
    same(run["d"].ravel(), gap_gradient)
    same(run["G"], gradient)
    same(run["Wn"], new)
    E, Wr = given("E"), given("Wr")
    after = [judge(E, E[:, word], (DOC, IS), Wr, new) for word in (HIM, THEM)]
    same(run["loser_new"].ravel(), after[0])
    same(run["winner_new"].ravel(), after[1])
    same(run["gap_new"].ravel(), after[1] - after[0])


def test_the_language_model_is_pytorchs() -> None:
    run = LESSON.run("exact")
    logits = next_word(*(given(name) for name in ("E", "A", "Wf", "Wv")))
    same(run["L"], logits.T)
    same(run["P"], torch.softmax(logits, dim=1).T)
    np.testing.assert_array_equal(run["out"], logits.argmax(dim=1).numpy())


def test_the_gradient_shown_is_that_of_the_loss_of_the_mixture() -> None:
    run = LESSON.run("exact")
    E, A, Wr, Wf, Wv = (given(name) for name in ("E", "A", "Wr", "Wf", "Wv"))
    new = learned()[-1]
    chances = torch.softmax(next_word(E, A, Wf, Wv)[2], dim=0)
    chances.retain_grad()
    third = E.detach() @ chances
    third.retain_grad()
    loss = -judge(E.detach(), third, (CEO, IS), Wr, new).sum()
    loss.backward()
    same(run["dx"].ravel(), third.grad)
    same(run["cost"].ravel(), chances.grad)
    same(run["Gv"], Wv.grad)
    same(run["Vn"], Wv - Wv.grad)


def test_it_is_also_that_of_the_expected_loss_and_of_the_log_probability() -> None:
    run = LESSON.run("exact")
    E, A, Wr, Wf, Wv = (given(name) for name in ("E", "A", "Wr", "Wf", "Wv"))
    new = learned()[-1]
    logs = torch.log_softmax(next_word(E, A, Wf, Wv)[2], dim=0)
    losses = torch.cat([-judge(E, E[:, w], (CEO, IS), Wr, new) for w in range(6)]).detach()
    expected = (logs.exp() * losses).sum()
    same(run["Gv"], torch.autograd.grad(expected, Wv, retain_graph=True)[0])
    surrogate = (logs.exp().detach() * losses * logs).sum()
    same(run["Gv"], torch.autograd.grad(surrogate, Wv)[0])


def test_the_loss_is_minus_the_reward_and_its_slope_is_constant() -> None:
    for reward in (3.0, -7.0, 0.0):
        r = torch.tensor(reward, dtype=torch.float64, requires_grad=True)
        (-r).backward()
        assert r.grad == -1
    other = explainer.catalog.Catalog().lesson("rlhf", Wo=[[1, 1, 0, 2, -1]])
    for lesson in (LESSON, other):
        for arithmetic in ARITHMETICS:
            run = lesson.run(arithmetic)
            np.testing.assert_allclose(run["loss"], -run["reward"])
            np.testing.assert_allclose(run["slope"], -1, atol=1e-12)


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_the_results_that_are_fixed(arithmetic: str) -> None:
    run = LESSON.run(arithmetic)
    np.testing.assert_array_equal(run["loser"], [DOC, IS, HIM])
    np.testing.assert_array_equal(run["winner"], [DOC, IS, THEM])
    np.testing.assert_allclose(run["loser_reward"], 3)
    np.testing.assert_allclose(run["winner_reward"], 5)
    np.testing.assert_allclose(run["gap"], 2)
    assert run["q"].round(1) == 0.9
    assert run["d"].round(1) == -0.1
    assert run["gap_new"] > run["gap"]
    assert run["loser_new"] < run["loser_reward"]
    assert run["winner_new"] > run["winner_reward"]
    np.testing.assert_array_equal(run["out"], [CEO, IS, HIM])
    np.testing.assert_array_equal(run["pair"], [CEO, IS, HIM])
    np.testing.assert_allclose(run["reward"], 3)
    np.testing.assert_allclose(run["slope"], -1)


def test_by_hand_it_is_what_a_person_writes() -> None:
    run = LESSON.run("hand")
    np.testing.assert_allclose(run["sl"].ravel(), [4, 2, 0, 3, 1])
    np.testing.assert_allclose(run["sw"].ravel(), [5, 1, 1, 2, 1])
    assert run["q"] == 0.9
    np.testing.assert_allclose(run["d"], -0.1)
    np.testing.assert_allclose(run["G"], [[-0.1, 0.1, -0.1, 0.1, 0]], atol=1e-12)
    np.testing.assert_allclose(run["Wn"], [[0.1, -1.1, 2.1, 0.9, 2]])
    np.testing.assert_allclose(run["gap_new"], 2.4)
    np.testing.assert_allclose(run["P"][:, 2], [0, 0.1, 0, 0, 0.7, 0.2])
    np.testing.assert_allclose(run["dL"].ravel(), [0, 0, 0, 0, 0.4, -0.4], atol=1e-12)
    np.testing.assert_allclose(run["rival"], 5.4)
    np.testing.assert_allclose(run["Ln"].ravel(), [0, 2, 0, 1, 0.4, 6.6], atol=1e-12)


def test_the_rival_ending_earns_more_than_it_did() -> None:
    """What `judge` says: with the old weights 3 and 5, with the new ones 3 and more than 5."""
    E, Wr, Wo = given("E"), given("Wr"), given("Wo")
    new = learned()[-1]
    old = [judge(E, E[:, word], (CEO, IS), Wr, Wo).item() for word in (HIM, THEM)]
    np.testing.assert_allclose(old, [3, 5])
    run = LESSON.run("exact")
    same(run["rival"].ravel(), judge(E, E[:, THEM], (CEO, IS), Wr, new))
    for arithmetic in ARITHMETICS:
        run = LESSON.run(arithmetic)
        np.testing.assert_allclose(run["rival"] - run["reward"], run["gap_new"])
        assert run["rival"] > 5


def test_after_one_step_of_gradient_descent_the_model_says_them() -> None:
    E, A, Wr, Wf, Wv = (given(name) for name in ("E", "A", "Wr", "Wf", "Wv"))
    new = learned()[-1]
    losses = torch.cat([-judge(E, E[:, w], (CEO, IS), Wr, new) for w in range(6)]).detach()
    expected = (torch.softmax(next_word(E, A, Wf, Wv)[2], dim=0) * losses).sum()
    descent = torch.optim.SGD([Wv], lr=1)
    expected.backward()
    descent.step()
    after = next_word(E, A, Wf, Wv)[2]
    same(LESSON.run("exact")["Ln"].ravel(), after)
    assert torch.softmax(after, dim=0)[THEM] > 0.97
    for arithmetic in ARITHMETICS:
        assert LESSON.run(arithmetic)["again"] == THEM


def test_dear_words_are_pushed_down_and_cheap_ones_pulled_up() -> None:
    """What `align/expect` says, with the lesson's numbers and with others."""
    random = np.random.default_rng(4)
    for _ in range(10):
        E = random.integers(-3, 4, (3, 6)).tolist()
        run = explainer.catalog.Catalog().lesson("rlhf", E=E).run("exact")
        dearer = np.sign(run["cost"] - run["average"])
        moved = np.sign((run["Ln"] - run["L"][:, 2:]).round(9))
        assert ((moved == -dearer) | (moved == 0)).all()


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_the_update_of_the_language_model_makes_them_likelier(arithmetic: str) -> None:
    run = LESSON.run(arithmetic)

    def chances(weights: Array) -> Array:
        powers = np.exp(weights @ run["T"][:, 2])
        return np.asarray(powers / powers.sum())

    before, after = chances(run["Wv"]), chances(run["Vn"])
    assert after[THEM] > before[THEM]
    assert after[HIM] < before[HIM]
    assert after @ run["cost"] < before @ run["cost"]


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_every_column_of_the_chances_is_a_distribution(arithmetic: str) -> None:
    np.testing.assert_allclose(LESSON.run(arithmetic)["P"].sum(axis=0), 1)


def test_a_bias_has_no_gradient_in_a_difference() -> None:
    for arithmetic in ARITHMETICS:
        assert LESSON.run(arithmetic)["G"][0, 4] == 0


def test_the_other_choice_teaches_the_opposite() -> None:
    run = explainer.catalog.Catalog().lesson("rlhf", better=[0]).run("exact")
    np.testing.assert_allclose(run["gap"], -2)
    np.testing.assert_allclose(run["q"], 1 / (1 + np.exp(2)))
    assert run["gap_new"] > run["gap"]


def test_a_person_with_a_pencil_can_finish_it() -> None:
    for name, array in LESSON.run("hand").arrays.items():
        assert np.abs(array).max() <= 99, name
        if name not in HUNDREDTHS:
            np.testing.assert_allclose(array * 10, np.round(array * 10), atol=1e-9, err_msg=name)


def test_on_every_paper_one_cell_of_the_embeddings_makes_it_say_them() -> None:
    """Its goal can be reached by every pupil; a shuffle moves the cell, and no more."""
    np.testing.assert_array_equal(LESSON.A, search.A)
    bank = Bank(LESSON)
    for numbers in (bank.givens(paper) for paper in range(len(bank.papers["sets"]) + 1)):
        found = search.untrained(numbers)
        assert found is not None
        (cell, value), E = found, numbers["E"].copy()
        E[cell] = value
        for run in bank.runs({**numbers, "E": E}).values():
            assert run["out"][2] == THEM


def test_it_has_the_fifteen_steps() -> None:
    steps = [step.id for step in LESSON.run().steps]
    assert (
        steps
        == (
            "given prefer embed linear pool reward winner gap learn "
            "prompt transformer predict sample judge "
            "align align/chain align/cost align/expect align/update"
        ).split()
    )
    assert parts.count(steps) == 15


def test_edited_numbers_stay_finite() -> None:
    random = np.random.default_rng(0)
    for _ in range(20):
        lesson = explainer.catalog.Catalog().lesson(
            "rlhf",
            E=random.integers(-9, 9, (3, 6)).tolist(),
            Wo=random.integers(-9, 9, (1, 5)).tolist(),
            pairs=random.integers(0, 6, (2, 3)).tolist(),
            better=[int(random.integers(2))],
            prompt=random.integers(0, 6, 3).tolist(),
        )
        for arithmetic in ARITHMETICS:
            for name, array in lesson.run(arithmetic).arrays.items():
                assert np.isfinite(array).all(), name
