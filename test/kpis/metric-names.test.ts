import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { whyName } from "../../src/review/words.ts";
import { type Catalog, readCatalog } from "../../src/warehouse/catalog.ts";
import { SQL_ROOT } from "../support/community.ts";

const names = z.array(z.string());
const NAMES = z
  .strictObject({
    kpis: z.record(z.string(), z.tuple([z.string(), z.string(), z.number()])),
    counts: names,
    reported: names,
    columns: z.record(z.string(), names),
    segments: names,
    list: z.record(z.string(), z.string()),
    why: names,
    reason_sources: names,
    unknown_reason: z.string(),
    reasons: names,
  })
  .parse(parse(readFileSync(new URL("../../fixtures/metrics.yaml", import.meta.url), "utf8")));

/** What the list of names asks for and the project does not have, or has otherwise. */
function lacking({ kpis, marts, queries, seeds, macros }: Catalog): string[] {
  const header = (id: string) => kpis.find((one) => one.id === id)?.header;
  const sqlOf = (list: readonly { id: string; sql: string }[], id: string) =>
    list.find((one) => one.id === id)?.sql ?? "";
  const seed = (name: string) => readFileSync(seeds.find((one) => one.name === name)?.path ?? "", "utf8");
  const [list, reasons] = [sqlOf(queries, "segment_list"), seed("churn_reason_titles").split("\n")];
  const says = (sql: string, name: string) => new RegExp(`'${name}'`).test(sql);
  return [
    ...Object.entries(NAMES.kpis).flatMap(([id, [unit, good, fewest]]) => {
      const own = header(id);
      const same = own?.unit === unit && own.good === good && own.minDenominator === fewest;
      return own && same ? [] : [`KPI ${id}: ${unit}, ${good}, ${fewest}`];
    }),
    ...NAMES.counts.filter((id) => !header(id)).map((id) => `KPI ${id}`),
    ...NAMES.reported
      .filter((id) => !header(`${id}_reported`)?.asReported || header(`${id}_reported`)?.variantOf !== id)
      .map((id) => `as reported: ${id}`),
    ...Object.entries(NAMES.columns).flatMap(([mart, columns]) => {
      const known = Object.keys(marts.find(({ id }) => id === mart)?.header.columns ?? {});
      return columns.filter((column) => !known.includes(column)).map((column) => `marts.${mart}.${column}`);
    }),
    ...NAMES.segments.filter((one) => !says(macros.join("\n"), one)).map((one) => `segment ${one}`),
    ...Object.entries(NAMES.list)
      .filter(([, column]) => !new RegExp(`\\b${column}\\b`).test(list))
      .map(([what]) => `list: ${what}`),
    ...NAMES.why.filter((one) => !says(list, one) || whyName(one, "zh") === one).map((one) => `why ${one}`),
    ...NAMES.reason_sources
      .filter((one) => !says(sqlOf(marts, "churn_reasons"), one))
      .map((one) => `reasons ${one}`),
    ...[...NAMES.reasons, NAMES.unknown_reason]
      .filter((one) => !reasons.some((line) => line.startsWith(`${one},`)))
      .map((one) => `reason ${one}`),
  ];
}

test("every name of the metrics' definitions is there, with its unit, its good side and its least number", () => {
  expect(lacking(readCatalog(SQL_ROOT))).toEqual([]);
});

test("a name that is gone, and a least number that was changed, are found", () => {
  const whole = readCatalog(SQL_ROOT);
  const planted: Catalog = {
    ...whole,
    kpis: whole.kpis
      .filter(({ id }) => id !== "talk_gini" && id !== "orders_reported")
      .map((one) =>
        one.id === "churn_rate" ? { ...one, header: { ...one.header, minDenominator: 5 } } : one,
      ),
    marts: whole.marts.filter(({ id }) => id !== "segment_flows"),
    macros: whole.macros.map((macro) => macro.replaceAll("'dormant'", "'asleep'")),
  };
  expect(lacking(planted)).toEqual([
    "KPI churn_rate: ratio, down, 30",
    "KPI talk_gini",
    "as reported: orders",
    ...["week", "from", "to", "persons"].map((column) => `marts.segment_flows.${column}`),
    "segment dormant",
  ]);
});
