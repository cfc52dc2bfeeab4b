import { exportHeader } from "../../src/kit/evidence.ts";
import { tableImporter } from "../../src/kit/importer.ts";
import { MESSAGE_WORDS } from "../../src/kit/message-words.ts";
import { OF_SHEET } from "../../src/kit/of-sheet.ts";
import { ourWord } from "../../src/kit/our-words.ts";
import { readNamedNotice } from "./shared/wechat.ts";

/*
 * WeFlow, workbook of one chat (sheet 聊天记录), or the CSV that a spreadsheet program makes of it. Variants seen:
 * - three rows on the chat and the program above the header
 * - compact: 身份 is the name, 类型 the kind, and there are no ids; the account itself is 我. Such a header may be anybody's, so
 *   the rows above it must stand there
 * - newer ones say 发送者账号ID for 发送者微信ID, and in the compact form 发送者身份 and 消息类型
 * - 群昵称, the name in the group, is there or not
 * - a notice stands under the room's id, or under 系统消息; a quote is text[引用 who：preview]
 * - the chat's id is in the rows above alone: the sheet's name (a sheet per group, put together by hand), the file's, or --group, is the group
 */
const WHOLE = ["序号", "时间", "发送者昵称", "发送者备注", "发送者身份", "消息类型", "内容"];
const IDS = ["发送者微信ID", "发送者账号ID"];
const COMPACT = [
  ["序号", "时间", "身份", "类型", "内容"],
  ["序号", "时间", "发送者身份", "消息类型", "内容"],
];
const ABOVE = "会话信息";
const ID = `coalesce(nullif("发送者微信ID", ''), nullif("发送者账号ID", ''))`;
const NAME = `coalesce(nullif("群昵称", ''), nullif("发送者昵称", ''), nullif("身份", ''), nullif("发送者身份", ''))`;
const TYPE = `coalesce("消息类型", "类型")`;
const IS_NOTICE = `(coalesce(${ID}, '') like '%@chatroom' or ${TYPE} = '系统消息')`;

export default tableImporter({
  id: "weflow-sheet",
  title: { zh: "微信聊天记录 Excel（WeFlow）", en: "WeChat chat workbook (WeFlow)" },
  kind: "chat",
  matches: (head) => {
    const whole = IDS.map((id) => exportHeader(head, [...WHOLE, id])).reduce(smaller);
    if (whole.missing.length === 0) return whole;
    const compact = COMPACT.map((names) => exportHeader(head, names)).reduce(smaller);
    const isTitled = head.rows.slice(0, compact.headerRow).some((row) => row.includes(ABOVE));
    return smaller(whole, isTitled ? compact : { ...compact, missing: [...compact.missing, ABOVE] });
  },
  reader: {
    csv: {
      columns: Object.fromEntries(
        [...WHOLE, ...IDS, "群昵称", "身份", "类型", "群名", OF_SHEET.sheet_group].map(
          (column) => [column, "VARCHAR"] as const,
        ),
      ),
    },
  },
  notice: readNamedNotice,
  select: `
    select
        record,
        if(regexp_full_match(${ID}, '\\d(\\.\\d+)?[eE]\\+?\\d+'), 'id_resaved_by_spreadsheet', null) as issue,
        '发送者微信ID' as issue_column,
        coalesce(option('group_id'), nullif("群名", ''), nullif("${OF_SHEET.sheet_group}", ''), option('stem')) as group_id,
        case
            when ${IS_NOTICE} then null
            when "发送者身份" = '我' or ${ID} is null and ${NAME} = '我' then coalesce(option('self_id'), ${ID}, 'self')
            else ${ID}
        end as sender_id,
        if(${IS_NOTICE} or ${ID} is null and ${NAME} = '我', null, ${NAME}) as sender_name,
        "时间" as sent_at,
        case
            when ${IS_NOTICE} then 'system'
            when "内容" like '[红包]%' then 'red_packet'
            when "内容" like '[接龙]%' then 'solitaire'
            else coalesce(${ourWord(TYPE, MESSAGE_WORDS)}, 'unknown')
        end as type,
        regexp_replace("内容", '^([^\\[]*)\\[引用 [^\\]：]*：[\\s\\S]*\\]$', '\\1') as text,
        if(contains("内容", '@所有人'), ['*'], null) as mentions
    from source`,
});

function smaller<One extends { missing: readonly string[] }>(one: One, other: One): One {
  return other.missing.length < one.missing.length ? other : one;
}
