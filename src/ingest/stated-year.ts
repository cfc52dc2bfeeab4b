import { canonicalHeader } from "../kit/evidence.ts";
import type { ColumnsImporter, Head, Importer } from "../kit/importer.ts";
import { csvRecords } from "./csv-records.ts";
import type { KindSpec } from "./kinds/kind.ts";
import type { Source } from "./source.ts";

/*
 * The year of days that are written without: as the user says it (--date), or as the title, the file's name and other days
 * of the table state it, where these agree. A title's full date is mostly the day of making, and says nothing.
 */
const TITLED = /(?<!\d)(20\d\d)\s?年(?:\s?(\d{1,2})\s?月(?!\s?\d))?(?!\s?\d{1,2}\s?月)/g;
const DAY = /(?<!\d)(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?\d{1,2}/g;

interface Stated {
  year: string;
  month: number | undefined;
}

/** For `option(…)`: the year, and the first and last month that it was stated with. Nothing where two are stated, or none. */
export async function statedYear(
  importer: Importer,
  { lasts }: KindSpec,
  source: Pick<Source, "text" | "name" | "workbook">,
  head: Head,
  headerRow: number,
  date: string | undefined,
): Promise<Record<string, string | undefined>> {
  if (!lasts || importer.form !== "columns") return {};
  const titles = [source.name, ...head.rows.slice(0, headerRow).map((row) => row.join(" "))];
  const found =
    date === undefined
      ? [
          ...titles.flatMap((title) => inText(title, TITLED)),
          ...(await inRows(importer, lasts, source, head, headerRow)),
        ]
      : [{ year: date.slice(0, 4), month: undefined }];
  const [year, second] = new Set(found.map((one) => one.year));
  if (year === undefined || second !== undefined) return {};
  const months = found.flatMap(({ month }) => month ?? []);
  // Whoever states the year alone means all its months.
  if (months.length < found.length) return { year };
  return { year, year_from: String(Math.min(...months)), year_to: String(Math.max(...months)) };
}

function inText(text: string, pattern: RegExp): Stated[] {
  return [...text.matchAll(pattern)].map(([, year = "", month]) => ({
    year,
    month: month === undefined ? undefined : Number(month),
  }));
}

async function inRows(
  { columns }: ColumnsImporter,
  lasts: NonNullable<KindSpec["lasts"]>,
  { text, workbook }: Pick<Source, "text" | "workbook">,
  { rows, delimiter }: Head,
  headerRow: number,
): Promise<Stated[]> {
  const names = [lasts.from, lasts.to].flatMap((one) => columns[one] ?? []).map(canonicalHeader);
  const places = (rows[headerRow] ?? []).flatMap((one, at) =>
    names.includes(canonicalHeader(one)) ? [at] : [],
  );
  const found: Stated[] = [];
  if (places.length === 0) return found;
  let row = 0;
  for await (const { fields } of csvRecords(text, delimiter, headerRow)) {
    if (row++ <= headerRow) continue;
    for (const at of places) found.push(...inText(dayOf(fields?.[at] ?? "", workbook?.isFrom1904), DAY));
  }
  return found;
}

/** A workbook holds days as numbers, counted from 1900 or 1904. */
function dayOf(cell: string, isFrom1904 = false): string {
  if (!/^[2-6]\d{4}(?:\.\d+)?$/.test(cell)) return cell;
  return new Date(
    Date.UTC(1899, 11, 30) + (Number(cell) + (isFrom1904 ? 1462 : 0)) * 86_400_000,
  ).toISOString();
}
