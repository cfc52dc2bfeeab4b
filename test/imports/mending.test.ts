import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { ownName, rejectsName } from "../../src/ingest/file-name.ts";
import { rejectsFile } from "../../src/server/imports/rejects.ts";
import { Community } from "../support/community.ts";
import { canonical, type Fixture, fixtures, lakeRows } from "../support/golden.ts";

const BATCH = "0f0f0f0f-0000-4000-8000-000000000000";
/** A moment as JSON has it: a text, seconds or milliseconds. */
const STATED = /"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}[^"]*"|: ?"?\d{10}(?:\d{3})?\b"?/g;
const forms = new Map(importers.map(({ id, form }) => [id, form]));
/** Where nothing parts a name with a blank from what is said, a line by itself cannot say who spoke: the whole log can. */
const BLANKS = "chats/line-pc-txt/[LINE] Tea.txt";
/** One sample of each format, all of the one whose line ends mean something. */
const of = (form: string) =>
  fixtures()
    .filter(({ id, members, path }) => forms.get(id) === form && !members && path !== BLANKS)
    .filter(({ id }, at, all) => id === "qq-txt" || all.findIndex((one) => one.id === id) === at);

let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const facts = async (from: Community) =>
  canonical((await lakeRows(from)).filter(({ fact }) => fact !== "contacts"));

/** What the lake holds once a file was imported; undefined where it is refused as a whole. */
async function whole(
  name: string,
  content: string | Buffer,
): Promise<{ rejected: number; rows: string[] } | undefined> {
  const other = new Community();
  try {
    const { rejected } = await other.import(name, content);
    return { rejected, rows: await facts(other) };
  } catch {
    return undefined;
  } finally {
    other.remove();
  }
}

/** The first place whose change makes the importer refuse exactly one record more. */
async function damaged(fixture: Fixture, mark: RegExp, change: (found: string) => string) {
  const text = fixture.content.toString("utf8");
  const good = await whole(fixture.name, text);
  if (!good) throw new Error("the sample itself is refused");
  for (const { 0: found, index } of [...text.matchAll(mark)].slice(0, 16)) {
    const bad = change(found);
    // A format that states each moment twice is read by either: the one that is wanted less goes for good.
    const head = text.slice(0, index).replace(/("date": ?)"[^"]*"(,\s*"date_unixtime")$/, '$1"x"$2');
    const broken = head + bad + text.slice(index + found.length);
    const one = await whole(fixture.name, broken);
    if (one && misses(good.rows, one.rows) && one.rejected === good.rejected + 1)
      return { good, broken, found, bad };
  }
  return undefined;
}

/** Whether one row is gone, one that no other is like, and the others are as they were. */
function misses(good: readonly string[], rest: readonly string[]): boolean {
  const [all, left] = [good.map(nobody), rest.map(nobody)];
  const gone = all.filter((row) => !left.includes(row));
  return gone.length === 1 && left.length === all.length - 1 && left.every((row) => all.includes(row));
}

/** A row without its persons, which are numbered by their first appearance. */
const nobody = (row: string) => row.replaceAll(/"p\d+"/g, '"p"');

/** Damaged, handed back, mended and dropped again: it is added once, and the lake is as if nothing had been. */
async function addsOne(fixture: Fixture, damage: NonNullable<Awaited<ReturnType<typeof damaged>>>) {
  const { before, second, file } = await mended(fixture.name, damage);
  expect(file?.name).toBe(rejectsName(fixture.name, BATCH));
  expect(second).toMatchObject({ importer: fixture.id, accepted: 1, duplicate: 0 });
  expect(before).not.toEqual(damage.good.rows);
  expect(await facts(community)).toEqual(damage.good.rows);
}

async function mended(name: string, { broken, found, bad }: { broken: string; found: string; bad: string }) {
  await community.import(name, broken, { batch: BATCH });
  const before = await facts(community);
  const file = await rejectsFile(community.state, community.workspace.lake, BATCH, "zh", importers);
  const text = file?.body.toString() ?? "";
  expect(text).toContain(bad);
  const second = await community.import(file?.name ?? "", text.replace(bad, found));
  return { before, second, file };
}

