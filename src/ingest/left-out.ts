import type { ColumnsImporter } from "../kit/importer.ts";
import type { Text } from "../kit/say.ts";
import { type Database, literal, name } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { goneByName, goneNote, isGone } from "./leavers.ts";
import type { Export } from "./read-csv.ts";
import { typesOf } from "./typed-cells.ts";

/*
 * Rows of a table that are no records: sums, notes below the last row, a header again, nothing at all.
 */

/** Why a row of the file is no record: the column `left_out` of the select, or the code of an issue that comes to nothing. */
export const LEFT_OUT = {
  sums: "sums",
  blank: "blank",
  header: "header",
  note: "note",
  gone: "gone",
  other: "other",
} as const;

/** A row of sums begins with one of these, or has it where the number of the order stands. */
const SUMS = "^\\s*(总计|合计|汇总)|^\\s*(小计|共计|本页[小合]计|(grand |sub-?)?total)\\s*([:：(（\\d].*)?$";

/** The word alone, beside the sums: where no number of an order stands it may be in any column. */
const SUM_WORD = "(总计|合计|汇总|小计|共计|本页[小合]计|(grand |sub-?)?total)\\s*[:：]?";

/** Below a table where its order numbers stand: what is worked out of the rows and is none of them, nor their sum. */
const WORKED_OUT = "\\s*(平均|均值|平均值|最大值|最小值|占比|环比|同比)\\s*[:：]?\\s*";

/** Sums of a part, as spreadsheet programs put them between the rows: A02 汇总, 小茶 计数. */
const PART_SUMS = [" 汇总", " 小计", " 合计", " 总计", " 计数", " Total", " Count"];
const isPartSum = (cell: string) =>
  PART_SUMS.map((word) => `ends_with(${cell}, ${literal(word)})`).join(" or ");

/** SQL of a row of sums whose word stands left of the sums, and not in front. */
function sumsAside(sources: ReadonlyMap<string, string>): string[] {
  const order = sources.get("order_id");
  if (order === undefined) return [];
  const words = [...sources.values()].map(
    (one) => `regexp_full_match(coalesce(cleaned(${name(one)}), ''), ${literal(SUM_WORD)}, 'i')`,
  );
  return [
    `when case when cleaned(${name(order)}) is null then ${words.join(" or ")} else false end then ${literal(LEFT_OUT.sums)}`,
  ];
}

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
/** Below a table: how many rows there are, who exported it and when, what the reader should know. */
const NOTE = [
  "^(总计|合计|汇总|小计|共计|本页[小合]计)\\s*([:：(（\\d].*)?$",
  "^总?共(计|有)?\\s*[\\d,]+\\s*[条人位名个行笔单页件]",
  "^(导出|生成|统计|制表|更新|下载|打印|查询|截止|截至|数据)+(时间|日期|人|者|周期|范围|条件|账号|来源|条数|说明)*\\s*[:：]",
  "^(订单|记录|数据|成员|客户)?总?(条数|行数|笔数|人数|数量|数)\\s*[:：]",
  "^(备注|说明|注|注意|提示|温馨提示)\\s*\\d?\\s*[:：]",
  "^以上(为|是|数据|订单|名单)",
  "^(grand |sub-?)?total\\s*([:：(（\\d].*)?$",
  "^export(ed)?( (at|on|by|time|date))?\\s*[:：]",
  "^(generated|created|printed)( (at|on|by))?\\s*[:：]",
  "^[\\d,]+ (rows|orders|records|members)\\.?$",
].join("|");
/** A count, and no id. */
const COUNT = "[\\d,]{1,6}(\\.\\d+)?";

/** SQL: whether a row says nothing else than such a note, with counts at most beside it. */
function isLoneNote(lead: string, sources: ReadonlyMap<string, string>): string {
  const names = [...sources.values()];
  const cells = [...new Set([lead, ...names])].map((one) => `cleaned(${name(one)})`).join(", ");
  const texts = `list_filter([${cells}], lambda x: x is not null and not regexp_full_match(x, ${literal(COUNT)}))`;
  const first = `cleaned(${name(lead)})`;
  // Nearly all rows begin with a cell that is none: their others need not be looked at.
  // A number where money stands is no count.
  const money = sources.get("amount");
  const unpaid = money === undefined ? "" : `and cleaned(${name(money)}) is null `;
  return `case when ${first} is not null and not regexp_matches(${first}, ${literal(`${NOTE}|^${COUNT}$`)}, 'i') then false
    else len(${texts}) = 1 ${unpaid}and regexp_matches(${texts}[1], ${literal(NOTE)}, 'i') end`;
}

const hasNotes = (kind: KindSpec) => ["order_id", ...PEOPLE].some((one) => one in kind.columns);

