import type { Head } from "../../../src/kit/importer.ts";

/** The columns of both of its tables: of one chat, and of all chats of an account. */
export const MEMOTRACE_HEADER =
  "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender".split(
    ",",
  );

/**
 * Whether the table holds all chats: Sender then is a name, or 我, where the table of one chat has account ids. The head is
 * enough: it holds hundreds of messages.
 */
export function holdsAllChats({ rows }: Head, headerRow = 0): boolean {
  const at = rows[headerRow]?.indexOf("Sender") ?? -1;
  const senders = at < 0 ? [] : rows.slice(headerRow + 1).map((row) => row[at] ?? "");
  return senders.some((one) => /[^\w@.-]/u.test(one)) && !senders.some((one) => one.startsWith("wxid_"));
}

/** The columns that the selects use. */
export const MEMOTRACE_COLUMNS = {
  Type: "INTEGER",
  SubType: "INTEGER",
  IsSender: "INTEGER",
  CreateTime: "BIGINT",
  StrContent: "VARCHAR",
  Remark: "VARCHAR",
  NickName: "VARCHAR",
  Sender: "VARCHAR",
};

/** SQL: when it was sent. */
export const MEMOTRACE_TIME =
  "if(CreateTime between 0 and 253402300799, to_timestamp(CreateTime), null) as sent_at";

/** SQL: WeChat's numbers as kinds. */
export const MEMOTRACE_TYPE = `case Type
    when 1 then 'text' when 3 then 'image' when 34 then 'voice' when 42 then 'card' when 43 then 'video'
    when 47 then 'sticker' when 48 then 'location' when 50 then 'call' when 10000 then 'system' when 10002 then 'system'
    when 49 then case
        when SubType = 57 then 'text' when SubType = 6 then 'file' when SubType in (3, 4, 5, 92) then 'link'
        when SubType = 8 then 'sticker' when SubType in (33, 36) then 'miniapp' when SubType in (51, 63, 88) then 'channels'
        when SubType in (19, 24) then 'forward' when SubType = 53 then 'solitaire' when SubType = 62 then 'system'
        when SubType = 87 then 'announcement' when SubType = 2000 then 'transfer' when SubType in (2001, 2003) then 'red_packet'
        else 'unknown' end
    else 'unknown'
end as type`;
