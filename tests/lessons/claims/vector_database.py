"""What the texts of the vector-database lesson claim of its numbers."""

import numpy as np

from tests.lessons.claims import Arrays, Claim


def shared(a: Arrays) -> bool:
    """The nearest sentence has most words of the question."""
    counts = [len({*a[name]} & {*a["q"]}) for name in ("s1", "s2", "s3")]
    best = int(a["best"].item())
    return all(count < counts[best] for i, count in enumerate(counts) if i != best)


def angles(a: Arrays) -> bool:
    """Its arrow is turned least from the query's."""
    (turns,), turn = (np.arctan2(a[name][1:], a[name][:1]) for name in ("store", "vq"))
    return bool(np.abs(turns - turn).argmin() == a["best"])


def closer(a: Arrays) -> bool:
    """Before the projection the same one wins, by less."""
    texts = np.concatenate([a[f"t{i}"] for i in "123"], axis=1)
    races = (a["tq"].T @ texts)[0], a["dots"][0]
    four, two = (np.sort(race)[-2] / race.max() for race in races)
    return bool(races[0].argmax() == a["best"] and two < four < 1)


CLAIMS = (
    Claim(
        "With the words and numbers given here every mean is whole",
        "这里给出的词和数，平均值都是整数",
        lambda a: all(np.allclose(a[f"t{i}"], np.round(a[f"t{i}"])) for i in "123q"),
    ),
    Claim(
        "it shares more words with the question than the others do",
        "它与问题相同的词最多",
        shared,
    ),
    Claim(
        "its {cosine} is the largest too",
        "{cosine}也最大",
        lambda a: a["cosine"].argmax() == a["best"],
    ),
    Claim(
        "in the picture its arrow has the smallest angle to the query",
        "图中它的箭头与查询的夹角最小",
        angles,
    ),
    Claim(
        "the same sentence wins with what is given here, but in a closer race",
        "赢家相同，但差距较小",
        closer,
    ),
)
