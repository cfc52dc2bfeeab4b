import { afterAll, expect, it } from "vitest";
import { Community } from "../support/community.ts";

const community = new Community();
afterAll(() => community.remove());

const HEADER =
  "localId,TalkerId,Type,SubType,IsSender,CreateTime,Status,StrContent,StrTime,Remark,NickName,Sender";
const row = (id: number, subtype: string, text: string) =>
  `${id},7,1,${subtype},0,${1_794_790_800 + id},3,"${text}",2026-11-16 09:00:00,,小满,wxid_xm01`;

it("a cell that is no number, in a row whose text has several lines, refuses that row alone", async () => {
  const rows = [row(1, "0", "早"), row(2, "5?", "要两束\n引用:小满:+1"), row(3, "0", "好的\n谢谢")];
  const result = await community.import("花友会.csv", `${[HEADER, ...rows].join("\n")}\n`);
  expect([result.read, result.accepted, result.rejected]).toEqual([3, 2, 1]);
  expect(result.issues).toMatchObject([{ line: 3, code: "bad_number" }]);
});

it("a byte 0 in a column's name is one column not known, and the rows are read", async () => {
  const damaged = HEADER.replace("Remark", "Re\0mark");
  const result = await community.import("花友会 2.csv", `${[damaged, row(11, "0", "早")].join("\n")}\n`);
  expect([result.read, result.accepted]).toEqual([1, 1]);
});
