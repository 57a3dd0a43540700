// The page's words in each language.

const en = {
  languageName: "EN",
  settings: "Settings",
  language: "Language",
  auto: "Theme: as the system",
  light: "Theme: light",
  dark: "Theme: dark",
  about: "About this capture",
  prompt: "Prompt",
  whole: "The whole prompt",
  continued: " ({n} of them after the prompt)",
  facts: "{tokens} tokens{continued} · {kept} of {all} heads · saved {date}",
  ablated: "Switched off in this run: {what}.",
  ablatedHead: "head {layer}.{head} ({how})",
  ablatedMlp: "the MLP of layer {layer} ({how})",
  zero: "zero",
  mean: "its mean",
  comma: ", ",

  tokens: "Tokens",
  tokensHint: "Choose the token that looks; ← → move on.",
  token: "{i} {text}",
  arcs: "“{query}” looks at",
  arcsSum: "{n} strongest: {sum} of 1 together",
  arcsNone: "nothing that is worth an arc",

  heads: "Heads",
  sort: "Sort by",
  layer: "layer and head",
  previous: "previous token",
  induction: "induction",
  first: "first token",
  entropy: "sharpness",
  layerAbout: "Each head of each layer as a small map; rows look, columns are looked at.",
  previousAbout: "Mean weight on the token before.",
  inductionAbout: "Mean weight on what came after the same token, earlier on.",
  firstAbout: "Mean weight on the first token.",
  entropyAbout: "Entropy of the rows. 0: each looks at one token; 1: at all alike.",
  unmeasured: "no token comes twice in this prompt",
  layerName: "layer {layer}",
  headName: "Layer {layer}, head {head}",
  headScores: "previous token {previous}, induction {induction}, first token {first}, entropy {entropy}",

  map: "Layer {layer} · head {head}",
  mapName: "Attention map: arrow keys move from cell to cell",
  mapHint: "Point at a cell, tap it, or focus the map and use the arrow keys.",
  query: "query: looks",
  key: "key: is looked at",
  readout: "{query} looks at {key}: {weight}",
  readoutPooled: "{query} look at {key}: at most {weight}",
  later: "{query} cannot see {key}: it comes later.",
  one: "{i} “{text}”",
  several: "{i}–{j} “{text}”",
  legend: "weight",

  lens: "Logit lens",
  lensAbout: "What each layer's input would predict after {token}, read with the model's own output.",
  lensLayer: "Layer",
  lensPlace: "{i}.",
  lensEnd: "end",
  lensNorm: "length",
  lensCame: "Framed: the token that did come.",
  lensMissing: "Kept for the last {n} tokens only.",

  next: "Next token",
  nextAbout: "What the model expects after the prompt.",

  kept: "How the numbers are kept",
  keptSteps: "A weight is one of 255 steps of the largest in its row: it is off by {error} at most, and each says by how much.",
  keptPooled: "{tokens} tokens are pooled to {side} × {side} pixels, each the largest weight of its block. Arcs and strongest keys are single tokens, off by {error} at most.",
  keptProbabilities: "Probabilities of the logit lens are off by 0.00001 at most.",
  keptAlone: "Everything is in this file. It asks no server for anything.",
  versions: "Made with {versions}.",

  broken: "This file cannot be shown: {why}.",
  old: "the browser is too old to unpack it (it has no DecompressionStream)",
  newer: "it was written by a newer explainer",
  damaged: "its numbers are damaged",
};

/** @typedef {typeof en} Words */

/** @type {Words} */
const zh = {
  languageName: "中文",
  settings: "设置",
  language: "语言",
  auto: "主题：跟随系统",
  light: "主题：浅色",
  dark: "主题：深色",
  about: "关于这次运行",
  prompt: "提示",
  whole: "完整提示",
  continued: "（其中 {n} 个是续写的）",
  facts: "{tokens} 个词元{continued} · {all} 个注意力头中的 {kept} 个 · 保存于 {date}",
  ablated: "本次运行中已关闭：{what}。",
  ablatedHead: "注意力头 {layer}.{head}（{how}）",
  ablatedMlp: "第 {layer} 层的 MLP（{how}）",
  zero: "置零",
  mean: "取其均值",
  comma: "、",

  tokens: "词元",
  tokensHint: "选择发出查询的词元；← → 移动。",
  token: "{i} {text}",
  arcs: "“{query}”看向",
  arcsSum: "最强的 {n} 个，合计 {sum}（总和为 1）",
  arcsNone: "没有值得画出的弧线",

  heads: "注意力头",
  sort: "排序",
  layer: "层与头",
  previous: "前一词元",
  induction: "归纳",
  first: "首个词元",
  entropy: "集中程度",
  layerAbout: "每层每个头的缩略图；行看，列被看。",
  previousAbout: "落在前一个词元上的平均权重。",
  inductionAbout: "落在“同一词元上次出现之后的词元”上的平均权重。",
  firstAbout: "落在第一个词元上的平均权重。",
  entropyAbout: "各行的熵。0：每个词元只看一个词元；1：对所有词元一视同仁。",
  unmeasured: "这段提示中没有重复的词元",
  layerName: "第 {layer} 层",
  headName: "第 {layer} 层 · 第 {head} 头",
  headScores: "前一词元 {previous}，归纳 {induction}，首个词元 {first}，熵 {entropy}",

  map: "第 {layer} 层 · 第 {head} 头",
  mapName: "注意力图：方向键逐格移动",
  mapHint: "指向或轻触一格，或聚焦此图后使用方向键。",
  query: "查询：看",
  key: "键：被看",
  readout: "{query} 看向 {key}：{weight}",
  readoutPooled: "{query} 看向 {key}：不超过 {weight}",
  later: "{query} 看不到 {key}：它在后面。",
  one: "{i}“{text}”",
  several: "{i}–{j}“{text}”",
  legend: "权重",

  lens: "Logit lens",
  lensAbout: "用模型自己的输出层解读每层的输入：在 {token} 之后会预测什么。",
  lensLayer: "层",
  lensPlace: "第 {i} 位",
  lensEnd: "末尾",
  lensNorm: "长度",
  lensCame: "加框的是实际出现的词元。",
  lensMissing: "只保存了最后 {n} 个词元。",

  next: "下一个词元",
  nextAbout: "模型预期提示之后出现的内容。",

  kept: "数字如何保存",
  keptSteps: "每个权重存为所在行最大值的 255 级之一，误差至多 {error}，每处都标明误差。",
  keptPooled: "{tokens} 个词元合并为 {side} × {side} 像素，每个像素取其方块中的最大权重。弧线和最强的键精确到单个词元，误差至多 {error}。",
  keptProbabilities: "Logit lens 的概率误差至多 0.00001。",
  keptAlone: "一切都在这个文件里，不向任何服务器请求数据。",
  versions: "使用 {versions} 制作。",

  broken: "无法显示此文件：{why}。",
  old: "浏览器过旧，无法解压（缺少 DecompressionStream）",
  newer: "它由更新版本的 explainer 写成",
  damaged: "其中的数字已损坏",
};

/** @type {Record<string, Words>} */
const LANGUAGES = { en, zh };

/**
 * The words of a language; English where there are none of it.
 * @param {string} language
 * @returns {Words}
 */
export function words(language) {
  return LANGUAGES[language] ?? en;
}

/**
 * A template with its {names} replaced by text.
 * @param {string} template
 * @param {Record<string, unknown>} values
 * @returns {string}
 */
export function text(template, values) {
  return template.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? "?"));
}
