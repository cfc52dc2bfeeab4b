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
