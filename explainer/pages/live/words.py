"""The live page's own words in each language; those of its views are in words_views.py."""

from typing import Any

from explainer.errors import LiveError

WORDS: dict[str, dict[str, Any]] = {
    "en": {
        "title": "Live model · explainer",
        "description": "Type a sentence, and see what a real Llama did with it: "
        "every head of every layer, token by token.",
        "skip": "Skip to the prompt",
        "model": "Model",
        "prompt": "Prompt",
        "placeholder": "Type a sentence. Ctrl+Enter runs it.",
        "run": "Run",
        "cancel": "Cancel",
        "examples": "Try",
        "ignored": "Part of the link was ignored: {}.",
        "semicolon": "; ",
        "unkept": "The link is of a prompt that was too long for it, and only the browser tab that "
        "ran it has the text.",
        "long": "The prompt is too long for the address: a copied link goes without it, and this "
        "browser tab keeps it for a reload.",
        "connection": {
            "lost": "The connection to the server is lost. What you see stays; nothing new can be "
            "computed. This page comes back by itself when the server answers, with what you have "
            "typed.",
            "again": "Try now",
        },
        "next": "Waiting: you are next …",
        "waiting": "Waiting: {} before you …",
        "loading": "Loading {}: {share:.0%}",
        "running": "Running: {share:.0%}",
        "done": "{tokens} tokens · {layers} layers × {heads} heads",
        "cancelled": "Cancelled. What you see is what was there before.",
        "all_heads": "All heads",
        "order": "Sort by",
        "orders": {
            "model": "layer and head",
            "previous": "previous token",
            "induction": "induction",
            "first": "first token",
            "entropy": "sharpness",
        },
        "head_title": "Layer {} · head {}",
        "views": {
            "next_token": "Next token",
            "lens": "Logit lens",
            "neurons": "Neurons",
            "norms": "Residual",
            "ablation": "Ablate",
            "by_hand": "By hand",
            "saving": "Save",
        },
        "views_name": "Views",
        "strip": {
            "strip": "Tokens of the prompt: choose the one that looks",
            "token": "token {token}",
            "looks": "Token {token} looks at {keys}",
            "share": "{token} {share} %",
            "comma": ", ",
        },
        "mosaic": {
            "heads": "Heads",
            "head": "layer {layer}, head {head}",
            "layer_short": "L",
            "previous": "previous",
            "induction": "induction",
            "first": "first",
            "entropy": "entropy",
            "silenced": "silenced",
            "refining": "from {share} % of the rows so far",
        },
        "map": {
            "map": "Attention map: rows look at columns. Arrow keys move a crosshair, Enter "
            "chooses its row, plus and minus zoom.",
            "map_role": "map",
            "looks": "query: looks",
            "looked_at": "key: is looked at",
            "turned": "Rows are queries; on the lessons' sheets, columns are.",
            "query": "query {token}",
            "key": "key {token}",
            "later": "later: not seen",
            "most": "at most {weight}",
            "window": "queries {q0}–{q1}, keys {k0}–{k1}",
            "whole": "Whole map",
            "closer": "Zoom in",
            "farther": "Zoom out",
        },
    },
    "zh": {
        "title": "真实模型 · explainer",
        "description": "输入一句话，看一个真实的 Llama 怎样处理它：每一层的每个头，逐个词元。",
        "skip": "跳到提示",
        "model": "模型",
        "prompt": "提示",
        "placeholder": "输入一句话，按 Ctrl+Enter 运行。",
        "run": "运行",
        "cancel": "取消",
        "examples": "试试",
        "ignored": "链接中有一部分已忽略：{}。",
        "semicolon": "；",
        "unkept": "这个链接的提示太长，没有放在链接里，只有当时运行它的浏览器标签页存有原文。",
        "long": "提示太长，地址里放不下：复制的链接不含提示，刷新时由本标签页恢复。",
        "connection": {
            "lost": "与服务器的连接断开了。眼前的内容还在，但无法计算新的内容。"
            "服务器恢复后，本页会自动回来，已输入的文字也会保留。",
            "again": "立即重试",
        },
        "next": "等待中：下一个就是你……",
        "waiting": "等待中：前面还有 {} 个……",
        "loading": "正在载入 {}：{share:.0%}",
        "running": "正在运行：{share:.0%}",
        "done": "{tokens} 个词元 · {layers} 层 × {heads} 个头",
        "cancelled": "已取消。眼前仍是先前的结果。",
        "all_heads": "所有的头",
        "order": "排序",
        "orders": {
            "model": "层与头",
            "previous": "前一词元",
            "induction": "归纳",
            "first": "首个词元",
            "entropy": "集中程度",
        },
        "head_title": "第 {} 层 · 第 {} 头",
        "views": {
            "next_token": "下一词元",
            "lens": "Logit lens",
            "neurons": "神经元",
            "norms": "残差流",
            "ablation": "消融",
            "by_hand": "手算",
            "saving": "保存",
        },
        "views_name": "视图",
        "strip": {
            "strip": "提示的词元：选择发出注意的那一个",
            "token": "词元 {token}",
            "looks": "词元 {token} 看向 {keys}",
            "share": "{token} {share}%",
            "comma": "、",
        },
        "mosaic": {
            "heads": "注意力头",
            "head": "第 {layer} 层第 {head} 头",
            "layer_short": "层 ",
            "previous": "前一词元",
            "induction": "归纳",
            "first": "首个词元",
            "entropy": "熵",
            "silenced": "已关闭",
            "refining": "目前只算了 {share}% 的行",
        },
        "map": {
            "map": "注意力图：行看向列。方向键移动十字线，回车选择该行，加减号缩放。",
            "map_role": "图",
            "looks": "查询：在看的词元",
            "looked_at": "键：被看的词元",
            "turned": "这里行是查询；课程的算稿上，列是查询。",
            "query": "查询 {token}",
            "key": "键 {token}",
            "later": "在后面：看不到",
            "most": "至多 {weight}",
            "window": "查询 {q0}–{q1}，键 {k0}–{k1}",
            "whole": "整张图",
            "closer": "放大",
            "farther": "缩小",
        },
    },
}

