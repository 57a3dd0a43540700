"""The LoRA lesson against PyTorch's autograd, and within a pencil's reach."""

from typing import Any

import numpy as np
import pytest

import explainer
from explainer.bank import told_by
from explainer.errors import LessonError
from explainer.lesson import Run
from tests.search import lora as search

torch = pytest.importorskip("torch")

LESSON = explainer.lesson("lora")
SIZES = ("size", "real", "real_count", "real_share")  # counted, not computed by hand
# B away from zero, as a reader might leave it: then the gradient of A is not zero either.
AWAKE = {"B": [[1, 0], [0, -1], [2, 0], [0, 0]], "alpha": [[3]], "eta": [[0.1]]}


def adapter(run: Run) -> Any:
    """The layer as PyTorch has it, tokens in rows: a frozen linear layer and two trained ones."""

    class Adapter(torch.nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            double = {"bias": False, "dtype": torch.float64}
            self.base = torch.nn.Linear(5, 4, **double)
            self.down = torch.nn.Linear(5, 2, **double)
            self.up = torch.nn.Linear(2, 4, **double)
            for layer, name in ((self.base, "W"), (self.down, "A"), (self.up, "B")):
                layer.weight.data = torch.tensor(run[name])
            self.base.weight.requires_grad_(False)
            self.scaling = run["alpha"].item() / self.down.out_features

        def forward(self, tokens: Any) -> Any:
            return self.base(tokens) + self.up(self.down(tokens)) * self.scaling

    return Adapter()


@pytest.mark.parametrize("givens", [{}, AWAKE], ids=["at first", "B not zero"])
def test_exact_arithmetic_is_pytorchs_with_gradients_by_autograd(givens: dict[str, Any]) -> None:
    run = explainer.lesson("lora", **givens).run("exact")
    layer, tokens, G = adapter(run), torch.tensor(run["X"]).T, torch.tensor(run["G"])

    def equal(name: str, tensor: Any) -> None:
        np.testing.assert_allclose(
            run[name], tensor.detach().numpy(), rtol=1e-9, atol=1e-9, err_msg=name
        )

    output = layer(tokens).T
    equal("H0", layer.base(tokens).T)
    equal("D", layer.down(tokens).T)
    equal("U", layer.up(layer.down(tokens)).T)
    equal("H", output)

    loss = torch.sum(G * output)
    loss.backward()
    equal("GA", layer.down.weight.grad)
    equal("GB", layer.up.weight.grad)
    assert layer.base.weight.grad is None

    layer.down.weight.requires_grad_(False)  # the lesson takes the step for B alone
    torch.optim.SGD([layer.up.weight], lr=run["eta"].item()).step()
    moved = layer(tokens).T
    equal("B1", layer.up.weight)
    equal("H1", moved)
    assert torch.sum(G * moved) < loss

    layer.base.weight += layer.scaling * layer.up.weight.data @ layer.down.weight
    equal("W1", layer.base.weight)
    equal("H2", layer.base(tokens).T)


@pytest.mark.parametrize("arithmetic", ["hand", "exact"])
def test_lora_is_the_base_at_first_and_the_merged_weights_at_the_end(arithmetic: str) -> None:
    run = LESSON.run(arithmetic)
    np.testing.assert_array_equal(run["B"], 0)
    np.testing.assert_array_equal(run["H"], run["W"] @ run["X"])
    assert run["GB"].any(axis=1).all()  # every row of B will move
    np.testing.assert_array_equal(run["GA"], 0)
    assert (run["H1"] != run["H"]).sum() >= 11
    np.testing.assert_allclose(run["H2"], run["H1"], rtol=1e-12, atol=1e-12)
    assert np.linalg.matrix_rank(run["BA"]) == 2


def test_one_cell_moves_with_its_gradient_as_the_step_asks() -> None:
    run = LESSON.run()
    moved, G = run["H1"] - run["H"], run["G"]
    assert (moved * G).sum() < 0  # on the whole against it
    assert np.argwhere(moved * G > 0).tolist() == [[1, 1]]
    # the hint: by what tokens have in common in A X, the other two outweigh its own gradient
    alike = torch.tensor(run["D"]).T @ torch.tensor(run["D"])
    pulled = torch.tensor(G[1]) * alike[1]
    assert pulled[1] < 0 < pulled[[0, 2]].sum() + pulled[1]


def test_the_numbers_by_hand() -> None:
    run = LESSON.run("hand")
    expected = {
        "H0": [[0, -2, -2], [2, 1, -1], [2, 3, 2], [4, 6, 7]],
        "D": [[1, 0, -1], [2, 1, 1]],
        "scale": [[2]],
        "count": [[20], [18]],
        "share": [[90]],
        "GB": [[2, -4], [0, 4], [-2, 2], [2, 0]],
        "B1": [[-0.5, 1], [0, -1], [0.5, -0.5], [-0.5, 0]],
        "H1": [[3, 0, 1], [-2, -1, -3], [1, 2, 0], [3, 6, 8]],
        "W1": [[0, -3, 1, 2, 1], [1, 2, 0, -3, -1], [0, 2, 2, -1, 1], [2, 2, -1, 2, 0]],
    }
    for name, numbers in expected.items():
        np.testing.assert_array_equal(run[name], numbers, err_msg=name)


def test_the_count_is_of_the_matrices_on_the_sheet() -> None:
    run = LESSON.run()
    assert run["count"].ravel().tolist() == [run["W"].size, run["A"].size + run["B"].size]
    with pytest.raises(LessonError, match="99"):
        explainer.lesson("lora", size=[[4], [100], [2]])


def test_at_real_size_65536_of_16777216_numbers_are_trained() -> None:
    for arithmetic, percent in (("hand", 0.39), ("exact", 0.390625)):
        run = LESSON.run(arithmetic)
        np.testing.assert_array_equal(run["real_count"] * 1e6, [[16_777_216], [65_536]])
        assert run["real_share"].item() == pytest.approx(percent, rel=1e-12)


def test_a_person_with_a_pencil_can_finish_it() -> None:
    for name, array in LESSON.run("hand").arrays.items():
        if name in (*SIZES, "eta"):
            continue
        assert np.abs(array).max() <= 99, name
        np.testing.assert_allclose(array * 10, np.round(array * 10), atol=1e-9, err_msg=name)


def test_by_hand_and_exact_agree_where_nothing_is_divided() -> None:
    hand, exact = LESSON.run("hand"), LESSON.run("exact")
    for name in set(hand.arrays) - {"real_share"}:
        np.testing.assert_array_equal(hand[name], exact[name], err_msg=name)


def test_the_search_steps_as_the_lesson_does() -> None:
    assert LESSON.alpha.item() / len(LESSON.A) == search.SCALE
    assert LESSON.eta.item() == search.RATE


@pytest.mark.parametrize(
    ("givens", "rank"),
    [
        ({}, 2),
        ({"eta": [[0]]}, 0),
        ({"A": [[1, 2, 0, 1, 1], [2, 4, 0, 2, 2]]}, 1),
        ({"G": [[0, -1, -1], [0, 0, 0], [0, 0, 0], [0, 0, 0]]}, 1),
    ],
)
def test_the_rank_is_numpys(givens: dict[str, Any], rank: int) -> None:
    (predicted,) = (each for each in LESSON.practice if getattr(each, "id", "") == "rank")
    run = explainer.lesson("lora", **givens).run()
    assert np.linalg.matrix_rank(run["BA"]) == rank
    assert told_by(predicted.answer, run.arrays, True) == rank


def test_the_steps_and_the_shapes() -> None:
    run = LESSON.run()
    assert [step.id for step in run.steps] == (
        "given frozen down up add count gradient-b gradient-a update forward-again merge real-size"
    ).split()
    assert run["W"].shape == (4, 5)
    assert run["A"].shape == (2, 5)
    assert run["B"].shape == (4, 2)


def test_numbers_of_a_reader_leave_nothing_undefined() -> None:
    givens = {name: np.zeros(given.default.shape) for name, given in LESSON.givens().items()}
    del givens["size"], givens["real"]
    for arithmetic in ("hand", "exact"):
        run = explainer.lesson("lora", **givens).run(arithmetic)
        assert all(np.isfinite(array).all() for array in run.arrays.values())
