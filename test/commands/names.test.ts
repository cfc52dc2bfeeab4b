import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { printable, visible } from "../../src/kit/visible.ts";
import { csv } from "../support/community.ts";
import { NAUGHTY } from "../support/naughty.ts";
import { Shell } from "./cli.ts";

/** What a terminal obeys, what turns the text around it, and what ends a line: none of it is printed as it stands. */
const OBEYED = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/u;
const NAMES = [
  "a\n✓ b.csv（fupan-messages）已导入",
  "\u001b[2J\u001b[31m红.csv",
  "窗口\u001b]0;title\u0007.csv",
  "反\u202evsc.exe",
  "回\r车.csv",
  "c1\u009b31m.csv",
];

const shell = new Shell();
afterAll(() => shell.remove());

beforeAll(() => {
  expect(shell.fupan("init", "ws").code).toBe(0);
  const inbox = join(shell.root, "ws", "inbox");
  for (const [at, name] of NAMES.entries()) {
    const rows = ["2026-11-16T09:00:00", "bad"].map((sent_at) => ({
      group_id: "g1",
      sender_id: `m${at}`,
      sent_at,
      text: "\u001b[31m早\n晚\u202e",
    }));
    writeFileSync(join(inbox, `${at}${name}`), csv(rows));
    writeFileSync(join(inbox, `no${at}${name}`), "nothing that is known");
  }
  // Two letters in GBK, as an archive of another machine leaves them.
  writeFileSync(Buffer.concat([Buffer.from(`${inbox}/`), Buffer.from([0xc7, 0xe0, 0x2e, 0x63])]), "x");
});

test("whatever a file is called, each line of a command is its own, and a name that is no UTF-8 fails alone", () => {
  const { out, log, code } = shell.fupan("--workspace", "ws", "run");
  const lines = [...out.split("\n"), ...log.split("\n")];
  expect(lines.filter((line) => OBEYED.test(line))).toEqual([]);
  // A line of progress and one of the result for each file; no name begins one of its own.
  expect(log.trim().split("\n")).toHaveLength(2 * NAMES.length + 1);
  expect(lines.filter((line) => /^[!✓] /.test(line))).toHaveLength(NAMES.length);
  expect(lines.filter((line) => line.startsWith("✗ "))).toHaveLength(NAMES.length + 1);
  expect(out).toContain("0a\\n✓ b.csv（fupan-messages）已导入（fupan-messages）已导入，读 2 = 入库 1");
  expect(out).toContain("文件名不是 UTF-8 编码");
  expect(out).toContain("请给文件（或它所在的文件夹）改名");
  expect(code).toBe(1);
});

test.each([
  ["check", []],
  ["identify", NAMES.map((name, at) => `ws/inbox/${at}${name}`)],
  ["import", ["无\u001b[31m\n.csv"]],
  ["import", ["--as", "\u001b[31m", "ws/inbox"]],
  ["verify\u001b[31m", []],
  ["review", ["--week", "\u001b[31m\u202e"]],
  ["sql", ["select text from lake.messages"]],
])("%j says nothing that a terminal obeys", (command, args) => {
  const { out, log } = shell.fupan("--workspace", "ws", command, ...args);
  expect(out + log).not.toBe("");
  expect([...out.split("\n"), ...log.split("\n")].filter((line) => OBEYED.test(line))).toEqual([]);
});

test("to another program go names and texts as they are", () => {
  const { files } = shell.json<{ files: { file: string }[] }>("--workspace", "ws", "check");
  expect(new Set(files.map(({ file }) => file))).toEqual(new Set(NAMES.map((name, at) => `${at}${name}`)));
  const { out } = shell.fupan(
    "--workspace",
    "ws",
    "sql",
    "select text from lake.messages limit 1",
    "--format",
    "csv",
  );
  expect(out).toContain("\u001b[31m早\n晚\u202e");
});

test("a name is one line with nothing hidden; a text keeps its lines, and JSON stays the same JSON", () => {
  for (const name of NAUGHTY) {
    expect(visible(name)).not.toMatch(OBEYED);
    expect(printable(name)).not.toMatch(OBEYED);
    expect(JSON.parse(printable(JSON.stringify({ name }, null, 2)))).toEqual({ name });
  }
  expect(visible("家\u200d人 👩‍👩‍👧 a\tb")).toBe("家\u200d人 👩‍👩‍👧 a\\tb");
  expect(printable("一\n\t二\r\n三")).toBe("一\n\t二\n三");
});
