import { strFromU8, unzipSync } from "fflate";
import type { Page } from "playwright-core";
import { change, shownDelta, shownValue } from "../../src/review/format.ts";
import type { KpiLine, Review } from "../../src/review/types.ts";

const unsigned = (text: string) => text.replace(/^[+−]/, "");

/** Every figure of the weekly page that is not what the API says, as "where: shown, wanted". */
export async function figuresThatDiffer(page: Page, review: Review): Promise<string[]> {
  const wrong: string[] = [];
  const check = (where: string, shown: string, ...wanted: string[]) => {
    for (const one of wanted)
      if (!shown.includes(one)) wrong.push(`${where}: ${shown.slice(0, 200)}, wanted ${one}`);
  };
  const text = async (selector: string) =>
    ((await page.locator(selector).first().textContent()) ?? "").replace(/\s+/g, " ");
  for (const kpi of review.kpis) {
    const card = await text(`#kpi-${kpi.id}`);
    check(`card ${kpi.id}`, card, shownValue(kpi.value, kpi.unit));
    // Where there is no week before, the word of the verdict says so.
    const before = kpi.previous?.value ?? null;
    if (before !== null) check(`week before of ${kpi.id}`, card, shownValue(before, kpi.unit));
    if (kpi.delta !== null) check(`change of ${kpi.id}`, card, unsigned(shownDelta(kpi.delta, kpi.unit)));
    if (kpi.denominator !== null)
      check(
        `parts of ${kpi.id}`,
        card,
        `${kpi.unit === "money" ? shownValue(kpi.numerator, "money") : grouped(kpi.numerator)} / ${grouped(kpi.denominator)}`,
      );
  }
  const shown = await page.getAttribute("#why .chart[data-kpi]", "data-kpi");
  const kpi = review.kpis.find(({ id }) => id === shown);
  if (!kpi) return [...wrong, "no KPI is explained"];
  const rows = await page
    .locator("#why table.groups tbody tr")
    .evaluateAll((list) => list.map((row) => row.textContent ?? ""));
  // In its own view a group's line is the card above.
  const isOwn = review.group !== "*" && review.groups.length === 1;
  if (isOwn && rows.length > 0) wrong.push("a table of one group");
  for (const { name, kpis } of isOwn ? [] : review.groups) {
    const line = kpis[kpi.id];
    const row = rows.find((one) => one.startsWith(name)) ?? "";
    if (line)
      check(
        `group ${name}`,
        row,
        shownValue(line.value, kpi.unit),
        shownValue(line.previous?.value ?? null, kpi.unit),
      );
  }
  const causes = review.decomposition[kpi.id]?.causes ?? [];
  if (causes.length > 0) {
    const likely = causes.filter(({ confidence }) => confidence !== "low");
    check(
      "causes",
      await text("#causes"),
      ...(likely.length > 0 ? likely : causes).map((one) => one.text.zh),
    );
  }
  for (const { segment, persons, previous } of review.segments.stock) {
    const cells = await text(`#segments .stocks li:has(.tier-${segment})`);
    check(`segment ${segment}`, cells, grouped(persons), shownDelta(change(persons, previous), "count"));
  }
  const people = await page
    .locator("#dormant tbody tr")
    .evaluateAll((list) => list.map((row) => row.textContent ?? ""));
  for (const [at, one] of people.entries()) {
    const row = review.dormant.rows[at];
    if (row) check(`list, row ${at}`, one, shownValue(row.value, "money"), ...row.groups);
  }
  check(
    "list",
    await text("#dormant .chips"),
    grouped(review.dormant.total),
    ...Object.values(review.dormant.why).map(grouped),
  );
  return wrong;
}

/** The waterfall as printed: what each group adds, and the total below it. In hundredths of a point. */
export async function printedContributions(
  page: Page,
): Promise<{ parts: number[]; total: number; split: number[] }> {
  const cells = await page
    .locator("#why .why .card:first-child details.data tbody tr")
    .evaluateAll((list) => list.map((row) => row.querySelectorAll("td")[1]?.textContent ?? ""));
  const numbers = cells.map(hundredths);
  const split = await page
    .locator("#why .split dd:not(.sub)")
    .evaluateAll((list) => list.map((one) => one.textContent ?? ""));
  return { parts: numbers.slice(0, -1), total: numbers.at(-1) ?? Number.NaN, split: split.map(hundredths) };
}

function hundredths(text: string): number {
  return Math.round(Number(text.replace("−", "-").replace(/[^\d.-]/g, "")) * 100);
}

/** Figures of a workbook's sheets that the review does not have: KPI values and changes, and those of the groups. */
export function cellsThatDiffer(workbook: Uint8Array, review: Review): string[] {
  const files = unzipSync(workbook);
  const names = [...strFromU8(files["xl/workbook.xml"] as Uint8Array).matchAll(/<sheet name="([^"]*)"/g)];
  const sheet = (name: string) => {
    const at = names.findIndex(([, one]) => one === name);
    return rowsOf(strFromU8(files[`xl/worksheets/sheet${at + 1}.xml`] as Uint8Array));
  };
  const wrong: string[] = [];
  const kpis = new Map(sheet("关键指标").map((row) => [row[0], row]));
  for (const kpi of review.kpis) {
    const row = kpis.get(kpi.id) ?? [];
    const wanted = [kpi.value, kpi.previous?.value ?? null, points(kpi), kpi.numerator, kpi.denominator];
    if (JSON.stringify(row.slice(2, 7)) !== JSON.stringify(wanted.map(cell)))
      wrong.push(`${kpi.id}: ${JSON.stringify(row)}, wanted ${JSON.stringify(wanted)}`);
  }
  const groups = sheet("各群").slice(1);
  const lines = review.groups.flatMap((group) => review.kpis.flatMap(({ id }) => group.kpis[id] ?? []));
  if (groups.length !== lines.length) wrong.push(`${groups.length} lines of groups, wanted ${lines.length}`);
  for (const [at, line] of lines.entries())
    if (groups[at]?.[3] !== cell(line.value))
      wrong.push(`groups, row ${at}: ${groups[at]?.[3]}, wanted ${line.value}`);
  return wrong;
}

function points({ delta, unit }: KpiLine): number | null {
  return delta === null ? null : unit === "ratio" ? delta * 100 : delta;
}

function cell(value: number | null): string {
  return value === null ? "" : String(value);
}

function rowsOf(xml: string): string[][] {
  return [...xml.matchAll(/<row>(.*?)<\/row>/g)].map(([, row = ""]) =>
    [...row.matchAll(/<c\/>|<c[^>]*>(?:<v>([^<]*)<\/v>|<is><t[^>]*>([^<]*)<\/t><\/is>)<\/c>/g)].map(
      ([, number, words]) => number ?? words ?? "",
    ),
  );
}

function grouped(value: number | null): string {
  return (value ?? 0).toLocaleString("en-US", { maximumFractionDigits: 2 });
}
