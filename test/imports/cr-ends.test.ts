import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Community } from "../support/community.ts";

/* Logs whose lines end in CR alone: tools of the old Mac, and editors that were told to, write them so. */
const CHATS = new URL("../../fixtures/chats/", import.meta.url).pathname;
const LOGS = readdirSync(CHATS)
  .filter((format) => /txt$|^irc-log$|jsonl$/.test(format))
  .flatMap((format) => readdirSync(join(CHATS, format)).map((name) => join(format, name)))
  .filter(
    (path) =>
      /\.(txt|md|jsonl)$/.test(path) && !path.includes(".expected.") && statSync(join(CHATS, path)).isFile(),
  );

let lf: Community;
let cr: Community;
beforeAll(() => {
  lf = new Community();
  cr = new Community();
});
afterAll(() => {
  lf.remove();
  cr.remove();
});

it("there is a log of each text format", () => expect(LOGS.length).toBeGreaterThan(15));

it.each(LOGS)("%s is read the same", async (path) => {
  const bytes = readFileSync(join(CHATS, path));
  // UTF-16 has its bytes elsewhere.
  if (bytes.includes(0)) return;
  const ended = (end: string) => Buffer.from(bytes.toString("latin1").replace(/\r\n|\n|\r/g, end), "latin1");
  const name = path.replace(/^.*\//, "");
  const options = { date: "2026-11-16", dateOrder: "ymd", dryRun: true } as const;
  const [plain, old] = [
    await lf.import(name, ended("\n"), options),
    await cr.import(name, ended("\r"), options),
  ];
  const same = ({ sha256: _hash, path: _path, ...rest }: typeof plain) => rest;
  expect(same(old)).toEqual(same(plain));
});
