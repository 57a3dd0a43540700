// A sheet and its state: which step, arithmetic and language, and the numbers as edited.

import { parse, parseWord } from "./entry.js";
import { EditError, SheetError } from "./errors.js";
import { evaluate } from "./evaluate.js";
import { grid } from "./grid.js";
import { LAST, numbersOf } from "./papers.js";
import { numbers } from "./parts.js";
import { message, nameOf, valid } from "./valid.js";

/** @import {Edit, Grid, Graph, Place, SheetDocument, Step, Text} from "./types.js" */

export { EditError, SheetError };

/** What may be filled in: nothing, the lesson's blanks, whatever is computed. */
export const PRACTICES = ["", "1", "all"];

/** @type {[number, number]} */
const BOUNDS = [-1e6, 1e6];

/**
 * One lesson as a person has it before them. Dispatches "change" when step, arithmetic or
 * language change, with what changed as `detail`; and "edit" when numbers do, with
 * `detail.changed`, a Map of each array's name to the cells that changed.
 */
export class Sheet extends EventTarget {
  /** @type {Record<string, Grid>} the lesson's own numbers */
  #own = {};
  /** @type {Record<string, Grid>} those of the paper */
  #originals;
  /** @type {Record<string, Grid>} the same as edited */
  #givens;
  /** @type {Record<string, Grid[]>} */
  #values = {};
  /** @type {Edit[] | null} until it is asked for */
  #edits = null;
  /** @type {Record<string, Map<string, number>>} of each arithmetic's named arrays */
  #nodes = {};
  /** @type {Record<string, Map<string, number>>} the step in which each of its places appears */
  #arrivals = {};
  /** Whether its numbers stay as they are. */
  locked = false;
  /** What a teacher allows in practice: help, and that answers are shown. */
  allows = { help: true, answers: true };
  #step = 0;
  #paper = 0;
  #practice = "";
  #arithmetic;
  #language;
  /** @type {Map<string, Map<number, string>>} cells whose numbers are not to be shown, and what stands there */
  concealed = new Map();
  /** @type {Map<string, number>} how much help a pupil has had with a cell: "A 3" */
  helped = new Map();
  /** @type {Set<string> | null} the only arrays whose numbers may be changed now */
  changeable = null;

  /**
   * Throws SheetError when the document is no sheet of schema 1, or its first arithmetic cannot be
   * computed.
   * @param {unknown} document
   */
  constructor(document) {
    super();
    /** @type {SheetDocument} */
    this.document = valid(document);
    const { arrays, graphs, texts } = this.document;
    this.id = this.document.id;
    this.languages = Object.keys(texts);
    this.arithmetics = Object.keys(graphs);
    /** @type {Place[]} */
    this.places = [...new Set(this.document.layout.flat())]
      .filter((place) => place !== ".")
      .map((place) => ({ place, name: nameOf(place), copy: place !== nameOf(place) }));
    this.#arithmetic = this.arithmetics[0];
    this.#language = this.languages[0];
    for (const [name, array] of Object.entries(arrays)) {
      if (array.given !== undefined) this.#own[name] = grid(array.given);
    }
    this.#originals = this.#own;
    this.#givens = { ...this.#own };
    for (const [arithmetic, graph] of Object.entries(graphs)) {
      const named = graph.nodes.flatMap(({ name }, node) => (name ? [[name, node]] : []));
      this.#nodes[arithmetic] = new Map(/** @type {[string, number][]} */ (named));
      const shown = graph.steps.flatMap(({ shows }, step) => shows.map((place) => [place, step]));
      // the first step that shows a place counts, and so is the last to be written
      this.#arrivals[arithmetic] = new Map(/** @type {[string, number][]} */ (shown.reverse()));
    }
    this.numbers = numbers(this.steps);
    /** the lesson's own state */
    this.defaults = {
      step: this.steps[0].id, arithmetic: this.#arithmetic, language: this.#language, paper: 0, practice: "",
    };
    this.#compute(this.#arithmetic);
  }

  get step() {
    return this.#step;
  }

  get arithmetic() {
    return this.#arithmetic;
  }

  get language() {
    return this.#language;
  }

  /** Which numbers: 0 the lesson's own, or another paper's. */
  get paper() {
    return this.#paper;
  }

  /** What is to be filled in: "" nothing, "1" the lesson's blanks, "all" whatever is computed. */
  get practice() {
    return this.#practice;
  }

  /** @returns {Readonly<Record<string, Grid>>} the given numbers, as edited */
  get givens() {
    return this.#givens;
  }

