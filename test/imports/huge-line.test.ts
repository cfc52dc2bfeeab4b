import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Shell } from "../commands/cli.ts";

const MIB = 1 << 20;
const LINE = 1024 * MIB;
/** Node, DuckDB and what they read at once; the line itself would be more than twice that. */
const MEMORY = 450 * MIB;

const shell = new Shell();
beforeAll(() => {
  mkdirSync(join(shell.root, "ws"));
  writeFileSync(join(shell.root, "ws", "fupan.yaml"), "community: x\n");
});
afterAll(() => shell.remove());

test("a line of 1 GB is refused and told, the rows around it go in, and memory stays bounded", {
  timeout: 600_000,
}, async () => {
  const path = join(shell.root, "huge.csv");
  const file = openSync(path, "w");
  writeSync(
    file,
    "group_id,sender_id,sent_at,text\ng1,m1,2025-09-01T10:00:00Z,a\ng1,m2,2025-09-01T10:00:01Z,",
  );
  const chunk = Buffer.alloc(8 * MIB, "x");
  for (let written = 0; written < LINE; written += chunk.length) writeSync(file, chunk);
  writeSync(file, "\ng1,m3,2025-09-01T10:00:02Z,b\n");
  closeSync(file);

  const child = shell.start("import", path, "--workspace", "ws", "--json");
  let out = "";
  child.stdout.on("data", (text: Buffer) => {
    out += text.toString();
  });
  let most = 0;
  const watch = setInterval(() => {
    try {
      const [, kib] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8")) ?? [];
      // A process that has ended says nothing of its memory.
      most = Math.max(most, Number(kib ?? 0) * 1024);
    } catch {
      clearInterval(watch);
    }
  }, 50);
  const code = await new Promise((ended) => child.once("exit", ended));
  clearInterval(watch);
  expect(code).toBe(0);
  const { files } = JSON.parse(out) as { files: { issues: { line: number; code: string }[] }[] };
  expect(files[0]).toMatchObject({ read: 3, accepted: 2, duplicate: 0, rejected: 1 });
  expect(files[0]?.issues.map(({ line, code: why }) => [line, why])).toEqual([[3, "text_over_1_mib"]]);
  expect(most).toBeGreaterThan(50 * MIB);
  expect(most).toBeLessThan(MEMORY);
});
