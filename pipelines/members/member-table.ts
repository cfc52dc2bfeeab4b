import { guessed } from "../../src/kit/columns.ts";
import { OF_SHEET } from "../../src/kit/of-sheet.ts";

/*
 * Any list of a group's members whose columns tell by their names what they are. A guess, which gives way to every
 * format that is known. Names alone will do, and count inside the group. Without a column for the group it is the sheet's
 * name, the file's, or --group.
 */
const ID = [
  "成员ID",
  "用户ID",
  "外部联系人ID",
  "external_userid",
  "member_id",
  "user_id",
  "wxid",
  "QQ号",
  "QQ",
];
const NAME = ["群昵称", "成员昵称", "昵称", "群名片", "成员名称", "nickname", "name"];
const JOINED = [
  "入群时间",
  "进群时间",
  "加群时间",
  "入群日期",
  "进群日期",
  "加群日期",
  "joined_at",
  "join_time",
];

export default guessed([[...ID, ...NAME], JOINED], {
  id: "member-table",
  title: { zh: "其他成员表（按列名识别）", en: "Other member tables (by column names)" },
  kind: "member",
  columns: {
    member_id: ID,
    name: NAME,
    joined_at: JOINED,
    left_at: ["退群时间", "退群日期", "left_at", "leave_time"],
    stated_group: ["群ID", "客户群ID", "group_id", "chat_id"],
    group_name: ["群名称", "群名", "客户群名称", "群聊名称", "群", "所在群", "group_name"],
    inviter_id: ["邀请人ID", "inviter_id"],
    source: ["入群方式", "进群方式", "来源"],
    phone: ["手机号", "手机", "phone"],
    sheet_group: OF_SHEET.sheet_group,
  },
  required: ["member_id", "joined_at"],
  derive: {
    group_id: "coalesce(stated_group, option('group_id'), group_name, sheet_group, option('file_group'))",
  },
});
