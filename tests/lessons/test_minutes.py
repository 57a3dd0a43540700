"""The minutes of every shipped lesson are what a pencil needs for its cells."""

import numpy as np
import pytest

import explainer
from explainer.catalog import Catalog
from explainer.lesson import Run
from explainer.trace import OPERATIONS

SECONDS_A_CELL = 6
WITHIN = 2  # minutes


def is_computed(run: Run, node: int) -> bool:
    """Whether a person computes an array: not what is given, copied or looked up."""
    nodes = run.graph.nodes
    if nodes[node].op not in OPERATIONS:
        return False
    formula = OPERATIONS[nodes[node].op].formula
    if formula.term != "$0" or formula.join:  # the cell is more than another one's number
        return True
    return any(is_computed(run, i) for i in nodes[node].inputs if nodes[i].name is None)


def cells(run: Run) -> int:
    """How many cells a person computes; blanks are none."""
    computed = [run[name] for name, node in run.names.items() if is_computed(run, node)]
    return sum(int(np.isfinite(array).sum()) for array in computed)


@pytest.mark.parametrize("lesson", Catalog().ids())
def test_the_minutes_are_six_seconds_a_computed_cell(lesson: str) -> None:
    computed = cells(explainer.lesson(lesson).run("hand"))
    needed = computed * SECONDS_A_CELL / 60
    assert abs(explainer.lesson(lesson).minutes - needed) <= WITHIN, f"{computed} cells"


def test_copies_and_look_ups_cost_no_time() -> None:
    run = explainer.lesson("self-attention").run("hand")
    assert not is_computed(run, run.names["Kt"])
    assert not is_computed(run, run.names["X"])
    # Q K V, S, F, E, the sums, A, Z
    assert cells(run) == 36 + 16 + 16 + 16 + 4 + 16 + 12
