// Texts that a tab keeps by name while it is open. Storage may be full, or forbidden.

const PREFIX = "explainer-live-";

/** @param {string} name @param {string} text */
export function keep(name, text) {
  try {
    sessionStorage.setItem(PREFIX + name, text);
  } catch {
    // the page goes on without
  }
}

/** @param {string} name @returns {string | null} */
export function recall(name) {
  try {
    return sessionStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** @param {string} name */
export function forget(name) {
  try {
    sessionStorage.removeItem(PREFIX + name);
  } catch {
    // nothing was kept
  }
}
