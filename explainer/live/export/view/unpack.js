// Packed arrays, taken apart by the browser's own inflate.

/** @import {Packed} from "./types.js" */

const TYPES = { uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array, float32: Float32Array };

/**
 * The numbers of a packed array, in C order.
 * @template {keyof typeof TYPES} K
 * @param {Packed} packed
 * @param {K} type what it must be
 * @returns {Promise<InstanceType<(typeof TYPES)[K]>>}
 */
export async function unpack(packed, type) {
  if (packed.type !== type) throw new TypeError(`${packed.type} is not ${type}`);
  const bytes = Uint8Array.from(atob(packed.data), (letter) => letter.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const buffer = await new Response(inflated).arrayBuffer();
  return /** @type {InstanceType<(typeof TYPES)[K]>} */ (new TYPES[type](buffer));
}
