"""Labels tell the matrices of a sheet apart, in every language."""

import pytest

from explainer.catalog import Catalog

CATALOG = Catalog()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("lesson", CATALOG.ids())
def test_no_two_arrays_have_the_same_label(lesson: str, language: str) -> None:
    sheet = CATALOG.sheet(lesson)
    told = sheet["texts"][language]["labels"]
    labels = [told.get(name, array["label"]["hand"]) for name, array in sheet["arrays"].items()]
    assert sorted(set(labels)) == sorted(labels)
