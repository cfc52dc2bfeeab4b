import { Database, literal } from "../src/warehouse/database.ts";

export interface Size {
  messages: number;
  members: number;
  groups: number;
  weeks: number;
}

/** What one import is measured with, and a tenth of it for a quick look. */
export const SIZES: Readonly<Record<string, Size>> = {
  full: { messages: 2_000_000, members: 100_000, groups: 200, weeks: 52 },
  small: { messages: 200_000, members: 10_000, groups: 40, weeks: 26 },
};

/** The community that the goals of a build are stated for, and a tenth of it. */
export const COMMUNITIES: Readonly<Record<string, Size>> = {
  full: { messages: 10_000_000, members: 500_000, groups: 2000, weeks: 104 },
  small: { messages: 1_000_000, members: 50_000, groups: 200, weeks: 104 },
};

const START = "timestamp '2025-11-24 00:00:00'";

// A WeChat group holds 500 people; over a year three times as many pass through it.
const SENDERS = 1500;

/** One group's chat as MemoTrace writes it: multi-line texts, emoji, notices, `messages` rows in it. */
export async function writeMemotrace(path: string, { messages, weeks }: Size): Promise<void> {
  const database = await Database.open(":memory:");
  const step = (weeks * 604_800) / messages;
  await database.run(
    `copy (
       select i as "localId", 1 as "TalkerId", if(i % 97 = 0, 10000, if(i % 11 = 0, 3, 1)) as "Type", 0 as "SubType", 0 as "IsSender",
         epoch(${START} - interval 8 hour)::bigint + (i * ${step})::bigint as "CreateTime", 3 as "Status",
         if(i % 97 = 0, '"成员' || (hash(i, 3) % ${SENDERS}) || '"通过扫描"管理员"分享的二维码加入群聊',
           ['早上好', '这个多少钱？', '收到', '已下单' || chr(10) || '谢谢', '今天的草莓很新鲜，"甜"', '求链接 😊', '+1'][1 + i % 7] || ' ' || i) as "StrContent",
         strftime(${START} + to_seconds((i * ${step})::bigint), '%Y-%m-%d %H:%M:%S') as "StrTime", '' as "Remark",
         '成员' || (hash(i) % ${SENDERS}) as "NickName", 'wxid_' || (hash(i) % ${SENDERS}) as "Sender"
       from range(${messages}) as t(i)
     ) to ${literal(path)} (header, delimiter ',', quote '"')`,
  );
  database.close();
}
