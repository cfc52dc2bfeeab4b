import { beforeAll, describe, expect, it } from "vitest";
import { Community, csv } from "../support/community.ts";
import { CONFIG, messages, type Sent } from "./camp.ts";

const day = "2026-11-02";
const flood = (by: string, n: number, at: string): Sent[] =>
  Array.from({ length: n }, (_, index) => ({
    at: `${at}:${String(10 + index)}`,
    by,
    text: `第${index}句闲话`,
  }));

const SENT: Sent[] = [
  // A question by day: a mention within 30 minutes. Another at 22:10: its time runs from 08:00.
  { at: `${day}T10:00:00`, by: "m1", text: "请问这款烤箱要预热多久？", id: "q1" },
  { at: `${day}T10:30:00`, text: "@member m1 十分钟就好", mentions: "m1" },
  { at: `${day}T22:10:00`, by: "m2", text: "请问明天几点发货呢？", id: "q2" },
  { at: "2026-11-03T08:29:00", text: "上午十点统一发", reply_to: "q2" },
  // Nobody answers; a post to everyone is no answer.
  { at: "2026-11-03T12:00:00", by: "m3", text: "请问酵母放多少合适？" },
  { at: "2026-11-03T12:10:00", text: "@所有人 今晚八点开课", mentions: "*" },
  // A complaint with all four steps, one with the first only.
  { at: "2026-11-04T10:00:00", by: "m1", text: "收到的面粉坏了，我要投诉" },
  { at: "2026-11-04T10:05:00", text: "@member m1 我是小助手，这事我跟到底", mentions: "m1" },
  { at: "2026-11-04T10:06:00", text: "@member m1 抱歉，让你糟心了", mentions: "m1" },
  { at: "2026-11-04T11:00:00", text: "@member m1 今天就给你重寄一袋", mentions: "m1" },
  { at: "2026-11-06T11:00:00", text: "@member m1 新的签收了吗", mentions: "m1" },
  { at: "2026-11-04T15:00:00", by: "m2", text: "模具坏了没人理，投诉你们" },
  { at: "2026-11-04T15:31:00", text: "@member m2 在查", mentions: "m2" },
  // The same in English.
  { at: "2026-11-04T16:00:00", by: "m4", text: "The mould never arrived" },
  { at: "2026-11-04T16:05:00", text: "@member m4 looking into it", mentions: "m4" },
  { at: "2026-11-04T16:06:00", text: "@member m4 Sorry about that", mentions: "m4" },
  { at: "2026-11-04T17:00:00", text: "@member m4 A replacement goes out today", mentions: "m4" },
  { at: "2026-11-06T11:00:00", text: "@member m4 Has the new one arrived?", mentions: "m4" },
  // Four in a row are none, five are a flood; it is warned of in time.
  ...flood("m5", 4, "2026-11-05T09:00"),
  { at: "2026-11-05T09:30:00", by: "m3", text: "早" },
  ...flood("m6", 5, "2026-11-05T10:00"),
  { at: "2026-11-05T10:08:00", text: "@member m6 公约说了别连着发，合成一条吧", mentions: "m6" },
  // m7 was warned before being removed, m8 was not.
  { at: "2026-11-05T11:00:00", by: "m7", text: "大家好" },
  { at: "2026-11-05T12:00:00", text: "@member m7 公约不许这样发，请撤回", mentions: "m7" },
  // 13 people had bought, and the post says 20; then 13; then nothing that can be checked.
  { at: "2026-11-06T20:30:00", text: "已有 20 位群友下了单，跟上吧" },
  { at: "2026-11-06T20:40:00", text: "到现在 13 位下单，谢谢大家" },
  { at: "2026-11-06T20:45:00", text: "仅剩 5 件，卖完不补" },
];

/** buyer0 hears of the shipping and is asked; buyer1 of the shipping only, too late; buyer2 nothing. */
SENT.push(
  { at: "2026-11-07T12:00:00", text: "@买家0 面粉已交快递，运单明天能查", mentions: "buyer0" },
  { at: "2026-11-09T12:00:00", text: "@买家0 到手了吗，用得顺手吗", mentions: "buyer0" },
  { at: "2026-11-08T21:00:00", text: "@买家1 面粉今天发货了", mentions: "buyer1" },
);

