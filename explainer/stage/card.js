// The card of practice, above the step's text: how far one has come, what was said last, goals, papers.

import { told } from "./choices.js";
import { attribute, fill, h, marked, say } from "./dom.js";
import { markup } from "./markup.js";
import { LAST } from "./papers.js";
import { PrintForm } from "./print-form.js";
import { text } from "./strings.js";

/** @import {Practice} from "./practice.js" */
/** @import {Goal} from "./types.js" */

export class Card {
  /** @param {Practice} practice */
  constructor(practice) {
    this.practice = practice;
    this.sheet = practice.sheet;
    this.count = h("b");
    this.bar = h("i");
    this.last = h("p", { class: "last" });
    this.open = h("p", { class: "hint" });
    this.help = h("button", {
      type: "button",
      class: "button",
      onpointerdown: (/** @type {Event} */ event) => event.preventDefault(), // the focus stays in the box
      onclick: () => practice.boxes.helpHere(),
    });
    this.left = h("div", { class: "left" }, this.open, this.help);
    this.goalsTitle = h("summary");
    this.goalList = h("ul");
    this.aim = h("div", { class: "aim", hidden: true });
    this.goals = h("details", {}, this.goalsTitle, this.goalList);
    const button = (/** @type {() => void} */ onclick, kind = "") => h("button", { type: "button", class: `button ${kind}`, onclick });
    this.number = h("input", { inputmode: "numeric", maxlength: 4, size: 4, autocomplete: "off", "aria-describedby": "no-paper" });
    this.paperName = h("label", {}, h("span"), this.number);
    this.go = h("button", { class: "button" });
    this.noPaper = h("p", { class: "error", role: "alert", id: "no-paper" });
    this.form = h("form", { onsubmit: (/** @type {Event} */ event) => this.toPaper(event) }, this.paperName, this.go);
    this.other = button(() => this.draw());
    this.own = button(() => this.sheet.go({ paper: 0 }));
    this.papers = h("div", { class: "papers" }, this.other, this.own, this.form, this.noPaper);
    this.printing = new PrintForm(this.sheet, practice.printing);
    this.again = button(() => this.forget());
    this.asText = button(() => this.write());
    this.line = h("output");
    this.moreTitle = h("summary");
    this.more = h("details", {}, this.moreTitle, this.papers, this.printing.element, h("div", { class: "ends" }, this.asText, this.again), this.line);
    this.element = h("div", { class: "drill", role: "region" },
      h("div", { class: "score" }, this.count, h("span", { class: "meter", "aria-hidden": "true" }, this.bar)),
      practice.asking.question, this.last, this.left, this.aim, h("div", { class: "folds" }, this.goals, this.more));
    /** @type {Map<string, HTMLButtonElement>} */
    this.buttons = new Map();
    this.forgets = false;
    this.update();
  }

  /** Write all anew. */
  update() {
    const { practice, sheet } = this;
    const { words, score } = practice;
    attribute(this.element, "aria-label", words.region);
    say(this.count, text(words.count, { ...score }));
    this.bar.style.width = `${score.of ? (100 * score.right) / score.of : 0}%`;
    const { last } = practice;
    const state = last && practice.state(last.name, last.cell);
    attribute(this.last, "data-state", state);
    this.last.hidden = !last || state === "open" || practice.goals.current !== null || practice.asking.asked !== null;
    say(this.last, this.last.hidden ? "" : practice.remarks.told());
    this.writeLeft();
    this.writeGoals();
    say(this.moreTitle, words.more);
    this.papers.hidden = !sheet.hasPaper(1);
    say(/** @type {Element} */ (this.paperName.firstElementChild), words.paper);
    if (!this.number.matches(":focus")) this.number.value = String(sheet.paper);
    say(this.go, words.go);
    say(this.other, words.other);
    say(this.own, words.lessons);
    this.own.hidden = sheet.paper === 0;
    this.printing.update();
    say(this.asText, words.asText);
    say(this.again, this.forgets ? words.really : words.again);
    if (this.line.textContent) say(this.line, this.told());
    practice.asking.update();
  }

