import { hasColumns } from "../../src/kit/evidence.ts";
import { tableImporter } from "../../src/kit/importer.ts";
import { readNotice } from "./shared/notices.ts";
import { PYWXDUMP_KINDS, PYWXDUMP_NOTICES } from "./shared/pywxdump.ts";

/*
 * PyWxDump CSV, and the same table as WeClone writes it. Variants seen:
 * - CreateTime is local time; WeClone's has an offset; a spreadsheet program leaves 2024/10/4 11:42
 * - talker is the wxid, 我 the account itself, 系统 or 未知 a notice; room_name is the chat's id, absent in WeClone's
 * - MsgSvrID becomes 7.43E+18 in a spreadsheet program: then it is no id
 * - a quote stands below the answer: msg, blank line, [引用](time)name:content
 */
const KINDS = Object.entries(PYWXDUMP_KINDS).map(([said, kind]) => `when '${said}' then '${kind}'`);
const NOTICE = `(talker in ('${PYWXDUMP_NOTICES.join("', '")}') or starts_with(type_name, '消息撤回'))`;

// WeClone names the talker and writes the kinds in English.
const WECLONE = "regexp_full_match(type_name, '[a-z_]+')";

export default tableImporter({
  id: "pywxdump-csv",
  title: { zh: "微信聊天记录 CSV（PyWxDump / WeClone）", en: "WeChat chat CSV (PyWxDump / WeClone)" },
  kind: "chat",
  matches: (head) =>
    hasColumns(head, ["MsgSvrID", "type_name", "is_sender", "talker", "msg", "src", "CreateTime"]),
  reader: {
    csv: {
      columns: {
        MsgSvrID: "VARCHAR",
        type_name: "VARCHAR",
        is_sender: "VARCHAR",
        talker: "VARCHAR",
        room_name: "VARCHAR",
        msg: "VARCHAR",
        CreateTime: "VARCHAR",
      },
    },
  },
  notice: readNotice,
  select: `
    select
        record,
        case
            when room_name like '%@chatroom' or room_name is null or room_name = ''
                then coalesce(option('group_id'), nullif(room_name, ''), option('stem'))
        end as group_id,
        if(regexp_full_match(MsgSvrID, '[0-9]+') and MsgSvrID <> '0', MsgSvrID, null) as message_id,
        case
            when ${NOTICE} then null
            when talker = '我' then coalesce(option('self_id'), 'self')
            when not ${WECLONE} then talker
        end as sender_id,
        if(${WECLONE}, talker, null) as sender_name,
        CreateTime as sent_at,
        case
            when ${NOTICE} then 'system'
            else case type_name ${KINDS.join(" ")} else 'unknown' end
        end as type,
        regexp_replace(msg, '\\s*\\n\\[引用\\]\\([^)]*\\)[\\s\\S]*$', '') as text,
        if(contains(msg, '@所有人'), ['*'], null) as mentions
    from source`,
});
