import type { ColumnsImporter } from "../kit/importer.ts";
import { type Database, literal, name } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";

/*
 * Rows of a table that are no records: sums, notes below the last row, a header again, nothing at all.
 */

/** Why a row of the file is no record: the column `left_out` of the select, or the code of an issue that comes to nothing. */
export const LEFT_OUT = { sums: "sums", blank: "blank", header: "header", other: "other" } as const;

/** A row of sums begins with one of these, or has it where the number of the order stands. */
const SUMS = "^\\s*(总计|合计|汇总)|^\\s*(小计|共计|本页[小合]计|(grand |sub-?)?total)\\s*([:：(（\\d].*)?$";

/** Where the number of the order stands, or what it is made of. */
function orderPlaces(importer: ColumnsImporter, sources: ReadonlyMap<string, string>): string[] {
  const own = sources.get("order_id");
  if (own !== undefined) return [own];
  const { order_id: made = "" } = importer.derive;
  return [...sources].flatMap(([column, source]) =>
    new RegExp(`\\b${column}\\b`).test(made) ? [source] : [],
  );
}

/** SQL: whether a row is the header again, as between tables that were put one below the other. */
const isHeader = (names: readonly string[]) =>
  names.map((one) => `cleaned(${name(one)}) = ${literal(one.replace(/^'+/, "").trim())}`).join(" and ");

/** The id of somebody: a kind with one of these is a list of people. */
const PEOPLE = ["member_id", "person_id"];
/** Below a list of people: how many there are, or who exported it and when. */
const NOTE =
  "^(总计|合计|汇总|小计|共计|本页[小合]计)\\s*([:：(（\\d].*)?$|^共\\s*\\d+\\s*[条人位名个行]|^(导出|生成|统计|制表|更新)(时间|日期|人)\\s*[:：]|^(grand |sub-?)?total\\s*([:：(（\\d].*)?$|^export(ed)?( (at|on|by|time|date))?\\s*[:：]";
/** A count, and no id. */
const COUNT = "[\\d,]{1,6}(\\.\\d+)?";

/** SQL: whether a row says nothing else than such a note, with counts at most beside it. */
function isLoneNote(names: readonly string[]): string {
  const cells = [...new Set(names)].map((one) => `cleaned(${name(one)})`).join(", ");
  const texts = `list_filter([${cells}], lambda x: x is not null and not regexp_full_match(x, ${literal(COUNT)}))`;
  return `len(${texts}) = 1 and regexp_matches(${texts}[1], ${literal(NOTE)}, 'i')`;
}

/** Marks the rows of sums among those that have fewer cells than the header: they are no rows of a table of orders. */
export async function leaveOutShortSums(database: Database, kind: KindSpec): Promise<void> {
  if (!("order_id" in kind.columns)) return;
  const first = `regexp_extract(sample, '^[\\s"=\\x27]*([^,;|\\t"]*)', 1)`;
  await database.run(
    `update issues set code = ${literal(LEFT_OUT.sums)}
     where code = 'missing_columns' and record is null and regexp_matches(${first}, ${literal(SUMS)}, 'i')`,
  );
}

/** SQL: whether a cell begins as no row of sums does, with a digit or most of the letters: told without the pattern. */
const isPlain = (cell: string) =>
  [
    ["0", "G"],
    ["H", "S"],
    ["U", "g"],
    ["h", "s"],
    ["u", "~"],
  ]
    .map(([from, to]) => `${cell} >= '${from}' and ${cell} < '${to}'`)
    .join(" or ");

/**
 * SQL of the cases that tell why a row is no record.
 * @param sources canonical columns by the file's. @param lead the first column of the file.
 */
export function leftOutCases(
  importer: ColumnsImporter,
  kind: KindSpec,
  sources: ReadonlyMap<string, string>,
  lead: string,
): string[] {
  const others = Object.entries(importer.only).flatMap(([column, cells]) => {
    const source = sources.get(column);
    return source
      ? [`not list_contains([${cells.map(literal).join(", ")}], coalesce(cleaned(${name(source)}), ''))`]
      : [];
  });
  const places = "order_id" in kind.columns ? [lead, ...orderPlaces(importer, sources)] : [];
  const filled = [...sources.values()].map((one) => `cleaned(${name(one)})`);
  return [
    ...(sources.size > 1 ? [`when ${isHeader([...sources.values()])} then ${literal(LEFT_OUT.header)}`] : []),
    ...(PEOPLE.some((one) => one in kind.columns)
      ? [`when ${isLoneNote([lead, ...sources.values()])} then ${literal(LEFT_OUT.other)}`]
      : []),
    // A row of sums is no row of the table, and neither is one without anything, as workbooks have below the last.
    ...[...new Set(places)].map(
      (one) =>
        `when case when ${isPlain(name(one))} then false else regexp_matches(coalesce(${name(one)}, ''), ${literal(SUMS)}, 'i') end then ${literal(LEFT_OUT.sums)}`,
    ),
    ...(filled.length > 0
      ? [`when coalesce(${filled.join(", ")}) is null then ${literal(LEFT_OUT.blank)}`]
      : []),
    ...(others.length > 0 ? [`when ${others.join(" or ")} then ${literal(LEFT_OUT.other)}`] : []),
  ];
}
