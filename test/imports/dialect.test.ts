import { afterEach, beforeEach, expect, it } from "vitest";
import { Community } from "../support/community.ts";
import { NAUGHTY } from "../support/naughty.ts";

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const HEADER = ["group_id", "sender_id", "sent_at", "text"];
const ROWS = NAUGHTY.map((text, at) => [
  "g1",
  `m${at}`,
  `2026-11-16 10:00:${String(at).padStart(2, "0")}`,
  text.replaceAll("\0", ""),
]);

/** Quoted only where this separator needs it: the other separators stand in texts as they are. */
function table(separator: string, ends: readonly string[]): string {
  const cell = (value: string) =>
    value.includes(separator) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return [HEADER, ...ROWS]
    .map((row, at) => `${row.map(cell).join(separator)}${ends[at % ends.length]}`)
    .join("");
}

it("texts full of separators, quotes and line ends are the same whatever separates and ends the rows", async () => {
  const first = await community.import("comma.csv", table(",", ["\n"]));
  expect(first).toMatchObject({ read: ROWS.length, accepted: ROWS.length, rejected: 0 });
  const texts = await community.lake((database) =>
    database.all("select text from lake.messages order by sent_at"),
  );
  expect(texts.map(({ text }) => String(text).trim())).toEqual(ROWS.map(([, , , text]) => text?.trim()));
  for (const separator of [",", "\t", ";", "|"])
    for (const ends of [["\r\n"], ["\n", "\r\n", "\r"]]) {
      const again = await community.import(
        `${separator.codePointAt(0)}-${ends.length}.csv`,
        table(separator, ends),
      );
      expect([separator, ends, again.read, again.duplicate]).toEqual([
        separator,
        ends,
        ROWS.length,
        ROWS.length,
      ]);
    }
});

it("separators in a quoted title of a column separate nothing", async () => {
  const text = `${HEADER.join(",")},"备注; 如 a; b; c; d; e"\ng1,m1,2026-11-16 10:00:00,hi,\n`;
  expect(await community.import("quoted.csv", text)).toMatchObject({ accepted: 1, rejected: 0 });
});
