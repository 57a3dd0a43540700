"""What the texts of RLHF claim of its numbers: its story, and what the signs are."""

import numpy as np

from tests.lessons.claims import Claim

S, DOC, CEO, IS, HIM, THEM = range(6)

CLAIMS = (
    Claim(
        '"him" assumes that the doctor is a man, which is a bias; "them" leaves it open',
        "用 him，就是认定医生是男性，这是偏见；用 them 则不作预设",
        lambda a: a["loser"].tolist() == [DOC, IS, HIM] and a["winner"].tolist() == [DOC, IS, THEM],
    ),
    Claim(
        "only the last word differs, so only the last column of {Hw} does",
        "只差最后一个词，所以 {Hw} 只有最后一列不同",
        lambda a: (a["Hw"] != a["Hl"]).any(axis=0).tolist() == [False, False, True],
    ),
    Claim(
        "Its last cell, for the bias, is 0",
        "最后一格对应偏置，是 0",
        lambda a: a["G"][0, 4] == 0,
    ),
    Claim(
        "Step against it",
        "逆着梯度走一步",
        lambda a: (
            a["loser_new"] < a["loser_reward"] - 0.05
            and a["winner_new"] > a["winner_reward"] + 0.05
        ),
    ),
    Claim(
        "what is 0 here is small in *exact*, but never 0",
        "这里的 0，在“精确”里很小，但绝不是 0",
        lambda a: (a["P"][:, 2] < 0.1).any() and (a["P"] > 0).all(),
        "exact",
    ),
    Claim(
        "with the numbers as given, both words do come next",
        "按给定的数，这两个词正是接下来的词",
        lambda a: a["out"][:2].tolist() == a["prompt"][1:].tolist(),
    ),
    Claim(
        "the old weights {Wo} would give 3 as well: this sentence lies across what was learned",
        "用旧权重 {Wo} 也是 3：这句话与学到的方向正好垂直",
        lambda a: (
            np.allclose([a["reward"], a["Wo"] @ a["sc"]], 3) and np.allclose(a["Dt"] @ a["sc"], 0)
        ),
    ),
    Claim(
        "They would give 5 to its {rival}, the same prompt with the winner's ending. The new ones "
        "give it **{rival[0,0]}**",
        "就是{rival}，用旧权重得 5，现在得 **{rival[0,0]}**",
        lambda a: np.allclose(a["Wo"] @ (a["sc"] + a["Dt"].T), 5) and a["rival"] > 5.05,
    ),
    Claim(
        "two endings are as far apart in any sentence, here {gap_new[0,0]}",
        "两个结尾的差距在哪句话里都一样，这里是 {gap_new[0,0]}",
        lambda a: np.allclose(a["rival"] - a["reward"], a["gap_new"]),
    ),
    Claim(
        "Its {slope} is the constant",
        "它的{slope}是常数",
        lambda a: np.allclose(a["slope"], -1),
    ),
    Claim(
        "A word dearer than average is pushed down, a cheaper one is pulled up",
        "代价高于平均的词被压低，低于平均的被抬高",
        lambda a: (a["dL"] * (a["cost"] - a["average"]) >= 0).all(),
    ),
    Claim(
        "{dL[4,0]} for *him*, {dL[5,0]} for *them*",
        "him 是 {dL[4,0]}，them 是 {dL[5,0]}",
        lambda a: a["dL"].argmax() == HIM and a["dL"].argmin() == THEM,
    ),
    Claim(
        "so large a step can turn an answer round at once",
        "这么大的一步，一次就能让答案反过来",
        lambda a: a["out"][2] == HIM and a["again"] == THEM,
    ),
)
