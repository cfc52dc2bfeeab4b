import { exportHeader } from "../../src/kit/evidence.ts";
import { tableImporter } from "../../src/kit/importer.ts";
import { MESSAGE_WORDS } from "../../src/kit/message-words.ts";
import { OF_SHEET } from "../../src/kit/of-sheet.ts";
import { ourWord } from "../../src/kit/our-words.ts";
import { readNotice } from "./shared/notices.ts";
import { qqType } from "./shared/qq-kinds.ts";

/*
 * QQ Chat Exporter, workbook of one chat, or the CSV that a spreadsheet program makes of it. Variants seen:
 * - 群头衔 or no such column; kinds as type_1 or by name
 * - the program itself is 系统消息, or the number 0
 * - files are named behind the text: [image: a.jpg], as many as 资源数量 says
 * - 是否撤回 = 是: the text is still here, and no id by which a recall could name it
 * - the chat's name is nowhere: the program calls the file group_number_day_time or group_name_number_day_time (friend_ likewise);
 *   else the sheet's name (a sheet per group, put together by hand) or the file's stands for the group
 */
const STEM = "option('stem')";
const NUMBER = `regexp_extract(${STEM}, '^group_(?:.*_)?(\\d{5,})_\\d{8}_\\d{6}', 1)`;
const GROUP = `coalesce(option('group_id'), nullif("群名", ''), nullif("${OF_SHEET.sheet_group}", ''))`;
const FILES = String.raw`(?:\s*\[(?:image|video|audio|file): [^\]\n]*\])+$`;
const SAID = `if(coalesce("资源数量", '0') = '0', "消息内容", regexp_replace("消息内容", '${FILES}', ''))`;
const ALONE = (words: string, text: string) =>
  `regexp_full_match(${text}, '(?:\\s*\\[(?:${words})(?:\\d+|:[^\\]\\n]*)?\\])+\\s*')`;
const KIND = `case
    when "发送者QQ号" in ('10000', '1000000') then 'system'
    when coalesce("发送者QQ号", '') in ('', '0') and coalesce("发送者", '') in ('', '0', '系统消息') then 'system'
    when ${ALONE("图片|image", '"消息内容"')} then 'image'
    when ${ALONE("动画表情|商城表情|表情", '"消息内容"')} then 'sticker'
    else coalesce(${ourWord('"消息类型"', MESSAGE_WORDS)}, ${qqType('"消息类型"')}, ${ourWord('"消息类型"', { text: ["@提及", "at"], voice: ["音频"], sticker: ["face"] })}, 'unknown')
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
        资源数量: "VARCHAR",
        群名: "VARCHAR",
        [OF_SHEET.sheet_group]: "VARCHAR",
      },
    },
  },
  notice: readNotice,
  select: `
    select
        record,
        case
            when ${GROUP} is not null then ${GROUP}
            when ${NUMBER} <> '' then 'qq:' || ${NUMBER}
            when not regexp_matches(${STEM}, '^friend_.+_\\d{8}_\\d{6}') then ${STEM}
        end as group_id,
        if(regexp_full_match("发送者QQ号", '\\d(\\.\\d+)?[eE]\\+?\\d+'), 'id_resaved_by_spreadsheet', null) as issue,
        '发送者QQ号' as issue_column,
        if(kind = 'system', null, nullif(nullif("发送者QQ号", '0'), '')) as sender_id,
        if(kind = 'system', null, "发送者") as sender_name,
        if("群头衔" in ('群主', '管理员'), 'staff', null) as sender_role,
        "时间" as sent_at,
        case
            when kind = 'system' or "是否撤回" is distinct from '是' then kind
            else 'recalled'
        end as type,
        regexp_replace(said, '^\\[回复(?:消息\\]\\s*| [\\s\\S]*?\\]\\r?\\n)', '') as text,
        if(contains("消息内容", '@全体成员'), ['*'], null) as mentions
    from (select *, ${KIND} as kind, coalesce(nullif(${SAID}, ''), "消息内容") as said from source)`,
});
