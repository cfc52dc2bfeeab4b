import { guessed } from "../../src/kit/columns.ts";

/*
 * Any list of events whose columns tell by their names what they are. A guess, which gives way to every format that is
 * known. The kind of an event is one of ours or the word for it; without a group an event is for all.
 */
const START = ["开始时间", "开始日期", "开始", "活动时间", "活动日期", "start", "start_time", "start_date"];
const TYPE = ["类型", "活动类型", "type"];
const TITLE = ["名称", "活动名称", "活动", "标题", "主题", "活动主题", "title", "name", "event"];

export default guessed([START, TYPE, TITLE], {
  id: "calendar-table",
  title: { zh: "其他活动日历（按列名识别）", en: "Other calendars (by column names)" },
  kind: "calendar",
  columns: {
    starts_at: START,
    type: TYPE,
    title: TITLE,
    ends_at: ["结束时间", "结束日期", "结束", "end", "end_time", "end_date"],
    group_id: ["群", "群名", "群名称", "群ID", "group", "group_id"],
    product: ["商品", "产品", "product"],
    planned_quantity: ["计划数量", "计划量", "planned_quantity"],
    note: ["备注", "说明", "note"],
  },
});