  writeLeft() {
    const { practice, sheet } = this;
    const { words, score } = practice;
    const open = practice.boxes.open();
    const here = [...practice.asked.keys()].some((name) => sheet.arrivesAt(name) === sheet.step);
    const finished = score.of > 0 && [...practice.asked].every(([name, cells]) => [...cells].every((cell) => practice.isDone(name, cell)));
    const blanks = open.some(({ place }) => practice.boxes.hasBlanks(place));
    const told = finished ? words.finished : open.length > 1 ? text(words.left, { n: open.length }) : open.length ? words.leftOne
      : here ? words.done : words.none;
    const hints = [open.length && sheet.allows.help && words.helps, blanks && words.blankHint];
    say(this.open, [told, ...hints].filter(Boolean).join(" "));
    say(this.help, words.help);
    this.help.hidden = !open.length || !sheet.allows.help;
    this.left.hidden = practice.goals.current !== null || practice.asking.asked !== null;
  }

  writeGoals() {
    const { practice, sheet } = this;
    const { words, goals, progress, score } = practice;
    const { current } = goals;
    this.goals.hidden = !goals.all.length;
    say(this.goalsTitle, text(words.goals, { n: score.goals, of: score.goalsOf }));
    const focused = [...this.buttons].find(([, button]) => button.matches(":focus"))?.[0];
    this.buttons.clear();
    fill(this.goalList, goals.all.map((goal) => {
      const { id } = goal;
      const button = h("button", { type: "button", class: "button goal", "aria-pressed": String(goal === current), onclick: () => goals.choose(goal) });
      button.textContent = h("span", {}, ...told(sheet, id)).textContent;
      this.buttons.set(id, button);
      const reached = progress.goals.has(id) && h("b", { class: "mark" }, "✓ ", h("span", { class: "unseen" }, words.reached));
      return h("li", {}, button, reached);
    }));
    if (focused) this.buttons.get(focused)?.focus();
    this.aim.hidden = !current;
    if (!current) return;
    const arrays = current.change.flatMap((name, i) => [i ? words.comma : "",
      h("em", { "data-role": sheet.role(name) }, ...marked(markup(sheet.label(name)), () => sheet.role(name)))]);
    const [before, after] = words.only.split("{arrays}");
    const reached = goals.isTrue ? (goals.changed <= current.most ? `✓ ${words.reached}` : words.tooMany) : "";
    fill(this.aim, [h("div", { class: "question" }, ...told(sheet, current.id)), h("p", { class: "hint" }, before, ...arrays, after, " ",
      text(words.changed, { n: goals.changed, most: current.most })), h("p", { class: "verdict" }, reached),
      h("button", { type: "button", class: "button", onclick: () => goals.leave() }, words.leave)]);
  }

  /** @param {Goal} goal */
  reached(goal) {
    const { practice, sheet } = this;
    const name = h("span", {}, ...told(sheet, goal.id)).textContent;
    practice.stage.announce(text(practice.words.reachedTold, { goal: name }));
  }

  /** Other numbers than these. */
  draw() {
    const { paper } = this.sheet;
    const other = 1 + Math.floor(Math.random() * (LAST - 1));
    this.sheet.go({ paper: other < paper ? other : other + Number(other === paper) });
  }

  /** @param {Event} event */
  toPaper(event) {
    event.preventDefault();
    const typed = this.number.value.normalize("NFKC").trim();
    const paper = /^\d{1,3}$/.test(typed) ? Number(typed) : NaN;
    const known = this.sheet.hasPaper(paper);
    say(this.noPaper, known ? "" : this.practice.words.noPaper);
    attribute(this.number, "aria-invalid", known ? null : "true");
    if (known) this.sheet.go({ paper });
  }

  /** Asked twice, since all that was typed is gone then. */
  forget() {
    const sure = this.forgets;
    this.forgets = !sure;
    if (sure) this.practice.again();
    this.update();
  }

  /** How far one has come, as a line to hand in. */
  write() {
    say(this.line, this.told());
    this.line.tabIndex = -1;
    this.line.focus();
    getSelection()?.selectAllChildren(this.line);
  }

  told() {
    const { practice, sheet } = this;
    const arithmetic = practice.stage.words[/** @type {"hand"} */ (sheet.arithmetic)] ?? sheet.arithmetic;
    return text(practice.words.line, { ...practice.score, lesson: sheet.id, paper: sheet.paper, arithmetic });
  }
}
