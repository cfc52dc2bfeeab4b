import { UserError } from "../kit/errors.ts";
import { canonicalHeader } from "../kit/evidence.ts";
import type { DateOrder, Head, Importer } from "../kit/importer.ts";
import type { Text } from "../kit/say.ts";
import { visible } from "../kit/visible.ts";
import { type Database, literal } from "../warehouse/database.ts";
import { csvRecords } from "./csv-records.ts";
import type { KindSpec } from "./kinds/kind.ts";
import type { Source } from "./source.ts";

/*
 * Days with the year behind, as spreadsheets and forms write them in English: 11/25/2026 in America, 25/11/2026 in Britain.
 * One cell alone may be either; the file's columns of times are read for one that can't.
 */
const SLASHED = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/.-])/;
const IS_TIME = /time|date|stamp|submitted|joined|created|paid|day|时间|日期/i;
const CLOCKS = ["", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p"];

/** `slashed(x)`: the time that such a cell says in this order, null without one. */
export function slashedMacro(order?: DateOrder): string {
  const day = { dmy: "%d-%m-%Y", mdy: "%m-%d-%Y", ymd: undefined, none: undefined }[order ?? "none"];
  if (day === undefined) return "create or replace macro slashed(x) as null::timestamp";
  const formats = CLOCKS.map((clock) => literal(day + clock)).join(", ");
  return `create or replace macro slashed(x) as try_strptime(
    regexp_replace(plain_time(replace(x, ',', ' ')), '^(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})', '\\1-\\2-\\3'), [${formats}])`;
}

/**
 * Lets `stated` read the file's days in their order.
 * @returns what was found, to be told.
 * @throws UserError where the whole file leaves it open, naming the option that settles it.
 */
export async function readSlashedDates(
  database: Database,
  importer: Importer,
  kind: KindSpec,
  source: Source,
  head: Head,
  headerRow: number,
  said: DateOrder | undefined,
): Promise<Text[]> {
  if (importer.form !== "columns" && importer.form !== "rows") return [];
  const times = new Set(
    importer.form === "rows"
      ? []
      : Object.entries(importer.columns).flatMap(([column, names]) =>
          kind.columns[column] === "time" ? [names].flat().map(canonicalHeader) : [],
        ),
  );
  const below = head.rows.slice(headerRow + 1);
  const places = (head.rows[headerRow] ?? []).flatMap((title, at) => {
    const isTime = importer.form === "rows" ? IS_TIME.test(title) : times.has(canonicalHeader(title));
    return isTime && below.some((row) => SLASHED.test(row[at]?.trim() ?? "")) ? [at] : [];
  });
  if (places.length === 0) return [];
  const { order, shown } = await orderOf(source, head.delimiter, headerRow, places, said);
  if (order === undefined) throw open(source.name, shown);
  await database.run(slashedMacro(order));
  const why = said ? "--date-order" : shown;
  return order === "dmy"
    ? [{ zh: `日期按 日/月/年 读：${why}`, en: `dates read as day/month/year: ${why}` }]
    : [{ zh: `日期按 月/日/年 读：${why}`, en: `dates read as month/day/year: ${why}` }];
}

async function orderOf(
  source: Source,
  delimiter: string,
  headerRow: number,
  places: readonly number[],
  said: DateOrder | undefined,
): Promise<{ order: DateOrder | undefined; shown: string }> {
  const found: { dmy?: string; mdy?: string } = {};
  let first = "";
  if (said === "dmy" || said === "mdy") return { order: said, shown: first };
  for await (const { fields } of csvRecords(source.text, delimiter, headerRow)) {
    for (const at of places) {
      const [day, a, , b] = SLASHED.exec(fields?.[at]?.trim() ?? "") ?? [];
      if (day === undefined) continue;
      first ||= day;
      if (Number(a) > 12) found.dmy ??= day;
      else if (Number(b) > 12) found.mdy ??= day;
    }
  }
  const { dmy, mdy } = found;
  // Both in one file, as of two tables pasted into one, is no order.
  if (dmy && !mdy) return { order: "dmy", shown: dmy };
  if (mdy && !dmy) return { order: "mdy", shown: mdy };
  return { order: undefined, shown: dmy && mdy ? `${dmy}, ${mdy}` : first };
}

function open(file: string, shown: string): UserError {
  return new UserError(
    {
      zh: `${visible(file)} 的日期分不出是 日/月 还是 月/日：${shown}`,
      en: `${visible(file)}: are its dates day/month or month/day? ${shown}`,
    },
    {
      hint: {
        zh: "用 --date-order dmy（日/月/年）或 --date-order mdy（月/日/年）说明。",
        en: "Say --date-order dmy (day/month/year) or --date-order mdy (month/day/year).",
      },
    },
  );
}
