import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { GenerationReader } from "../../src/review/reader.ts";
import { UnusableError } from "../../src/state/damage.ts";
import { Database } from "../../src/warehouse/database.ts";
import { LimitError } from "../../src/warehouse/lanes.ts";
import { publish } from "../../src/warehouse/publish.ts";

let marts: string;
beforeEach(() => {
  marts = join(mkdtempSync(join(tmpdir(), "fupan-generations-")), "marts");
  mkdirSync(marts);
});
afterEach(() => rmSync(join(marts, ".."), { recursive: true, force: true }));

/** A generation that says which it is. @returns what publishes it, the way a build does. */
async function draftOne(generation: string): Promise<() => void> {
  const draft = join(marts, `draft-${generation}.tmp`);
  const database = await Database.open(draft, { threads: 1 });
  await database.run(`create table one as select '${generation}' as generation from range(1000)`);
  await database.run("checkpoint");
  database.close();
  return () => publish(marts, draft, { generation, sha256: "", bytes: 0, asOf: "", parts: 0 });
}

async function publishOne(generation: string): Promise<void> {
  (await draftOne(generation))();
}

test("20 publications under 10 readers: each reads one generation, and none fails", async () => {
  await publishOne("g0");
  const reader = new GenerationReader(marts, { ms: 10_000, rows: 5000 });
  const seen = new Set<string>();
  const mixed: string[][] = [];
  let isDone: boolean = false;
  const readers = Array.from({ length: 10 }, async (_, at) => {
    // Everyone reads once more after the last publication, however slow the machine is.
    for (let round = 0, isLast = false; !isLast; round++) {
      isLast = isDone;
      const read = await reader.read(async (database, pointer) => {
        const ask = async (nth: number) =>
          String(
            (await database.one("select any_value(generation) as g from one where $n >= 0", { n: nth }))["g"],
          );
        const first = await ask(round);
        await wait(at % 3);
        return [pointer.generation, first, ...(await Promise.all([ask(round + 1), ask(round + 2)]))];
      });
      if (!read) throw new Error("nothing to read");
      if (new Set(read).size > 1) mixed.push(read);
      seen.add(read[0] ?? "");
    }
  });
  for (let at = 1; at <= 20; at++) {
    await publishOne(`g${at}`);
    // Twice at once now and then: the file that a reader is about to open is gone by then.
    if (at % 3 !== 0) await wait(15);
  }
  await wait(30);
  isDone = true;
  await Promise.all(readers);
  reader.close();
  expect(mixed).toEqual([]);
  expect(seen.size).toBeGreaterThan(10);
  expect(seen).toContain("g20");
});

test("a file that two publications took away between the pointer and the opening is not missed", async () => {
  await publishOne("g0");
  const [one, two] = [await draftOne("g1"), await draftOne("g2")];
  const reader = new GenerationReader(marts);
  const first = reader.read(async (_database, { generation }) => generation);
  one();
  two();
  expect(["g0", "g2"]).toContain(await first);
  expect(await reader.read(async (_database, { generation }) => generation)).toBe("g2");
  reader.close();
});

test("a generation with a log beside it is not read: the log may be another file's", async () => {
  await publishOne("g0");
  const reader = new GenerationReader(marts);
  const log = join(marts, "marts-g0.duckdb.wal");
  writeFileSync(log, "");
  await expect(reader.read(async () => "read")).rejects.toThrow("write-ahead log");
  rmSync(log);
  expect(await reader.read(async () => "read")).toBe("read");
  reader.close();
});

test.each<[string, (file: string) => void]>([
  ["that is gone", (file) => rmSync(file)],
  ["that is empty", (file) => truncateSync(file, 0)],
  ["that was cut", (file) => truncateSync(file, 20_000)],
  ["with other bytes at its head", (file) => overwrite(file, 0)],
  ["with other bytes in its rows", (file) => overwrite(file, 3 * 4096)],
])("a generation %s is told in words, with the way out", async (_what, damage) => {
  await publishOne("g0");
  damage(join(marts, "marts-g0.duckdb"));
  const reader = new GenerationReader(marts);
  const all = (database: Database) => database.all("select generation, count(*) from one group by all");
  const error = await reader.read(all).catch((found: unknown) => found);
  expect(error).toBeInstanceOf(UnusableError);
  expect((error as UnusableError).in("zh")).toMatch(/marts-g0\.duckdb .*\n {2}运行 fupan build/);
  await publishOne("g1");
  expect(await reader.read(all)).toHaveLength(1);
  reader.close();
});

