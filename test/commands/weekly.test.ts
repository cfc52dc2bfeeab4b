import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Review } from "../../src/review/types.ts";
import { csv } from "../support/community.ts";
import { Shell } from "./cli.ts";

const SECRETS = ["rawid8Kq2", "19900007777", "独孤求败的小号"];
const shell = new Shell();
const inbox = join(shell.root, "ws", "inbox");

// Two weeks of messages, two days of the next, and a row whose time is no time.
const messages = Array.from({ length: 16 }, (_, day) => ({
  group_id: "g1",
  sender_id: day % 2 ? "m1" : SECRETS[0],
  sender_name: SECRETS[2],
  sent_at: day === 5 ? "someday" : `2026-11-${String(day + 2).padStart(2, "0")} 09:00:00`,
  text: `call ${SECRETS[1]}`,
}));
const members = [
  { group_id: "g1", member_id: "m1", phone: "", joined_at: "2026-10-01 00:00:00" },
  { group_id: "g1", member_id: SECRETS[0], phone: SECRETS[1], joined_at: "2026-10-01 00:00:00" },
];

const everything: string[] = [];
const fupan = (...args: string[]) => {
  const ran = shell.fupan(...args);
  everything.push(ran.out, ran.log);
  return ran;
};
const here = ["--workspace", "ws"];

beforeAll(() => {
  expect(fupan("init", "ws").code).toBe(0);
  mkdirSync(join(inbox, "deep", "er"), { recursive: true });
  writeFileSync(join(inbox, "deep", "er", "messages.csv"), csv(messages));
  writeFileSync(join(inbox, "members.csv"), csv(members));
});
afterAll(() => shell.remove());

describe("a week of work", () => {
  test("init never overwrites", () => {
    const before = readFileSync(join(shell.root, "ws", "fupan.yaml"), "utf8");
    const { code, log } = fupan("init", "ws");
    expect([code, log]).toEqual([1, expect.stringContaining("已经是复盘工作区")]);
    expect(readFileSync(join(shell.root, "ws", "fupan.yaml"), "utf8")).toBe(before);
  });

  test("identify says which format and why", () => {
    expect(fupan("identify", "ws/inbox/members.csv").out).toContain("fupan-members");
  });

  test("run imports, builds and keeps the finished week", () => {
    const ran = fupan("run", ...here);
    expect(ran.code).toBe(0);
    expect(ran.out).toContain("读 16 = 入库 15 + 重复 0 + 拒绝 1");
    const report = join(shell.root, "ws", "reports", "2026-W46");
    expect((JSON.parse(readFileSync(join(report, "review.json"), "utf8")) as Review).week).toBe("2026-W46");
    for (const form of ["md", "html", "xlsx"])
      expect([form, existsSync(join(report, `review.${form}`))]).toEqual([form, true]);
  });

  test("run again changes nothing but the generation", () => {
    const kept = readFileSync(join(shell.root, "ws", "reports", "2026-W46", "review.json"), "utf8");
    const { imports } = shell.json<{ imports: { totals: Record<string, number> } }>("run", ...here);
    expect(imports.totals).toMatchObject({ accepted: 0, rejected: 1, duplicate: 17, failed: 0 });
    expect(readFileSync(join(shell.root, "ws", "reports", "2026-W46", "review.json"), "utf8")).toBe(kept);
  });

  test("check names the lost row: file, line, column, why", () => {
    const { rejects } = shell.json<{ rejects: object[] }>("check", ...here);
    expect(rejects).toMatchObject([{ file: "messages.csv", line: 7, column: "sent_at", code: "bad_time" }]);
    const { out } = fupan("check", ...here);
    expect(out).toContain("messages.csv 第 7 行");
    expect(fupan("check", ...here, "--lang", "en").out).toContain("messages.csv line 7");
  });

  test("review speaks both languages and JSON", () => {
    const review = shell.json<Review>("review", ...here, "--week", "2026-W46");
    const activity = review.kpis.find(({ id }) => id === "activity_rate");
    expect(activity).toMatchObject({ numerator: 2, denominator: 2, value: 1, verdict: "insufficient" });
    const minutes = fupan("review", ...here).out;
    expect(minutes).toContain("活跃率");
    // Points of the meeting are counted among those that there are: nothing was decided the week before.
    const points = [...minutes.matchAll(/^## (.)、(.*)$/gm)].map(([, place, heading]) => [place, heading]);
    expect(points[0]).toEqual(["一", "数字"]);
    expect("一二三四五六").toContain(points.map(([place]) => place).join(""));
    expect(fupan("review", ...here, "--lang", "en").out).toContain("Activity rate");
    expect(fupan("review", ...here, "--week", "2020-W01")).toMatchObject({ code: 1, out: "" });
  });

  test("sql answers one SELECT and nothing else", () => {
    const rows = shell.json<object[]>("sql", "select count(*) as n from marts.messages", ...here);
    expect(rows).toEqual([{ n: 15 }]);
    expect(fupan("sql", "select 1 as a, 'x,y' as b", ...here, "--format", "csv").out).toBe(
      'a,b\r\n1,"x,y"\n',
    );
    for (const statement of [
      "delete from marts.messages",
      "select 1; select 2",
      "attach 'x.db'",
      "selec 1",
    ]) {
      expect([statement, fupan("sql", statement, ...here).code]).toEqual([statement, 1]);
    }
  });

  test("sql sees the lake's parts and the generation, and no other file, extension or setting", () => {
    const own = join(shell.root, "ws", "fupan.yaml");
    expect(shell.json<object[]>("sql", "select count(*) as n from lake.messages", ...here)).toHaveLength(1);
    for (const statement of [
      `select * from read_text('${own}')`,
      "select * from glob('/*')",
      `select * from read_parquet('${join(shell.root, "ws", "lake")}/**/*.parquet')`,
      `select * from query('select * from read_text(''${own}'')')`,
    ]) {
      const { code, log, out } = fupan("sql", statement, ...here);
      expect([statement, code, out]).toEqual([statement, 1, ""]);
      expect(log).toMatch(/Permission Error|disabled/);
      expect(log).not.toMatch(/\n\s+at /);
    }
  });

  test("nothing of it names a person", () => {
    expect(everything.join("").length).toBeGreaterThan(1000);
    for (const secret of SECRETS) expect(everything.join("\n")).not.toContain(secret);
  });
});

describe("wrong calls", () => {
  test.each([
    [["reviw"], /reviw/],
    [["review", "--wek", "x"], /--wek/],
    [["review", "--workspace", "nowhere"], /fupan\.yaml/],
    [["import", "ws/none.csv", ...here], /none\.csv/],
    [["review", ...here, "--format", "docx"], /docx.*\n.*md/],
    [["build", ...here, "--as-of", "someday"], /someday/],
  ])("fupan %j: exit 1, with words and without a stack", (args, says) => {
    const { code, out, log } = fupan(...args);
    expect([code, out]).toEqual([1, ""]);
    expect(log).toMatch(says);
    expect(log).not.toMatch(/\n\s+at /);
  });
});