/** Marks the rows of sums and the notes among those that have fewer cells than the header: they are no rows of the table. */
export async function leaveOutShortRows(database: Database, kind: KindSpec): Promise<void> {
  if (!hasNotes(kind)) return;
  const cut = `[trim(x, ' "=' || chr(39)) for x in regexp_split_to_array(sample, '[,;|\\t\\r\\n]')]`;
  const cells = `list_filter(${cut}, lambda x: x <> '' and not regexp_full_match(x, ${literal(COUNT)}))`;
  const isNote = `regexp_matches(x, ${literal(NOTE)}, 'i') and not regexp_matches(x, ${literal(SUMS)}, 'i')`;
  await database.run(
    `update issues set code = ${literal(LEFT_OUT.note)}
     where code = 'missing_columns' and record is null
       and len(${cells}) > 0 and len(list_filter(${cells}, lambda x: ${isNote})) = len(${cells})`,
  );
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
 * @param sources canonical columns by the file's. @param lead the first column of the file. @param standing its columns
 * that say who of a list is still there.
 */
export function leftOutCases(
  importer: ColumnsImporter,
  kind: KindSpec,
  sources: ReadonlyMap<string, string>,
  lead: string,
  standing: readonly string[],
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
    // A row of sums is no row of the table, and neither is one without anything, as workbooks have below the last.
    ...[...new Set(places)].map(
      (one) =>
        `when case when ${isPlain(name(one))} then false else regexp_matches(coalesce(${name(one)}, ''), ${literal(SUMS)}, 'i') end then ${literal(LEFT_OUT.sums)}
          when case when ${isPlain(name(one))} then false else regexp_full_match(coalesce(${name(one)}, ''), ${literal(WORKED_OUT)}) end then ${literal(LEFT_OUT.note)}
          when ${isPartSum(name(one))} then ${literal(LEFT_OUT.note)}`,
    ),
    ...("order_id" in kind.columns ? sumsAside(sources) : []),
    ...(hasNotes(kind) ? [`when ${isLoneNote(lead, sources)} then ${literal(LEFT_OUT.note)}`] : []),
    ...(filled.length > 0
      ? [`when coalesce(${filled.join(", ")}) is null then ${literal(LEFT_OUT.blank)}`]
      : []),
    ...[
      ...standing.map((one) => isGone(one, sources.get("left_at"))),
      ...goneByName(kind, sources.get("name"), sources.get("left_at")),
    ].map((gone) => `when ${gone} then ${literal(LEFT_OUT.gone)}`),
    ...(others.length > 0 ? [`when ${others.join(" or ")} then ${literal(LEFT_OUT.other)}`] : []),
  ];
}

/** Records behind each row that was the header again: there another export begins. */
export async function headersLeftOut(database: Database): Promise<Export[]> {
  const types = await typesOf(database, "staged");
  if (!types.has("left_out")) return [];
  const record = types.has("record") ? "record" : "rowid";
  const rows = await database.all(
    `select ${record} + 1 as record from staged where left_out = ${literal(LEFT_OUT.header)} order by all`,
  );
  return rows.map((row) => ({ record: Number(row["record"]) }));
}

/** Rows that are none, but for sums and empty ones: neither read nor rejected, and told of. */
export async function leftOutNotes(database: Database): Promise<Text[]> {
  const { notes, others, gone, errors } = await database.one(
    `select (select count(*) from issues where code = ${literal(LEFT_OUT.note)})
       + count(*) filter (left_out = ${literal(LEFT_OUT.note)}) as notes,
       count(*) filter (left_out = ${literal(LEFT_OUT.other)}) as others,
       count(*) filter (left_out = ${literal(LEFT_OUT.gone)}) as gone,
       count(*) filter (cell_error and left_out is null) as errors
     from (select left_out, cell_error from (select null::varchar as left_out, null::boolean as cell_error where false union all by name from staged))`,
  );
  const told: Text[] = [];
  if (Number(notes) > 0)
    told.push({
      zh: `${notes} 行是表的说明（导出时间、条数、备注之类），没有当作数据`,
      en: `${notes} rows are notes on the table, such as when it was exported or how many rows it has: not read as rows`,
    });
  if (Number(others) > 0)
    told.push({
      zh: `${others} 行与此无关，没有用到`,
      en: `${others} rows are of another matter and were left out`,
    });
  if (Number(gone) > 0) told.push(goneNote(Number(gone)));
  if (Number(errors) > 0)
    told.push({
      zh: `${errors} 行里有表格软件的错误值（#N/A、#REF! 之类，多半是公式没有查到），那些格子当作空的：请填好再导入`,
      en: `${errors} rows have cells with an error of a spreadsheet program (#N/A, #REF!, as of a lookup that found nothing), taken as empty: fill them in and import again`,
    });
  return told;
}
