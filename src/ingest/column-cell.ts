import type { ColumnsImporter } from "../kit/importer.ts";
import { literal, name } from "../warehouse/database.ts";
import { CELL_ERROR } from "./cell-errors.ts";
import { type CellType, listOf } from "./kinds/kind.ts";
import { CURRENCY } from "./kinds/order-rows.ts";
import { NO_YEAR } from "./stated-year.ts";
import { SEEN } from "./typed-cells.ts";

/** SQL: a list as text, `a;b`; a JSON object may hold it as an array. */
const jsonList = (cell: string) =>
  `if(starts_with(${cell}, '[') and json_valid(${cell}), list_filter(list_transform(try_cast(try_cast(${cell} as json) as varchar[]), lambda x: trim(x)), lambda x: x <> ''), ${listOf(cell)})`;

const WIDE =
  "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ－＿";
/** SQL: an id of nothing but letters and digits, some of them as wide as Chinese ones, in narrow ones. Others have no byte more than letters. */
export const halfWide = (column: string, sql: string) =>
  column.startsWith("group")
    ? sql
    : `case when strlen(${sql}) > length(${sql}) and regexp_full_match(${sql}, '[0-9A-Za-z_${WIDE}-]+') then translate(${sql}, '${WIDE}', '${WIDE.normalize("NFKC")}') else ${sql} end`;

/** SQL of one canonical column: the cell as text, what it is read as, its typed value, and when it can't be typed. */
export interface Cell {
  clean: string;
  read: readonly string[];
  value: string;
  problems: readonly Problem[];
  /** SQL over the file's columns: what it says is an error of a spreadsheet program, and it is read as empty. */
  isBlanked?: string;
}

/** What makes a row no record, the first that holds. */
export interface Problem {
  /** SQL. */
  when: string;
  code: string;
  /** The file's column. */
  place: string;
}

/** @param hasCurrency the file has a column of currencies. @param isNeeded a row without it is refused. */
export function cell(
  column: string,
  type: CellType,
  source: string,
  importer: ColumnsImporter,
  { isJson, hasCurrency, isNeeded }: { isJson: boolean; hasCurrency: boolean; isNeeded: boolean },
): Cell {
  const raw = name(source);
  const as = name(column);
  const verbatim = column === "text" || column === "answer";
  const fallback = importer.defaults[column];
  const nothing = fallback === undefined ? "null" : literal(fallback);
  const isText = ["id", "text", "list"].includes(type) && !verbatim;
  const mayBeError = isText && !isNeeded;
  const nulls = [...importer.nulls, ...(mayBeError ? [CELL_ERROR] : [])].map(literal).join(", ");
  const isError = (cell: string) => `${cell} = ${literal(CELL_ERROR)}`;
  const blanks = mayBeError ? { isBlanked: isError(`cleaned(${raw})`) } : {};
  // Not `in`: from six values on that is a join, and rows that went through one have lost their order.
  const trimmed = `if(list_contains([${nulls}], cleaned(${raw})), ${nothing}, cleaned(${raw}))`;
  const filled = fallback === undefined ? trimmed : `coalesce(${trimmed}, ${literal(fallback)})`;
  const clean = `${verbatim ? raw : filled} as ${as}`;
  const fails = (when: string, code: string): Problem => ({ when, code, place: source });
  const map = importer.values[column];
  if (map) {
    // Some versions of an export write the marks inside a word half as wide.
    const words = Object.entries(map).flatMap(([from, to]) =>
      [...new Set([from, from.normalize("NFKC")])].map((word) => [word, to] as const),
    );
    const branches = words.map(([from, to]) =>
      /[a-z]/i.test(from)
        ? `when lower(${as}) = ${literal(from.toLowerCase())} then ${literal(to)}`
        : `when ${as} = ${literal(from)} then ${literal(to)}`,
    );
    const rest = importer.otherwise[column];
    const other = rest === undefined ? "" : `when ${as} is not null then ${literal(rest)}`;
    const value = `case ${branches.join(" ")} ${other} end as ${as}`;
    return { clean, read: [], value, problems: [], ...blanks };
  }
  const typed = name(`${column} as read`);
  const unreadable = (code: string) => [
    fails(`${typed} is null and ${isError(as)}`, "cell_error"),
    fails(`${as} is not null and ${typed} is null`, code),
  ];
  const broken = isText && isNeeded ? [fails(isError(as), "cell_error")] : [];
  switch (type) {
    case "money": {
      const currency = hasCurrency ? CURRENCY : "option('currency')";
      return {
        clean,
        read: [`money(${as}) as ${typed}`],
        value: `${typed} as ${as}`,
        problems: [
          ...unreadable("bad_money"),
          fails(`of_other_currency(${as}, ${currency})`, "other_currency"),
        ],
      };
    }
    case "number":
      return {
        clean,
        read: [`number_of(${as}) as ${typed}`],
        value: `${typed} as ${as}`,
        problems: unreadable("bad_number"),
      };
    case "time": {
      const isUtc = name(`${column} is utc`);
      return {
        clean,
        read: [`stated(${as}) as ${typed}`, `has_offset(${as}) as ${isUtc}`],
        // What may come from the file's name is read with it.
        value: SEEN.includes(column) ? as : `${typed} as ${as}, ${isUtc} as ${name(`${column}_is_utc`)}`,
        problems: [
          ...(importer.dashedDates ? [fails(`contains(${as}, '/')`, "time_resaved_by_spreadsheet")] : []),
          fails(
            `case when ${typed} is null and ${as} is not null then regexp_matches(${as}, '${NO_YEAR}') and not regexp_matches(${as}, day_of_year()) else false end`,
            "no_year",
          ),
          ...unreadable("bad_time"),
        ],
      };
    }
    case "id":
      return {
        clean,
        read: [],
        // A column of numbers with a gap in it is one of fractions to many programs: 12345.0 is who 12345 is elsewhere.
        // Typed with a Chinese keyboard, A12 is Ａ１２; a group is called as it is called.
        value: `case when ${as} < ':' and ends_with(${as}, '.0') and regexp_full_match(${as}, '\\d{1,15}\\.0') then ${as}[:-3] else ${halfWide(column, as)} end as ${as}`,
        ...blanks,
        problems: [
          ...broken,
          // Most ids are decided by their first letter, or have no e.
          fails(
            `case when ${as} < ':' and (contains(${as}, 'E') or contains(${as}, 'e')) then regexp_full_match(${as}, '\\d(\\.\\d+)?[eE]\\+?\\d+') else false end`,
            "id_resaved_by_spreadsheet",
          ),
        ],
      };
    case "list":
      return {
        clean,
        read: [],
        value: `${isJson ? jsonList(as) : listOf(as)} as ${as}`,
        problems: [],
        ...blanks,
      };
    default:
      return { clean, read: [], value: as, problems: broken, ...blanks };
  }
}
