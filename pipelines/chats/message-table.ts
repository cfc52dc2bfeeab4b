import { guessed } from "../../src/kit/columns.ts";
import { MESSAGE_TYPE } from "../../src/kit/message-words.ts";
import { OF_SHEET } from "../../src/kit/of-sheet.ts";
import { qqType } from "./shared/qq-kinds.ts";
import { readNamedNotice } from "./shared/wechat.ts";

/*
 * Any table of messages whose columns tell by their names what they are: time, who, text. A guess, which gives way to
 * every format that is known. What it can't name, a map of columns settles (--mapping, README: "Other tables").
 * - the day and the hour may stand in two columns
 * - times: local, with offset, epoch seconds or milliseconds, day numbers of a spreadsheet program
 * - a notice (系统消息) is from nobody, whoever stands beside it; WeChat's and QQ's are events
 * - persons and groups are known by their ids where a column has them, else by their names
 * - without a column for the group it is the sheet's name, the file's, or --group
 */
const TIME = [
  "时间",
  "发送时间",
  "消息时间",
  "发言时间",
  "聊天时间",
  "日期",
  "時間",
  "發送時間",
  "傳送時間",
  "訊息時間",
  "StrTime",
  "CreateTime",
  "Time",
  "timestamp",
  "datetime",
  "sent_at",
  "date",
];
const NAME = [
  "发送者",
  "发送人",
  "昵称",
  "姓名",
  "发言人",
  "发送者昵称",
  "發送者",
  "發送人",
  "傳送者",
  "傳送人",
  "暱稱",
  "發言人",
  "SenderName",
  "sender",
  "user",
  "username",
  "author",
  "from",
  "name",
];
const ID = [
  "微信号",
  "wxid",
  "发送者微信ID",
  "QQ号",
  "发送者QQ号",
  "发送者ID",
  "发送人ID",
  "发言人ID",
  "发送者账号",
  "發送者ID",
  "傳送者ID",
  "用户ID",
  "userid",
  "user_id",
  "sender_id",
  "AuthorID",
  "from_id",
];
/** A program's own rows name the room, or "system", where a person stands. */
const OF_NOBODY = (column: string) =>
  `if(coalesce(${MESSAGE_TYPE}, ${qqType("type")}, '') = 'system', null, ${column})`;

const TEXT = [
  "内容",
  "消息内容",
  "消息",
  "发言内容",
  "聊天内容",
  "內容",
  "訊息內容",
  "訊息",
  "StrContent",
  "msg",
  "Content",
  "text",
  "message",
  "body",
];

export default guessed([TIME, [...NAME, ...ID], TEXT], {
  id: "message-table",
  title: { zh: "其他消息表（按列名识别）", en: "Other message tables (by column names)" },
  kind: "chat",
  columns: {
    sent_at: TIME,
    sender_name: NAME,
    sender_id: ID,
    text: TEXT,
    type: ["消息类型", "类型", "訊息類型", "類型", "type_name", "Type", "kind"],
    group_id: [
      "群ID",
      "群号",
      "群聊ID",
      "群组ID",
      "会话ID",
      "群組ID",
      "群編號",
      "group_id",
      "chat_id",
      "room_id",
      "channel_id",
    ],
    group_name: [
      "群名",
      "群聊",
      "会话",
      "群名称",
      "群組",
      "群組名稱",
      "群名稱",
      "聊天室",
      "room_name",
      "TalkerName",
      "group",
      "group_name",
      "channel",
    ],
    message_id: ["消息ID", "服务ID", "MsgSvrID", "message_id"],
    sheet_group: OF_SHEET.sheet_group,
  },
  required: ["sent_at", "text"],
  notice: readNamedNotice,
  derive: {
    group_id: "coalesce(option('group_id'), group_id, group_name, sheet_group, option('stem'))",
    type: `coalesce(${MESSAGE_TYPE}, ${qqType("type")}, 'unknown')`,
    sender_id: OF_NOBODY("sender_id"),
    sender_name: OF_NOBODY("sender_name"),
  },
});
