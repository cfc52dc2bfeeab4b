import type { Config } from "../config.ts";
import type { ImportEntry } from "../state/ledger.ts";
import type { Catalog } from "./catalog.ts";
import { createTable } from "./create-table.ts";
import { type Database, literal } from "./database.ts";

interface Made {
  generation: string;
  asOf: string;
  now: Date;
}

/** What the readers of a generation need beside the KPIs, so that they never open the state or the configuration. */
export async function createReportTables(
  database: Database,
  config: Config,
  catalog: Catalog,
  imports: readonly (ImportEntry & { id: number; importedAt: string })[],
  made: Made,
): Promise<void> {
  await database.run(
    `create table generation.report.about as select $generation::varchar as generation, $asOf::timestamp as as_of, $now::timestamp as generated_at,
       $timezone::varchar as timezone, $currency::varchar as currency, $community::varchar as community, $models::varchar as models`,
    {
      generation: made.generation,
      asOf: made.asOf,
      now: made.now.toISOString().replace("Z", ""),
      timezone: config.timezone,
      currency: config.currency,
      community: config.community,
      models: catalog.models,
    },
  );
  await createTable(
    database,
    "generation.report.kpis",
    {
      kpi: "varchar",
      title_zh: "varchar",
      title_en: "varchar",
      description_zh: "varchar",
      description_en: "varchar",
      unit: "varchar",
      good: "varchar",
      min_denominator: "integer",
      of_zh: "varchar",
      of_en: "varchar",
      target: "double",
      variant_of: "varchar",
      observed_days: "integer",
      settle_days: "integer",
      shown_with: "varchar",
      as_reported: "boolean",
    },
    catalog.kpis.map(({ id, header }) => ({
      kpi: id,
      title_zh: header.title.zh,
      title_en: header.title.en,
      description_zh: header.description.zh,
      description_en: header.description.en,
      unit: header.unit,
      good: header.good,
      min_denominator: header.minDenominator,
      of_zh: header.of?.zh,
      of_en: header.of?.en,
      target: config.targets[id],
      variant_of: header.variantOf,
      observed_days: header.observedDays,
      settle_days: header.settledAfter,
      shown_with: header.shownWith,
      as_reported: header.asReported,
    })),
  );
  await createTable(
    database,
    "generation.report.imports",
    {
      import_id: "bigint",
      sha256: "varchar",
      file_name: "varchar",
      importer: "varchar",
      kind: "varchar",
      encoding: "varchar",
      read: "bigint",
      accepted: "bigint",
      duplicate: "bigint",
      rejected: "bigint",
      from_at: "timestamp",
      to_at: "timestamp",
      imported_at: "timestamp",
    },
    imports.map((one) => ({
      import_id: one.id,
      sha256: one.sha256,
      file_name: one.fileName,
      importer: one.importer,
      kind: one.kind,
      encoding: one.encoding,
      read: one.read,
      accepted: one.accepted,
      duplicate: one.duplicate,
      rejected: one.rejected,
      from_at: one.from,
      to_at: one.to,
      imported_at: one.importedAt,
    })),
  );
}

/** `report.rejects`: rows that were refused, by file, reason and column, with the first lines. Never what they say. */
export async function createRejects(database: Database, paths: readonly string[]): Promise<void> {
  await database.run(
    `create table generation.report.rejects (sha256 varchar, code varchar, column_name varchar, "rows" bigint, lines bigint[])`,
  );
  if (paths.length === 0) return;
  await database.run(
    `insert into generation.report.rejects
     select sha256, code, column_name, count(*), min(line, 3)
     from read_parquet([${paths.map(literal).join(", ")}], hive_partitioning = false, union_by_name = true) group by all`,
  );
}
