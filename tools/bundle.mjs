// Builds the bundles from their sources; with --check, says whether they are fresh.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const explainer = join(dirname(dirname(fileURLToPath(import.meta.url))), "explainer");
const stage = join(explainer, "stage");
const view = join(explainer, "live", "export", "view");

/** What is built, and of what: a web component, and the script and style of a page that stands alone. */
const BUNDLES = [
  { path: join(stage, "stage.bundle.js"), entry: join(stage, "panel.js"), format: "esm", loader: { ".css": "text" } },
  { path: join(dirname(view), "view.bundle.js"), entry: join(view, "main.js"), format: "iife" },
  { path: join(dirname(view), "view.bundle.css"), entry: join(view, "view.css") },
];

/** The hash on a bundle's first line: the names and bytes of its sources, in the order of their names. */
function sourcesHash(folder) {
  const hash = createHash("sha256");
  for (const [name, path] of [...sources(folder)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name}\0`).update(readFileSync(path)).update("\0");
  }
  return hash.digest("hex");
}

/** A folder's scripts and styles by name, and those of the stage that they import by its path. */
function sources(folder) {
  const found = new Map();
  for (const name of readdirSync(folder)) {
    if (!/\.(js|css)$/.test(name) || name.includes(".bundle.")) continue;
    const path = join(folder, name);
    found.set(name, path);
    for (const [import_, shared] of readFileSync(path, "utf8").matchAll(/(?:\.\.\/)+stage\/([\w.]+)/g)) {
      found.set(`stage/${shared}`, join(folder, import_));
    }
  }
  return found;
}

for (const { path, entry, format, loader } of BUNDLES) {
  const result = await build({
    entryPoints: [entry],
    absWorkingDir: dirname(entry),
    bundle: true,
    charset: "utf8",
    format,
    legalComments: "none",
    loader,
    minify: true,
    target: "es2022",
    write: false,
  });
  const text = `/* sources ${sourcesHash(dirname(entry))} */\n${result.outputFiles[0].text}`;
  const name = path.slice(explainer.length + 1);
  if (!process.argv.includes("--check")) {
    writeFileSync(path, text);
    console.log(`${name}: ${(Buffer.byteLength(text) / 1024).toFixed(1)} KiB`);
  } else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
    console.error(`${name} is missing or stale: run \`make bundle\``);
    process.exitCode = 1;
  }
}
