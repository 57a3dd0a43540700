"""What the texts of the mixture-of-experts lesson claim of its numbers."""

import numpy as np

from tests.lessons.claims import Arrays, Claim


def late(a: Arrays) -> object:
    """Somebody is dropped, each as the third of a row or later, and misses an answer."""
    lost = a["M"] > a["D"]
    missed = (a["Y"] != a["Yd"]).any(axis=0)
    third = np.cumsum(a["M"], axis=1)[lost] > 2
    return lost.any() and third.all() and (missed == lost.any(axis=0)).all()


CLAIMS = (
    Claim(
        "with one decimal the smallest shares become 0",
        "只留一位小数，最小的份额就成了 0",
        lambda a: (a["P"].min(axis=0) == 0).all(),
        "hand",
    ),
    Claim(
        "half of the experts will not work for this token",
        "有一半的专家根本不用工作",
        lambda a: (a["M"].sum(axis=0) == 2).all(),
    ),
    Claim(
        "In {I1} only the tokens that have a 1 in the first row of {M} are filled",
        "{I1} 里只填了 {M} 第一行为 1 的词元",
        lambda a: (np.isfinite(a["I1"]) == (a["M"][0] == 1)).all(),
    ),
    Claim(
        "Whoever comes third to an expert is **dropped** there",
        "第三个来到同一个专家的词元，在那里被**丢弃**",
        late,
    ),
    Claim(
        "below zero somebody must go",
        "小于零，就有词元没有位置",
        lambda a: (a["room"] < 0).any() and (a["room"] > 0).any(),
    ),
    Claim(
        "more when experts with many tokens get large shares as well",
        "词元多的专家份额也大，它就大于 1",
        lambda a: a["L"] > 1,
    ),
)
