// What a worksheet itself says, in each of its languages; a lesson brings its own words.

/** In a key: nothing belongs here. */
export const EMPTY = "∅";

const en = {
  paper: "Paper {n}",
  changed: "with numbers changed",
  key: "Key",
  name: "Name",
  date: "Date",
  legend: "Write into the thick boxes. All other numbers are given. Into a dashed box copy a number that you have found before. Rows count from the top and columns from the left, from 1.",
  empty: " A box where nothing belongs, neither a number nor a 0, stays empty.",
  keyLegend: "The numbers in the thick boxes are the answers. Right is also a half rounded the other way, and what follows rightly from a number that was wrong. ∅: the box stays empty.",
  link: "The same sheet in a browser says at once what is right:",
  rules: "Arithmetic by hand",
  do: "Fill in {what}: {how}.",
  doMany: "Fill in {what}. For {where}: {how}.",
  picked: "{from}, the one that {by} says",
  rounded: [" Round to a whole number.", " Round to one decimal.", " Round to two decimals."],
  example: " For example, {where}: {formula}.",
  begin: " Begin with {where}: {formula}.",
  one: " That is {formula}.",
  nothing: "nothing to fill in",
  before: "Before you go on:",
  answer: "Answer:",
  answers: "Before step {i}:",
  think: "Think further",
  can: "Can you?",
  boxes: "the boxes of {array}",
  columns: "columns {from} to {to}",
  papers: "Print papers",
  withKey: "with key",
  print: "Print",
  noPapers: "Write 1-30 or 1,4,9: at most 100 papers, from 0 to 999.",

  product: "Row times column: multiply the first by the first, the second by the second …, and add. Row 1 2, column 3 4: 1×3 + 2×4 = 11.",
  floor: "⌊□⌋ rounds down to a whole number: ⌊5/2⌋ = 2, ⌊−1/2⌋ = −1.",
  powers: "{powers}",
  decimals: ["round(□): round to a whole number.", "round(□): round to one decimal, 0.29 becomes 0.3. A half may go up or down.", "round(□) to two decimals, where the task says so: 0.417 becomes 0.42."],
  relu: "ReLU, max(□, 0): a number below 0 becomes 0, any other stays.",
  softmax: "Softmax, column by column: raise {base} to each number, add up the column, divide each by that sum.",
  softmaxRows: "Softmax: raise {base} to each number, add up, divide each by the sum.",
  sigmoid: "σ to one decimal:",
  argmax: "argmax: the place of the largest number.",
  top: "Among the top: the {k} largest of a column get a 1, the others a 0.",
  left: "An empty cell is left out: it is not 0, and nothing is computed from it.",
  mean: "Mean: add up, and divide by how many there are.",
  transpose: "^T turns a matrix on its side: rows become columns.",
};

/** @typedef {typeof en} Said */

/** @type {Said} */
const zh = {
  paper: "练习卷 {n}",
  changed: "数字有改动",
  key: "答案",
  name: "姓名",
  date: "日期",
  legend: "把数填入粗框，其余的数都已给出。虚线框里抄写前面已经算出的数。行从上往下数，列从左往右数，都从 1 开始。",
  empty: "有的框里什么也不该写（连 0 也不写），就让它空着。",
  keyLegend: "粗框中的数即为答案。恰为一半的数向上或向下舍入都算对；由前面算错的数正确推出的结果也算对。∅ 表示该框留空。",
  link: "在浏览器中打开同一张练习，填写后立即知道对错：",
  rules: "手算规则",
  do: "填写{what}：{how}。",
  doMany: "填写{what}。以{where}为例：{how}。",
  picked: "{from}，由 {by} 指出的那一个",
  rounded: ["四舍五入到整数。", "保留一位小数。", "保留两位小数。"],
  example: "例如，{where}：{formula}。",
  begin: "从{where}开始：{formula}。",
  one: "即 {formula}。",
  nothing: "无需填写",
  before: "先想一想：",
  answer: "回答：",
  answers: "第 {i} 步之前：",
  think: "进一步思考",
  can: "你能做到吗？",
  boxes: " {array} 中的方框",
  columns: "第 {from} 至 {to} 列",
  papers: "打印卷号",
  withKey: "附答案",
  print: "打印",
  noPapers: "请写成 1-30 或 1,4,9：从 0 到 999，最多 100 张。",

  product: "行乘列：第一个数乘第一个数，第二个乘第二个……再全部相加。行 1 2，列 3 4：1×3 + 2×4 = 11。",
  floor: "⌊□⌋ 向下取整：⌊5/2⌋ = 2，⌊−1/2⌋ = −1。",
  powers: "{powers}",
  decimals: ["round(□)：四舍五入到整数。", "round(□)：四舍五入到一位小数，0.29 记作 0.3。恰为一半时，进或舍都可以。", "题中说保留两位小数时，round(□) 舍入到两位：0.417 记作 0.42。"],
  relu: "ReLU，即 max(□, 0)：小于 0 的数变成 0，其余不变。",
  softmax: "softmax 按列计算：以 {base} 为底、每个数为指数求幂，整列相加，再各自除以这个和。",
  softmaxRows: "softmax：以 {base} 为底、每个数为指数求幂，全部相加，再各自除以这个和。",
  sigmoid: "σ，保留一位小数：",
  argmax: "argmax：最大的数所在的位置。",
  top: "among the top of（属于最大的几个）：每列中最大的 {k} 个数记 1，其余记 0。",
  left: "空格表示略去：它不是 0，也不参与计算。",
  mean: "平均：相加，再除以个数。",
  transpose: "^T 把矩阵转置：行变成列。",
};

/** @type {Record<string, Said>} */
const LANGUAGES = { en, zh };

/**
 * A worksheet's words in a language; English where it has none of it.
 * @param {string} language
 * @returns {Said}
 */
export function said(language) {
  return LANGUAGES[language] ?? LANGUAGES[language.split("-")[0]] ?? en;
}
