import { exportHeader, jsonAt, probe } from "../../src/kit/evidence.ts";
import { tableImporter } from "../../src/kit/importer.ts";
import { readNotice } from "./shared/notices.ts";

/*
 * WeChatMsg / MemoTrace 留痕, CSV of one chat. Variants seen:
 * - UTF-8 with BOM; CreateTime is epoch seconds and counts, StrTime is local and only for people
 * - Sender is the wxid; empty on some own messages (IsSender = 1)
 * - 10000 = notice, 10002 = recall; 49 = app message by SubType; the raw text may start with "wxid_x:\n"
 * - TalkerId is a number of that one database, so the group is the file's name (or --group)
 * - localId counts in one database only: never a key
 */
const HEADER =
  "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender".split(
    ",",
  );

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
  matches: (head) =>
    jsonAt(head, "conversations") === undefined
      ? exportHeader(head, HEADER, ["localId", "TalkerId", "Status", "StrTime", "Remark"])
      : { ...probe({ conversations: true }), refusal: TRAINING_SET },
  reader: {
    csv: {
      columns: {
        Type: "INTEGER",
        SubType: "INTEGER",
        IsSender: "INTEGER",
        CreateTime: "BIGINT",
        StrContent: "VARCHAR",
        Remark: "VARCHAR",
        NickName: "VARCHAR",
        Sender: "VARCHAR",
      },
    },
  },
  notice: readNotice,
  select: `
    select
        record,
        coalesce(option('group_id'), option('stem')) as group_id,
        option('stem') as group_name,
        case
            when Type in (10000, 10002) or Sender like '%@chatroom' then null
            when Sender is not null and Sender <> '' then Sender
            when IsSender = 1 then coalesce(option('self_id'), 'self')
        end as sender_id,
        if(Type in (10000, 10002), null, coalesce(nullif(NickName, ''), nullif(Remark, ''))) as sender_name,
        if(CreateTime between 0 and 253402300799, to_timestamp(CreateTime), null) as sent_at,
        case Type
            when 1 then 'text' when 3 then 'image' when 34 then 'voice' when 42 then 'card' when 43 then 'video'
            when 47 then 'sticker' when 48 then 'location' when 50 then 'call' when 10000 then 'system' when 10002 then 'system'
            when 49 then case
                when SubType = 57 then 'text' when SubType = 6 then 'file' when SubType in (3, 4, 5, 92) then 'link'
                when SubType = 8 then 'sticker' when SubType in (33, 36) then 'miniapp' when SubType in (51, 63, 88) then 'channels'
                when SubType in (19, 24) then 'forward' when SubType = 53 then 'solitaire' when SubType = 62 then 'system'
                when SubType = 87 then 'announcement' when SubType = 2000 then 'transfer' when SubType in (2001, 2003) then 'red_packet'
                else 'unknown' end
            else 'unknown'
        end as type,
        if(starts_with(StrContent, Sender) and regexp_matches(StrContent[length(Sender) + 1:], '^:\\r?\\n'),
            ltrim(StrContent[length(Sender) + 2:], chr(13) || chr(10)), StrContent) as text,
        if(contains(StrContent, '@所有人'), ['*'], null) as mentions
    from source`,
});
