import { Database, literal } from "../src/warehouse/database.ts";
import type { Size } from "./data.ts";

/** The week before which the community has no messages; a Monday. */
const START = "timestamp '2024-11-25 00:00:00'";
const WEEK = 604_800;

const TEXTS = [
  "今天的活动怎么参加？",
  "收到",
  "这个多少钱？",
  "早上好",
  "昨天买的草莓很甜，孩子很喜欢",
  "还有货吗",
  "快递三天了还没到，有人管吗",
  "谢谢",
  "我也想要一份，怎么下单",
  "哈哈哈哈",
  "推荐大家试试这个，回购第二次了",
  "1",
];
const POSTS = [
  "早上好，今天的话题：周末大家都做什么菜？",
  "【限时秒杀】草莓 2 斤装 59.9 元，今晚 8 点开抢",
  "欢迎新朋友，先看群公告",
  "库存不多了，拼团链接在这里 https://shop.invalid/p/1",
  "明天上午到货，需要的接龙",
];
const list = (texts: readonly string[]) => `[${texts.map(literal).join(", ")}]`;

/**
 * A community of many groups as our own tables: members.csv with joins and leaves, messages.csv and orders.csv, up to
 * but without the last week, and messages-next.csv and orders-next.csv with that week alone. Two of the members of each
 * group work for it, one in twenty is in a second group, a third leave; nobody speaks or buys before joining or after
 * leaving. A few speak much and most hardly ever: the cube of a uniform draw.
 */
export async function writeCommunity(
  folder: string,
  { messages, members, groups, weeks }: Size,
): Promise<void> {
  const database = await Database.open(":memory:");
  const seconds = weeks * WEEK;
  const end = `(${START} + interval ${weeks} week)`;
  const draw = (...seeds: string[]) => `(hash(${seeds.join(", ")}) / 18446744073709551616.0)`;
  const stays = Math.round(members * 1.05);
  await database.run(
    `create table stays as
     select i, if(i < ${members}, i % ${groups}, hash(i, 9) % ${groups}) as g, i % ${members} as m, if(i < ${2 * groups}, 'staff', 'member') as role,
       joined_at, if(i >= ${2 * groups} and hash(i, 1) % 3 = 0 and left_at < ${end}, left_at, null) as left_at
     from (
       select *, joined_at + to_seconds((86400 + hash(i, 2) % ${seconds})::bigint) as left_at
       from (
         select i, if(i < ${2 * groups}, ${START} - interval 60 day, ${START} - interval 60 day + to_seconds((hash(i) % ${seconds})::bigint)) as joined_at
         from range(${stays}) as t(i)
       )
     )`,
  );
  await database.run(
    `copy (
       select 'g' || g as group_id, 'm' || m as member_id, role, '199' || lpad(m::varchar, 8, '0') as phone, joined_at, left_at,
         if(i % 4 = 0 and role = 'member', 'm' || (hash(i, 4) % ${members}), null) as inviter_id
       from stays
     ) to ${literal(`${folder}/members.csv`)} (header)`,
  );
  const span = "epoch(coalesce(left_at, last_at)::timestamp - first_at)";
  const drawn = (what: string, n: number, who: string) =>
    `(select n, stays.i, g, m, role, first_at + to_seconds((${span} * ${draw("n", what)})::bigint) as said_at
      from (select n, ${who} as i from range(${n}) as t(n))
      join (select *, greatest(joined_at, ${START}) as first_at, ${end} as last_at from stays) as stays using (i)
      where coalesce(left_at, last_at) > first_at)`;
  const halves = [
    ["", `said_at < ${end} - interval 7 day`],
    ["-next", `said_at >= ${end} - interval 7 day`],
  ] as const;
  await database.run(
    `create table messages as
     select n, g, m, said_at, if(role = 'staff', ${list(POSTS)}[1 + n % ${POSTS.length}], ${list(TEXTS)}[(1 + hash(n, 6) % ${TEXTS.length})::bigint]) || if(n % 3 = 0, n::varchar, '') as text
     from ${drawn("3", messages, `floor(pow(${draw("n")}, 3) * ${stays})::bigint`)}`,
  );
  await database.run(
    `create table orders as select n, m, said_at from ${drawn("5", Math.round(messages / 5), `(hash(n, 7) % ${Math.round(stays * 0.4)})::bigint`)}`,
  );
  for (const [half, where] of halves) {
    await database.run(
      `copy (
         select 'g' || g as group_id, 'm' || m as sender_id, said_at as sent_at, text, 'x' || n as message_id from messages where ${where} order by said_at
       ) to ${literal(`${folder}/messages${half}.csv`)} (header)`,
    );
    await database.run(
      `copy (
         select 'o' || n as order_id, said_at as paid_at, 10 + n % 90 as amount, if(n % 20 = 0, 10 + n % 90, 0) as refunded, 'm' || m as buyer_id
         from orders where ${where}
       ) to ${literal(`${folder}/orders${half}.csv`)} (header)`,
    );
  }
  database.close();
}
