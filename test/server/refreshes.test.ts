import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listen } from "../../src/server/listen.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath, type Pointer, publish, readPointer } from "../../src/warehouse/publish.ts";
import { type Served, serveSmall } from "./served.ts";

const REFRESHES = 20;
const READERS = 10;

let served: Served;
let server: Awaited<ReturnType<typeof listen>>;
beforeAll(async () => {
  served = await serveSmall();
  server = await listen(served.app, { host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  served.close();
});

/** Publishes a copy of the first generation in which every group is called after `mark`, and every KPI is `mark`. */
async function refresh(first: Pointer, mark: number): Promise<void> {
  const { marts } = served.community.workspace;
  const draft = join(marts, `draft-${process.pid}.tmp`);
  copyFileSync(original, draft);
  const database = await Database.open(draft, { threads: 1 });
  await database.run("update marts.groups set name = $name", { name: markOf(mark) });
  await database.run("update report.kpi_weekly set numerator = $mark", { mark });
  await database.run("checkpoint");
  database.close();
  const sha256 = createHash("sha256").update(readFileSync(draft)).digest("hex");
  publish(marts, draft, { ...first, generation: `g-${mark}`, sha256, bytes: statSync(draft).size });
}

let original = "";
const markOf = (mark: number) => `第${mark}代`;
/** The generations that an answer speaks of. */
const spokenOf = (text: string) => [
  ...new Set([...text.matchAll(/第(\d+)代/g)].map(([, mark]) => Number(mark))),
];

test("twenty refreshes under ten readers: every answer is of one generation", async () => {
  const { marts } = served.community.workspace;
  const first = readPointer(marts);
  if (!first) throw new Error("nothing is published");
  original = join(served.community.root, "first.duckdb");
  copyFileSync(generationPath(marts, first.generation), original);
  await refresh(first, 0);

  const end = new AbortController();
  const seen = new Map<number, number>();
  const wrong: string[] = [];
  const read = async (path: string): Promise<void> => {
    while (!end.signal.aborted) {
      const response = await fetch(`${server.url}${path}`);
      const body = await response.text();
      const mark = Number(response.headers.get("x-fupan-generation")?.slice(2));
      seen.set(mark, (seen.get(mark) ?? 0) + 1);
      const spoken = spokenOf(body);
      // The answer of the KPIs is rows of cells, the fifth of them the numerator.
      const rows = path.includes("kpis")
        ? (JSON.parse(body) as { rows: unknown[][] }).rows
        : [[0, 0, 0, 0, mark]];
      const figures = [...new Set(rows.map((row) => row[4]))];
      if (
        response.status !== 200 ||
        String(spoken.length ? spoken : [mark]) !== String([mark]) ||
        String(figures) !== String([mark])
      )
        wrong.push(`${path} ${response.status}: ${mark} says ${spoken} and ${figures}`);
    }
  };
  const paths = ["api/v1/review", "api/v1/kpis", "api/v1/review?group=g1"];
  const readers = Array.from({ length: READERS }, (_, at) => read(paths[at % paths.length] ?? ""));
  for (let mark = 1; mark <= REFRESHES; mark++) {
    await refresh(first, mark);
    // Until somebody has seen it: a refresh that nobody reads during proves nothing.
    while (!seen.has(mark)) await new Promise((done) => setTimeout(done, 20));
  }
  end.abort();
  await Promise.all(readers);
  expect(wrong).toEqual([]);
  expect([...seen.keys()].sort((a, b) => a - b)).toEqual(
    Array.from({ length: REFRESHES + 1 }, (_, at) => at),
  );
  // What would be told apart: an answer that is of two.
  expect(spokenOf(`${markOf(3)} ${markOf(4)}`)).toEqual([3, 4]);
});
