// The words of the stage itself, in each of its languages; a lesson brings its own.

const en = {
  languageName: "EN",
  settings: "Settings",
  arithmetic: "Arithmetic",
  hand: "by hand",
  exact: "exact",
  language: "Language",
  size: "Size",
  smaller: "Smaller",
  larger: "Larger",
  auto: "Theme: as the system",
  light: "Theme: light",
  dark: "Theme: dark",
  reset: "Reset numbers",
  resetDone: "The lesson's own numbers are back.",
  share: "Share",
  shareLong: "Copy a link to exactly this",
  shared: "Link copied",
  embed: "Embed",
  embedLong: "Put this into a page of your own",
  shareByHand: "The browser did not let us copy. Here is the link:",
  dismiss: "Dismiss",

  sheet: "Sheet of matrices",
  narration: "Explanation",
  playback: "Playback",
  first: "First step (Home)",
  previous: "Previous step (←)",
  play: "Play",
  playLong: "Play the next step (Space)",
  pause: "Pause",
  pauseLong: "Pause (Space)",
  again: "Again",
  againLong: "Start again from the first step (Space)",
  next: "Next step (→)",
  speed: "Speed",
  steps: "Steps",
  stepOf: "step {i} of {n}",
  stepValue: "Step {i} of {n}: {name}",

  feature: "features",
  query: "queries",
  key: "keys",
  value: "values",
  score: "scores",
  scaled: "scaled scores",
  softmax: "softmax",
  attention: "attention weights",
  output: "output",
  weight: "weights",
  gradient: "gradient",
  tableName: "{label}, {rows} × {columns}",
  tableRole: ", {role}",
  tableCopy: ", copy",
  tableTodo: ", not computed yet",

  row: "row {i}",
  column: "column {j}",
  cell: "row {i}, column {j}",
  number: "the number",
  numbers: "{n} numbers",
  named: "{where} ({name})",
  of: "{where} of {array}",
  whole: "{array}",
  comma: ", ",
  and: " and ",
  product: "{a} meets {b}",
  line: "all of {a}",
  each: "from {a}",
  moved: "{a}, moved here",
  copied: "a copy of {a}",
  taken: "picked: {a}",
  given: "a given number",
  givenEdit: "a given number: press Enter, double-click or tap again to change it",
  notYet: "not computed yet",
  hint: "Point at any cell, tap it or tab to it, to see where it comes from.",

  entry: "New number for {cell}",
  sign: "Change the sign",
  "empty": "Type a number, or press Escape to keep the old one.",
  "not-a-number": "This is not a number. Write one such as 2, −1 or 0.5.",
  "not-finite": "The number must be finite.",
  "out-of-bounds": "The number must be from {low} to {high}.",
  "not-editable": "This number cannot be changed.",

  brokenTitle: "This lesson cannot be shown",
  broken: "Its data is incomplete or of an unknown kind ({code}). Reload the page, or ask whoever shared it for a new link.",
  brokenMissing: "There is nothing to be read at “{src}”. Its author can compare the address with the place of the file; opened as a file, without a server, a page may not read others.",
  brokenNewer: "It was made by a newer version (format {schema}). Its author can replace explainer-lesson.js by the newer one.",
  urlProblem: "Part of the link was ignored: {what}.",
  urlStep: "there is no step “{value}”",
  urlArithmetic: "there is no arithmetic “{value}”",
  urlLanguage: "there is no language “{value}”",
  urlCell: "“{key}={value}” is not a number for a cell that can be changed",
  semicolon: "; ",
  colon: ": ",
  figureBars: "Bars, {label}. {numbers}",
  figurePlane: "Vectors in a plane. {vectors}",
  figureCurve: "The curve of {name}. {numbers}",
};

/** @typedef {typeof en} Words */

