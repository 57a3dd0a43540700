"""Plain NumPy in, a graph of named arrays out."""

from explainer.trace.array import Traced, given, one_hot, only, sigmoid, top_k_mask
from explainer.trace.graph import Graph, Node
from explainer.trace.ops import OPERATIONS, Formula, Operation

__all__ = [
    "OPERATIONS",
    "Formula",
    "Graph",
    "Node",
    "Operation",
    "Traced",
    "given",
    "one_hot",
    "only",
    "sigmoid",
    "top_k_mask",
]
