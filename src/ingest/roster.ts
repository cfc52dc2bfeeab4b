import { canonicalHeader, fact } from "../kit/evidence.ts";
import type { Head, Importer } from "../kit/importer.ts";
import type { Text } from "../kit/say.ts";
import type { Database } from "../warehouse/database.ts";
import { csvRecords } from "./csv-records.ts";
import type { Candidate } from "./identify.ts";
import type { KindSpec } from "./kinds/kind.ts";
import type { Source } from "./source.ts";
import { typesOf } from "./typed-cells.ts";

/*
 * Member lists with a column for the time of leaving. Filled somewhere, the list is a history: it keeps who left. Empty in
 * every row, it is who was there when it was made: whoever is missing from it has left by then.
 */

/** Whether the list has the column and nobody who left. */
export async function isRoster(database: Database, kind: KindSpec): Promise<boolean> {
  if (!("is_history" in kind.columns)) return false;
  const types = await typesOf(database, "unread");
  if (!types.has("left_at") || !types.has("is_history")) return false;
  const [left] = await database.all("select 1 from unread where left_at is not null limit 1");
  return left === undefined;
}

/** Whether its rows, or the file, say when it was made. */
export async function hasSnapshots(database: Database): Promise<boolean> {
  const [one] = await database.all("select 1 from records where snapshot_at is not null limit 1");
  return one !== undefined;
}

/** What a list of members is told of that has names and no ids. */
export async function namesNote(database: Database, kind: KindSpec): Promise<Text[]> {
  if (!("member_id" in kind.columns) || (await typesOf(database, "unread")).has("member_id")) return [];
  // A list need not have them all.
  const has = await typesOf(database, "records");
  const keys = ["group_id", "name", "snapshot_at", "joined_at"].filter((column) => has.has(column));
  const { again } = await database.one(
    `select count(*) - count(distinct (${keys.join(", ")})) as again from records where name is not null`,
  );
  const same = Number(again);
  return [
    {
      zh: `名单里没有账号，按群和昵称认人：改过昵称的人会像是一退一进${same > 0 ? `；有 ${same} 行与别的行同名，同名的算一个人` : ""}。有账号（微信号、QQ 号、手机号）的话，请带上那一列`,
      en: `the list has no ids, so members are known by group and name: whoever takes another name looks like one who left and one who joined${same > 0 ? `; ${same} rows have the name of another row and are one person with it` : ""}. Where there are ids or phones, add that column`,
    },
  ];
}

/** @param hasTime whether it is known when the list was made. */
export function rosterNote(hasTime: boolean): Text {
  return hasTime
    ? {
        zh: "退群时间一列全空：这张表当作导出那一刻的在群名单，名单里没有的人算已经离开",
        en: "the column of the time of leaving is empty in every row: read as who was there when the list was made; whoever is not on it has left by then",
      }
    : {
        zh: "退群时间一列全空，也看不出名单是什么时候导出的：谁离开了算不出来。请撤销后再导入一次，写上导出时间（命令行 --as-of 2026-11-23T09:00）",
        en: "the column of the time of leaving is empty in every row, and nothing says when the list was made: who left can't be told. Undo it and import again with the time of the export (--as-of 2026-11-23T09:00)",
      };
}

/** What `fupan identify` says of it. Undefined of what is no table of members with such a column. */
export async function rosterFact(source: Source, head: Head, of: Candidate): Promise<string | undefined> {
  const at = leftColumn(of.importer, head.rows[of.evidence.headerRow ?? 0] ?? []);
  if (at < 0) return undefined;
  const { headerRow = 0 } = of.evidence;
  let row = 0;
  let left = 0;
  for await (const { fields } of csvRecords(source.text, head.delimiter, headerRow))
    if (row++ > headerRow && (fields?.[at]?.trim() ?? "") !== "") left++;
  return left === 0
    ? fact("退群时间全空：当时的在群名单", "no time of leaving: who was there at the time")
    : fact(`${left} 行有退群时间：完整历史`, `${left} rows have a time of leaving: a full history`);
}

function leftColumn(importer: Importer, header: readonly string[]): number {
  if (importer.form !== "columns" || importer.kind !== "member") return -1;
  const { left_at: wanted = [] } = importer.columns;
  const names = (typeof wanted === "string" ? [wanted] : wanted).map(canonicalHeader);
  return header.findIndex((one) => names.includes(canonicalHeader(one)));
}