  /** @returns {Graph} */
  get graph() {
    return this.document.graphs[this.#arithmetic];
  }

  /** @returns {Step[]} */
  get steps() {
    return this.graph.steps;
  }

  /** @returns {{i: string, n: number}} what the current step is called by, and how many there are: 15b of 15 */
  get position() {
    return { i: this.numbers[this.#step], n: parseInt(this.numbers[this.numbers.length - 1]) };
  }

  /** @returns {Grid[]} a value for each node of the current arithmetic */
  get values() {
    return this.#values[this.#arithmetic] ?? this.#compute(this.#arithmetic);
  }

  /** @returns {Edit[]} the cells that differ from the paper's numbers */
  get edits() {
    this.#edits ??= Object.entries(this.#givens).flatMap(([name, { data }]) => {
      const original = this.#originals[name].data;
      if (data === original) return [];
      return [...data].flatMap((value, cell) =>
        same(value, original[cell]) ? [] : [{ name, cell, value }],
      );
    });
    return this.#edits;
  }

  /**
   * Change step (index or id), arithmetic, language, paper or practice; what is unknown or the same
   * is ignored. Another paper takes edits back.
   * @param {{step?: number | string, arithmetic?: string, language?: string, paper?: number,
   *   practice?: string}} target
   */
  go({ step, arithmetic, language, paper, practice }) {
    /** @type {{step?: number, arithmetic?: string, language?: string, paper?: number, practice?: string}} */
    const detail = {};
    const index = typeof step === "string" ? this.steps.findIndex(({ id }) => id === step) : step;
    if (index !== undefined && index !== this.#step && index in this.steps) {
      detail.step = this.#step = index;
    }
    if (arithmetic && arithmetic !== this.#arithmetic && this.arithmetics.includes(arithmetic)) {
      detail.arithmetic = this.#arithmetic = arithmetic;
    }
    if (language && language !== this.#language && this.languages.includes(language)) {
      detail.language = this.#language = language;
    }
    if (paper !== undefined && paper !== this.#paper && this.hasPaper(paper)) {
      detail.paper = this.#paper = paper;
      this.#originals = numbersOf(this.document.papers, this.#own, paper);
      this.#givens = { ...this.#originals };
      this.#values = {};
      this.#edits = null;
    }
    if (practice !== undefined && practice !== this.#practice && PRACTICES.includes(practice)) {
      detail.practice = this.#practice = practice;
    }
    if (Object.keys(detail).length) this.dispatchEvent(new CustomEvent("change", { detail }));
  }

  /**
   * Whether there is a paper of this number.
   * @param {number} paper
   */
  hasPaper(paper) {
    return Number.isInteger(paper) && paper >= 0 && paper <= (this.document.papers ? LAST : 0);
  }

  /**
   * The cells of an array whose numbers are not to be shown, with what a pupil has put in their
   * place, or nothing; null where there are none.
   * @param {string} name
   * @returns {Map<number, string> | null}
   */
  hidden(name) {
    return this.concealed.get(nameOf(name)) ?? null;
  }

  /**
   * How much may be told of a cell: 0 nothing, 1 where it comes from, 2 its formula, 3 its number.
   * @param {string} name
   * @param {number} cell
   */
  tells(name, cell) {
    return this.hidden(name)?.has(cell) ? (this.helped.get(`${name} ${cell}`) ?? 0) : 3;
  }

  /**
   * Write one given number. Throws EditError, and then nothing has changed.
   * @param {string} name
   * @param {number} cell
   * @param {string | number} value
   */
  edit(name, cell, value) {
    this.editAll([{ name, cell, value }]);
  }

  /**
   * Write several given numbers, with one event. Throws EditError, and then nothing has changed.
   * @param {{name: string, cell: number, value: string | number}[]} changes
   */
  editAll(changes) {
    const checked = changes.map((change) => ({ ...change, value: this.check(change) }));
    this.#write(checked);
  }

  /**
   * Write these numbers and the paper's everywhere else, with one event. Throws EditError, and
   * then nothing has changed.
   * @param {{name: string, cell: number, value: string | number}[]} edits
   */
  rewrite(edits) {
    const checked = edits.map((edit) => ({ ...edit, value: this.check(edit) }));
    const own = this.edits.map(({ name, cell }) => ({ name, cell, value: this.#originals[name].data[cell] }));
    this.#write([...own, ...checked]);
  }

  /** Back to the paper's numbers. */
  reset() {
    this.rewrite([]);
  }

  /**
   * Whether a reader may change an array's numbers.
   * @param {string} name
   */
  editable(name) {
    return !this.locked && (this.changeable?.has(name) ?? this.document.arrays[name].editable === true);
  }

  /**
   * The number that an entry into a cell means. Throws EditError where it cannot be written.
   * @param {{name: string, cell: number, value: string | number}} change
   * @returns {number}
   */
  check({ name, cell, value }) {
    const { arrays } = this.document;
    if (!Object.hasOwn(arrays, name)) throw new EditError("unknown-matrix", { name });
    const { words, bounds = BOUNDS } = arrays[name];
    if (!this.editable(name) || !Object.hasOwn(this.#givens, name)) throw new EditError("not-editable", { name });
    if (!(cell in this.#givens[name].data)) throw new EditError("no-such-cell", { name, cell });
    return words ? parseWord(value, words) : parse(value, bounds);
  }

  /**
   * The current value of a named array, or of the array at a place.
   * @param {string} name
   * @returns {Grid}
   */
  value(name) {
    return this.values[this.node(name)];
  }

  /**
   * The number of a named array's node in the current graph. Throws an Error for no such name.
   * @param {string} name
   * @returns {number}
   */
  node(name) {
    const node = this.#nodes[this.#arithmetic].get(nameOf(name));
    if (node === undefined) throw new Error(`no array "${name}" in ${this.#arithmetic} arithmetic`);
    return node;
  }

  /**
   * Whether the current arithmetic has an array of this name; the other may have names of its own.
   * @param {string} name
   * @returns {boolean}
   */
  has(name) {
    return this.#nodes[this.#arithmetic].has(nameOf(name));
  }

  /**
   * A matrix's label in the current language and arithmetic, as label markup.
   * @param {string} name
   * @returns {string}
   */
  label(name) {
    const array = this.document.arrays[nameOf(name)];
    const { labels } = this.text();
    if (labels && Object.hasOwn(labels, nameOf(name))) return labels[nameOf(name)];
    return array?.label?.[this.#arithmetic] ?? name;
  }

  /**
   * What a matrix is, in a few words of the current language; nothing where its text does not say.
   * @param {string} name
   * @returns {string}
   */
  told(name) {
    const { names } = this.text();
    return names && Object.hasOwn(names, nameOf(name)) ? String(names[nameOf(name)]) : "";
  }

  /**
   * What an array is in the computation, such as "query", which gives it its colour.
   * @param {string} name
   * @returns {string}
   */
  role(name) {
    return this.document.arrays[name]?.role ?? "plain";
  }

  /** @returns {Text} */
  text() {
    return this.document.texts[this.#language];
  }

  /**
   * Compute the other arithmetics too, which otherwise waits until somebody looks at them.
   * Throws SheetError where one cannot be computed.
   */
  prove() {
    for (const arithmetic of this.arithmetics) this.#values[arithmetic] ?? this.#compute(arithmetic);
  }

  /**
   * The places that are on the sheet once a step is done.
   * @param {number} step
   * @returns {Set<string>}
   */
  shownAt(step) {
    return new Set(this.steps.slice(0, step + 1).flatMap(({ shows }) => shows));
  }

  /**
   * The step in which a place appears; −1 for one that never does.
   * @param {string} place
   * @returns {number}
   */
  arrivesAt(place) {
    return this.#arrivals[this.#arithmetic].get(place) ?? -1;
  }

  /** @param {Edit[]} changes */
  #write(changes) {
    const before = this.values;
    for (const name of new Set(changes.map((change) => change.name))) {
      // the old grid stays as it was, since `before` holds it
      const { shape, data } = this.#givens[name];
      this.#givens[name] = { shape, data: data.slice() };
    }
    for (const { name, cell, value } of changes) this.#givens[name].data[cell] = value;
    this.#edits = null;
    this.#values = {}; // those of the other arithmetic are computed when somebody looks at them
    /** @type {Map<string, number[]>} */
    const changed = new Map();
    for (const [name, node] of this.#nodes[this.#arithmetic]) {
      const [old, now] = [before[node].data, this.values[node].data];
      const cells = [...now.keys()].filter((cell) => !same(now[cell], old[cell]));
      if (cells.length) changed.set(name, cells);
    }
    this.dispatchEvent(new CustomEvent("edit", { detail: { changed } }));
  }

  /** @param {string} arithmetic @returns {Grid[]} */
  #compute(arithmetic) {
    const { nodes } = this.document.graphs[arithmetic];
    try {
      return (this.#values[arithmetic] = evaluate(nodes, this.#givens));
    } catch (error) {
      throw new SheetError("values", { arithmetic, message: message(error) });
    }
  }
}

/** @param {number} a @param {number} b */
function same(a, b) {
  return a === b || (Number.isNaN(a) && Number.isNaN(b));
}
