import { DateOrderFinder } from "../kit/date-order.ts";
import type { DateOrder, Head, Importer, ReadOptions } from "../kit/importer.ts";
import type { Text } from "../kit/say.ts";
import { FUTURE_FROM_MS } from "./check-records.ts";
import type { KindSpec } from "./kinds/kind.ts";
import type { Source } from "./source.ts";
import { timeCells, timePlaces } from "./time-cells.ts";

/*
 * The order of days that a table writes with the year last (11/20/2026, 20.11.2026), found from all of them together or
 * said with --date-order. A file whose days may be read in two ways is asked about; a row cannot tell by itself.
 */
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](20\d\d)(?:,? ?\d{1,2}:.*| ?)$/;
const ANY = /(?:^|[,\t;|"])\d{1,2}[-/.]\d{1,2}[-/.]20\d\d(?!\d)/m;

/** Nothing where the table has no such days. @throws UserError where they can be read in two ways. */
export async function dayOrder(
  importer: Importer,
  kind: KindSpec,
  source: Pick<Source, "text" | "name">,
  head: Head,
  headerRow: number,
  options: Pick<ReadOptions, "dateOrder"> & { now: Date },
): Promise<{ order: DateOrder; why: Text } | undefined> {
  if (!ANY.test(head.text)) return undefined;
  const places = placesOf(importer, kind, head, headerRow);
  const tomorrow = new Date(options.now.getTime() + FUTURE_FROM_MS).toISOString();
  const finder = new DateOrderFinder(kind.time ? Number(tomorrow.slice(0, 10).replaceAll("-", "")) : null);
  let found = 0;
  let others = 0;
  const columns = importer.form === "columns" ? importer : undefined;
  for await (const cell of timeCells(columns, kind, source, head, headerRow, places)) {
    const [, a, b, year] = YEAR_LAST.exec(cell) ?? [];
    if (year === undefined) others++;
    else {
      finder.add(`${a}/${b}/${year}`);
      found++;
    }
  }
  // A few such rows among others are refused by themselves, as what they leave open.
  const isOpen = options.dateOrder === undefined && !finder.found;
  return found === 0 || (isOpen && others >= found) ? undefined : finder.order(options, source.name);
}

/** The columns of times; of a table that its importer reads by itself those that hold such days. */
function placesOf(importer: Importer, kind: KindSpec, { rows }: Head, headerRow: number): number[] {
  const header = rows[headerRow] ?? [];
  if (importer.form === "rows") {
    const below = rows.slice(headerRow + 1);
    return header.flatMap((_, at) => (below.some((row) => YEAR_LAST.test(row[at] ?? "")) ? [at] : []));
  }
  return importer.form === "columns" ? timePlaces(importer, kind, header) : [];
}
