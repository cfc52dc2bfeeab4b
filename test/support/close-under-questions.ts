/*
 * Closes databases under questions that still run, again and again, and prints what became of the questions. A process
 * of its own: freeing what a thread is at work on ends the whole process.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Database } from "../../src/warehouse/database.ts";

const ROUNDS = 80;
const folder = mkdtempSync(join(tmpdir(), "fupan-closing-"));
const path = join(folder, "t.duckdb");
/** Longer in the planning than in the work: a connection may be closed under either. */
const steps = Array.from(
  { length: 8 },
  (_, at) => `c${at} as (select g, count(*) as n from ${at === 0 ? "t" : `c${at - 1}`} group by g)`,
);
const QUESTION = `with ${steps.join(", ")} select * from c7 join t using (g) order by all limit 50`;

const told = { answered: 0, refused: 0, other: [] as string[] };
const asked: Promise<unknown>[] = [];
for (let round = 0; round < ROUNDS; round++) {
  // Written and read by turns: whoever opens it otherwise waits for those who still have it.
  const isReader = round % 2 === 1;
  const database = await Database.open(
    path,
    isReader ? { readOnly: true, limits: { ms: 10_000, rows: 1000 } } : {},
  );
  if (round === 0) await database.run("create table t as select i % 7 as g, i from range(20000) as r (i)");
  for (let at = 0; at < 5; at++)
    asked.push(
      database.all(QUESTION).then(
        () => told.answered++,
        (error: unknown) => {
          const text = String(error);
          if (/interrupt|closed/i.test(text)) told.refused++;
          else told.other.push(text);
        },
      ),
    );
  await wait((round * 7) % 40);
  database.close();
}
await Promise.all(asked);
rmSync(folder, { recursive: true });
console.log(JSON.stringify({ ...told, asked: asked.length }));
