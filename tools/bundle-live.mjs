// Builds explainer/pages/live/browser/live.bundle.js from the modules beside it and the one of the
// stage that they use; with --check, says whether it is fresh.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";

const BUNDLE = "live.bundle.js";
const root = join(dirname(dirname(fileURLToPath(import.meta.url))), "explainer");
const folder = join(root, "pages", "live", "browser");

/** The hash on the bundle's first line: the names and bytes of the sources, in the order of their names. */
function sourcesHash() {
  const hash = createHash("sha256");
  const own = readdirSync(folder).filter((name) => /\.(js|css)$/.test(name) && name !== BUNDLE);
  const sources = own.map((name) => [name, join(folder, name)]);
  sources.push(["dom.js", join(root, "stage", "dom.js")]);
  for (const [name, path] of sources.sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${name}\0`).update(readFileSync(path)).update("\0");
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

const result = await build({
  entryPoints: [join(folder, "entry.js")],
  absWorkingDir: folder,
  bundle: true,
  charset: "utf8",
  format: "esm",
  legalComments: "none",
  minify: true,
  plugins: [css],
  target: "es2022",
  write: false,
});
const text = `/* sources ${sourcesHash()} */\n${result.outputFiles[0].text}`;
const path = join(folder, BUNDLE);

if (!process.argv.includes("--check")) {
  writeFileSync(path, text);
  console.log(`${BUNDLE}: ${(Buffer.byteLength(text) / 1024).toFixed(1)} KiB`);
} else if (!existsSync(path) || readFileSync(path, "utf8") !== text) {
  console.error(`${BUNDLE} is missing or stale: run \`make bundle\``);
  process.exitCode = 1;
}
