"""Papers computed by plain NumPy have the numbers of the traced lesson and of its sheet."""

import numpy as np
import pytest

import explainer
from explainer import sheet
from explainer.bank import Bank
from explainer.catalog import Catalog

CATALOG = Catalog()


@pytest.mark.parametrize("id", CATALOG.ids())
def test_the_numbers_are_those_of_the_sheet(id: str) -> None:
    document, bank = CATALOG.sheet(id), Bank(explainer.lesson(id))
    for paper in (0, 17, 999):
        for arithmetic, arrays in bank.runs(bank.givens(paper)).items():
            expected = sheet.values(document, arithmetic, paper=paper)
            assert expected.keys() <= arrays.keys()
            for name, array in expected.items():
                np.testing.assert_allclose(
                    arrays[name], array, rtol=1e-12, atol=1e-12, err_msg=name
                )
