import { expect, test } from "vitest";
import { Community } from "../support/community.ts";

const MESSAGE = "group_id,sender_id,sent_at,text\ng1,m1,2026-11-16 12:00:00,真闹挺\n";

test.each([
  ["lexicon: { complaints: [闹挺] }\n", "lexicon.complaints"],
  ["groups: { g1: { lexicon: { 抱怨: [闹挺] } } }\n", "groups.g1.lexicon.抱怨"],
])("words of a label that there is not end the build in words: %s", async (config, place) => {
  const community = new Community(config);
  try {
    await community.import("m.csv", MESSAGE);
    const error = await community.build().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      text: {
        en: `fupan.yaml, ${place}: there is no such label`,
        zh: `fupan.yaml 里的 ${place}：没有这个标签`,
      },
      hint: { en: expect.stringMatching(/Allowed: .*complaint.*topic/) },
    });
  } finally {
    community.remove();
  }
});

test("words of one that there is are matched", async () => {
  const community = new Community("lexicon: { complaint: [闹挺] }\n");
  await community.import("m.csv", MESSAGE);
  expect(await community.query("select label, term from marts.message_labels")).toEqual([
    { label: "complaint", term: "闹挺" },
  ]);
  community.remove();
});

test("words are matched however they, and the messages, are written", async () => {
  const community = new Community(`
lexicon: { complaint: [鬧挺] }
groups: { g1: { lexicon: { complaint: [爛透, ＱＱ彈, LowB] } } }
`);
  const said = (texts: readonly string[]) =>
    ["g1", "g2"].flatMap((group) =>
      texts.map((text, at) => `${group},m1,2026-11-16 12:00:${10 + at},${text}`),
    );
  try {
    const lines = said(["真闹挺", "烂透", "爛透", "qq弹", "真lowb"]);
    await community.import("m.csv", `group_id,sender_id,sent_at,text\n${lines.join("\n")}\n`);
    const rows = await community.query(
      "select group_id, extract(second from sent_at) - 10 as nth from marts.messages where is_complaint order by all",
    );
    expect(rows.map(({ group_id, nth }) => `${group_id} ${nth}`)).toEqual([
      ...["g1 0", "g1 1", "g1 2", "g1 3", "g1 4"],
      "g2 0",
    ]);
    // Each has the word that gave it the label.
    expect(await community.query("select distinct term from marts.message_labels order by term")).toEqual(
      ["lowb", "qq弹", "烂透", "闹挺"].map((term) => ({ term })),
    );
  } finally {
    community.remove();
  }
});
