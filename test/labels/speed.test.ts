import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, literal } from "../../src/warehouse/database.ts";
import { labelDatabase } from "../support/labels.ts";

let database: Database;

const CHAT = new URL("../../fixtures/labels/chat.csv", import.meta.url).pathname;

// Lines as people write them: how far a pattern goes on shows only in texts that begin like its words.
beforeAll(async () => {
  database = await labelDatabase(1);
  await database.run(
    `create table said as
     with chat as (select list(text) as lines from read_csv(${literal(CHAT)}, header = true, all_varchar = true))
     select lines[1 + i % len(lines)] || i as text from range(10000) as t(i), chat`,
  );
});
afterAll(() => database.close());

/** CPU of one look at every text, the least of three: other programs on the machine only ever add to it. */
async function work(sql: string): Promise<number> {
  const spent = [];
  for (let run = 0; run < 3; run++) {
    const before = process.cpuUsage();
    await database.run(`select count(*) filter (where ${sql}) from said`);
    const { user, system } = process.cpuUsage(before);
    spent.push(user + system);
  }
  return Math.min(...spent);
}

const pattern = (name: string) => `getvariable('lexicon')[${literal(name)}]`;

const parts = async () =>
  (await database.all("select unnest(map_keys(getvariable('lexicon'))) as name order by name"))
    .map(({ name }) => String(name))
    .filter((name) => /^(?:any|gap)\d/.test(name));

test("every pattern over all messages, and each label's, is matched in one pass", async () => {
  const names = await parts();
  expect(names).toEqual(["any1", "any2", "any3", "any4", "gap1"]);
  const [{ macro } = { macro: "" }] = await database.all(
    "select macro_definition as macro from duckdb_functions() where function_name = 'may_say'",
  );
  expect(names.filter((name) => !String(macro).includes(`'${name}'`))).toEqual([]);
  // And each label's own, over the messages that are left: complaints have the most words.
  const labels = (
    await database.all("select distinct label from seeds.lexicon where kind <> 'mask' order by label")
  ).map(({ label }) => String(label));
  expect(labels.length).toBeGreaterThan(6);
  const short = await work("has_word(text, 'welcome')");
  for (const name of [...names, ...labels])
    expect([name, (await work(`has_word(text, '${name}')`)) < 16 * short + 20_000]).toEqual([name, true]);
});

// What the engine does with a pattern that is beyond it, and why the words are in parts.
test("all words and the normaliser's characters in one pattern would not be", async () => {
  const one = `(?i)${["any1", "any2", "any3", "any4"].map((name) => `' || substr(${pattern(name)}, 5) || '`).join("|")}`;
  await database.run(
    `set variable lexicon = map_concat(getvariable('lexicon'), map {'whole': '${one}|(?-i:' || getvariable('needs_match_text') || ')'})`,
  );
  const short = await work("has_word(text, 'welcome')");
  expect(await work("has_word(text, 'whole')")).toBeGreaterThan(15 * short + 20_000);
});