const MEMBERS = csv([
  {
    group_id: "g1",
    member_id: "m9",
    name: "新人",
    role: "member",
    joined_at: `${day}T09:00:00`,
    left_at: "",
    leave_kind: "",
  },
  {
    group_id: "g1",
    member_id: "m7",
    name: "七",
    role: "member",
    joined_at: "2026-10-01T09:00:00",
    left_at: "2026-11-06T09:00:00",
    leave_kind: "kick",
  },
  {
    group_id: "g1",
    member_id: "m8",
    name: "八",
    role: "member",
    joined_at: "2026-10-01T09:00:00",
    left_at: "2026-11-06T09:00:00",
    leave_kind: "kick",
  },
  ...Array.from({ length: 13 }, (_, index) => ({
    group_id: "g1",
    member_id: `buyer${index}`,
    name: `买家${index}`,
    role: "member",
    joined_at: "2026-10-01T09:00:00",
    left_at: "",
    leave_kind: "",
  })),
]);
const ORDERS = csv(
  Array.from({ length: 13 }, (_, index) => ({
    order_id: `o${index}`,
    paid_at: `2026-11-06T20:${String(10 + index)}:00`,
    amount: "20",
    buyer_id: `buyer${index}`,
    group_id: "g1",
  })),
);
const CALENDAR =
  "start,end,type,title,group_id,planned_quantity\n2026-11-06T20:00:00,2026-11-06T22:00:00,flash_sale,周五秒杀,g1,60\n";

let cases: Record<string, unknown>[];
let claims: Record<string, unknown>[];
let floods: Record<string, unknown>[];
/** Cases that were open at 14:00 on 9 November: one of 13 orders is settled. */
let openThen: unknown[][];
beforeAll(async () => {
  const community = new Community(CONFIG);
  try {
    await community.import("members.csv", MEMBERS);
    await community.import("orders.csv", ORDERS);
    await community.import("calendar.csv", CALENDAR);
    await community.import(
      "messages.csv",
      messages([...SENT, { at: `${day}T09:20:00`, text: "@新人 欢迎欢迎，先打个招呼吧", mentions: "m9" }]),
    );
    [cases, claims, floods] = (await community.queries(
      [
        `select kind, strftime(opened_at + interval 8 hour, '%d %H:%M') as opened, first_reply_minutes as minutes, is_reply_in_time as in_time,
           array_to_string(stages_done, ',') as done, array_to_string(missing_stages, ',') as missing, is_open
         from marts.service_cases where opened_at > '2026-11-01' order by opened_at, kind, stages_done`,
        "select claim, claimed, actual, verdict, event_title from marts.sop_claims order by sent_at",
        "select messages from marts.floods where not is_staff",
      ],
      "2026-11-20T00:00:00",
    )) as [typeof cases, typeof claims, typeof floods];
    openThen = (
      await community.query("select kind from marts.service_cases where is_open", "2026-11-09T14:00:00")
    ).map((row) => Object.values(row));
  } finally {
    community.remove();
  }
});
const of = (kind: string) =>
  cases.filter((one) => one["kind"] === kind).map(({ kind: _, ...rest }) => Object.values(rest));

describe("service ladders", () => {
  it("questions are answered within 30 service minutes, by a reply or by name, not by a post to everyone", () => {
    expect(of("question")).toEqual([
      ["02 10:00", 30, true, "reply", "", false],
      ["02 22:10", 619, true, "reply", "", false],
      ["03 12:00", null, false, "", "reply", true],
    ]);
  });

  it("complaints show their stages and what is missing", () => {
    expect(of("complaint")).toEqual([
      ["04 10:00", 5, true, "respond,calm,solve,follow", "", false],
      ["04 15:00", 31, false, "respond", "calm,solve,follow", true],
      ["04 16:00", 5, true, "respond,calm,solve,follow", "", false],
    ]);
  });

  it("a newcomer is greeted by name; the bot and the gift are missing", () => {
    expect(of("welcome")).toEqual([["02 09:00", null, false, "greet", "auto,gift", false]]);
  });

  it("an order is followed by a shipping note within a day and a question within three", () => {
    const orders = of("aftersale");
    expect(orders.length).toBe(13);
    // minutes to the note, in time, done, missing, open: the ladder is over two weeks after the order.
    expect(orders.slice(0, 3)).toEqual([
      ["06 20:10", 950, true, "shipped,ask", "", false],
      ["06 20:11", 2929, false, "shipped", "ask", false],
      ["06 20:12", null, false, "", "shipped,ask", false],
    ]);
    expect(openThen.filter(([kind]) => kind === "aftersale").length).toBe(12);
  });

  it("four messages in a row are no flood, five are; it is warned of, and a removal without a warning is a case", () => {
    expect(floods).toEqual([{ messages: 5 }]);
    expect(of("violation")).toEqual([
      ["05 10:00", 7, true, "warn", "result", false],
      ["06 09:00", null, false, "", "warn,result", false],
    ]);
  });

  it("a claim is held against the orders of that moment", () => {
    expect(claims).toEqual([
      { claim: "buyers", claimed: 20, actual: 13, verdict: "contradicted", event_title: "周五秒杀" },
      { claim: "buyers", claimed: 13, actual: 13, verdict: "true", event_title: "周五秒杀" },
      { claim: "left", claimed: 5, actual: 47, verdict: "contradicted", event_title: "周五秒杀" },
    ]);
  });
});
