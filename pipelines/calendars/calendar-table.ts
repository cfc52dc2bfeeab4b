import { guessed } from "../../src/kit/columns.ts";
import { fact, hasColumns } from "../../src/kit/evidence.ts";
import type { Evidence, Head } from "../../src/kit/importer.ts";

/*
 * Any list of events whose columns tell by their names what they are. A guess, which gives way to every format that is
 * known. The kind of an event is one of ours or the word for it; without a group an event is for all. A day called 日期 alone
 * stands in lists of anything: there a column, the title or the file must be of 活动. The hour may stand in a column of its own.
 */
const START = ["开始时间", "开始日期", "开始", "活动时间", "活动日期", "start", "start_time", "start_date"];
const TYPE = ["类型", "活动类型", "type"];
const TITLE = ["名称", "活动名称", "活动", "标题", "主题", "活动主题", "title", "name", "event"];

const DAY = ["日期", "date"];
const OF_EVENTS = /活动|排期|日历|campaign|calendar|event/i;

function matches(head: Head): Evidence {
  const own = hasColumns(head, [START, TYPE, TITLE]);
  if (own.missing.length === 0) return { ...own, isFallback: true };
  const plain = hasColumns(head, [DAY, TYPE, TITLE]);
  const above = head.rows.slice(0, (plain.headerRow ?? 0) + 1).flat();
  if (plain.missing.length > 0) return { ...own, isFallback: true };
  if ([head.name, ...above].some((one) => OF_EVENTS.test(one))) return { ...plain, isFallback: true };
  const missing = fact(
    "列名、标题或文件名里有“活动”",
    "a name of a column, a title or a file name of events",
  );
  return { ...plain, missing: [missing], isFallback: true };
}

const table = guessed([START, TYPE, TITLE], {
  id: "calendar-table",
  title: { zh: "其他活动日历（按列名识别）", en: "Other calendars (by column names)" },
  kind: "calendar",
  columns: {
    starts_at: [...START, ...DAY, "时间", "时段", "活动开始时间"],
    type: TYPE,
    title: TITLE,
    ends_at: ["结束时间", "结束日期", "结束", "end", "end_time", "end_date"],
    group_id: ["群", "群名", "群名称", "群ID", "group", "group_id"],
    product: ["商品", "产品", "product"],
    planned_quantity: ["计划数量", "计划量", "planned_quantity"],
    note: ["备注", "说明", "note"],
  },
});

export default { ...table, matches };
