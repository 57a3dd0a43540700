// What the live page runs in a browser: one bundle, a component each for what Panel and Bokeh lack.

import * as browser from "./browser.js";
import * as dial from "./dial.js";
import * as heatmap from "./heatmap.js";
import * as mosaic from "./mosaic.js";
import * as strip from "./strip.js";
import * as tabs from "./tabs.js";

// Panel picks by the name of the Python class.
export default { Browser: browser, Dial: dial, Heatmap: heatmap, Mosaic: mosaic, Strip: strip, Tabs: tabs };
