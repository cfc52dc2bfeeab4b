import { Database, literal } from "../src/warehouse/database.ts";

export interface Size {
  messages: number;
  members: number;
  groups: number;
  weeks: number;
}

/** The size the goals are stated for, and a tenth of it for a quick look. */
export const SIZES: Readonly<Record<string, Size>> = {
  full: { messages: 2_000_000, members: 100_000, groups: 200, weeks: 52 },
  small: { messages: 200_000, members: 10_000, groups: 40, weeks: 26 },
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

/** A community of many groups as our own tables: members with joins and leaves, messages, orders. */
export async function writeCommunity(
  folder: string,
  { messages, members, groups, weeks }: Size,
): Promise<void> {
  const database = await Database.open(":memory:");
  const seconds = weeks * 604_800;
  const end = `${START} + to_seconds(${seconds})`;
  // A third leave, after up to a year; nobody speaks or buys before joining or after leaving.
  await database.run(
    `create table members as
     select i, joined_at, if(hash(i, 1) % 3 = 0 and left_at < ${end}, left_at, null) as left_at
     from (
       select *, joined_at + to_seconds((86400 + hash(i, 2) % ${seconds})::bigint) as left_at
       from (select i, ${START} - interval 60 day + to_seconds((hash(i) % ${seconds})::bigint) as joined_at from range(${members}) as t(i))
     )`,
  );
  const during = (draw: string) =>
    `joined_at + to_seconds((epoch(coalesce(left_at, ${end})::timestamp - joined_at) * (${draw} / 18446744073709551616.0))::bigint)`;
  await database.run(
    `copy (
       select 'g' || (i % ${groups}) as group_id, 'm' || i as member_id, '199' || lpad(i::varchar, 8, '0') as phone, joined_at, left_at
       from members
     ) to ${literal(`${folder}/members.csv`)} (header)`,
  );
  // A few speak much and most hardly ever: the cube of a uniform draw.
  await database.run(
    `copy (
       select 'g' || (members.i % ${groups}) as group_id, 'm' || members.i as sender_id, greatest(${during("hash(n, 3)")}, ${START}) as sent_at,
         '第' || n || '条消息，今天的活动怎么参加？' as text, 'x' || n as message_id
       from (select n, floor(pow(hash(n) / 18446744073709551616.0, 3) * ${members})::bigint as who from range(${messages}) as t(n))
       join members on members.i = who
       where coalesce(left_at, ${end}) > ${START}
       order by sent_at
     ) to ${literal(`${folder}/messages.csv`)} (header)`,
  );
  await database.run(
    `copy (
       select 'o' || n as order_id, greatest(${during("hash(n, 5)")}, ${START}) as paid_at, 10 + n % 90 as amount,
         if(n % 20 = 0, 10 + n % 90, 0) as refunded, 'm' || members.i as buyer_id
       from (select n, (hash(n, 7) % ${Math.round(members * 0.4)})::bigint as who from range(${Math.round(messages / 10)}) as t(n))
       join members on members.i = who
       where coalesce(left_at, ${end}) > ${START}
     ) to ${literal(`${folder}/orders.csv`)} (header)`,
  );
  database.close();
}
