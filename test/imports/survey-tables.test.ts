import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Community } from "../support/community.ts";

/* Surveys with a row per answer sheet, whose questions are what their columns are called. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const answers = () =>
  community.lake(async (lake) => {
    const rows = await lake.all("select question, answer from lake.survey_answers order by question, answer");
    return rows.map(({ question, answer }) => `${question} ${answer}`);
  });

describe("a table of answer sheets", () => {
  it.each([
    ["提交时间,提交人,你为什么退群？", "2026-11-20 12:00:00,小满,广告太多"],
    ["时间,昵称,退群原因", "2026-11-20,小满,广告太多"],
    ["时间戳记,您的微信昵称是？,为什么离开？", "2026/11/20 下午 3:04:05,小满,广告太多"],
    ["Timestamp,Name,Why did you leave?", "2026-11-20 12:00:00,Ana,Too many ads"],
  ])("%s", async (header, row) => {
    const { importer, accepted, rejected } = await community.import("退群问卷.csv", `${header}\n${row}\n`);
    expect([importer, accepted, rejected]).toEqual(["survey-table", 1, 0]);
    expect(await answers()).toEqual([`${header.split(",")[2]} ${row.split(",")[2]}`]);
  });

  it("keeps no phone, mail or address as an answer, and says which columns it left out", async () => {
    const { notes } = await community.import(
      "退群问卷.csv",
      "提交时间,姓名,您的手机号码是？,收货地址,邮箱,你为什么退群？,你对电话客服还有什么建议？\n2026-11-20 12:00:00,小满,19900000051,某路1号,a@example.com,打我19900000052,慢\n",
    );
    expect(await answers()).toEqual(["你为什么退群？ 打我[手机号]", "你对电话客服还有什么建议？ 慢"]);
    expect(notes.map(({ zh }) => zh)).toEqual(["没有用到的列：收货地址、邮箱"]);
  });

  it("exported again under another name says nothing twice", async () => {
    const table = "提交时间,提交人,你为什么退群？\n2026-11-20 12:00:00,小满,广告太多\n";
    await community.import("退群问卷_20261121.csv", table);
    const again = await community.import(
      "退群问卷_20261128 (1).csv",
      `${table}2026-11-21 12:00:00,谷雨,太贵\n`,
    );
    expect([again.accepted, again.duplicate]).toEqual([1, 1]);
  });

  it.each([
    [
      "member-table",
      "群,昵称,入群时间,退群时间,退群原因,时间\n茶友群,小满,2026-10-01,2026-11-01,太吵,2026-11-02\n",
    ],
    ["message-table", "时间,发送者,内容\n2026-11-20 12:00:00,小满,为什么退群？\n"],
  ])("is no %s", async (id, content) => {
    expect((await community.import("表.csv", content)).importer).toBe(id);
  });

  it("without a day, or with days alone and another question, is in no known format", async () => {
    await expect(community.import("a.csv", "昵称,为什么退群？\n小满,太吵\n")).rejects.toThrow(/known format/);
    await expect(community.import("b.csv", "日期,昵称,吃了吗？\n2026-11-20,小满,吃了\n")).rejects.toThrow(
      /known format/,
    );
  });
});