# English is what a LiveError says itself.
ERRORS: dict[str, dict[str, str]] = {
    "zh": {
        "adapter": "模型文件夹里有适配器（adapter），这里不会应用它：请先把它合并到模型里。",
        "bad-config": "模型的设置有误：{key} 的值不能是 {value}。",
        "bad-json": "{file} 不是可用的 JSON 文件。",
        "does-not-load": "模型无法载入，请告诉管理服务器的人。",
        "empty-prompt": "提示是空的：请输入几个词。",
        "foreign-tokenizer": "分词器与模型不匹配。",
        "gguf": "这是 GGUF 格式的模型；只能载入 safetensors。",
        "lfs-pointer": "{file} 只是 Git LFS 指针，文件本身还没有取来：请运行 git lfs pull。",
        "model-too-large": "内存放不下这个模型：请换一个小一些的模型，或用 bfloat16。",
        "no-numbers": "模型在这里算不出数：从第 {layer} 层起出现无穷大或 NaN。",
        "no-output": "模型在这里算不出数：输出里有无穷大或 NaN。",
        "no-prompt": "提示应是文字，或一列词元编号。",
        "no-such-ablation": "不能这样关闭。",
        "no-such-device": "服务器没有这个设备。",
        "no-such-filter": "温度和 top-k 不能是负数，top-p 在 0 和 1 之间。",
        "no-such-head": "没有这个头：模型有 {layers} 层，每层 {heads} 个头。",
        "no-such-model": "没有这个模型。",
        "no-such-token": "没有这个词元。",
        "no-weights": "模型文件夹里没有权重。",
        "not-a-llama": "这不是 Llama 结构的模型。",
        "not-a-model": "这不是模型。",
        "not-computed": "这个模型在这台设备上算不出这一项（{kind}）。",
        "not-installed": "服务器没有安装 {package}：pip install 'explainer[live]'",
        "not-whole": "模型的文件不完整。",
        "other-weights": "权重文件与 config.json 不符：照它算出的不会是这个模型的数。",
        "out-of-memory": "设备的内存不够：请换一段短一些的提示。",
        "page-too-large": "要保存的注意力头太多：{size:,} 字节，上限是 {limit:,} 字节。",
        "pickle-only": "模型只有 pickle 格式的权重，为了安全不会载入；需要 safetensors。",
        "quantised": "这是量化过的模型，而这里只显示训练所得的权重。",
        "spoilt-weights": "{file} 不完整，或不是 safetensors 文件。",
        "too-many-characters": "提示有 {characters:,} 个字符，上限是 {limit:,} 个。",
        "too-many-jobs": "你有太多请求还没完成，请等其中一个完成。",
        "too-many-tokens": "提示有 {tokens:,} 个词元，上限是 {limit:,} 个。",
        "too-much-memory": "{tokens:,} 个词元需要 {needed:,} 字节，上限是 {limit:,} 字节。",
        "unexpected": "出了意料之外的错误，请再试一次。",
        "unreadable": "分词器读不了这段提示。",
    },
}

# What a tiny model of simple stories knows something of; the model's language, not the reader's.
EXAMPLES = (  # what the shipped model does well: names, copying, stories
    "Tom and Lily went to the park. Lily gave the ball to",
    "moon river bell stone moon river bell",
    "One day, Tom could not find his ball.",
    "Once upon a time there was a little",
)


def said(error: LiveError, language: str) -> str:
    """What went wrong, in the reader's language where there are words for it; not escaped."""
    words = ERRORS.get(language, {}).get(error.code)
    try:
        return words.format(**error.details) if words else str(error)
    except (KeyError, ValueError):
        return str(error)
