/* sources 1d5baba69cbd84a71698827ffe94f208c13495bbd6d5dff861a3bc05c3dcccf0 */
"use strict";Object.assign(globalThis,{explainerPractice:{Practice:class{constructor(s){this.stage=s}}}});
