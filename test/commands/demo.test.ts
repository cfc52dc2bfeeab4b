import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { lintWords } from "../../pipelines/plans/shared/lint-words.ts";
import type { Context } from "../../src/commands/context.ts";
import { demo } from "../../src/commands/demo.ts";
import { csv, NOW, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fupan-demo-command-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command with a community of two messages: the real one is built by the tests of the demo. */
function contextOf(workspace: string, said: string[]): Context {
  return {
    content: {
      importers,
      sql: SQL_ROOT,
      dashboards: DASHBOARDS,
      version: "0",
      plans: { templates: "", words: lintWords },
      robots: [],
      writeDemo: async (root) => {
        const row = { group_id: "g1", sender_id: "m1", text: "早" };
        writeFileSync(join(root, "fupan.yaml"), "community: 示例\n");
        mkdirSync(join(root, "inbox"));
        writeFileSync(
          join(root, "inbox/messages.csv"),
          csv([
            { ...row, sent_at: "2026-11-10 10:00:00" },
            { ...row, sent_at: "2026-11-18 10:00:00" },
          ]),
        );
      },
    },
    effects: { out: (text) => said.push(text), log: () => undefined, now: () => NOW },
    globals: { workspace, json: true },
    lang: "zh",
  };
}

test("the demo is made where --workspace says, when nothing is there yet", async () => {
  const root = join(folder, "deep", "mine");
  const said: string[] = [];
  await demo(contextOf(root, said), { build: true });
  expect(JSON.parse(said.join(""))).toMatchObject({ workspace: root, totals: { accepted: 2 } });
  expect(existsSync(join(root, "marts", "CURRENT"))).toBe(true);
});

test("a folder that holds something is refused and stays as it was", async () => {
  const root = join(folder, "taken");
  mkdirSync(root);
  writeFileSync(join(root, "orders.csv"), "mine");
  await expect(demo(contextOf(root, []), { build: true })).rejects.toMatchObject({
    text: { zh: expect.stringContaining("不是空文件夹") },
    hint: { en: expect.stringContaining("leave out --workspace") },
  });
  expect(readdirSync(root)).toEqual(["orders.csv"]);
});
