// Builds the stage's two files from its sources; with --check, says whether they are fresh.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const stage = join(dirname(dirname(fileURLToPath(import.meta.url))), "explainer", "stage");
/** What Panel loads as a module, and the element alone: a plain script, which a page may load from file://. */
const BUNDLES = {
  "stage.bundle.js": { entry: "panel.js", format: "esm" },
  "element.bundle.js": { entry: "element.js", format: "iife" },
};

/** The hash on each bundle's first line: the names and bytes of the sources, in the order of their names. */
function sourcesHash() {
  const hash = createHash("sha256");
  const names = readdirSync(stage).filter((name) => /\.(js|css)$/.test(name) && !(name in BUNDLES));
  for (const name of names.sort()) {
    hash.update(`${name}\0`).update(readFileSync(join(stage, name))).update("\0");
  }
  return hash.digest("hex");
}

const css = {
  name: "css",
  setup(/** @type {import("esbuild").PluginBuild} */ { onLoad }) {
    onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(readFileSync(path, "utf8"), { loader: "css", minify: true, charset: "utf8" });
      return { contents: code, loader: "text" };
    });
  },
};

for (const [name, { entry, format }] of Object.entries(BUNDLES)) {
  const result = await build({
    entryPoints: [join(stage, entry)],
    absWorkingDir: stage,
    bundle: true,
    charset: "utf8",
    format,
    legalComments: "none",
    minify: true,
    plugins: [css],
    target: "es2022",
    write: false,
  });
  const text = `/* sources ${sourcesHash()} */\n${result.outputFiles[0].text}`;
  const path = join(stage, name);
  if (!process.argv.includes("--check")) {
    writeFileSync(path, text);
    console.log(`${name}: ${(Buffer.byteLength(text) / 1024).toFixed(1)} KiB`);
  } else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
    console.error(`${name} is missing or stale: run \`make bundle\``);
    process.exitCode = 1;
  }
}
