import { join, relative } from "node:path";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { ROOT } from "./files.ts";

/** Packages of a hundred modules each that a server needs for some questions alone: its start would wait for them. */
const LATER = [
  "apache-arrow",
  "ical.js",
  "libphonenumber-js",
  "opencc-js",
  "playwright-core",
  "vega",
  "vega-lite",
];

/** Packages that a module loads with itself, not those that it imports when it is asked. */
function packagesOf(...entries: string[]): string[] {
  const { metafile } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: entries,
    bundle: true,
    format: "esm",
    metafile: true,
    outdir: join(ROOT, "never-written"),
    packages: "external",
    platform: "node",
    write: false,
  });
  const found = new Set<string>();
  const seen = new Set<string>();
  const walk = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind, external } of metafile.inputs[path]?.imports ?? []) {
      if (kind !== "import-statement") continue;
      if (external) found.add(/^(?:@[^/]+\/)?[^/]+/.exec(next)?.[0] ?? next);
      else walk(next);
    }
  };
  for (const entry of entries) walk(relative(ROOT, join(ROOT, entry)));
  return [...found];
}

test("a server starts without what it needs for some questions alone", () => {
  const packages = packagesOf(
    "src/cli.ts",
    "src/commands/serve.ts",
    "src/server/app.ts",
    "src/server/listen.ts",
    "src/server/warm.ts",
  );
  expect(packages).toContain("express");
  expect(packages.filter((one) => LATER.includes(one))).toEqual([]);
});

test("what loads them is found", () => {
  expect(packagesOf("src/server/arrow.ts")).toContain("apache-arrow");
  expect(packagesOf("src/ingest/import-file.ts")).toContain("libphonenumber-js");
});
