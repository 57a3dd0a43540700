// The list of keys, and of what a finger does.

import { dialog } from "./dialog.js";
import { h } from "./dom.js";

/** @import {Stage} from "./stage.js" */

/** A line for each key: "key: what it does". */
const LISTS = {
  en: "Space: play the next step, pause\n← →: previous, next step\nHome End: first, last step\n1–9: go to a step\nEsc: finish a motion\nTab ←↑→↓: from matrix to matrix, from cell to cell\nEnter 0–9: change a given number; Esc gives up\nCtrl Z: undo; with Shift, redo\nTap: show where a number comes from; a second one changes a given\nSwipe: over the text, for the next or previous step",
  zh: "空格：播放下一步，暂停\n← →：上一步、下一步\nHome End：第一步、最后一步\n1–9：跳到某一步\nEsc：结束动画\nTab ←↑→↓：换矩阵、换格\nEnter 0–9：修改给定的数；Esc 放弃\nCtrl Z：撤销；加 Shift 重做\n点按：看一个数的来历；再点一次可修改给定的数\n滑动：在文字上滑动，到下一步或上一步",
};
/** More of them, where the page is the lesson's. */
const OF_PAGES = {
  en: "\nR: play the step once more\nShift P: practice\n?: this list",
  zh: "\nR：重放这一步\nShift P：练习\n?：显示本列表",
};

/**
 * Show which keys there are.
 * @param {Stage} stage
 */
export function keys({ element, host, sheet, words }) {
  const language = sheet.language === "zh" ? "zh" : "en";
  const rows = (LISTS[language] + (host.whole() ? OF_PAGES[language] : "")).split("\n").map((line) => {
    const [keys, does] = line.split(words.colon.trim());
    return h("tr", {}, h("th", { scope: "row" }, ...keys.split(" ").map((key) => h("kbd", {}, key))), h("td", {}, does));
  });
  dialog(element, words.keys, words.dismiss, h("table", {}, ...rows));
}
