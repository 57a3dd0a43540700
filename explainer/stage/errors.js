// The two mistakes that the model reports: a document that is no sheet, an entry that is no number.

/** A stranger's document cannot be shown; `code` is for the translated message. */
export class SheetError extends Error {
  /**
   * @param {string} code "missing", "not-a-sheet", "schema", "layout", "arrays", "operations", "pictures",
   *   "papers", "graphs", "texts" or "values"
   * @param {Record<string, unknown>} [details]
   */
  constructor(code, details = {}) {
    super(`${code}: ${JSON.stringify(details)}`);
    this.name = "SheetError";
    this.code = code;
    this.details = details;
  }
}

/** A cell was not changed; nothing else was either. */
export class EditError extends Error {
  /**
   * @param {string} code "empty", "not-a-number", "grouped", "not-finite", "out-of-bounds", "not-a-word",
   *   "not-editable", "unknown-matrix" or "no-such-cell"
   * @param {Record<string, unknown>} [details]
   */
  constructor(code, details = {}) {
    super(`${code}: ${JSON.stringify(details)}`);
    this.name = "EditError";
    this.code = code;
    this.details = details;
  }
}
