import { exportHeader } from "../../src/kit/evidence.ts";
import { tableImporter } from "../../src/kit/importer.ts";
import { MESSAGE_WORDS } from "../../src/kit/message-words.ts";
import { ourWord } from "../../src/kit/our-words.ts";
import { readNotice } from "./shared/notices.ts";
import { qqType } from "./shared/qq-kinds.ts";

/*
 * QQ Chat Exporter, workbook of one chat, or the CSV that a spreadsheet program makes of it. Variants seen:
 * - 群头衔 or no such column; kinds as type_1 or by name
 * - the program itself is 系统消息, or the number 0
 * - 是否撤回 = 是: the text is still here, and no id by which a recall could name it
 * - the chat's name is nowhere: the file is called group_number_day_time or friend_…, else the name stands for the group
 */
const STEM = "option('stem')";
const GROUP = `regexp_extract(${STEM}, '^group_(?:.*_)?(\\d{5,})_\\d{8}_\\d{6}', 1)`;
const ALONE = (words: string) =>
  `regexp_full_match("消息内容", '(?:\\s*\\[(?:${words})(?:\\d+|:[^\\]\\n]*)?\\])+\\s*')`;
const KIND = `case
    when "发送者QQ号" in ('10000', '1000000') then 'system'
    when coalesce("发送者QQ号", '') in ('', '0') and coalesce("发送者", '') in ('', '0', '系统消息') then 'system'
    when ${ALONE("图片")} then 'image'
    when ${ALONE("动画表情|商城表情|表情")} then 'sticker'
    else coalesce(${ourWord('"消息类型"', MESSAGE_WORDS)}, ${qqType('"消息类型"')}, 'unknown')
end`;

export default tableImporter({
  id: "qce-sheet",
  title: { zh: "QQ 聊天记录 Excel（QQ Chat Exporter）", en: "QQ chat workbook (QQ Chat Exporter)" },
  kind: "chat",
  idPrefix: "qq:",
  matches: (head) =>
    exportHeader(
      head,
      ["序号", "时间", "发送者", "发送者QQ号", "消息类型", "消息内容", "是否撤回", "资源数量"],
      ["序号", "资源数量"],
    ),
  reader: {
    csv: {
      columns: {
        时间: "VARCHAR",
        发送者: "VARCHAR",
        发送者QQ号: "VARCHAR",
        群头衔: "VARCHAR",
        消息类型: "VARCHAR",
        消息内容: "VARCHAR",
        是否撤回: "VARCHAR",
      },
    },
  },
  notice: readNotice,
  select: `
    select
        record,
        case
            when option('group_id') is not null then option('group_id')
            when ${GROUP} <> '' then 'qq:' || ${GROUP}
            when not starts_with(${STEM}, 'friend_') then ${STEM}
        end as group_id,
        if(kind = 'system', null, nullif(nullif("发送者QQ号", '0'), '')) as sender_id,
        if(kind = 'system', null, "发送者") as sender_name,
        if("群头衔" in ('群主', '管理员'), 'staff', null) as sender_role,
        "时间" as sent_at,
        case
            when kind = 'system' or "是否撤回" is distinct from '是' then kind
            else 'recalled'
        end as type,
        regexp_replace("消息内容", '^\\[回复(?:消息\\]\\s*| [\\s\\S]*?\\]\\r?\\n)', '') as text,
        if(contains("消息内容", '@全体成员'), ['*'], null) as mentions
    from (select *, ${KIND} as kind from source)`,
});
