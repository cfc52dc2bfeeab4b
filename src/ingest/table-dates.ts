import { DateOrderFinder } from "../kit/date-order.ts";
import { canonicalHeader } from "../kit/evidence.ts";
import type { DateOrder, Head, Importer } from "../kit/importer.ts";
import type { Text } from "../kit/say.ts";
import { csvRecords } from "./csv-records.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { DAY_LAST } from "./macros.ts";
import type { Source } from "./source.ts";

const DATE = new RegExp(`^\\s{0,9}${DAY_LAST}(?!\\d)`, "u");

/**
 * Whether the days of a table come before its months (05/11/2026), where the first rows write most times of a column so:
 * as the user says it, or as all of its rows tell. Undefined where dates begin with their year.
 * @throws UserError where the rows leave it open.
 */
export async function tableDates(
  importer: Importer,
  kind: KindSpec,
  { text, name }: Pick<Source, "text" | "name">,
  { rows, keys, delimiter }: Head,
  headerRow: number,
  dateOrder: DateOrder | undefined,
): Promise<{ order: DateOrder; why: Text } | undefined> {
  if (importer.form !== "columns" || keys.length > 0) return undefined;
  const named = Object.entries(importer.columns).flatMap(([column, names]) =>
    kind.columns[column] === "time" ? names : [],
  );
  const times = new Set(named.map(canonicalHeader));
  const header = rows[headerRow] ?? [];
  const places = header.flatMap((one, at) => (times.has(canonicalHeader(one)) ? [at] : []));
  const isSo = (place: number) => {
    const cells = rows.slice(headerRow + importer.headerRows).flatMap((row) => row[place] || []);
    return cells.filter((cell) => DATE.test(cell)).length * 2 > cells.length;
  };
  const wanted = places.filter(isSo);
  if (wanted.length === 0) return undefined;
  const dates = new DateOrderFinder();
  let isAny = false;
  for await (const { fields } of csvRecords(text, delimiter, headerRow))
    for (const place of wanted) {
      const [, first, second, year] = DATE.exec(fields?.[place] ?? "") ?? [];
      if (year === undefined) continue;
      isAny = true;
      dates.add(`${first}/${second}/${year}`);
    }
  return isAny ? dates.order({ dateOrder }, name, false) : undefined;
}
