"""The mixture-of-experts lesson against PyTorch, and within a pencil's reach."""

from typing import Any

import numpy as np
import pytest

import explainer
from explainer import parts
from explainer.bank import Bank

torch = pytest.importorskip("torch")

LESSON = explainer.lesson("moe")
ARITHMETICS = ("hand", "exact")
EXPERTS = range(4)


def expert(W: Any, token: Any) -> Any:
    """One expert on one token (3,): a linear layer with bias, and ReLU."""
    return torch.nn.functional.linear(token, W[:, :3], W[:, 3])


def test_exact_arithmetic_is_a_loop_over_tokens_in_pytorch() -> None:
    run = LESSON.run("exact")
    X, R = torch.tensor(run["X"]), torch.tensor(run["R"])
    weights = [torch.tensor(run[f"W{e + 1}"]) for e in EXPERTS]
    counted = torch.zeros(4, dtype=torch.float64)
    outputs = []
    for position, token in enumerate(X.T):
        shares = torch.softmax(R @ token, dim=0)
        np.testing.assert_allclose(run["P"][:, position], shares.numpy(), rtol=1e-9)
        kept, names = torch.topk(shares, 2)
        output = torch.zeros(3, dtype=torch.float64)
        for share, e in zip(kept / kept.sum(), names.tolist(), strict=True):
            linear = expert(weights[e], token)
            np.testing.assert_allclose(run[f"H{e + 1}"][:, position], linear.numpy(), rtol=1e-9)
            np.testing.assert_allclose(run["G"][e, position], share.item(), rtol=1e-9)
            output = output + share * torch.relu(linear)
            counted[e] += 1
        for e in set(EXPERTS) - set(names.tolist()):
            assert np.isnan(run[f"H{e + 1}"][:, position]).all()
            assert np.isnan(run["G"][e, position])
        outputs.append(output)
    np.testing.assert_allclose(run["Y"], torch.stack(outputs, dim=1).numpy(), rtol=1e-9)
    np.testing.assert_array_equal(run["n"][:, 0], counted.numpy())


def test_softmax_of_the_two_best_scores_gives_the_same_weights() -> None:
    run = LESSON.run("exact")
    best, names = torch.topk(torch.tensor(run["S"]), 2, dim=0)
    weights = np.take_along_axis(run["G"], names.numpy(), axis=0)
    np.testing.assert_allclose(weights, torch.softmax(best, dim=0).numpy(), rtol=1e-9)


def test_the_balance_is_the_auxiliary_loss_of_the_switch_transformer() -> None:
    run = LESSON.run("exact")
    fraction = run["M"].sum(axis=1) / run["M"].sum()
    probability = run["P"].mean(axis=1)
    np.testing.assert_allclose(run["L"].item(), 4 * fraction @ probability, rtol=1e-9)


def test_the_router_learns_through_the_weights_of_its_choice() -> None:
    """What the text says of the gradient: the router has one, though the choice has none."""
    run = LESSON.run("exact")
    R = torch.tensor(run["R"], requires_grad=True)
    shares = torch.softmax(R @ torch.tensor(run["X"]), dim=0) * torch.tensor(run["M"])
    answers = torch.tensor(np.nan_to_num([run[f"F{e + 1}"] for e in EXPERTS]))
    Y = ((shares / shares.sum(dim=0))[:, None] * answers).sum(dim=0)
    np.testing.assert_allclose(Y.detach().numpy(), run["Y"], rtol=1e-9)
    Y.pow(2).sum().backward()
    assert R.grad is not None
    assert bool(R.grad.any(dim=1).all())


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_every_expert_is_used_and_one_more_than_the_rest(arithmetic: str) -> None:
    run = LESSON.run(arithmetic)
    np.testing.assert_array_equal(run["n"][:, 0], [2, 1, 3, 2])
    np.testing.assert_array_equal(run["room"][:, 0], [0, 1, -1, 0])
    np.testing.assert_array_equal(run["M"].sum(axis=0), 2)
    assert run["L"].item() > 1.2


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_what_is_not_computed_stays_blank(arithmetic: str) -> None:
    run = LESSON.run(arithmetic)
    for e in EXPERTS:
        idle = run["M"][e] == 0
        for name in (f"I{e + 1}", f"H{e + 1}", f"F{e + 1}"):
            np.testing.assert_array_equal(np.isnan(run[name]).all(axis=0), idle)
            np.testing.assert_array_equal(np.isnan(run[name]).any(axis=0), idle)
    assert not np.isnan(run["Y"]).any()


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_the_shares_and_the_weights_sum_to_one(arithmetic: str) -> None:
    run = LESSON.run(arithmetic)
    np.testing.assert_allclose(run["P"].sum(axis=0), 1)
    np.testing.assert_allclose(np.nansum(run["G"], axis=0), 1)


def test_the_results_by_hand() -> None:
    run = LESSON.run("hand")
    np.testing.assert_array_equal(
        run["S"], [[0, 0, 2, 2], [2, 1, 1, 1], [1, 3, 4, 3], [4, 2, 0, 0]]
    )
    np.testing.assert_array_equal(run["s"], [[94, 40, 94, 40]])
    np.testing.assert_allclose(np.nan_to_num(run["G"][2]), [0, 0.8, 0.9, 0.8])
    np.testing.assert_allclose(
        run["Y"], [[2.7, 1.6, 0.2, 0.2], [2.9, 3.6, 2.7, 1.6], [3.1, 0.2, 0.5, 0.8]]
    )
    np.testing.assert_allclose(run["Yd"][:, 3], [0.2, 0, 0.8])
    assert run["L"].item() == pytest.approx(1.25)
    np.testing.assert_allclose(run["params"], [[60, 46.7], [36, 12.9]])
    np.testing.assert_allclose(run["share"], [[0.6, 0.28]])


