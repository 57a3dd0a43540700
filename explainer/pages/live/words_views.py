"""The words of the live page's views in each language."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "nothing": "Nothing has been run yet: type a prompt above.",
        "save_picture": "Save this picture",
        "layer": "layer",
        "token": "token",
        "norm": "length",
        "norm_of": "Entering layer <b>{layer}</b>, token <b>{token}</b> <bdi>{text}</bdi> is a "
        "vector of length <b>{norm}</b>; the median of this layer is {median}.",
        "neuron": "neuron",
        "activation": "activation",
        "neurons_of": "The <b>{count}</b> neurons that the MLP of layer <b>{layer}</b> activates "
        "most at token <b>{token}</b> <bdi>{text}</bdi>.",
        "output": "out",
        "predicts": "predicts",
        "probability": "probability",
        "lens_row": "Read before layer",
        "lens_of": "Read before layer <b>{layer}</b>, after token <b>{token}</b> "
        "<bdi>{text}</bdi>, the model would go on with",
        "lens_output": "After the last layer, and after token <b>{token}</b> <bdi>{text}</bdi>, "
        "the model goes on with",
    },
    "zh": {
        "nothing": "还没有运行过：请在上面输入一段提示。",
        "save_picture": "保存这幅图",
        "layer": "层",
        "token": "词元",
        "norm": "长度",
        "norm_of": "进入第 <b>{layer}</b> 层时，第 <b>{token}</b> 个词元 <bdi>{text}</bdi> "
        "的向量长度为 <b>{norm}</b>；这一层的中位数为 {median}。",
        "neuron": "神经元",
        "activation": "激活值",
        "neurons_of": "第 <b>{layer}</b> 层的 MLP 在第 <b>{token}</b> 个词元 <bdi>{text}</bdi> 处"
        "激活最强的 <b>{count}</b> 个神经元。",
        "output": "输出",
        "predicts": "预测",
        "probability": "概率",
        "lens_row": "在哪一层之前读",
        "lens_of": "在第 <b>{layer}</b> 层之前读，第 <b>{token}</b> 个词元 <bdi>{text}</bdi> "
        "之后，模型会接着写",
        "lens_output": "最后一层之后，第 <b>{token}</b> 个词元 <bdi>{text}</bdi> 之后，模型接着写",
    },
}

ERRORS: dict[str, dict[str, str]] = {
    "zh": {
        "out-of-memory": "设备没有足够的内存：请换一段短一些的提示。",
        "no-such-head": "没有这个头：模型有 {layers} 层，每层 {heads} 个头。",
        "no-such-token": "没有这个词元。",
        "no-such-filter": "温度和 top-k 不能为负，top-p 须在 0 与 1 之间。",
        "too-many-tokens": "提示有 {tokens:,} 个词元，上限是 {limit:,} 个。",
    },
}
