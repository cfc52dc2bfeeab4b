import { exportHeader } from "../../src/kit/evidence.ts";
import { tableImporter } from "../../src/kit/importer.ts";
import { PLACEHOLDERS, readNamedNotice } from "./shared/wechat.ts";

/*
 * sjzar/chatlog and forks, CSV. Variants seen:
 * - local time, no id, no type: placeholders such as ![图片](…) tell the kind
 * - the account itself is 我, notices are from 系统消息; talkers that are rooms end in @chatroom
 * - what it does not know is cut at 120 bytes, perhaps inside a character
 */
const HEADER = ["Time", "SenderName", "Sender", "TalkerName", "Talker", "Content"];
const KINDS = PLACEHOLDERS.map(([start, kind]) => `when starts_with(Content, '${start}') then '${kind}'`);

export default tableImporter({
  id: "chatlog-csv",
  title: { zh: "微信聊天记录 CSV（chatlog）", en: "WeChat chat CSV (chatlog)" },
  kind: "chat",
  matches: (head) => exportHeader(head, HEADER, ["TalkerName"]),
  reader: { csv: { columns: Object.fromEntries(HEADER.map((column) => [column, "VARCHAR"])) } },
  notice: readNamedNotice,
  select: `
    select
        record,
        if(Talker like '%@chatroom', coalesce(option('group_id'), Talker), null) as group_id,
        coalesce(nullif(TalkerName, ''), Talker) as group_name,
        case
            when Sender = '系统消息' then null
            when Sender = '我' then coalesce(option('self_id'), 'self')
            else Sender
        end as sender_id,
        if(Sender = '系统消息', null, nullif(SenderName, '')) as sender_name,
        "Time" as sent_at,
        case when Sender = '系统消息' then 'system' ${KINDS.join(" ")} else 'text' end as type,
        regexp_replace(Content, '^(> [^\\n]*(\\n|$))+', '') as text,
        if(contains(Content, '@所有人'), ['*'], null) as mentions
    from source`,
});