function overwrite(path: string, from: number): void {
  const bytes = readFileSync(path);
  bytes.fill(0xa5, from, Math.min(bytes.length, from + 300_000));
  writeFileSync(path, bytes);
}

test("closing during an opening leaves nothing open", async () => {
  await publishOne("g0");
  const reader = new GenerationReader(marts);
  const reading = reader.read(async () => "read");
  reader.close();
  expect(await reading).toBeNull();
  // A handle for writing is refused while any for reading is left.
  const database = await Database.open(join(marts, "marts-g0.duckdb"));
  database.close();
});

test("a question that takes too long is ended, and only that one", async () => {
  await publishOne("g0");
  const reader = new GenerationReader(marts, { ms: 300, rows: 5000 });
  const answers = await reader.read(async (database) => {
    const slow = database.all("select sum(a.range * b.range) as n from range(300000) a, range(300000) b");
    const quick = Array.from({ length: 20 }, (_, n) => database.one("select $n + 1 as n", { n }));
    const ended = await slow.catch((error: unknown) => error);
    return { ended, quick: (await Promise.all(quick)).map(({ n }) => Number(n)) };
  });
  expect(answers?.ended).toBeInstanceOf(LimitError);
  expect(answers?.ended).toMatchObject({ status: 503 });
  expect(answers?.quick).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  reader.close();
});

test("an answer with too many rows is refused, one with just as many is not", async () => {
  await publishOne("g0");
  const reader = new GenerationReader(marts, { ms: 10_000, rows: 1000 });
  await reader.read(async (database) => {
    expect(await database.all("select * from one")).toHaveLength(1000);
    await expect(database.all("from range(1001)")).rejects.toThrow("more than 1000 rows");
    expect(await database.all("from range(3)")).toHaveLength(3);
  });
  reader.close();
});

test("slow questions to two generations leave a thread for files", async () => {
  await publishOne("g0");
  const readers = [0, 1].map(() => new GenerationReader(marts, { ms: 1500, rows: 10 }));
  const began = performance.now();
  const slow = readers.flatMap((reader) =>
    Array.from({ length: 3 }, (_, n) =>
      reader
        .read((database) =>
          database.one(`select sum(a.range * b.range + ${n}) as n from range(300000) a, range(300000) b`),
        )
        .catch((error: unknown) => error),
    ),
  );
  // Until three of them run.
  await wait(300);
  await readFile(new URL(import.meta.url));
  expect(performance.now() - began).toBeLessThan(1400);
  expect(await Promise.all(slow)).toEqual(Array(6).fill(expect.any(LimitError)));
  for (const reader of readers) reader.close();
});

test("the server's engine sees its generation and no file, extension or setting", async () => {
  await publishOne("g0");
  const outside = join(marts, "outside.csv");
  const reader = new GenerationReader(marts, { ms: 10_000, rows: 1000 });
  const file = new URL(import.meta.url).pathname;
  const refused = [
    `from read_csv('${file}')`,
    `from read_text('${file}')`,
    `from '${outside}'`,
    `from glob('${marts}/*')`,
    `copy one to '${outside}'`,
    `copy one to '${outside}' (use_tmp_file false)`,
    `attach '${outside}' as other`,
    `export database '${marts}/exported'`,
    "install httpfs",
    "load httpfs",
    `load '${file}'`,
    "create secret s (type s3, key_id 'x', secret 'y')",
    "set memory_limit = '100GB'",
    "set threads = 64",
    "set enable_external_access = true",
    "set timezone = 'Asia/Shanghai'",
    "set lock_configuration = false",
    "insert into one values ('g1')",
    "drop table one",
    "create table two as from one",
  ];
  await reader.read(async (database) => {
    for (const sql of refused)
      await expect(database.all(sql), sql).rejects.toThrow(
        /Permission Error|configuration has been locked|read-only|Cannot change|disabled/,
      );
    expect(await database.one("select count(*) as n from one")).toEqual({ n: 1000 });
    expect(await database.one("select current_setting('TimeZone') as zone")).toEqual({ zone: "UTC" });
  });
  expect(existsSync(outside)).toBe(false);
  reader.close();
});
