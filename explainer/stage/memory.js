// What the browser remembers between visits; nothing where it is forbidden to.

const THEME = "explainer-theme";
const LANGUAGE = "explainer-lang";
const SIZE = "explainer-size";

export const theme = {
  recall: () => recall(THEME),
  keep: (/** @type {string} */ value) => keep(THEME, value),
};

export const language = {
  recall: () => recall(LANGUAGE),
  keep: (/** @type {string} */ value) => keep(LANGUAGE, value),
};

export const size = {
  recall: () => recall(SIZE),
  keep: (/** @type {number} */ value) => keep(SIZE, String(value)),
};

/** @param {string} key @returns {string | null} */
function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // a private window, or storage switched off: the choice holds for this page
  }
}
