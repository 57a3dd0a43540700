// The shapes of the document that Python writes, and of what is chosen on the page, as JSDoc types only.

/**
 * An array as explainer/live/export/numbers.py packs it: deflated bytes in base64.
 * @typedef {{type: "uint8" | "uint16" | "uint32" | "float32", shape: number[], data: string}} Packed
 */

/**
 * A head's scores; null where the prompt has nothing to measure one by.
 * @typedef {{previous: number | null, induction: number | null, first: number | null,
 *   entropy: number | null}} Scores
 */

/**
 * `map`: the lower triangle, in 255ths of the `largest` weight of its row. `strongest`: where the
 * map is pooled, some keys of every query and their weights, in 65535ths.
 * @typedef {{layer: number, head: number, scores: Scores, map: Packed, largest: Packed,
 *   strongest?: {keys: Packed, weights: Packed}}} PackedHead
 */

/**
 * @typedef {{layer: number, head?: number, how: "zero" | "mean"}} Ablated
 * @typedef {{id: number, text: string, probability: number}} Likely
 * @typedef {{first: number, ids: number[], words: string[], places: Packed, shares: Packed}} PackedLens
 */

/**
 * The document. `blocks`: the tokens at which a map's rows begin, and their number at the end;
 * `continued`: how many tokens at the end the prompt does not have.
 * @typedef {{version: number, model: {name: string, layers: number, heads: number}, prompt: string,
 *   ablated: Ablated[], saved: string, versions: Record<string, string>, tokens: string[],
 *   ids: number[], continued: number, blocks: number[], heads: PackedHead[], lens: PackedLens, norms: Packed, next: Likely[]}} Document
 */

/**
 * A head taken apart.
 * @typedef {{layer: number, head: number, scores: Scores, map: Uint8Array, largest: Float32Array,
 *   strongest: {keys: Uint32Array, weights: Uint16Array, count: number} | null}} Head
 */

/**
 * A weight, and by how much it may be off.
 * @typedef {{key: number, weight: number, error: number}} Weight
 */

/**
 * What is chosen: a head's place in the list, the query token, and the key token, or null for
 * the one with the largest weight.
 * @typedef {{head: number, token: number, key: number | null, sort: string, language: string,
 *   theme: "auto" | "light" | "dark"}} State
 */

/**
 * A place of a map: the blocks of its query and of its key.
 * @typedef {{row: number, column: number}} Cell
 */

export {};
