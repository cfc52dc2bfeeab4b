import type { Text } from "../kit/say.ts";
import type { Database } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { NO_YEAR } from "./stated-year.ts";

/*
 * A column of opting out holds the day, a yes, or a word. Whoever has anything in it that is no plain no is left alone: a
 * message too few is the smaller harm. What is neither is told with its line.
 */
const NO = [
  ...[
    "否",
    "不",
    "不是",
    "未",
    "没",
    "没有",
    "无",
    "×",
    "✗",
    "✘",
    "x",
    "n",
    "no",
    "false",
    "0",
    "f",
    "none",
    "never",
  ],
  ...[
    "未退订",
    "没退订",
    "未拒绝",
    "未拒收",
    "正常",
    "可联系",
    "可以联系",
    "愿意",
    "同意",
    "订阅",
    "已订阅",
    "订阅中",
  ],
  ...["subscribed", "active", "ok to contact"],
];
const YES = ["是", "√", "✓", "✔", "☑", "v", "y", "yes", "true", "t", "1", "ok", "有", "对", "要"];
const SAYS = "退|拒|不|别|勿|黑|免打扰|opt|unsub|stop|do ?n.t|never|dnd|dnc|out";

const isNo = `list_contains([${NO.map((word) => `'${word}'`).join(", ")}], lower(opted_out))`;
const isYes = `(list_contains([${YES.map((word) => `'${word}'`).join(", ")}], lower(opted_out)) or stated(opted_out) is not null
  or regexp_matches(opted_out, '${NO_YEAR}') or regexp_matches(opted_out, '\\d{1,4}[-/.年月]\\d{1,2}') or regexp_matches(lower(opted_out), '${SAYS}'))`;

/**
 * SQL: true, or null, so that a row that says no is the row of a list that has no such column. What a list is called counts
 * where none of its rows says anything.
 */
export const isOptedOut = (rows: string) =>
  `if(case when opted_out is null then coalesce(is_opt_out_list, false) and not exists (select 1 from ${rows} as others where others.opted_out is not null) else not ${isNo} end, true, null)`;
export const IS_UNCLEAR = `opted_out is not null and not ${isNo} and not ${isYes}`;

/** How many people of the list are left alone from now on. */
export async function optOutNote(database: Database, kind: KindSpec): Promise<Text[]> {
  if (!("opted_out" in kind.columns)) return [];
  const { out } = await database.one(`select count(*) filter (${isOptedOut("checked")}) as out from checked`);
  return Number(out) === 0
    ? []
    : [
        {
          zh: `${Number(out)} 行的人不想被联系：不再出现在任何名单和唤醒活动里`,
          en: `${Number(out)} rows are of people who want no messages: they are on no list and in no campaign from now on`,
        },
      ];
}
