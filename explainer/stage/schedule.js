// A step's motion as data, and any moment of it: a frame is a pure function of plan and time.

import { countTerms } from "./formula.js";
import { family, origins } from "./origins.js";

/** @import {Beat, Frame, Kind, Plan, Track, TrackFrame} from "./types.js" */
/** @import {Sheet} from "./sheet.js" */

/** Times in ms at 1×. */
const STEP = 3000;
const SHOW = 300;
const MOVE = 500;
const SLIDE = 400;
const TERM = 100;
const SETTLE = 200;
/** The longest and shortest time that one slowly worked cell takes. */
const [LONGEST, SHORTEST] = [1000, 400];
const SWEEP = 800;
/** The part of a beat in which terms are written; in the rest the result lands. */
const WRITING = 0.75;

/**
 * What moves when in a step.
 *
 * Arrays that appear and matrices that fly go first, together. What is computed follows in the
 * order of the computation: the first with a slowly worked cell, the others as fast as the time
 * that is left asks for. The whole takes at most 3 s.
 * @param {Sheet} sheet
 * @param {number} step
 * @returns {Plan}
 */
export function schedule(sheet, step) {
  const before = sheet.shownAt(step - 1);
  const places = (sheet.steps[step]?.shows ?? []).filter((place) => sheet.places.some((p) => p.place === place));
  const tracks = places.map((place) => track(sheet, place, before, new Set(places)));
  tracks.sort((a, b) => sheet.node(a.name) - sheet.node(b.name));

  const computes = (/** @type {Track} */ t) => t.beats.length > 0;
  // a copy of what this very step computes can only fly once that stands
  const waits = (/** @type {Track} */ t) =>
    t.from !== undefined && tracks.some((other) => other.place === t.from && other !== t);
  const first = tracks.filter((t) => !computes(t) && !waits(t));
  const queue = inOrder(tracks.filter((t) => computes(t) || waits(t)));
  let now = 0;
  for (const t of first) now = Math.max(now, (t.end = t.slideEnd = t.kind === "show" ? SHOW : MOVE));

  const lead = queue.find(computes);
  const slow = lead ? Math.min(natural(lead), STEP - now) : 0;
  const others = queue.length - (lead ? 1 : 0);
  // the worked cell is the one to watch, so it keeps two thirds of a crowded step
  const worked = others ? Math.min(slow, ((STEP - now) * 2) / 3) : slow;
  const share = others ? (STEP - now - worked) / others : 0;
  for (const t of queue) {
    const span = t === lead ? worked : Math.min(share, t.beats.length ? natural(t) * 0.4 : MOVE);
    place(t, now, span);
    now = t.end;
  }
  return { duration: now, tracks };
}

/**
 * A place's track, with its beats at their natural length from 0.
 * @param {Sheet} sheet
 * @param {string} place
 * @param {Set<string>} before places on the sheet before this step
 * @param {Set<string>} now places that appear in it
 * @returns {Track}
 */
function track(sheet, place, before, now) {
  const { name } = sheet.places.find((p) => p.place === place) ?? { name: place };
  const cells = sheet.value(name).data.length;
  const sources = origins(sheet, place, new Set([...before, ...now]));
  const { kind, from } = family(sheet, place, sources);
  /** @type {Track} */
  const t = { place, name, kind, start: 0, end: 0, slideEnd: 0, sources, cells, terms: 1, beats: [], sweepFrom: 0 };
  if (from !== undefined) t.from = from;
  if (kind === "copy" && from !== undefined) t.sources = [from];
  if (kind === "show" || kind === "move" || kind === "copy") return t;
  const { data } = sheet.value(name);
  // a blank cell shows no work
  const worked = [...data.keys()].filter((cell) => !Number.isNaN(data[cell])).slice(0, 2);
  if (!worked.length) return { ...t, kind: "show" };
  for (const [i, cell] of worked.entries()) {
    const terms = Math.max(1, countTerms(sheet, name, cell));
    const length = Math.min(LONGEST, Math.max(SHORTEST, terms * TERM + SETTLE)) / (i + 1);
    const start = t.beats.length ? t.beats[t.beats.length - 1].end : kind === "each" ? SLIDE : 0;
    t.beats.push({ cell, start, end: start + length, terms });
    t.terms = Math.max(t.terms, terms);
  }
  t.sweepFrom = t.beats[t.beats.length - 1].cell + 1;
  t.slideEnd = kind === "each" ? SLIDE : 0;
  t.end = t.beats[t.beats.length - 1].end + sweep(t);
  return t;
}

