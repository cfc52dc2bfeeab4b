import { afterEach, beforeEach, expect, it } from "vitest";
import { Community } from "../support/community.ts";

/* The text of chatlog after an editor took its blank lines away, or two files were put together. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const RECORDS = [
  "小满(wxid_xm01) 2026-11-16 09:00:00\n早\n两份",
  "chen88(chen88) 2026-11-16 09:00:05\n+1",
  "我 2026-11-16 09:00:05\n收到",
  "小满(wxid_xm01) 2026-11-16 09:10:00\n> 我 2026-11-16 09:00:05\n> 收到\n好",
];
const said = async (text: string) => {
  const result = await community.import("花友会_2026-11-16.txt", text);
  const rows = await community.lake((lake) =>
    lake.all("select sent_at::time::varchar as at, text from lake.messages order by sent_at, text"),
  );
  return { result, rows: rows.map(({ at, text }) => `${at} ${text}`) };
};

it("some blank lines gone: records of accounts that the file knows are apart", async () => {
  const [a, b, c, d] = RECORDS;
  const { result, rows } = await said(
    `${b}\n\n${c}\n\n${a?.replace("09:00:00", "09:05:00")}\n${d}\n${b?.replace("09:00", "09:20")}\n`,
  );
  expect(result).toMatchObject({ importer: "chatlog-txt", accepted: 5, rejected: 0 });
  expect(rows).toEqual(["09:00:05 +1", "09:00:05 收到", "09:05:00 早\n两份", "09:10:00 好", "09:20:05 +1"]);
});

it("all of them gone, where the accounts have ids of their own", async () => {
  const { rows } = await said(
    ["1", "2", "3"].map((n) => `友${n}(wxid_f${n}) 2026-11-16 09:0${n}:00\n${n} 份`).join("\n"),
  );
  expect(rows).toEqual(["09:01:00 1 份", "09:02:00 2 份", "09:03:00 3 份"]);
});

it("what a text quotes or announces stays in it, and a quote is told of", async () => {
  const quote = "小满(wxid_xm01) 2026-11-16 08:00:00\n昨天说好的";
  const plan = "直播(VIP) 2026-11-20 20:00:00\n开团时间 2026-11-21 20:00:00";
  const { result, rows } = await said(`${RECORDS[0]}\n${quote}\n${plan}\n\n${RECORDS[1]}\n`);
  expect(rows).toEqual([`09:00:00 早\n两份\n${quote}\n${plan}`, "09:00:05 +1"]);
  expect(result.notes.map(({ zh }) => zh).join()).toContain("1 行像是一条消息的开头");
});
