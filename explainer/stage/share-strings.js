// The words of the Share dialog.

const en = {
  title: "Share this lesson",
  begins: "It opens",
  here: "at this step",
  begin: "at the beginning",
  language: "Language",
  reader: "the reader's own",
  paper: "Paper",
  paperHow: "0: the lesson's own numbers",
  paperWrong: "A paper is a number from 0 to 999.",
  practice: "To fill in",
  none: "nothing",
  some: "the lesson's blanks",
  all: "all results",
  edits: "my numbers",
  help: "help",
  answers: "answers on request",
  narration: "the explanation",
  switches: "the switches above",
  playback: "the playback below",
  editable: "numbers that can be changed",
  parts: "With",
  ways: "Ways to share",
  link: "Link",
  frame: "iframe",
  element: "Element",
  file: "File",
  linkHow: "Whoever opens it sees the lesson as you choose here.",
  frameHow: "Works wherever a page may hold an iframe, as long as this address does.",
  elementHow: "For a site of your own, with no server of ours: put the scripts and {id}.json, which “explainer build --out site {id}” writes, beside your page.",
  fileHow: "One file that needs nothing else, offline too: for an LMS, an e-mail or a slide.",
  commandHow: "This command writes one file that needs nothing else, offline too: for an LMS, an e-mail or a slide.",
  code: "To copy",
  copy: "Copy",
  copied: "Copied",
  byHand: "The browser did not let us copy. The text is selected: press Ctrl+C, or ⌘C.",
  failed: "The server did not give us the file.",
  save: "Save the file",
  close: "Close",
};

/** @typedef {typeof en} Words */

/** @type {Words} */
const zh = {
  title: "分享这一课",
  begins: "打开时",
  here: "在这一步",
  begin: "从头开始",
  language: "语言",
  reader: "由读者决定",
  paper: "卷号",
  paperHow: "0：课程原来的数字",
  paperWrong: "卷号是 0 到 999 之间的整数。",
  practice: "填空",
  none: "无",
  some: "课程的空格",
  all: "所有结果",
  edits: "我改的数字",
  help: "提示",
  answers: "可看答案",
  narration: "讲解",
  switches: "上方的开关",
  playback: "下方的播放控件",
  editable: "可修改的数字",
  parts: "包含",
  ways: "分享方式",
  link: "链接",
  frame: "iframe",
  element: "元素",
  file: "文件",
  linkHow: "打开链接的人看到的，就是你在这里选择的样子。",
  frameHow: "凡是能放 iframe 的网页都可以用，只要这个地址还在。",
  elementHow: "用于你自己的网站，不依赖我们的服务器：把“explainer build --out site {id}”写出的脚本和 {id}.json 放在网页旁边。",
  fileHow: "一个独立的文件，离线也能用：适合教学平台、电子邮件或幻灯片。",
  commandHow: "这条命令写出一个独立的文件，离线也能用：适合教学平台、电子邮件或幻灯片。",
  code: "要复制的内容",
  copy: "复制",
  copied: "已复制",
  byHand: "浏览器不允许自动复制。文字已选中，请按 Ctrl+C 或 ⌘C。",
  failed: "服务器没有给出文件。",
  save: "保存文件",
  close: "关闭",
};

/**
 * @param {string} language
 * @returns {Words} English where there are none
 */
export function words(language) {
  return language === "zh" ? zh : en;
}
