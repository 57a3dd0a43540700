// Builds the script and the style of a saved capture's page, explainer/live/export/view.bundle.*,
// from the modules in view/ and those of the stage that they use; with --check, says whether they are fresh.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "explainer", "live", "export", "view");
const BUNDLES = { "view.bundle.js": "main.js", "view.bundle.css": "view.css" };

/** The hash on a bundle's first line: the names and bytes of the sources, in the order of their names. */
function sourcesHash() {
  const hash = createHash("sha256");
  for (const [name, path] of [...sources()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name}\0`).update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

/** The modules and styles by name, and those of the stage that they import by its path. */
function sources() {
  const found = new Map();
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    found.set(name, path);
    for (const [import_, shared] of readFileSync(path, "utf8").matchAll(/(?:\.\.\/)+stage\/([\w.]+)/g)) {
      found.set(`stage/${shared}`, join(folder, import_));
    }
  }
  return found;
}

for (const [name, entry] of Object.entries(BUNDLES)) {
  const result = await build({
    entryPoints: [join(folder, entry)],
    absWorkingDir: folder,
    bundle: true,
    charset: "utf8",
    format: "iife",
    legalComments: "none",
    minify: true,
    target: "es2022",
    write: false,
  });
  const text = `/* sources ${sourcesHash()} */\n${result.outputFiles[0].text}`;
  const path = join(dirname(folder), name);
  if (!process.argv.includes("--check")) {
    writeFileSync(path, text);
    console.log(`${name}: ${(Buffer.byteLength(text) / 1024).toFixed(1)} KiB`);
  } else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
    console.error(`${name} is missing or stale: run \`make bundle\``);
    process.exitCode = 1;
  }
}
