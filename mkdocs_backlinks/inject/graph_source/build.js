// Bundles graph.js into the one file that the plugin ships: `npm ci && npm run build` in this folder.
// The bundle says what it was made of, so that a test can tell when it is out of date.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { build } from "esbuild";

const sources = ["graph.js", "package-lock.json"].map((name) => readFileSync(name));
const digest = createHash("sha256").update(Buffer.concat(sources)).digest("hex");

await build({
  entryPoints: ["graph.js"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2021",
  charset: "utf8",
  banner: { js: `/* Made of ${digest}. With d3-force, d3-zoom and what they need, © Mike Bostock, ISC licence. */` },
  outfile: "../graph_assets/assets/javascripts/backlinks-graph.js",
});
