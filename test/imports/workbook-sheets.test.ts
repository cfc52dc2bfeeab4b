import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSource } from "../../src/ingest/source.ts";
import { UserError } from "../../src/kit/errors.ts";
import { writeWorkbook } from "../../src/report/workbook.ts";
import { Community } from "../support/community.ts";

const sheet = (name: string, heads: readonly string[], rows: readonly (readonly string[])[]) => ({
  name,
  heads: heads.map((title) => ({ title, kind: "text" as const })),
  rows,
});

const notes = sheet(
  "填写说明",
  ["第一", "第二", "第三"],
  Array.from({ length: 40 }, (_, at) => [`说明 ${at}`, "请勿修改表头", "如有疑问请联系管理员"]),
);
const members = sheet(
  "成员",
  ["group_id", "member_id", "joined_at"],
  [
    ["tea", "u1", "2026-10-01 09:00:00"],
    ["tea", "u2", "2026-10-02 09:00:00"],
  ],
);

describe("a workbook of several sheets", () => {
  it.each([
    ["first", [notes, members]],
    ["last", [members, notes]],
  ])("gives the sheet with a known header, however full the others are: notes %s", async (_where, sheets) => {
    const community = new Community();
    try {
      const result = await community.import("members.xlsx", Buffer.from(await writeWorkbook(sheets)));
      expect(result).toMatchObject({ importer: "fupan-members", accepted: 2, rejected: 0 });
    } finally {
      community.remove();
    }
  });
});

it("a workbook with any byte changed is read or refused by its name", async () => {
  const root = mkdtempSync(join(tmpdir(), "fupan-book-"));
  const path = join(root, "成员.xlsx");
  const whole = Buffer.from(await writeWorkbook([members]));
  let refused = 0;
  try {
    for (let at = 4; at < whole.length; at += 11) {
      const content = Buffer.from(whole);
      content[at] = ~(content[at] ?? 0) & 0xff;
      writeFileSync(path, content);
      try {
        await (await openSource(path, join(root, "scratch"))).dispose();
      } catch (error) {
        expect([at, error]).toEqual([at, expect.any(UserError)]);
        expect((error as UserError).in("zh")).toContain("成员.xlsx");
        refused++;
      }
    }
  } finally {
    rmSync(root, { recursive: true });
  }
  expect(refused).toBeGreaterThan(20);
});
