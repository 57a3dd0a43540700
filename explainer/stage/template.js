// Sentences with values in them.

/**
 * A template with its {names} replaced by text.
 * @param {string} template
 * @param {Record<string, unknown>} [values]
 * @returns {string}
 */
export function text(template, values = {}) {
  return template.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? "?"));
}
