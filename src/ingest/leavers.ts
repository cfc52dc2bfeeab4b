import { canonicalHeader } from "../kit/evidence.ts";
import type { Text } from "../kit/say.ts";
import { literal, name } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";

/*
 * Member lists that keep who left and say so in a column of words, without a time: whoever left is not there.
 */
const STATES = [
  "状态",
  "成员状态",
  "群成员状态",
  "在群状态",
  "群状态",
  "当前状态",
  "status",
  "member_status",
];
const GONE =
  "(已经?|被)?(退群|退出|退|离开|离群|踢.?|移出|移除|流失)(群聊?|本群)?(了)?|(已|现已)?不在群(里|内)?(了)?|(has )?left|quit|kicked|removed";
/** A question, and the answer of whoever left. */
const ASKED: Readonly<Record<string, string>> = {
  是否退群: "是|已退群|退群|y|yes|true|1",
  是否已退群: "是|已退群|退群|y|yes|true|1",
  是否在群: "否|不在群?|n|no|false|0",
  是否还在群: "否|不在群?|n|no|false|0",
};

const REMARKS = ["备注", "备注信息", "说明", "remark", "remarks", "note", "notes"];
const DAY = "((\\d{4}[-/.年])?\\d{1,2}[-/.月]\\d{1,2}[日号]?\\s*)?";
/** A remark says it plainly, with a day and a reason at most: 11.3已退群，太忙. 退 alone may be a refund, and some came back. */
const REMARKED = `${DAY}((现?已经?)?(主动)?(退群|退出群聊|离群|不在群(里|内)?)|被(踢|移)(出群聊?|出|了)|(现?已经?)退)(了)?\\s*${DAY}([，,。;；（( ][^又再重回]*)?`;
/** Behind a nickname: 小雨（已退群）. */
const NAMED = ".+([(（\\[【] *(已?退群了?|已退|已离群) *[)）\\]】]|[-_—·. ]*已退群)";

const patternOf = (header: string): string | undefined => {
  const asked = canonicalHeader(header);
  if (REMARKS.includes(asked)) return REMARKED;
  return STATES.some((one) => canonicalHeader(one) === asked) ? GONE : ASKED[asked];
};

/** Columns of a member list that say who is still there. @param names of its header. @param taken those that are read as something else. */
export function standingColumns(
  kind: KindSpec,
  names: readonly string[],
  taken: ReadonlySet<string>,
): string[] {
  if (!("left_at" in kind.columns)) return [];
  return names.filter((one) => !taken.has(one) && patternOf(one) !== undefined);
}

/**
 * SQL: whether the row says that somebody left, and not when. @param leftAt the column of the time, where there is one.
 * @param pattern of what says so.
 */
export function isGone(
  column: string,
  leftAt: string | undefined,
  pattern = patternOf(column) ?? "",
): string {
  const says = `regexp_full_match(coalesce(cleaned(${name(column)}), ''), ${literal(pattern)}, 'i')`;
  return leftAt === undefined ? says : `(${says} and cleaned(${name(leftAt)}) is null)`;
}

/** SQL of the cases of a list of members that say it behind a nickname. Nearly all names have none of these letters. */
export function goneByName(kind: KindSpec, column: string | undefined, leftAt: string | undefined): string[] {
  if (!("left_at" in kind.columns) || column === undefined) return [];
  return [
    `case when contains(${name(column)}, '退') or contains(${name(column)}, '离') then ${isGone(column, leftAt, NAMED)} else false end`,
  ];
}

export function goneNote(count: number): Text {
  return {
    zh: `${count} 人在状态、备注或昵称里写着已退群，没有退群时间：没有算作在群的人。知道退群时间的话，加一列退群时间（left_at）再导入`,
    en: `${count} people have left by what their state, remark or nickname says, and no time says when: they are not counted as there. If the times are known, add them as left_at and import again`,
  };
}
