// Builds what browsers get from the modules in explainer/; with --check, says whether it is fresh.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { minify } from "terser";

const root = join(dirname(dirname(fileURLToPath(import.meta.url))), "explainer");
const STAGE = "stage", LIVE = "pages/live/browser", VIEW = "live/export/view", BOTH = "live/browser";

/** Each bundle, the entry that it is built from, the folders and packages that its modules come from. */
const BUNDLES = [
  // what Panel loads as a module
  { out: "stage/stage.bundle.js", entry: "stage/panel.js", from: [STAGE], format: "esm" },
  // the element alone: a plain script, which a page may load from file://
  { out: "stage/element.bundle.js", entry: "stage/element.js", from: [STAGE], format: "iife" },
  // what a lesson does not need to open, loaded by either when it is wanted
  { out: "stage/practice.bundle.js", entry: "stage/practice.entry.js", from: [STAGE], packages: ["uqr"], format: "iife" },
  // the live page's own components
  { out: "pages/live/browser/live.bundle.js", entry: `${LIVE}/entry.js`, from: [LIVE, BOTH, STAGE], format: "esm" },
  // script and style of a saved capture
  { out: "live/export/view.bundle.js", entry: `${VIEW}/main.js`, from: [STAGE, BOTH, VIEW], format: "iife" },
  { out: "live/export/view.bundle.css", entry: `${VIEW}/view.css`, from: [STAGE, VIEW], format: "iife" },
];

/**
 * The hash on a bundle's first line: names and bytes of the sources, by which the tests see
 * without Node.js that it is stale.
 * @param {string[]} folders
 */
function sourcesHash(folders) {
  const hash = createHash("sha256");
  for (const folder of [...folders].sort()) {
    const names = readdirSync(join(root, folder)).filter((name) => /(?<!\.bundle)\.(js|css)$/.test(name));
    for (const name of names.sort()) {
      hash.update(`${folder}/${name}\0`).update(readFileSync(join(root, folder, name))).update("\0");
    }
  }
  return hash.digest("hex");
}

/** A style that a module imports is text for it. */
const css = {
  name: "css",
  setup(/** @type {import("esbuild").PluginBuild} */ { onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true, charset: "utf8" });
      return { contents: code, loader: "text" };
    });
  },
};

/**
 * Names that repeat make what is compressed 3 % smaller than esbuild's own.
 * @param {string} code
 * @param {boolean} module
 */
async function smaller(code, module) {
  const { code: made } = await minify(code, { ecma: 2022, module, compress: { passes: 2 }, format: { comments: false } });
  return `${made}\n`;
}

/**
 * What a package asks to be told with its code.
 * @param {string} name
 */
function licence(name) {
  const text = readFileSync(join(dirname(root), "node_modules", name, "LICENSE"), "utf8");
  return `/*! ${name}\n${text.trim()} */\n`;
}

for (const { out, entry, from, packages = [], format } of BUNDLES) {
  const result = await build({
    entryPoints: [join(root, entry)],
    absWorkingDir: root,
    bundle: true,
    charset: "utf8",
    format: /** @type {"esm" | "iife"} */ (format),
    legalComments: "none",
    minify: true,
    plugins: entry.endsWith(".css") ? [] : [css],
    target: "es2022",
    write: false,
  });
  const made = result.outputFiles[0].text;
  const text = `/* sources ${sourcesHash(from)} */\n${packages.map(licence).join("")}${out.endsWith(".css") ? made : await smaller(made, format === "esm")}`;
  const path = join(root, out);
  if (!process.argv.includes("--check")) {
    writeFileSync(path, text);
    console.log(`${out}: ${(Buffer.byteLength(text) / 1024).toFixed(1)} KiB`);
  } else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
    console.error(`${out} is missing or stale: run \`make bundle\``);
    process.exitCode = 1;
  }
}
