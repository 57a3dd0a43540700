// The shapes of the sheet document and of what the model half computes, as JSDoc types only.

/**
 * A float64 array of any number of dimensions, in C order.
 * @typedef {{shape: number[], data: Float64Array}} Grid
 */

/**
 * A number, or lists of lists of numbers; null stands for NaN.
 * @typedef {number | null | NestedList} Nested
 * @typedef {Nested[]} NestedList
 */

/**
 * One item of a NumPy index: an integer, a slice, a list of integers, or null for a new axis.
 * @typedef {number | null | {slice: (number | null)[]} | {take: number[]}} IndexItem
 */

/**
 * What an operation is told beside its inputs; each operation reads only its own.
 * @typedef {{axis?: number | null, keepdims?: boolean, decimals?: number, k?: number,
 *   size?: number, axes?: number[] | null, shape?: number[], index?: IndexItem[]}} Attributes
 */

/**
 * One value of a graph. `inputs` are indices of earlier nodes; `value` only on constants.
 * @typedef {{op: string, name?: string, inputs?: number[], attributes?: Attributes,
 *   value?: Nested}} Node
 */

/**
 * Which input cells feed an output cell.
 * @typedef {"each" | "product" | "line" | "moved" | "taken" | "column"} Feeds
 */

/**
 * How an operation reads: `term` for one fed group, `join` between terms, `around` the whole.
 * `binds`: 0 atom or function, 1 power, 2 times, 3 plus, 4 comparison.
 * @typedef {{term: string, join?: string, around?: string, binds?: number}} Formula
 * @typedef {{feeds: Feeds, formula: Formula}} Operation
 * @typedef {Record<string, Operation>} Table
 */

/** @typedef {{id: string, shows: string[]}} Step */
/** @typedef {{nodes: Node[], steps: Step[]}} Graph */

/**
 * A named array of the lesson; `given`, `bounds` and `editable` only on givens. The numbers of an
 * array with `words` count into them; one that `updates` a weight is its new value.
 * @typedef {{label: Record<string, string>, role: string, rows?: string[], columns?: string[],
 *   digits: Record<string, number>, given?: Nested, bounds?: [number, number],
 *   editable?: boolean, words?: string[], updates?: string}} ArrayInfo
 */

/**
 * A piece of narration: text, an element, a matrix's label, or a live number.
 * @typedef {string | {tag: string, children?: Block[], href?: string, title?: string}
 *   | {array: string, cell?: number[]}} Block
 */

/**
 * A picture beside the sheet, shown in the steps named; `function` only for a curve.
 * @typedef {{kind: "bars" | "plane" | "curve", arrays: string[], steps: string[],
 *   function: string}} Picture
 */

/**
 * Other numbers: sets of givens as flat lists, axes ("X.rows") that are shuffled together, and
 * seeds of papers that have another than their own number.
 * @typedef {{sets: Record<string, number[]>[], shuffles: string[][], seeds: Record<string, number>}} Papers
 */

/**
 * A small graph by arithmetic, whose givens are the lesson's arrays; its last node is the result.
 * What is the same in both stands once, as "hand".
 * @typedef {Record<string, Node[]>} Programs
 */

/**
 * What a pupil does: cells to fill in by array, predictions, known slips, goals.
 * @typedef {{id: string, before: string, answer: Programs,
 *   choose: {by: "rows" | "columns" | "cells", array: string, options?: undefined} | {options: string[]}}} Prediction
 * @typedef {{id: string, array: string, cells: number[], wrong: Programs}} Slip
 * @typedef {{id: string, change: string[], most: number, reached: Programs}} Goal
 * @typedef {{blanks: Record<string, number[]>, predictions: Prediction[], slips: Slip[], goals: Goal[]}} Practice
 */

/** @typedef {{title: string, short: string, body: Block[]}} StepText */
/** @typedef {{title: string, summary: Block[], labels?: Record<string, string>, names?: Record<string, string>, practice?: Record<string, Block[]>, can?: Block[][], steps: Record<string, StepText>}} Text */

/**
 * A whole lesson as one JSON document.
 * @typedef {{schema: number, id: string, order?: number, minutes?: number, needs?: string[],
 *   layout: string[][], arrays: Record<string, ArrayInfo>, operations: Table,
 *   pictures?: Picture[], graphs: Record<string, Graph>, practice?: Practice, papers?: Papers, texts: Record<string, Text>}} SheetDocument
 */

/**
 * A place of the layout: an array, or with primes a copy of it (`Q'` is a copy of `Q`).
 * @typedef {{place: string, name: string, copy: boolean}} Place
 */

/** @typedef {{name: string, cell: number}} Cell */
/** @typedef {{name: string, cell: number, value: number}} Edit */

/**
 * One input cell of an output cell; `input` says which of the node's inputs it belongs to.
 * @typedef {{node: number, cell: number, input: number}} Feeder
 */

/**
 * A piece of a formula or a label: text, a subscript, a superscript, or the number of a cell.
 * @typedef {string | {sub: Part[]} | {sup: Part[]} | {name: string, cell: number, text: string}} Part
 */

/**
 * How a cell came to its value; `terms` apart are for the animation, `parts` are the whole line.
 * @typedef {{given: boolean, terms: Part[][], join: string, parts: Part[], result: string,
 *   sources: Cell[], node: number, op: string}} Explanation
 */

/** @typedef {"show" | "product" | "each" | "line" | "move" | "copy"} Kind */
/** @typedef {{cell: number, start: number, end: number, terms: number}} Beat */

/**
 * The motion of one place in a step; times in ms at 1×. `beats` are the cells worked slowly, the
 * cells from `sweepFrom` on come in evenly until `end`. Until `slideEnd` the matrix is under way.
 * `sources` are the places that its numbers come from.
 * @typedef {{place: string, name: string, kind: Kind, start: number, end: number,
 *   slideEnd: number, from?: string, sources: string[], cells: number, terms: number,
 *   beats: Beat[], sweepFrom: number}} Track
 * @typedef {{duration: number, tracks: Track[]}} Plan
 */

/**
 * One moment of a plan. `landed` cells are in, in C order; `progress` is linear, easing is the
 * view's.
 * @typedef {{place: string, begun: boolean, landed: number,
 *   active: {cell: number, terms: number} | null, progress: number}} TrackFrame
 * @typedef {{tracks: TrackFrame[], focus: {place: string, cell: number, terms: number} | null,
 *   done: boolean}} Frame
 */

export {};
