// The second bundle: what a lesson does not need to open, for extra.js to load when it is wanted.
// Each export of `extras` is a way in: a class or a function that takes the Stage, or a sheet.

import { keys } from "./help.js";
import { Practice } from "./practice.js";
import { share } from "./share.js";
import { worksheets } from "./worksheet-print.js";

const extras = { Practice, keys, share, worksheets };

/** @typedef {typeof extras} Extras */

Object.assign(globalThis, { explainerPractice: extras });
