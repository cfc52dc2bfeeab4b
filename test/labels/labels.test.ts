import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { correctLabel } from "../../src/warehouse/label-message.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

const CONFIG = `
staff: [s1]
lexicon: { complaint: { terms: [闹挺], masks: [闹挺的猫] } }
groups: { g1: { lexicon: { topic: [茶座] } } }
`;

/** Who, what, kind; a minute apart. */
const SAID: readonly (readonly [string, string, string?])[] = [
  ["m1", "优惠券怎么领？"],
  ["m1", "優惠(yōu)价还有货吗"],
  [
    "s1",
    "@所有人 【周六秒杀】20:00 整开抢：草莓，原价99元，到手59元，先付先得。下单链接：https://shop.example/s/abc",
  ],
  ["m2", "收到"],
  ["m2", "没问题，收到的没破损"],
  ["m2", "收到的坏了两个，没问题才怪"],
  ["s1", "恭喜发财", "red_packet"],
  ["m3", "谢谢老师[强]"],
  ["m3", "大家好，新来的"],
  ["s1", "@小王\u2005欢迎欢迎"],
  ["s1", "周日茶座开了"],
  ["m4", "真闹挺，邻居那只闹挺的猫又来了"],
  ["m4", "", "sticker"],
  ["m4", "今天做了红烧豆腐"],
];
const messages = SAID.map(([sender_id, text, kind = "text"], at) => ({
  group_id: "g1",
  sender_id,
  sender_name: sender_id === "m2" ? "小王" : sender_id,
  sent_at: `2026-11-10 10:${10 + at}:00`,
  text,
  kind,
}));

let community: Community;
beforeAll(async () => {
  community = new Community(CONFIG);
  await community.import("m.csv", csv(messages));
});
afterAll(() => community.remove());

const labels = async () => {
  const rows = await community.query(
    "select minute(sent_at) - 10 as nth, label, term, term_start, term_end, source from marts.message_labels order by nth, label",
  );
  return rows.map((row) => [
    row["nth"],
    row["label"],
    row["term"],
    row["term_start"],
    row["term_end"],
    row["source"],
  ]);
};

describe("labels", () => {
  test("each shows its words and where they stand; masks, roles and a group's own words hold", async () => {
    expect(await labels()).toEqual([
      [0, "purchase_intent", "怎么领", 4, 6, "lexicon"],
      [0, "question", "怎么领、？", 4, 6, "lexicon"],
      [1, "purchase_intent", "还有货", 4, 6, "lexicon"],
      [1, "question", "吗", 7, 7, "lexicon"],
      [
        2,
        "ad",
        expect.stringContaining("秒杀、开抢、原价、99元、到手59、先付先得、下单链接"),
        1,
        4,
        "lexicon",
      ],
      [2, "benefit", "秒杀", 9, 10, "lexicon"],
      [3, "acknowledgement", "收到", 1, 2, "lexicon"],
      [5, "complaint", "坏了", 4, 5, "lexicon"],
      [7, "acknowledgement", "谢谢老师[强]", 1, 7, "lexicon"],
      [8, "greeting", "大家好，", 1, 4, "lexicon"],
      [9, "welcome", "欢迎", 5, 6, "lexicon"],
      [10, "topic", "茶座", 3, 4, "lexicon"],
      [11, "complaint", "闹挺", 2, 3, "lexicon"],
      [12, "acknowledgement", null, null, null, "lexicon"],
    ]);
  });

  test("organic leaves out acknowledgements and the five minutes after a red packet", async () => {
    const rows = await community.query(
      "select minute(sent_at) - 10 as nth from marts.messages where is_organic order by nth",
    );
    expect(rows.map((row) => row["nth"])).toEqual([0, 1, 2, 4, 5, 6, 13]);
  });

  test("mentions by printed name and of everyone are persons", async () => {
    const [row] = await community.query(
      `select count(*) filter (mentions = ['*']) as everyone,
         count(*) filter (mentions = [(select any_value(person_id) from marts.people where display_name = '小王')]) as one
       from marts.messages`,
    );
    expect(row).toEqual({ everyone: 1, one: 1 });
  });

  test("an operator's correction holds over builds and new imports; the last word counts", async () => {
    const [row] = await community.query(
      "select message_key::varchar as key from marts.messages where minute(sent_at) = 15",
    );
    const correct = (label: string, isOn: boolean, second: number) =>
      correctLabel(community.workspace, community.state, readCatalog(SQL_ROOT), {
        messageKey: String(row?.["key"]),
        label,
        isOn,
        by: "lin",
        now: new Date(NOW.getTime() + second * 1000),
      });
    await correct("complaint", false, 1);
    await correct("topic", true, 2);
    await correct("topic", false, 3);
    await correct("question", true, 4);
    // The same message once more, with another that is new.
    await community.import(
      "again.csv",
      csv([...messages.slice(5, 6), { ...messages[5], sent_at: "2026-11-10 10:40:00", text: "又坏了一个" }]),
    );
    const after = await labels();
    expect(after.filter(([nth]) => nth === 5)).toEqual([[5, "question", null, null, null, "operator"]]);
    expect(after.filter(([nth]) => nth === 30)).toEqual([[30, "complaint", "坏了", 2, 3, "lexicon"]]);
    await expect(correct("nonsense", true, 5)).rejects.toThrow(/nonsense/);
  });
});
