// Builds explainer/stage/stage.bundle.js from the stage's sources; with --check, says whether it is fresh.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const BUNDLE = "stage.bundle.js";
const stage = join(dirname(dirname(fileURLToPath(import.meta.url))), "explainer", "stage");

/** The hash on the bundle's first line: the names and bytes of the sources, in the order of their names. */
function sourcesHash() {
  const hash = createHash("sha256");
  const names = readdirSync(stage).filter((name) => /\.(js|css)$/.test(name) && name !== BUNDLE);
  for (const name of names.sort()) {
    hash.update(`${name}\0`).update(readFileSync(join(stage, name))).update("\0");
  }
  return hash.digest("hex");
}

const result = await build({
  entryPoints: [join(stage, "panel.js")],
  absWorkingDir: stage,
  bundle: true,
  charset: "utf8",
  format: "esm",
  legalComments: "none",
  loader: { ".css": "text" },
  minify: true,
  target: "es2022",
  write: false,
});
const text = `/* sources ${sourcesHash()} */\n${result.outputFiles[0].text}`;
const path = join(stage, BUNDLE);

if (!process.argv.includes("--check")) {
  writeFileSync(path, text);
  console.log(`${BUNDLE}: ${(Buffer.byteLength(text) / 1024).toFixed(1)} KiB`);
} else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
  console.error(`${BUNDLE} is missing or stale: run \`make bundle\``);
  process.exitCode = 1;
}
