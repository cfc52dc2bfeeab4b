import { exportHeader, jsonAt, probe } from "../../src/kit/evidence.ts";
import { tableImporter } from "../../src/kit/importer.ts";
import {
  holdsAllChats,
  MEMOTRACE_COLUMNS,
  MEMOTRACE_HEADER,
  MEMOTRACE_TIME,
  MEMOTRACE_TYPE,
} from "./shared/memotrace.ts";
import { readNotice } from "./shared/notices.ts";

/*
 * WeChatMsg / MemoTrace 留痕, CSV of one chat. Variants seen:
 * - UTF-8 with BOM; CreateTime is epoch seconds and counts, StrTime is local and only for people
 * - Sender is the wxid; empty on some own messages (IsSender = 1)
 * - 10000 = notice, 10002 = recall; 49 = app message by SubType; the raw text may start with "wxid_x:\n"
 * - TalkerId is a number of that one database, so the group is the file's name without the _utf8 that it ends in (or --group)
 * - a chat of two people is in no group: its file is called as the only other one who writes, and nobody comes or goes
 * - a quoted message stands below the text as 引用:who:text, or 引用:未知
 * - localId counts in one database only: never a key
 */
const CHAT = "regexp_replace(option('stem'), '_utf8$', '')";

const BY_ANOTHER = "Type not in (10000, 10002) and IsSender = 0 and Sender not like '%@chatroom'";
const CALLED_SO = `(coalesce(Remark, '') = ${CHAT} or coalesce(NickName, '') = ${CHAT})`;
const IS_OF_TWO = `(
    select count(distinct Sender) filter (${BY_ANOTHER}) = 1 and bool_and(${CALLED_SO}) filter (${BY_ANOTHER})
        and not coalesce(bool_or(Type = 10000 and contains(StrContent, '群聊')), false)
    from source
)`;

const TRAINING_SET = {
  zh: "是训练大模型用的对话集，没有时间和群，不是聊天记录；请在导出工具里选 CSV",
  en: "is a training set for language models without times or groups: choose CSV in the exporter",
};

export default tableImporter({
  id: "memotrace-csv",
  title: {
    zh: "微信聊天记录 CSV（MemoTrace 留痕 / WeChatMsg）",
    en: "WeChat chat CSV (MemoTrace / WeChatMsg)",
  },
  kind: "chat",
  matches: (head) => {
    if (jsonAt(head, "conversations") !== undefined)
      return { ...probe({ conversations: true }), refusal: TRAINING_SET };
    const evidence = exportHeader(head, MEMOTRACE_HEADER, [
      "localId",
      "TalkerId",
      "Status",
      "StrTime",
      "Remark",
    ]);
    if (evidence.missing.length > 0 || !holdsAllChats(head, evidence.headerRow)) return evidence;
    return { ...evidence, missing: ["Sender = wxid"] };
  },
  reader: { csv: { columns: MEMOTRACE_COLUMNS } },
  notice: readNotice,
  select: `
    select
        record,
        coalesce(option('group_id'), if(${IS_OF_TWO}, null, ${CHAT})) as group_id,
        ${CHAT} as group_name,
        case
            when Type in (10000, 10002) or Sender like '%@chatroom' then null
            when Sender is not null and Sender <> '' then Sender
            when IsSender = 1 then coalesce(option('self_id'), 'self')
        end as sender_id,
        if(Type in (10000, 10002), null, coalesce(nullif(NickName, ''), nullif(Remark, ''))) as sender_name,
        ${MEMOTRACE_TIME},
        ${MEMOTRACE_TYPE},
        case
            when Type = 49 and SubType = 57
                then regexp_replace(StrContent, '\\r?\\n引用:(?:未知|[^:\\n]+:[\\s\\S]*)\\s*$', '')
            when starts_with(StrContent, Sender) and regexp_matches(StrContent[length(Sender) + 1:], '^:\\r?\\n')
                then ltrim(StrContent[length(Sender) + 2:], chr(13) || chr(10))
            else StrContent
        end as text,
        if(contains(StrContent, '@所有人'), ['*'], null) as mentions
    from source`,
});