def test_the_hand_shortcuts_are_the_ones_named_in_the_text() -> None:
    run = LESSON.run("hand")
    np.testing.assert_array_equal(run["E"], 3 ** run["S"])
    np.testing.assert_array_equal(run["P"], np.round(run["E"] / run["s"], 1))
    np.testing.assert_array_equal(run["G"], np.round(run["T"] / run["t"], 1))


def test_the_layer_here_is_counted_rightly() -> None:
    run = LESSON.run("hand")
    each = run["W1"].size
    assert run["params"][0, 0] == run["R"].size + sum(run[f"W{e + 1}"].size for e in EXPERTS)
    assert run["params"][1, 0] == run["R"].size + 2 * each


def test_mixtral_is_counted_from_its_dimensions() -> None:
    """Sizes from table 1 of Mixtral of Experts, arXiv 2401.04088; norms are too small to count."""
    width, hidden, layers, heads, key_heads, head, words = 4096, 14336, 32, 32, 8, 128, 32000
    ffn = 3 * width * hidden * layers
    attention = 2 * width * head * (heads + key_heads) * layers
    shared = attention + 2 * words * width + 8 * width * layers
    run = LESSON.run("exact")
    np.testing.assert_allclose(run["sizes"][:, 1] * 1e9, [shared, ffn], rtol=4e-3)
    by_hand = LESSON.run("hand")["params"][:, 1]
    counted = np.array([shared + 8 * ffn, shared + 2 * ffn]) / 1e9
    np.testing.assert_allclose(by_hand, np.round(counted, 1))


def test_a_person_with_a_pencil_can_finish_it() -> None:
    two_decimals = {"sizes", "L", "share"}
    for name, array in LESSON.run("hand").arrays.items():
        cells = array[~np.isnan(array)] * (100 if name in two_decimals else 10)
        assert np.abs(array[~np.isnan(array)]).max() <= 99, name
        np.testing.assert_allclose(cells, np.round(cells), atol=1e-9, err_msg=name)


def broken(**givens: Any) -> set[str]:
    """The rules of the lesson that other numbers break."""
    bank = Bank(LESSON)
    runs = bank.runs({**bank.own, **givens})
    return {told for told, far in LESSON.rules(runs["hand"], runs["exact"]) if far}


def test_the_rules_notice_a_tie_in_the_router() -> None:
    assert broken() == set()
    tied = LESSON.R.copy()
    tied[3] = tied[2]
    assert "no scores tie" in broken(R=tied)


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_edited_numbers_stay_finite(arithmetic: str) -> None:
    random = np.random.default_rng(30)
    names = "X R W1 W2 W3 W4".split()
    for _ in range(20):
        givens = {name: random.integers(-3, 4, getattr(LESSON, name).shape) for name in names}
        run = explainer.lesson("moe", **givens).run(arithmetic)
        for name in "S E s P t Y n room D Yd q L params share".split():
            assert np.isfinite(run[name]).all(), name
        np.testing.assert_array_equal(run["M"].sum(axis=0), 2)


@pytest.mark.parametrize("arithmetic", ARITHMETICS)
def test_whoever_comes_after_an_expert_is_full_is_dropped(arithmetic: str) -> None:
    """The capacity is 2; token 4 is the third that chooses expert 3."""
    run = LESSON.run(arithmetic)
    taken = [0] * 4
    weights, outputs = torch.tensor(np.nan_to_num(run["G"])), torch.zeros(4, 3).double()
    for token, chosen in enumerate(run["M"].T):
        for e in np.flatnonzero(chosen):
            taken[e] += 1
            if taken[e] > 2:
                assert (e, token) == (2, 3)
                continue
            answer = torch.tensor(run[f"F{e + 1}"][:, token])
            outputs[token] += weights[e, token] * answer
    np.testing.assert_allclose(run["Yd"], outputs.T.numpy(), rtol=1e-9)
    np.testing.assert_array_equal(run["M"] - run["D"], np.eye(4)[[2]].T @ np.eye(4)[[3]])
    assert (run["Yd"] != run["Y"]).any()


def test_experts_left_out_learn_nothing_from_the_output() -> None:
    """What `softmax` says: with renormalised weights the two others have no gradient."""
    run = LESSON.run("exact")
    S = torch.tensor(run["S"], requires_grad=True)
    kept = torch.softmax(S, dim=0) * torch.tensor(run["M"])
    answers = torch.tensor(np.nan_to_num([run[f"F{e + 1}"] for e in EXPERTS]))
    ((kept / kept.sum(dim=0))[:, None] * answers).sum(dim=0).pow(2).sum().backward()
    np.testing.assert_allclose(S.grad[run["M"] == 0], 0, atol=1e-12)
    assert bool((S.grad[run["M"] == 1].abs() > 1e-6).any())


def test_the_rules_notice_experts_that_agree() -> None:
    second = LESSON.W2.copy()
    second[0] = LESSON.W4[0]
    assert "two experts of a token never agree" in broken(W2=second)


def test_it_has_the_twelve_steps() -> None:
    assert [step.id for step in LESSON.run().steps] == (
        "given score softmax choose renormalise dispatch compute relu combine load "
        "balance balance/loss count"
    ).split()
    assert parts.count(step.id for step in LESSON.run().steps) == 12
