import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importers } from "../pipelines/index.ts";
import { importerOf } from "../src/commands/column-maps.ts";
import { parseConfig } from "../src/config.ts";
import { importFile } from "../src/ingest/import-file.ts";
import { ImportSession } from "../src/ingest/session.ts";
import type { Importer } from "../src/kit/importer.ts";
import { build } from "../src/warehouse/build.ts";
import { readCatalog } from "../src/warehouse/catalog.ts";
import { Database } from "../src/warehouse/database.ts";
import { generationPath } from "../src/warehouse/publish.ts";
import { emptyWorkspace } from "./import.ts";

/** A table of purchases in four columns, read by a map that could as well stand in fupan.yaml. */
const MAP = `tables:
  - id: purchases
    kind: order
    columns: { order_id: row, buyer_id: customer, paid_at: day, amount: dollars }
    defaults: { shop_id: cdnow }
`;

export function purchasesImporter(): Importer[] {
  return parseConfig(MAP, "fupan.yaml").tables.map((one) => importerOf(one, importers));
}

export interface Repurchase {
  buyers: number;
  /** Buyers with two or more orders, and with two or more days of orders. */
  byRows: number;
  byDays: number;
  /** Days → buyers who bought again on another day within them; every buyer was observed that long. */
  within: Record<number, number>;
}

/** Reads what the marts and the KPIs of the last generation say. */
export async function repurchaseOf(generation: string): Promise<Repurchase> {
  const database = await Database.open(generation, { readOnly: true });
  try {
    const rows = await database.one(
      "select count(*) as buyers, count(*) filter (n > 1) as twice from (select person_id, count(*) as n from marts.orders where is_counted group by person_id)",
    );
    const days = await database.one(
      "select numerator, denominator from report.kpi_weekly where kpi = 'repurchase_cumulative' and group_id = '*' and segment = '*' order by week desc limit 1",
    );
    if (days["denominator"] !== rows["buyers"]) throw new Error("the KPI counts other buyers");
    const cohorts = await database.all(
      "select replace(replace(kpi, 'repurchase_', ''), 'd', '')::integer as days, sum(numerator) as n from report.kpi_weekly where kpi in ('repurchase_30d', 'repurchase_60d', 'repurchase_90d') and group_id = '*' and segment = '*' group by kpi order by days",
    );
    return {
      buyers: Number(rows["buyers"]),
      byRows: Number(rows["twice"]),
      byDays: Number(days["numerator"]),
      within: Object.fromEntries(cohorts.map((row) => [Number(row["days"]), Number(row["n"])])),
    };
  } finally {
    database.close();
  }
}

/**
 * The raw file of CDNOW (blank-aligned: customer, day, CDs, dollars; the sample has a second id in front). Two changes:
 * the years are 28 later, where the calendar is the same, since dates before 2000 are refused as zeros; and each
 * amount is a cent higher, since an order of nothing is no order here and the published counts keep them.
 */
export async function cdnowTable(path: string): Promise<void> {
  const lines = readFileSync(path, "utf8")
    .split(/\r?\n/)
    .map((line) => line.trim().split(/\s+/))
    .filter((cells) => /^\d+$/.test(cells[0] ?? ""));
  const orders = lines.map((cells, row) => {
    const [customer = "", day = "", , dollars = ""] = cells.slice(-4);
    const moved = `${Number(day.slice(0, 4)) + 28}-${day.slice(4, 6)}-${day.slice(6)}`;
    return `${row},${customer},${moved} 12:00:00,${(Number(dollars) + 0.01).toFixed(2)}`;
  });
  const customers = [...new Set(lines.map((cells) => cells.at(-4)))];
  const root = mkdtempSync(join(tmpdir(), "fupan-bench-"));
  try {
    const { workspace, state } = await emptyWorkspace(root);
    const files = {
      "orders.csv": ["row,customer,day,dollars", ...orders],
      "members.csv": [
        "group_id,member_id,joined_at,left_at",
        ...customers.map((customer) => `g,${customer},2024-12-01 00:00:00,`),
      ],
    };
    const session = await ImportSession.open(workspace, state);
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(root, name), content.join("\n"));
      const all = [...importers, ...purchasesImporter()];
      const told = await importFile(join(root, name), all, session, { now: new Date("2026-12-01") });
      console.log(`${name}: ${told.read} rows, ${told.rejected} rejected`);
    }
    await session.flush();
    session.close();
    const catalog = { ...readCatalog(new URL("../sql", import.meta.url).pathname), rules: [] };
    const { generation } = await build(workspace, state, catalog, {
      asOf: "2026-07-01T00:00:00",
      now: new Date("2026-12-01"),
    });
    const found = await repurchaseOf(generationPath(workspace.marts, generation));
    const share = (n: number) => `${n} (${((100 * n) / found.buyers).toFixed(2)} %)`;
    console.log(
      `buyers ${found.buyers}; two or more rows ${share(found.byRows)}, days ${share(found.byDays)}`,
    );
    for (const [days, n] of Object.entries(found.within))
      console.log(`again within ${days} days ${share(n)}`);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
