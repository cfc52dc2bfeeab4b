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

const patternOf = (header: string): string | undefined => {
  const asked = canonicalHeader(header);
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

/** SQL: whether the row says that somebody left, and not when. @param leftAt the column of the time, where there is one. */
export function isGone(column: string, leftAt: string | undefined): string {
  const says = `regexp_full_match(coalesce(cleaned(${name(column)}), ''), ${literal(patternOf(column) ?? "")}, 'i')`;
  return leftAt === undefined ? says : `(${says} and cleaned(${name(leftAt)}) is null)`;
}

export function goneNote(count: number): Text {
  return {
    zh: `${count} 人在状态一列里写着已退群，没有退群时间：没有算作在群的人。知道退群时间的话，加一列退群时间（left_at）再导入`,
    en: `${count} people have left by what the column of their state says, and no time says when: they are not counted as there. If the times are known, add them as left_at and import again`,
  };
}
