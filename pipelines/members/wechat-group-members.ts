import { columns } from "../../src/kit/columns.ts";
import { OF_SHEET } from "../../src/kit/of-sheet.ts";

/** 群昵称,微信号: what tools read off a personal WeChat group; WeChat itself exports no list. */
export default columns({
  id: "wechat-group-members",
  title: { zh: "微信群成员表（群昵称、微信号）", en: "WeChat group members (nickname, account)" },
  kind: "member",
  columns: {
    member_id: "微信号",
    name: "群昵称",
    joined_at: ["入群时间", "进群时间"],
    sheet_group: OF_SHEET.sheet_group,
  },
  required: ["member_id", "name"],
  derive: { group_id: "coalesce(option('group_id'), sheet_group, option('file_group'))" },
});
