// Part of `npm run build`: the scripts and style sheets of the pages, which the package brings in dist/client.
import { copyFileSync, mkdirSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const out = here("../dist/client");
mkdirSync(out, { recursive: true });
const entries = readdirSync(here("../src/client")).filter((file) => file.endsWith(".ts"));
await build({
  entryPoints: entries.map((file) => here(`../src/client/${file}`)),
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
});
for (const file of readdirSync(here("../src/server/public")))
  copyFileSync(here(`../src/server/public/${file}`), `${out}/${file}`);
