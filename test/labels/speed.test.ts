import { afterAll, beforeAll, expect, test } from "vitest";
import { type Database, literal } from "../../src/warehouse/database.ts";
import { labelDatabase } from "../support/labels.ts";

let database: Database;

beforeAll(async () => {
  database = await labelDatabase(1);
  await database.run(
    "create table said as select '昨天下午在公园里遇到了老同学，聊了很久，晚上回家看书，' || i as text from range(1000) as t(i)",
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

test("every pattern over all messages is matched in one pass", async () => {
  const short = await work("has_word(text, 'welcome')");
  expect(await work("may_say(text)")).toBeLessThan(15 * short + 20_000);
});

// What the engine does with a pattern that is beyond it, and why the words are in three.
test("all words and the normaliser's characters in one pattern would not be", async () => {
  const one = `(?i)${["any1", "any2", "any3"].map((name) => `' || substr(${pattern(name)}, 5) || '`).join("|")}`;
  await database.run(
    `set variable lexicon = map_concat(getvariable('lexicon'), map {'whole': '${one}|(?-i:' || getvariable('needs_match_text') || ')'})`,
  );
  const short = await work("has_word(text, 'welcome')");
  expect(await work("has_word(text, 'whole')")).toBeGreaterThan(15 * short + 20_000);
});