describe("a refused record of a log comes back in its log; mended and dropped again only it is added", () => {
  const tried: string[] = [];
  it.each(of("text").map((one) => [one.path, one] as const))("%s", async (_path, fixture) => {
    const damage = await damaged(fixture, /\d{1,2}[:：]\d{2}/g, (clock) => clock.replace(/^\d+/, "77"));
    if (!damage) return;
    tried.push(fixture.id);
    await addsOne(fixture, damage);
  });

  it("was tried in every format of text", () => {
    const ids = of("text").map(({ id }) => id);
    expect(new Set(tried)).toEqual(new Set(ids));
  });
});

it("a refused line of a log of IRC comes back under the line that says its day", async () => {
  const day = "--- Day changed Tue Nov 17 2026";
  const log = `--- Log opened Mon Nov 16 09:00:00 2026\n09:00 < ann> hello\n${day}\n77:01 < ann> lost\n`;
  await community.import("tea.log", log, { batch: BATCH });
  const file = await rejectsFile(community.state, community.workspace.lake, BATCH, "zh", importers);
  const text = file?.body.toString() ?? "";
  await community.import(file?.name ?? "", text.replace("77:01", "09:01"));
  const said = await community.lake((lake) =>
    lake.all("select text, sent_at::varchar as sent from lake.messages order by sent_at"),
  );
  expect(said.map(({ text: words, sent }) => [words, sent])).toEqual([
    ["hello", "2026-11-16 09:00:00"],
    ["lost", "2026-11-17 09:01:00"],
  ]);
});

describe("a refused record of a JSON file comes back in its file; mended and dropped again only it is added", () => {
  const tried: string[] = [];
  const samples = [...of("items"), ...of("table").filter(({ name }) => /\.jsonl?$/.test(name))];
  it.each(samples.map((one) => [one.path, one] as const))("%s", async (_path, fixture) => {
    const damage = await damaged(fixture, STATED, (found) =>
      found.replace(/[\d]/g, "x").replace(/: ?x+$/, ': "x"'),
    );
    if (!damage) return;
    tried.push(fixture.id);
    await addsOne(fixture, damage);
  });

  it("was tried in every such format", () => {
    expect(new Set(tried)).toEqual(new Set(samples.map(({ id }) => id)));
  });
});

