import type { Config } from "../config.ts";
import type { ImportEntry } from "../state/ledger.ts";
import type { Catalog } from "./catalog.ts";
import type { Database } from "./database.ts";

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
       $timezone::varchar as timezone, $currency::varchar as currency, $community::varchar as community`,
    {
      generation: made.generation,
      asOf: made.asOf,
      now: made.now.toISOString().replace("Z", ""),
      timezone: config.timezone,
      currency: config.currency,
      community: config.community,
    },
  );
  await database.run(
    `create table generation.report.kpis (kpi varchar, title_zh varchar, title_en varchar, description_zh varchar, description_en varchar,
       unit varchar, good varchar, min_denominator integer, target double, variant_of varchar)`,
  );
  for (const { id, header } of catalog.kpis) {
    await database.run(
      "insert into generation.report.kpis values ($id, $zh, $en, $dzh, $den, $unit, $good, $min, $target, $variantOf)",
      {
        id,
        zh: header.title.zh,
        en: header.title.en,
        dzh: header.description.zh,
        den: header.description.en,
        unit: header.unit,
        good: header.good,
        min: header.minDenominator,
        target: config.targets[id] ?? null,
        variantOf: header.variantOf ?? null,
      },
    );
  }
  await database.run(
    `create table generation.report.imports (import_id bigint, file_name varchar, importer varchar, kind varchar, encoding varchar, read bigint,
       accepted bigint, duplicate bigint, rejected bigint, from_at timestamp, to_at timestamp, imported_at timestamp)`,
  );
  for (const one of imports) {
    await database.run(
      `insert into generation.report.imports values ($id, $fileName, $importer, $kind, $encoding, $read, $accepted, $duplicate, $rejected,
         $from::timestamp, $to::timestamp, $importedAt::timestamp)`,
      {
        id: one.id,
        fileName: one.fileName,
        importer: one.importer,
        kind: one.kind,
        encoding: one.encoding,
        read: one.read,
        accepted: one.accepted,
        duplicate: one.duplicate,
        rejected: one.rejected,
        from: one.from,
        to: one.to,
        importedAt: one.importedAt,
      },
    );
  }
}
