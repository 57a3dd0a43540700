// The words of the stage itself, in each of its languages; a lesson brings its own.

export { text } from "./template.js";

/** Each in the languages of `LANGUAGES`, side by side: so they are translated, and so they pack best. */
const WORDS = {
  languageName: ["EN", "中文"],
  settings: ["Settings", "设置"],
  arithmetic: ["Arithmetic", "算术"],
  hand: ["by hand", "手算"],
  exact: ["exact", "精确"],
  language: ["Language", "语言"],
  size: ["Size", "大小"],
  smaller: ["Smaller", "缩小"],
  larger: ["Larger", "放大"],
  auto: ["Theme: as the system", "主题：跟随系统"],
  light: ["Theme: light", "主题：浅色"],
  dark: ["Theme: dark", "主题：深色"],
  undo: ["Undo (Ctrl Z)", "撤销（Ctrl Z）"],
  redo: ["Redo (Shift Ctrl Z)", "重做（Shift Ctrl Z）"],
  undoDone: ["Undone.", "已撤销。"],
  redoDone: ["Redone.", "已重做。"],
  more: ["More", "更多"],
  keys: ["Keys and gestures", "按键与手势"],
  practice: ["Practice", "练习"],
  reset: ["Reset numbers", "恢复原数"],
  resetDone: ["The lesson's own numbers are back.", "已恢复课程原来的数字。"],
  share: ["Share", "分享"],
  shareLong: ["Share this, or put it into a page of your own", "分享，或放进你自己的网页"],
  dismiss: ["Dismiss", "关闭"],
  extrasLost: ["It could not be loaded. Is there a connection?", "未能加载，可能没有网络连接。"],
  tryAgain: ["Try again", "重试"],

  sheet: ["Sheet of matrices", "矩阵图"],
  narration: ["Explanation", "讲解"],
  playback: ["Playback", "播放"],
  first: ["First step (Home)", "第一步（Home）"],
  previous: ["Previous step (←)", "上一步（←）"],
  play: ["Play", "播放"],
  playLong: ["Play the next step (Space)", "播放下一步（空格）"],
  pause: ["Pause", "暂停"],
  pauseLong: ["Pause (Space)", "暂停（空格）"],
  again: ["Again", "重来"],
  againLong: ["Start again from the first step (Space)", "从第一步重新开始（空格）"],
  next: ["Next step (→)", "下一步（→）"],
  speed: ["Speed", "速度"],
  steps: ["Steps", "步骤"],
  stepOf: ["step {i} of {n}", "第 {i} 步，共 {n} 步"],
  stepValue: ["Step {i} of {n}: {name}", "第 {i} 步，共 {n} 步：{name}"],

  feature: ["features", "特征"],
  query: ["queries", "查询"],
  key: ["keys", "键"],
  value: ["values", "值"],
  score: ["scores", "分数"],
  scaled: ["scaled scores", "缩放后的分数"],
  softmax: ["softmax", "softmax"],
  attention: ["attention weights", "注意力权重"],
  output: ["output", "输出"],
  weight: ["weights", "权重"],
  gradient: ["gradient", "梯度"],
  tableName: ["{label}, {rows} × {columns}", "{label}，{rows} × {columns}"],
  tableCopy: [", copy", "，副本"],
  tableTodo: [", not computed yet", "，尚未计算"],

  row: ["row {i}", "第 {i} 行"],
  column: ["column {j}", "第 {j} 列"],
  cell: ["{row}, {column}", "{row}{column}"],
  number: ["the number", "该数"],
  numbers: ["{n} numbers", " {n} 个数"],
  named: ["{where} ({name})", "{where}（{name}）"],
  of: ["{where} of {array}", " {array} 的{where}"],
  whole: ["{array}", " {array} "],
  comma: [", ", "，"],
  and: [" and ", "和"],
  product: ["{a} meets {b}", "{a}与{b}逐项相乘再相加"],
  line: ["all of {a}", "{a}的全部数"],
  each: ["from {a}", "来自{a}"],
  moved: ["{a}, moved here", "由{a}移来"],
  copied: ["a copy of {a}", "复制自{a}"],
  taken: ["picked: {a}", "取自{a}"],
  given: ["a given number", "给定的数"],
  givenEdit: ["a given number: press Enter, double-click or tap again to change it", "给定的数：按 Enter、双击或再点一次即可修改"],
  notYet: ["not computed yet", "尚未计算"],
  leftOut: ["not computed: left out", "不计算：已略去"],
  because: ["not computed, because {a} is 0", "不计算，因为{a}是 0"],
  large: ["{what} is more than this sheet can hold.", "{what} 太大，超出了这里能表示的范围。"],
  none: ["{what} has no value.", "{what} 没有值。"],
  follows: [" What follows from it is not right.", "由它得出的数都不对。"],
  hint: ["Point at any cell, tap it or tab to it, to see where it comes from.", "指向、点按任意一格，或用 Tab 键移到该格，即可看到它的来历。"],

  entry: ["New number for {cell}", "{cell}的新数"],
  sign: ["Change the sign", "变号"],
  "empty": ["Type a number, or press Escape to keep the old one.", "请输入一个数，或按 Esc 保留原数。"],
  "not-a-number": ["This is not a number. Write one such as 2, −1 or 0.5.", "这不是一个数。请写成 2、−1 或 0.5 这样的形式。"],
  "grouped": ["Is that a decimal sign? Write 1234.5 or 1234,5.", "哪个是小数点？请写成 1234.5 或 1234,5。"],
  "not-a-word": ["There is no such word here. There is {words}.", "这里没有这个词。可用的有：{words}。"],
  "not-finite": ["The number must be finite.", "必须是有限的数。"],
  "out-of-bounds": ["The number must be from {low} to {high}.", "必须在 {low} 到 {high} 之间。"],
  "not-editable": ["This number cannot be changed.", "这个数不能修改。"],

  brokenTitle: ["This lesson cannot be shown", "无法显示这一课"],
  broken: ["Its data is incomplete or of an unknown kind ({code}). Reload the page, or ask whoever shared it for a new link.", "课程数据不完整，或格式无法识别（{code}）。请刷新页面，或向分享者索取新的链接。"],
  brokenMissing: ["There is nothing to be read at “{src}”. Its author can compare the address with the place of the file; opened as a file, without a server, a page may not read others.", "“{src}”处没有可读取的内容。作者请核对地址与文件位置；若直接打开本地文件而没有服务器，浏览器不允许读取其他文件。"],
  brokenNewer: ["It was made by a newer version (format {schema}). Its author can replace explainer-lesson.js by the newer one.", "它由较新的版本生成（格式 {schema}）。作者请换用较新的 explainer-lesson.js。"],
  urlProblem: ["Part of the link was ignored: {what}.", "链接中有一部分已忽略：{what}。"],
  urlStep: ["there is no step “{value}”", "没有名为“{value}”的步骤"],
  urlArithmetic: ["there is no arithmetic “{value}”", "没有名为“{value}”的算术"],
  urlLanguage: ["there is no language “{value}”", "没有名为“{value}”的语言"],
  urlPaper: ["a paper is a number from 0 to 999, not “{value}”", "卷号是 0 到 999 之间的整数，而不是“{value}”"],
  urlCell: ["“{key}={value}” is not a number for a cell that can be changed", "“{key}={value}”不是可修改单元格的数"],
  urlTwice: ["“{key}” is given more than once, and the last one counts", "“{key}”出现多次，以最后一个为准"],
  urlUnknown: ["“{key}={value}” means nothing here", "“{key}={value}”在这里没有意义"],
  urlMore: ["{n} more", "另有 {n} 处"],
  semicolon: ["; ", "；"],
  stop: [". ", "。"],
  colon: [": ", "："],
  figureBars: ["Bars, {label}. {numbers}", "条形图，{label}。{numbers}"],
  figurePlane: ["Vectors in a plane. {vectors}", "平面上的向量。{vectors}"],
  figureCurve: ["The curve of {name}. {numbers}", "{name} 的曲线。{numbers}"],
};

/** @typedef {Record<keyof typeof WORDS, string>} Words */

/** @param {0 | 1} place @returns {Words} */
const every = (place) =>
  /** @type {Words} */ (Object.fromEntries(Object.entries(WORDS).map(([key, told]) => [key, told[place]])));

/** @type {Record<string, Words>} */
const LANGUAGES = { en: every(0), zh: every(1) };

/**
 * The stage's words in a language; English where it has none of it.
 * @param {string} language
 * @returns {Words}
 */
export function words(language) {
  return LANGUAGES[language] ?? LANGUAGES[language.split("-")[0]] ?? LANGUAGES.en;
}

/**
 * What a language is called in itself, as short as a button.
 * @param {string} language
 * @returns {string}
 */
export function languageName(language) {
  return LANGUAGES[language]?.languageName ?? language;
}
