import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { Shell } from "./cli.ts";

const shell = new Shell();
afterAll(() => shell.remove());

it("verify tells of parts that an older state does not know before the next import deletes them", () => {
  const root = join(shell.root, "ws");
  shell.fupan("init", "ws");
  for (const [name, day] of [
    ["a.csv", "2026-11-10"],
    ["b.csv", "2026-10-10"],
  ] as const)
    writeFileSync(join(shell.root, name), `group_id,sender_id,sent_at,text\ng1,a,${day} 10:00:00,早\n`);
  shell.fupan("import", "a.csv", "--workspace", "ws");
  const verify = () => shell.fupan("verify", "--workspace", "ws");
  expect(verify().out).not.toContain("没有登记");
  copyFileSync(join(root, "state.duckdb"), join(shell.root, "older.duckdb"));
  shell.fupan("import", "b.csv", "--workspace", "ws");
  copyFileSync(join(shell.root, "older.duckdb"), join(root, "state.duckdb"));
  expect(verify()).toMatchObject({
    code: 0,
    out: expect.stringMatching(/lake 里有 2 个没有登记的文件.*先把新的放回/),
  });
});
