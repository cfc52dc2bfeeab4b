import { exportHeader } from "../../src/kit/evidence.ts";
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
 * WeChatMsg / MemoTrace 留痕, CSV of all chats (messages.csv): the header of the CSV of one chat, and other things below it.
 * Variants seen:
 * - Remark and NickName are those of the chat, Sender is the name of who wrote; the account itself is 我
 * - which chats are groups is not said: those in which others than one person write, or that tell of joins
 * - a group without a name has neither: its number in that database then stands for it
 */
const WRITTEN_BY_OTHERS =
  "Sender <> '' and Sender <> '我' and Sender is distinct from NickName and Sender is distinct from Remark";

/** All rows of a chat; without an order DuckDB makes a join of it. */
const CHAT = "partition by chat order by record rows between unbounded preceding and unbounded following";

export default tableImporter({
  id: "memotrace-all-csv",
  title: {
    zh: "微信全部聊天记录 CSV（MemoTrace 留痕 / WeChatMsg）",
    en: "CSV of all WeChat chats (MemoTrace / WeChatMsg)",
  },
  kind: "chat",
  matches: (head) => {
    const evidence = exportHeader(head, MEMOTRACE_HEADER, ["localId", "Status", "StrTime"]);
    if (evidence.missing.length > 0 || holdsAllChats(head, evidence.headerRow)) return evidence;
    return { ...evidence, missing: ["Sender = 我"] };
  },
  reader: { csv: { columns: { ...MEMOTRACE_COLUMNS, TalkerId: "VARCHAR" } } },
  notice: readNotice,
  select: `
    select
        record,
        if(is_group, coalesce(option('group_id'), chat), null) as group_id,
        if(is_group, chat, null) as group_name,
        if(Type not in (10000, 10002) and (IsSender = 1 or Sender = '我'), coalesce(option('self_id'), 'self'), null) as sender_id,
        if(Type in (10000, 10002) or IsSender = 1 or Sender = '我', null, nullif(Sender, '')) as sender_name,
        ${MEMOTRACE_TIME},
        ${MEMOTRACE_TYPE},
        StrContent as text,
        if(contains(StrContent, '@所有人'), ['*'], null) as mentions
    from (
        select *,
            bool_or(${WRITTEN_BY_OTHERS} or Type = 10000 and contains(StrContent, '群聊')) over (${CHAT}) as is_group
        from (
            select *, coalesce(nullif(Remark, ''), nullif(NickName, ''), option('stem') || ' ' || TalkerId) as chat
            from source
        )
    )
    order by record`,
});
