import { afterAll, expect, it } from "vitest";
import { gbk } from "../../fixtures/demo/gbk.ts";
import { Community, csv } from "../support/community.ts";

const community = new Community();
afterAll(() => community.remove());

const said = (Time: string, Content: string) => ({
  Time,
  SenderName: "小茉",
  Sender: "wxid_cy01",
  TalkerName: "茶友会",
  Talker: "55777@chatroom",
  Content,
});

it("a chat that a spreadsheet program saved anew is known as what it is, and what it lost is told of", async () => {
  const rows = [said("2026/11/3 9:05", "早"), said("2026/11/12 21:40", "2026/11/3 9:05")];
  const saved = await community.import("chatlog.csv", gbk(csv(rows)));
  expect(saved).toMatchObject({ importer: "chatlog-csv", read: 2, accepted: 2, rejected: 0 });
  expect(saved.notes.map(({ en }) => en)).toContainEqual(expect.stringMatching(/re-saved.*no seconds/));
  // A text may be a time: only where a whole column is, it was saved anew.
  const own = await community.import("own.csv", csv([said("2026-11-04 09:05:07", "2026/11/3 9:05")]));
  expect(own.notes).toEqual([]);
});

it("the message ids of people that became 1.3E+18 are nobody's: nothing is imported", async () => {
  const rows = [
    "AuthorID,Author,Date,Content,Attachments,Reactions",
    "1.3E+18,ann,2026/11/16 9:02,tea,,",
    "1.3E+18,bea,2026/11/16 9:03,yes,,",
  ];
  await expect(community.import("Tea - general [1100000000000000009].csv", rows.join("\n"))).rejects.toThrow(
    /科学计数|scientific/,
  );
});
