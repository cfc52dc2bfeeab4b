import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "./files.ts";

/** Planted breaches: a file where it must not be written, and a word of the message that must name it. */
const BREACHES: Readonly<Record<string, [source: string, message: string]>> = {
  "src/review/breach.ts": [
    'import { importers } from "../../pipelines/index.ts";\nexport const count = importers.length;\n',
    "the engine knows no content",
  ],
  "src/kit/breach.ts": [
    'import page from "../../dashboards/theme.json";\nexport const theme = page;\n',
    "the engine knows no content",
  ],
  "pipelines/orders/breach.ts": [
    'import { literal } from "../../src/warehouse/database.ts";\nexport const quoted = literal("x");\n',
    "an importer may use src/kit only",
  ],
  "src/client/breach.ts": [
    'import { t } from "../server/i18n.ts";\nexport const brand = t("zh", "brand");\n',
    "browser code never imports server code",
  ],
  "src/review/opens.ts": [
    'import { DuckDBInstance } from "@duckdb/node-api";\nexport const opened = DuckDBInstance.create(":memory:");\n',
    "only src/warehouse opens DuckDB",
  ],
};
const ALLOWED: Readonly<Record<string, string>> = {
  "pipelines/orders/kept.ts":
    'import { columns } from "../../src/kit/columns.ts";\nexport const make = columns;\n',
};

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "fupan-breach-"));
  cpSync(join(ROOT, "biome.json"), join(root, "biome.json"));
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  const files = [...Object.entries(BREACHES).map(([path, [source]]) => [path, source] as const)];
  for (const [path, source] of [...files, ...Object.entries(ALLOWED)]) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), source);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function lint(path: string): string {
  try {
    return execFileSync(
      join(ROOT, "node_modules/.bin/biome"),
      ["lint", "--vcs-enabled=false", "--only=style/noRestrictedImports", path],
      { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] },
    );
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return `${stdout}${stderr}`;
  }
}

describe("import boundaries", () => {
  test.each(Object.entries(BREACHES))("%s is refused", (path, [, message]) => {
    expect(lint(path)).toContain(message);
  });

  test.each(Object.keys(ALLOWED))("%s passes", (path) => {
    expect(lint(path)).not.toContain("noRestrictedImports");
  });
});
