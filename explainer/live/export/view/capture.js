// A capture: tokens, the weights of its heads, what each layer would predict.

import { unpack } from "./unpack.js";

/** @import {Document, Head, PackedHead, Weight} from "./types.js" */

const STEPS = 255;
const SHARES = 65535;

export class Capture {
  /**
   * Take a document apart.
   * @param {Document} document
   */
  static async open(document) {
    const { lens } = document;
    const [heads, places, shares, norms] = await Promise.all([
      Promise.all(document.heads.map(opened)),
      unpack(lens.places, "uint32"),
      unpack(lens.shares, "uint16"),
      unpack(document.norms, "float32"),
    ]);
    return new Capture(document, heads, places, shares, norms);
  }

  /**
   * @param {Document} document
   * @param {Head[]} heads
   * @param {Uint32Array} places
   * @param {Uint16Array} shares
   * @param {Float32Array} norms
   */
  constructor(document, heads, places, shares, norms) {
    this.document = document;
    this.tokens = document.tokens;
    /** Block i of a map is tokens edges[i] to edges[i + 1]. */
    this.edges = document.blocks;
    this.heads = heads;
    this.lens = { ...document.lens, places, shares, top: document.lens.places.shape[2] };
    this.norms = norms;
  }

  /** Rows and columns of a map. */
  get side() {
    return this.edges.length - 1;
  }

  /** Whether a pixel stands for several tokens. */
  get pooled() {
    return this.side < this.tokens.length;
  }

  /**
   * The block of a token.
   * @param {number} token
   */
  block(token) {
    let low = 0;
    let high = this.side - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.edges[middle] <= token) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /**
   * The weight at a place of a head's map: the largest of its block, where the map is pooled.
   * @param {number} head
   * @param {number} row block of the query
   * @param {number} column block of the key, not after the query's
   */
  weight(head, row, column) {
    const { map, largest } = this.heads[head];
    return (map[(row * (row + 1)) / 2 + column] * largest[row]) / STEPS;
  }

  /**
   * By how much the weights of a row may be off.
   * @param {number} head
   * @param {number} row
   */
  error(head, row) {
    return this.heads[head].largest[row] / STEPS / 2;
  }

  /**
   * The strongest keys of a query token, one token each, strongest first.
   * @param {number} head
   * @param {number} token
   * @param {number} count
   * @returns {Weight[]}
   */
  strongest(head, token, count) {
    const kept = this.heads[head].strongest;
    /** @type {Weight[]} */
    let weights;
    if (kept) {
      weights = Array.from({ length: kept.count }, (_, i) => {
        const place = token * kept.count + i;
        return { key: kept.keys[place], weight: kept.weights[place] / SHARES, error: 0.5 / SHARES };
      });
    } else {
      const error = this.error(head, token);
      weights = Array.from({ length: token + 1 }, (_, key) => ({ key, weight: this.weight(head, token, key), error }));
      weights.sort((a, b) => b.weight - a.weight || a.key - b.key);
    }
    return weights.filter(({ weight }) => weight > 0).slice(0, count);
  }

  /**
   * What the residual stream that enters a layer would predict after a token, likeliest first;
   * layer L is the model's own output. Null for a token that the page has not kept.
   * @param {number} layer
   * @param {number} token
   * @returns {{text: string, share: number, came: boolean}[] | null} came: it is the next token
   */
  predictions(layer, token) {
    const { first, ids, words, places, shares, top } = this.lens;
    const next = this.document.ids[token + 1];
    if (token < first) return null;
    const start = (layer * (this.tokens.length - first) + token - first) * top;
    return Array.from({ length: top }, (_, i) => ({
      text: words[places[start + i]],
      share: shares[start + i] / SHARES,
      came: ids[places[start + i]] === next,
    }));
  }

  /**
   * The Euclidean length of the residual stream that enters a layer at a token.
   * @param {number} layer
   * @param {number} token
   */
  norm(layer, token) {
    return this.norms[layer * this.tokens.length + token];
  }
}

/**
 * @param {PackedHead} packed
 * @returns {Promise<Head>}
 */
async function opened(packed) {
  const { layer, head, scores, strongest } = packed;
  const [map, largest] = await Promise.all([
    unpack(packed.map, "uint8"),
    unpack(packed.largest, "float32"),
  ]);
  return {
    layer,
    head,
    scores,
    map,
    largest,
    strongest: strongest
      ? {
          keys: await unpack(strongest.keys, "uint32"),
          weights: await unpack(strongest.weights, "uint16"),
          count: strongest.keys.shape[1],
        }
      : null,
  };
}