/** @param {Track} t @returns {number} how long the cells that are not worked slowly take to come in */
const sweep = (t) => Math.min(SWEEP, (t.cells - t.sweepFrom) * 80);

/** @param {Track} t @returns {number} */
const natural = (t) => t.end - t.start;

/**
 * Set a track between `start` and `start + span`, its beats in proportion.
 * @param {Track} t
 * @param {number} start
 * @param {number} span
 */
function place(t, start, span) {
  const scale = t.end > 0 ? span / t.end : 0;
  const slideEnd = t.beats.length ? t.slideEnd * scale : span;
  t.beats = t.beats.map((b) => ({ ...b, start: start + b.start * scale, end: start + b.end * scale }));
  Object.assign(t, { start, end: start + span, slideEnd: start + slideEnd });
}

/**
 * The tracks with each one after the track that it comes from.
 * @param {Track[]} tracks in the order of the computation
 * @returns {Track[]}
 */
function inOrder(tracks) {
  /** @type {Track[]} */
  const done = [];
  for (let rest = tracks; rest.length; ) {
    const ready = rest.find((t) => !rest.some((other) => other !== t && other.place === t.from)) ?? rest[0];
    done.push(ready);
    rest = rest.filter((t) => t !== ready);
  }
  return done;
}

/**
 * One moment of a plan; the same plan and time give the same frame.
 * @param {Plan} plan
 * @param {number} time ms at 1×; from the plan's duration on everything is in
 * @returns {Frame}
 */
export function frame(plan, time) {
  const done = time >= plan.duration;
  const tracks = plan.tracks.map((t) => moment(t, done ? Infinity : time));
  const at = tracks.findIndex(({ active }) => active);
  const active = at < 0 ? null : tracks[at].active;
  return { tracks, focus: active && { place: plan.tracks[at].place, ...active }, done };
}

/** @param {Track} t @param {number} time @returns {TrackFrame} */
function moment(t, time) {
  const { place, cells, beats, sweepFrom } = t;
  const begun = time >= t.start;
  if (!begun) return { place, begun, landed: 0, active: null, progress: 0 };
  const progress = share(time, t.start, t.beats.length && t.kind !== "each" ? t.end : t.slideEnd);
  // a matrix that fades in or flies brings its numbers with it
  if (!beats.length || time >= t.end) return { place, begun, landed: cells, active: null, progress };
  if (time < beats[0].start) return { place, begun, landed: 0, active: null, progress };
  const index = beats.findIndex((b) => time < b.end);
  if (index >= 0) {
    const beat = beats[index];
    const written = share(time, beat.start, beat.start + (beat.end - beat.start) * WRITING) * beat.terms;
    const terms = Math.min(beat.terms, 1 + Math.floor(written));
    return { place, begun, landed: beat.cell, active: { cell: beat.cell, terms }, progress };
  }
  const swept = share(time, beats[beats.length - 1].end, t.end) * (cells - sweepFrom);
  const landed = Math.min(cells - 1, sweepFrom + Math.floor(swept));
  return { place, begun, landed, active: { cell: landed, terms: t.terms }, progress };
}

/**
 * How much of the time from start to end is over, 0 to 1.
 * @param {number} time
 * @param {number} start
 * @param {number} end
 */
function share(time, start, end) {
  if (time >= end) return 1;
  return time <= start ? 0 : (time - start) / (end - start);
}