describe("refused records of an archive come back in one, with the lists they are read with; mended they are added once", () => {
  const archives = fixtures().filter(({ id, members }) => members && forms.get(id) === "items");
  it.each(archives.map((one) => [one.path, one] as const))("%s", async (_path, { id, name, members }) => {
    const good = new Map([...(members ?? [])].map(([path, body]) => [path, body.toString()]));
    const [path, stated] = [...good].flatMap(([path, text]) => {
      const moment = /"(?:ts|timestamp)": ?"?(\d{10}(?:\.\d+|\d{3}))/.exec(text)?.[1];
      return moment ? [[path, moment] as const] : [];
    })[0] ?? ["", ""];
    const without = (text: string) => text.replaceAll(new RegExp(`"?${stated}"?`, "g"), '"soon"');
    const broken = new Map([...good].map(([at, text]) => [at, at === path ? without(text) : text]));
    const other = new Community();
    const { rejected } = await other.import(name, packed(good));
    const refused = await community.import(name, packed(broken), { batch: BATCH });
    expect(refused).toMatchObject({ importer: id, rejected: rejected + 1 });
    const file = await rejectsFile(community.state, community.workspace.lake, BATCH, "zh", importers);
    expect(file?.name).toBe(rejectsName(name, BATCH));
    const back = Object.entries(unzipSync(file?.body ?? Buffer.alloc(0)));
    expect(back.filter(([, body]) => strFromU8(body).includes("soon")).map(([at]) => at)).toEqual([path]);
    // Other days and other lines do not come with it.
    const moments = (texts: readonly string[]) =>
      texts.join("").match(/"(?:ts|timestamp)": ?"?\d{10}/g)?.length ?? 0;
    expect(moments(back.map(([, body]) => strFromU8(body)))).toBeLessThan(moments([...good.values()]) - 1);
    const mend = (text: string) =>
      text.replace(/("ts": ?)"soon"/, `$1"${stated}"`).replace(/("timestamp": ?)"soon"/, `$1${stated}`);
    const again = new Map(back.map(([at, body]) => [at, mend(strFromU8(body))]));
    const second = await community.import(file?.name ?? "", packed(again));
    expect(second).toMatchObject({ importer: id, accepted: 1, rejected });
    // What a list in the archive counts is the whole, of which this is a part.
    expect(second.notes.map(({ en }) => en).join()).not.toContain("manifest");
    expect(await facts(community)).toEqual(await facts(other));
    other.remove();
  });

  it("a day of a channel that is longer than a megabyte comes back too", async () => {
    const said = (at: number, ts: string) => ({
      type: "message",
      user: "U1",
      ts,
      text: `${at} ${"茶".repeat(800)}`,
    });
    const day = Array.from({ length: 1500 }, (_, at) => said(at, `${1_794_830_400 + at}.000100`));
    const broken = day.map((one, at) => (at === 700 ? { ...one, ts: "soon" } : one));
    const lists = {
      "channels.json": [{ id: "C1", name: "tea" }],
      "users.json": [{ id: "U1", name: "anna" }],
    };
    const of = (messages: readonly object[]) =>
      packed(
        new Map(
          Object.entries({ ...lists, "tea/2026-11-16.json": messages }).map(([path, value]) => [
            path,
            JSON.stringify(value),
          ]),
        ),
      );
    expect(JSON.stringify(day).length).toBeGreaterThan(1 << 20);
    await community.import("slack.zip", of(broken), { batch: BATCH });
    const file = await rejectsFile(community.state, community.workspace.lake, BATCH, "zh", importers);
    const back = Object.entries(unzipSync(file?.body ?? Buffer.alloc(0)));
    const again = back.map(
      ([path, body]) => [path, strFromU8(body).replace('"soon"', `"${day[700]?.ts}"`)] as const,
    );
    const second = await community.import(file?.name ?? "", packed(new Map(again)));
    expect(second).toMatchObject({ importer: "slack-export", accepted: 1, duplicate: 1499, rejected: 0 });
  });

  it("was tried with more than one format", () => expect(archives.length).toBeGreaterThan(1));
});

const packed = (files: ReadonlyMap<string, string>) =>
  Buffer.from(zipSync(Object.fromEntries([...files].map(([path, text]) => [path, strToU8(text)]))));

describe("what was said of a file is known again when its refused records come back", () => {
  const log = (hour: string) => `[10:00] <anna> hello\n[${hour}:01] <bob> tea?\n[10:02] <anna> yes\n`;
  const said = { date: "2026-11-16", group: "tea" };
  const table = (amount: string) =>
    `order_id,paid_at,amount,phone\no1,2026-11-16 10:00:00,5,\no2,2026-11-16 11:00:00,${amount},\n`;

  it.each([
    ["a log without a date, of one line", "log.txt", log, ["77", "10"], said],
    ["the same, saved a second time", "log.txt", log, ["77", "10"], said],
    ["a table and when it was made", "orders.csv", table, ["x7", "7"], { asOf: "2026-11-20T10:00:00" }],
  ] as const)("%s", async (what, name, content, [bad, good], answers) => {
    await community.import(name, content(bad), { batch: BATCH, ...answers });
    const file = await rejectsFile(community.state, community.workspace.lake, BATCH, "zh", importers);
    const again = what.includes("second")
      ? (file?.name ?? "").replace(".txt", " (1).txt")
      : (file?.name ?? "");
    const second = await community.import(again, (file?.body.toString() ?? "").replace(bad, good));
    expect(second).toMatchObject({ accepted: 1, rejected: 0 });
    expect(second.notes.map(({ en }) => en).join()).toContain("when these records were refused");
    const other = new Community();
    await other.import(name, content(good), answers);
    expect(await facts(community)).toEqual(await facts(other));
    other.remove();
  });

  it("a file of the same name that is not what was refused is asked as ever", async () => {
    await community.import("log.txt", log("77"), { batch: BATCH, ...said });
    await expect(community.import("log.txt", log("11"))).rejects.toThrow("no date");
    await expect(community.import("log.rejects-ffffffff.txt", log("11"))).rejects.toThrow("no date");
  });

  it.each([
    ["茶友群.rejects-0f0f0f0f.txt", { name: "茶友群.txt", batch: "0f0f0f0f" }],
    ["订单.rejects-0f0f0f0f (2).csv", { name: "订单.csv", batch: "0f0f0f0f" }],
    ["rejects-0f0f0f0f.zip", { name: "rejects-0f0f0f0f.zip" }],
    ["a.b.txt", { name: "a.b.txt" }],
  ])("%s is %o", (name, own) => {
    expect(ownName(name)).toEqual(own);
  });
});
