import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { brokenAudit } from "../../src/state/audit.ts";
import { State } from "../../src/state/state.ts";
import { csv } from "../support/community.ts";
import { Shell } from "./cli.ts";

const shell = new Shell();
const root = join(shell.root, "ws");
const state = new State(join(root, "state.duckdb"));
const fupan = (...args: string[]) => shell.fupan(...args, "--workspace", "ws");
const PERSON = "wxid_canary_01";
const SECRETS = [PERSON, "金丝雀", "=1+1"];

const lines = () =>
  state.read(async (database) =>
    (await database.all("select made_by, action, detail from audit order by entry_id")).map((row) => ({
      who: row["made_by"],
      action: row["action"],
      detail: JSON.parse(String(row["detail"])) as Record<string, unknown>,
    })),
  );
const last = async () => (await lines()).at(-1);
const sha256 = (text: string | Buffer) => createHash("sha256").update(text).digest("hex");

beforeAll(() => {
  shell.fupan("init", "ws");
  mkdirSync(join(root, "inbox"), { recursive: true });
  const members = [PERSON, "m2", "m3"].map((member_id, at) => ({
    group_id: "g1",
    member_id,
    name: at === 0 ? "金丝雀" : "=1+1",
    joined_at: "2026-09-01 00:00:00",
    left_at: "",
  }));
  const messages = Array.from({ length: 30 }, (_, at) => ({
    group_id: "g1",
    sender_id: at % 2 ? PERSON : "m2",
    sent_at: `2026-11-${String(2 + (at % 20)).padStart(2, "0")} 09:00:00`,
    text: `${at}`,
  }));
  writeFileSync(join(root, "inbox", "members.csv"), csv(members));
  writeFileSync(join(root, "inbox", "messages.csv"), csv(messages));
  expect(fupan("run")).toMatchObject({ code: 0 });
});
afterAll(() => shell.remove());

test("a list that leaves through the command line is in the audit, with its rows and its hash", async () => {
  const before = (await lines()).length;
  const file = join(shell.root, "list.csv");
  for (const names of [[], ["--names"]]) {
    expect(fupan("segments", "--segment", "active", "--format", "csv", "--out", file, ...names).code).toBe(0);
    expect(await last()).toEqual({
      who: userInfo().username,
      action: "export",
      detail: {
        command: "segments",
        segment: "active",
        week: expect.stringContaining("2026"),
        format: "csv",
        names: names.length > 0,
        rows: readFileSync(file, "utf8").trim().split("\r\n").length - 1,
        sha256: sha256(readFileSync(file)),
      },
    });
  }
  // A segment that nobody is in this week is an empty list; one that there is not is told.
  expect(fupan("segments", "--segment", "repeat", "--format", "csv").out).toMatch(
    /^\uFEFFperson_id,name,.*\r\n\n$/,
  );
  expect(fupan("segments", "--segment", "everybody")).toMatchObject({
    code: 1,
    log: expect.stringContaining("repeat"),
  });
  // Counts alone are nobody's.
  expect(fupan("segments").code).toBe(0);
  expect(await lines()).toHaveLength(before + 3);
});

test("so are tables of names, and what is held about somebody; neither says of whom", async () => {
  const before = (await lines()).length;
  const { out } = fupan(
    "sql",
    "select display_name from marts.people order by display_name",
    "--format",
    "csv",
  );
  expect(await last()).toMatchObject({ action: "export", detail: { command: "sql", rows: 3 } });
  expect(fupan("sql", "select count(*) from marts.messages").code).toBe(0);
  expect(await lines()).toHaveLength(before + 1);
  // And no cell of it is a formula.
  expect(out).toBe("display_name\r\n'=1+1\r\n'=1+1\r\n金丝雀\n");
  const held = fupan("export-person", PERSON).out;
  expect(await last()).toMatchObject({
    action: "export",
    detail: { command: "export-person", sha256: sha256(held.slice(0, -1)) },
  });
});

test("what cannot be written down does not leave", async () => {
  await state.write((database) => database.run("alter table audit rename to audit_elsewhere"));
  const calls = [
    ["segments", "--segment", "active", "--format", "csv"],
    ["sql", "select display_name from marts.people"],
    ["export-person", PERSON],
    ["forget", PERSON, "--yes"],
  ];
  const answers = calls.map((args) => fupan(...args));
  await state.write((database) => database.run("alter table audit_elsewhere rename to audit"));
  expect(answers.map(({ code, out }) => [code === 0, out])).toEqual(calls.map(() => [false, ""]));
  expect(fupan("export-person", PERSON).code).toBe(0);
});

test("that somebody was forgotten is a line of it, and whom nobody can tell", async () => {
  expect(fupan("forget", PERSON, "--yes").code).toBe(0);
  expect(await last()).toEqual({ who: userInfo().username, action: "person forgotten", detail: {} });
  for (const secret of SECRETS) expect(JSON.stringify(await lines())).not.toContain(secret);
  expect(await state.read(brokenAudit)).toEqual([]);
  expect(fupan("verify").code).toBe(0);
});
