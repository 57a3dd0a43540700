"""explainer: how transformers work inside, by hand on a sheet and live in a real model."""

from explainer import errors
from explainer.lesson import Lesson
from explainer.matrix import Matrix, Result
from explainer.papers import Shuffle
from explainer.picture import Picture
from explainer.practice import Blank, Goal, Predict, Slip
from explainer.rules import alike, beyond, halfway
from explainer.trace import one_hot, only, sigmoid, top_k_mask

# After `explainer.lesson`, the module: the name in this namespace is the function from here on.
from explainer.catalog import lesson  # isort: skip

__version__ = "0.1.0"
__all__ = [
    "Blank",
    "Goal",
    "Lesson",
    "Matrix",
    "Picture",
    "Predict",
    "Result",
    "Shuffle",
    "Slip",
    "alike",
    "beyond",
    "errors",
    "halfway",
    "lesson",
    "one_hot",
    "only",
    "sigmoid",
    "top_k_mask",
]
