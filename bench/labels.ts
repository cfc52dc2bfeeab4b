import { cpus } from "node:os";
import { type Database, literal } from "../src/warehouse/database.ts";
import { labelDatabase } from "../test/support/labels.ts";
import type { Size } from "./data.ts";
import { type Figure, median } from "./report.ts";

const CHAT = new URL("../fixtures/labels/chat.csv", import.meta.url).pathname;

async function seconds(database: Database, sql: string): Promise<number> {
  const start = performance.now();
  await database.run(sql);
  return (performance.now() - start) / 1000;
}

/**
 * Which messages any label, or the normaliser, has something to say of: the pass that every message goes through, against
 * one pass with the largest single alternation of the lexicon. One message in four is a line of the labelled fixture.
 */
export async function labelBench({ messages }: Size, runs: number): Promise<Figure[]> {
  const database = await labelDatabase(cpus().length);
  await database.run(
    `create table said as
     with chat as (select list(text) as lines from read_csv(${literal(CHAT)}, header = true, all_varchar = true))
     select if(i % 4 = 0, lines[1 + (i // 4) % len(lines)], ['刚才在楼下遇到隔壁的猫', '我这边下雨了，晚点回来', '[图片]', '昨天那本书看完了', '哈哈哈哈哈'][1 + i % 5]) || ' ' || i as text
     from range(${messages}) as t(i), chat`,
  );
  const pass = "select count(*) filter (where has_word(text, 'any1')) from said";
  const all = "select count(*) filter (where may_say(text)) from said";
  const ratios: number[] = [];
  const speeds: number[] = [];
  for (let run = 0; run < runs; run++) {
    const [floor, own] = [await seconds(database, pass), await seconds(database, all)];
    ratios.push(own / floor);
    speeds.push(messages / own / 1e6);
  }
  database.close();
  return [
    {
      what: `Words of every label looked for in ${messages.toLocaleString("en-US")} messages, against one pass with one alternation`,
      value: `${median(ratios).toFixed(2)} × (${median(speeds).toFixed(2)} M messages/s)`,
      goal: "3 M messages/s",
    },
  ];
}
