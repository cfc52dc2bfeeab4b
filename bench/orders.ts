import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeWorkbook } from "../src/report/workbook.ts";
import { Database, literal } from "../src/warehouse/database.ts";
import { emptyWorkspace, importAll } from "./import.ts";
import { importsAlone } from "./program.ts";
import { type Figure, median } from "./report.ts";

const COLUMNS: Readonly<Record<string, string>> = {
  订单号: "VARCHAR",
  订单状态: "VARCHAR",
  订单创建时间: "TIMESTAMP",
  买家付款时间: "TIMESTAMP",
  交易成功时间: "TIMESTAMP",
  商品金额合计: "DECIMAL(18, 2)",
  订单实付金额: "DECIMAL(18, 2)",
  订单已退款金额: "DECIMAL(18, 2)",
  全部商品名称: "VARCHAR",
  买家昵称: "VARCHAR",
  买家手机号: "VARCHAR",
  "收货人手机号/提货人手机号": "VARCHAR",
};
const NAMES = Object.keys(COLUMNS);

/** Invented orders of a shop: a buyer buys five times on average, one order in forty is paid back. */
export function rows(count: number): string {
  const at = "timestamp '2025-11-01' + to_seconds((i * 15) % 33000000)";
  const buyer = `(i * 7919) % ${Math.max(1, Math.floor(count / 5))}`;
  return `select 'E2025' || lpad(i::varchar, 19, '0') as "${NAMES[0]}",
    if(i % 40 = 0, '交易关闭', if(i % 9 = 0, '已发货', '交易完成')) as "${NAMES[1]}",
    ${at} as "${NAMES[2]}", ${at} + interval 1 minute as "${NAMES[3]}", ${at} + interval 9 day as "${NAMES[4]}",
    (10 + i % 300)::decimal(18, 2) as "${NAMES[5]}", (9 + i % 300)::decimal(18, 2) as "${NAMES[6]}",
    if(i % 40 = 0, 9 + i % 300, 0)::decimal(18, 2) as "${NAMES[7]}",
    '明前龙井 ' || (i % 90) || ' 克，手工炒制' as "${NAMES[8]}", '茶友' || ${buyer} as "${NAMES[9]}",
    '199' || lpad((${buyer})::varchar, 8, '0') as "${NAMES[10]}", '198' || lpad((i % 99991)::varchar, 8, '0') as "${NAMES[11]}"
    from range(${count}) as t (i)`;
}

async function writeCsv(utf8: string, gb: string, count: number): Promise<void> {
  const database = await Database.open(":memory:");
  await database.run(`copy (${rows(count)}) to ${literal(utf8)} (format csv, header)`);
  database.close();
  execFileSync("iconv", ["-f", "UTF-8", "-t", "GB18030", "-o", gb, utf8]);
}

/** What DuckDB alone needs for the same rows in UTF-8, in milliseconds. */
async function floor(utf8: string, target: string): Promise<number> {
  const database = await Database.open(":memory:");
  const columns = Object.entries(COLUMNS).map(([column, type]) => `${literal(column)}: ${literal(type)}`);
  const start = performance.now();
  await database.run(
    `copy (select * from read_csv(${literal(utf8)}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
       columns = {${columns.join(", ")}})) to ${literal(target)} (format parquet, compression zstd)`,
  );
  database.close();
  return performance.now() - start;
}

/** Milliseconds of all cores together: what a busy machine does not change. */
async function work<T>(of: () => Promise<T>): Promise<{ result: T; cpu: number }> {
  const before = process.cpuUsage();
  const result = await of();
  const { user, system } = process.cpuUsage(before);
  return { result, cpu: (user + system) / 1000 };
}

async function imported(file: string): Promise<number> {
  const root = mkdtempSync(join(tmpdir(), "fupan-bench-"));
  try {
    const { workspace, state } = await emptyWorkspace(root);
    const start = performance.now();
    await importAll(workspace, state, [file]);
    return performance.now() - start;
  } finally {
    rmSync(root, { recursive: true });
  }
}

async function writeBook(path: string, count: number): Promise<void> {
  const database = await Database.open(":memory:");
  const found = await database.all(`select columns(*)::varchar from (${rows(count)})`);
  database.close();
  const heads = NAMES.map((title) => ({ title, kind: "text" as const }));
  const cells = found.map((row) => NAMES.map((column) => String(row[column])));
  writeFileSync(path, await writeWorkbook([{ name: "订单", heads, rows: cells }]));
}

/** Orders as a shop exports them: a GB18030 file against DuckDB's own reading, and a workbook. */
export async function orderBench(count: number, runs: number): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "fupan-bench-"));
  try {
    const [utf8, gb, book] = ["utf8.csv", "orders.csv", "orders.xlsx"].map((file) => join(folder, file)) as [
      string,
      string,
      string,
    ];
    await writeCsv(utf8, gb, count);
    const made: { ratio: number; cpu: number; seconds: number }[] = [];
    for (let run = 0; run < runs; run++) {
      const least = await work(() => floor(utf8, join(folder, "floor.parquet")));
      const spent = await work(() => imported(gb));
      const ratio = spent.result / least.result;
      made.push({ ratio, cpu: spent.cpu / least.cpu, seconds: spent.result / 1000 });
    }
    await writeBook(book, Math.min(50_000, count));
    const [workbook] = await importsAlone([book]);
    if (!workbook) throw new Error("nothing was measured");
    return [
      {
        what: `Import of ${count.toLocaleString("en-US")} orders (GB18030 CSV), against DuckDB's own copy of the file in UTF-8`,
        value: `${median(made.map(({ ratio }) => ratio)).toFixed(2)} × of time, ${median(made.map(({ cpu }) => cpu)).toFixed(2)} × of work (${median(made.map(({ seconds }) => seconds)).toFixed(1)} s)`,
        goal: "2 ×",
      },
      {
        what: "`fupan import` of a workbook of 50,000 orders, from start to end, and its peak memory",
        value: `${workbook.seconds.toFixed(1)} s, ${Math.round(workbook.peak * 1000)} MB`,
        goal: "5 s, 300 MB",
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const [, script, file] = process.argv;
if (script === new URL(import.meta.url).pathname) {
  for (const { what, value, goal } of await orderBench(Number(file ?? 2_000_000), 1))
    console.log(`${what}: ${value} (goal ${goal})`);
}
