import { exportHeader } from "../../src/kit/evidence.ts";
import { tableImporter } from "../../src/kit/importer.ts";
import { MESSAGE_WORDS } from "../../src/kit/message-words.ts";
import { ourWord } from "../../src/kit/our-words.ts";
import { readNamedNotice } from "./shared/wechat.ts";

/*
 * WeFlow, workbook of one chat (sheet 聊天记录), or the CSV that a spreadsheet program makes of it. Variants seen:
 * - three rows on the chat and the program above the header
 * - compact: 身份 is the name, 类型 the kind, and there are no ids; the account itself is 我
 * - 群昵称, the name in the group, is there or not
 * - a notice stands under the room's id, or under 系统消息; a quote is text[引用 who：preview]
 * - the chat's id is in the rows above alone: the file's name, or --group, is the group
 */
const WHOLE = ["时间", "发送者昵称", "发送者微信ID", "消息类型", "内容"];
const COMPACT = ["序号", "时间", "身份", "类型", "内容"];
const ID = `nullif("发送者微信ID", '')`;
const NAME = `coalesce(nullif("群昵称", ''), nullif("发送者昵称", ''), nullif("身份", ''))`;
const TYPE = `coalesce("消息类型", "类型")`;
const IS_NOTICE = `(coalesce(${ID}, '') like '%@chatroom' or ${TYPE} = '系统消息')`;

export default tableImporter({
  id: "weflow-sheet",
  title: { zh: "微信聊天记录 Excel（WeFlow）", en: "WeChat chat workbook (WeFlow)" },
  kind: "chat",
  matches: (head) => {
    const whole = exportHeader(head, WHOLE);
    return whole.missing.length > 0 ? smaller(whole, exportHeader(head, COMPACT)) : whole;
  },
  reader: {
    csv: {
      columns: Object.fromEntries(
        [...WHOLE, "群昵称", "发送者身份", "身份", "类型"].map((column) => [column, "VARCHAR"] as const),
      ),
    },
  },
  notice: readNamedNotice,
  select: `
    select
        record,
        coalesce(option('group_id'), option('stem')) as group_id,
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
