// In an LMS: how far a pupil is, and how right, told by SCORM 1.2; and where they were, found again.
// Where no LMS answers, the page is a page like any other.
(function () {
  "use strict";
  /** Windows to look up, and the characters that every LMS keeps. */
  const MOST = { up: 7, location: 255, data: 4096 };
  const PAUSE = 5000; // ms at least between two reports

  /** @param {any} at */
  const above = (at) => {
    for (let up = 0; at && up <= MOST.up; up++) {
      try {
        if (at.API) return at.API;
      } catch { /* a window of another site, in which nobody may look */ }
      if (at.parent === at) return null;
      at = at.parent;
    }
    return null;
  };
  /** @param {any} of */
  const opener = (of) => {
    try {
      return of.opener;
    } catch {
      return null;
    }
  };
  const api = above(window) ?? above(window.opener) ?? above(opener(window.top));
  if (!api || String(api.LMSInitialize("")) !== "true") return;

  const get = (/** @type {string} */ name) => String(api.LMSGetValue(`cmi.${name}`) ?? "");
  /** @type {Map<string, string>} */
  const told = new Map();
  const set = (/** @type {string} */ name, /** @type {string | number} */ value) => {
    if (told.get(name) === String(value)) return;
    told.set(name, String(value));
    api.LMSSetValue(`cmi.${name}`, String(value));
  };

  const lesson = /** @type {any} */ (document.querySelector("explainer-lesson"));
  const { id } = JSON.parse(lesson.querySelector("script[type='application/json']").textContent);
  const began = Date.now();
  let best = Number(get("core.score.raw")) || 0;
  let status = get("core.lesson_status");
  if (status !== "completed" && status !== "passed") status = "incomplete";

  // Step, arithmetic, paper and numbers are in the page's address.
  const where = get("core.lesson_location");
  if (where && !location.hash) history.replaceState(null, "", `#${where}`);
  const place = () => {
    const hash = location.hash.slice(1);
    if (hash.length <= MOST.location) return hash;
    const short = [...new URLSearchParams(hash)].filter(([name]) => !name.includes(".")); // X.0.1
    return String(new URLSearchParams(short));
  };

  // What is filled in is the pupil's, not the machine's, at which another may sit: the LMS keeps it,
  // that of each paper and arithmetic as JSON.
  const own = `explainer-practice ${id} `;
  const names = () => Object.keys(localStorage).flatMap((key) => (key.startsWith(own) ? key.slice(own.length) : []));
  /** @type {Map<string, string>} what was changed last comes first */
  let filled = new Map();
  try {
    for (const name of names()) localStorage.removeItem(own + name);
    for (const [name, held] of Object.entries(JSON.parse(get("suspend_data") || "{}"))) {
      filled.set(name, JSON.stringify(held));
      localStorage.setItem(own + name, JSON.stringify(held));
    }
  } catch { /* it is not ours, or this browser keeps nothing */ }
  const data = () => {
    try {
      const now = new Map(names().map((name) => [name, localStorage.getItem(own + name) ?? "null"]));
      const changed = [...now.keys()].filter((name) => now.get(name) !== filled.get(name));
      const order = new Set([...changed, ...filled.keys()].filter((name) => now.has(name)));
      filled = new Map([...order].map((name) => [name, now.get(name) ?? "null"]));
    } catch { /* as it was */ }
    const parts = [...filled].map(([name, held]) => ascii(`${JSON.stringify(name)}:${held}`));
    while (parts.join().length + 2 > MOST.data) parts.pop();
    return `{${parts.join()}}`;
  };
  /** @param {string} json */
  const ascii = (json) =>
    json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

  let last = 0;
  let timer = 0;
  const report = () => {
    clearTimeout(timer);
    timer = 0;
    last = Date.now();
    set("core.lesson_location", place());
    set("suspend_data", data());
    set("core.lesson_status", status);
    api.LMSCommit("");
  };
  const soon = () => {
    timer ||= setTimeout(report, Math.max(0, last + PAUSE - Date.now()));
  };

  const listening = new AbortController();
  const { signal } = listening;
  const progress = (/** @type {any} */ { detail: { right, of } }) => {
    if (of && right === of) status = "passed";
    best = Math.max(best, Math.round((100 * right) / (of || 1))); // another paper takes nothing away
    set("core.score.min", 0);
    set("core.score.max", 100);
    set("core.score.raw", best);
    soon();
  };
  const step = () => {
    if (lesson.sheet.step === lesson.sheet.steps.length - 1 && status === "incomplete") status = "completed";
    soon();
  };
  const two = (/** @type {number} */ number) => String(Math.floor(number)).padStart(2, "0");
  const end = () => {
    listening.abort();
    const seconds = Math.round((Date.now() - began) / 1000);
    set("core.session_time", `${two(seconds / 3600).padStart(4, "0")}:${two((seconds / 60) % 60)}:${two(seconds % 60)}`);
    set("core.exit", "suspend");
    report();
    api.LMSFinish("");
  };
  lesson.addEventListener("progress", progress, { signal });
  lesson.addEventListener("step", step, { signal });
  for (const type of ["arithmetic", "language", "edit", "answer"]) lesson.addEventListener(type, soon, { signal });
  document.addEventListener("visibilitychange", () => document.hidden && timer && report(), { signal });
  // when the page goes, what is being typed is judged first: whoever does that listens already
  const after = () => {
    removeEventListener("pagehide", end);
    addEventListener("pagehide", end, { signal });
  };
  lesson.addEventListener("input", after, { signal });
  after();
  report();
})();
