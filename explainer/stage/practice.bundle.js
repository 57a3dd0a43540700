/* sources c3b55f1ff6e708bbba227a2e30a92571aa2d4488e71d14efcaf976c803a9014e */
"use strict";Object.assign(globalThis,{explainerPractice:{Practice:class{constructor(s){this.stage=s}}}});
