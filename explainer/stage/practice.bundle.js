/* sources ddcd22ec4f35d45489276eda9c3fd3372ddc10bb9c9e1424502a8cd6ab2ac275 */
"use strict";Object.assign(globalThis,{explainerPractice:{Practice:class{constructor(s){this.stage=s}}}});
