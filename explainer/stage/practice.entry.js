// The second bundle: what a lesson does not need to open, for extra.js to load when it is wanted.
// Each export of `extras` is a way in: a class or a function that takes the Stage,
// or a sheet.

import { Practice } from "./practice.js";
import { worksheets } from "./worksheet-print.js";

const extras = { Practice, worksheets };

/** @typedef {typeof extras} Extras */

Object.assign(globalThis, { explainerPractice: extras });