/** @type {Words} */
const zh = {
  languageName: "中文",
  settings: "设置",
  arithmetic: "算术",
  hand: "手算",
  exact: "精确",
  language: "语言",
  size: "大小",
  smaller: "缩小",
  larger: "放大",
  auto: "主题：跟随系统",
  light: "主题：浅色",
  dark: "主题：深色",
  reset: "恢复原数",
  resetDone: "已恢复课程原来的数字。",
  share: "分享",
  shareLong: "复制链接，打开即为当前画面",
  shared: "链接已复制",
  embed: "嵌入",
  embedLong: "放进你自己的网页",
  shareByHand: "浏览器不允许自动复制，链接在此：",
  dismiss: "关闭",

  sheet: "矩阵图",
  narration: "讲解",
  playback: "播放",
  first: "第一步（Home）",
  previous: "上一步（←）",
  play: "播放",
  playLong: "播放下一步（空格）",
  pause: "暂停",
  pauseLong: "暂停（空格）",
  again: "重来",
  againLong: "从第一步重新开始（空格）",
  next: "下一步（→）",
  speed: "速度",
  steps: "步骤",
  stepOf: "第 {i} 步，共 {n} 步",
  stepValue: "第 {i} 步，共 {n} 步：{name}",

  feature: "特征",
  query: "查询",
  key: "键",
  value: "值",
  score: "分数",
  scaled: "缩放后的分数",
  softmax: "softmax",
  attention: "注意力权重",
  output: "输出",
  weight: "权重",
  gradient: "梯度",
  tableName: "{label}，{rows} × {columns}",
  tableRole: "，{role}",
  tableCopy: "，副本",
  tableTodo: "，尚未计算",

  row: "第 {i} 行",
  column: "第 {j} 列",
  cell: "第 {i} 行第 {j} 列",
  number: "该数",
  numbers: "{n} 个数",
  named: "{where}（{name}）",
  of: " {array} 的{where}",
  whole: " {array} ",
  comma: "，",
  and: "和",
  product: "{a}与{b}逐项相乘再相加",
  line: "{a}的全部数",
  each: "由{a}算出",
  moved: "由{a}移来",
  copied: "复制自{a}",
  taken: "取自{a}",
  given: "给定的数",
  givenEdit: "给定的数：按 Enter、双击或再点一次即可修改",
  notYet: "尚未计算",
  hint: "指向、点按任意一格，或用 Tab 键移到该格，即可看到它的来历。",

  entry: "{cell}的新数",
  sign: "变号",
  "empty": "请输入一个数，或按 Esc 保留原数。",
  "not-a-number": "这不是一个数。请写成 2、−1 或 0.5 这样的形式。",
  "not-finite": "必须是有限的数。",
  "out-of-bounds": "必须在 {low} 到 {high} 之间。",
  "not-editable": "这个数不能修改。",

  brokenTitle: "无法显示这一课",
  broken: "课程数据不完整，或格式无法识别（{code}）。请刷新页面，或向分享者索取新的链接。",
  brokenMissing: "“{src}”处没有可读取的内容。作者请核对地址与文件位置；若直接打开本地文件而没有服务器，浏览器不允许读取其他文件。",
  brokenNewer: "它由较新的版本生成（格式 {schema}）。作者请换用较新的 explainer-lesson.js。",
  urlProblem: "链接中有一部分已忽略：{what}。",
  urlStep: "没有名为“{value}”的步骤",
  urlArithmetic: "没有名为“{value}”的算术",
  urlLanguage: "没有名为“{value}”的语言",
  urlCell: "“{key}={value}”不是可修改单元格的数",
  semicolon: "；",
  colon: "：",
  figureBars: "条形图，{label}。{numbers}",
  figurePlane: "平面上的向量。{vectors}",
  figureCurve: "{name} 的曲线。{numbers}",
};

/** @type {Record<string, Words>} */
const LANGUAGES = { en, zh };

/**
 * The stage's words in a language; English where it has none of it.
 * @param {string} language
 * @returns {Words}
 */
export function words(language) {
  return LANGUAGES[language] ?? LANGUAGES[language.split("-")[0]] ?? en;
}

/**
 * What a language is called in itself, as short as a button.
 * @param {string} language
 * @returns {string}
 */
export function languageName(language) {
  return LANGUAGES[language]?.languageName ?? language;
}

/**
 * A template with its {names} replaced by text.
 * @param {string} template
 * @param {Record<string, unknown>} [values]
 * @returns {string}
 */
export function text(template, values = {}) {
  return template.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? "?"));
}
