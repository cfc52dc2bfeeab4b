import type { Head, Importer } from "../kit/importer.ts";
import type { Text } from "../kit/say.ts";
import type { KindSpec } from "./kinds/kind.ts";
import type { Source } from "./source.ts";
import { timeCells, timePlaces } from "./time-cells.ts";

/*
 * The year of days that are written without: as the user says it (--date), or as the title, the file's name and other days
 * of the table state it, where these agree. A title's full date is mostly the day of making, and says nothing.
 */
const TITLED = /(?<!\d)(20\d\d)\s?年(?:\s?(\d{1,2})\s?月(?!\s?\d))?(?!\s?\d{1,2}\s?月)/g;
/** A day without its year, as a cell. 11.3 is a number to most programs. */
const YEARLESS = /^\d{1,2}\s?(?:月\s?\d{1,2}\s?[日号]?|[-/]\d{1,2})(?:\D|$)(?!\d{2,4}$)/;
const YEARLESS_TEXT = /"\d{1,2}\s?(?:月|\\u6708|[-/]\d{1,2}[" ])/;
const DAY = /(?<!\d)(20\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?\d{1,2}/g;

interface Stated {
  year: string;
  month: number | undefined;
}

/** Evidence for those that say it: where days stand without their year. */
export const NO_YEAR = "^\\d{1,2} ?(月 ?\\d{1,2} ?[日号]?|[-/] ?\\d{1,2})([ T\\p{Han}]|\\d{1,2}[:：]|$)";

/** What is told where the rows themselves show nothing of it. */
export function yearNote(year: string, date: string | undefined): Text {
  const why: Text =
    date === undefined
      ? { zh: "标题、文件名或别的行写着这一年", en: "a title, the file's name or other rows state it" }
      : { zh: "由 --date 指定", en: "said by --date" };
  return {
    zh: `没有写年份的日期按 ${year} 年读：${why.zh}`,
    en: `Days without a year are read as of ${year}: ${why.en}`,
  };
}

/** For `option(…)`: the year, and the first and last month that it was stated with. Nothing where two are stated, or none. */
export async function statedYear(
  importer: Importer,
  kind: KindSpec,
  source: Pick<Source, "text" | "name" | "workbook">,
  head: Head,
  headerRow: number,
  date: string | undefined,
): Promise<Record<string, string | undefined>> {
  if (importer.form !== "columns") return {};
  const places = timePlaces(importer, kind, head.rows[headerRow] ?? []);
  const below = head.rows.slice(headerRow + 1);
  const isAny =
    below.some((row) => places.some((at) => YEARLESS.test(row[at] ?? ""))) ||
    (head.keys.length > 0 && YEARLESS_TEXT.test(head.text));
  // A large table without such days is not read once more.
  if (!kind.lasts && !isAny) return {};
  const titles = [source.name, ...head.rows.slice(0, headerRow).map((row) => row.join(" "))];
  const inRows: Stated[] = [];
  if (date === undefined)
    for await (const cell of timeCells(importer, kind, source, head, headerRow, places))
      inRows.push(...inText(dayOf(cell, source.workbook?.isFrom1904), DAY));
  const found =
    date === undefined
      ? [...titles.flatMap((title) => inText(title, TITLED)), ...inRows]
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

/**
 * `day_of_year()` and `with_year()`: how a day without its year looks in a month near those that the year was stated with, and what
 * becomes of it. In others the year may have turned.
 */
export function yearMacros({ year, year_from, year_to }: Record<string, string | undefined>): string[] {
  const months = Array.from({ length: 12 }, (_, at) => at + 1).filter((month) =>
    [year_from, year_to].every((one) => one === undefined || Math.abs(month - Number(one)) <= 6),
  );
  const near = year === undefined ? "[^\\d\\D]" : months.join("|");
  return [
    `create or replace macro day_of_year() as '^0?(${near}) ?(?:月|[-/]) ?(\\d{1,2})(?: ?[日号] ?| |$)'`,
    `create or replace macro with_year() as '${year ?? ""}-\\1-\\2 '`,
  ];
}

/** A workbook holds days as numbers, counted from 1900 or 1904. */
function dayOf(cell: string, isFrom1904 = false): string {
  if (!/^[2-6]\d{4}(?:\.\d+)?$/.test(cell)) return cell;
  return new Date(
    Date.UTC(1899, 11, 30) + (Number(cell) + (isFrom1904 ? 1462 : 0)) * 86_400_000,
  ).toISOString();
}
