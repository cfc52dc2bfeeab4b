import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importers } from "../../pipelines/index.ts";
import { rejectsFile } from "../../src/server/imports/rejects.ts";
import { Community } from "../support/community.ts";
import { canonical, type Fixture, fixtures, lakeRows } from "../support/golden.ts";

const BATCH = "0f0f0f0f-0000-4000-8000-000000000000";
/** A moment as JSON has it: a text, seconds or milliseconds. */
const STATED = /"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}[^"]*"|: ?"?\d{10}(?:\d{3})?\b"?/g;
const forms = new Map(importers.map(({ id, form }) => [id, form]));
/** One sample of each format, all of the one whose line ends mean something. */
const of = (form: string) =>
  fixtures()
    .filter(({ id, members }) => forms.get(id) === form && !members)
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
  expect(file?.name).toBe(fixture.name);
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
