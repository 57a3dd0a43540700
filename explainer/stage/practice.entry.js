// The second bundle: what a lesson does not need to open, for extra.js to load when it is wanted.
// Each export of `extras` is a way in: a class or a function that takes the Stage.

import { Practice } from "./practice.js";

const extras = { Practice };

/** @typedef {typeof extras} Extras */

Object.assign(globalThis, { explainerPractice: extras });
