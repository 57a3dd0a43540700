// One box to fill in, while somebody types there.

import { h } from "./dom.js";
import { text } from "./strings.js";

/** @import {Boxes} from "./boxes.js" */
/** @import {Editor, Onward} from "./edit.js" */
/** @import {Spot} from "./scene.js" */

export class Box {
  /**
   * @param {Boxes} boxes
   * @param {Spot} spot
   * @param {string} name of the array
   */
  constructor(boxes, spot, name) {
    this.boxes = boxes;
    this.spot = spot;
    this.name = name;
    this.before = boxes.practice.entry(name, spot.cell).entry;
  }

  /** What the box is called. */
  label() {
    return text(this.boxes.practice.words.yours, { cell: this.boxes.remarks.where(this.name, this.spot.cell) });
  }

  get hasHelp() {
    return this.boxes.sheet.allows.help;
  }

  /** @param {Editor} editor */
  begin(editor) {
    if (!this.hasHelp) return;
    editor.error.before(h("button", {
      type: "button",
      class: "help",
      tabindex: -1,
      "aria-label": this.boxes.practice.words.helpHere,
      onpointerdown: (/** @type {Event} */ event) => event.preventDefault(), // the focus stays
      onclick: () => this.help(editor),
    }, "?"));
  }

  /** @param {Editor} editor */
  help(editor) {
    editor.say(this.boxes.helped(this.spot, this.name));
  }

  /**
   * An arrow that has nowhere to go in what is typed goes on to the next box.
   * @param {Editor} editor
   * @param {KeyboardEvent} event
   */
  key(editor, event) {
    const { selectionStart: from, selectionEnd: to, value } = editor.input;
    const ends = { ArrowDown: true, ArrowUp: true, ArrowRight: from === to && from === value.length, ArrowLeft: to === 0 };
    if (event.key === "?" && this.hasHelp) this.help(editor);
    else if (ends[/** @type {keyof typeof ends} */ (event.key)]) {
      this.commit(editor, /Up|Left/.test(event.key) ? "left" : "right", true);
    } else return;
    event.preventDefault();
  }

  /**
   * What is not right is said at once: Enter stays with it, an arrow or Tab leaves it. What is no
   * entry at all must be mended.
   * @param {Editor} editor
   * @param {Onward} onward
   * @param {boolean} moves whether the focus goes on from here
   */
  commit(editor, onward, moves) {
    const { boxes, spot, name } = this;
    const isMeant = moves && onward === "down";
    const wrong = boxes.judge(name, spot.cell, editor.input.value, isMeant);
    if (wrong?.isNone || (wrong && isMeant)) {
      editor.say(wrong.said, true);
      if (moves) editor.input.select();
    } else {
      // the focus first: to move it, the browser lays out all that has changed until then
      editor.closed = true;
      if (moves) boxes.next(spot, onward);
      editor.remove();
    }
    boxes.paint();
  }
}
