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

describe("the forms of several services", () => {
  const submitted = () =>
    community.lake(async (lake) => {
      const rows = await lake.all(
        "select distinct strftime(submitted_at, '%m-%d %H:%M:%S') || if(submitted_at_is_utc, 'Z', '') as moment from lake.survey_answers order by moment",
      );
      return rows.map(({ moment }) => moment);
    });
  const form = (...days: readonly string[]) =>
    `Timestamp,Name,Why did you leave?\n${days.map((day, at) => `"${day}",Ana ${at},Too many ads\n`).join("")}`;

  it.each([
    ["11/20/2026 14:03:22", "11/02/2026 9:03:22", "mdy", ["11-02 09:03:22", "11-20 14:03:22"]],
    ["20/11/2026 14:03:22", "02/11/2026 09:03:22", "dmy", ["11-02 09:03:22", "11-20 14:03:22"]],
    ["20.11.2026 14:03", "02.11.2026", "dmy", ["11-02 00:00:00", "11-20 14:03:00"]],
    ["11/20/2026, 2:03:22 PM", "11/2/2026 12:03:22 AM", "mdy", ["11-02 00:03:22", "11-20 14:03:22"]],
    // Only one of the readings is no day to come.
    ["11/10/2026 14:03:22", "11/12/2026 14:03:22", "mdy", ["11-10 14:03:22", "11-12 14:03:22"]],
  ])("days like %s beside %s are read as %s", async (one, other, _, expected) => {
    const { accepted, rejected, notes } = await community.import("反馈.csv", form(other, one));
    expect([accepted, rejected]).toEqual([2, 0]);
    expect(await submitted()).toEqual(expected);
    expect(notes.some(({ en }) => en.startsWith("Dates read as"))).toBe(true);
  });

  it("days that can be read in two ways are asked about, sorted as they may be", async () => {
    const days = form("02/03/2026 14:03:22", "01/04/2026 14:03:22");
    await expect(community.import("反馈.csv", days)).rejects.toThrow(/read in two ways/);
    await community.import("反馈.csv", days, { dateOrder: "dmy" });
    expect(await submitted()).toEqual(["03-02 14:03:22", "04-01 14:03:22"]);
  });

  it.each([
    ["2026/11/20 2:03:22 PM GMT+8", "11-20 06:03:22Z"],
    ["2026/11/20 下午 2:03:22 GMT-3", "11-20 17:03:22Z"],
    ["2026/11/20 14:03:22 UTC+5:30", "11-20 08:33:22Z"],
  ])("%s is an instant", async (time, expected) => {
    await community.import("反馈.csv", form(time));
    expect(await submitted()).toEqual([expected]);
  });

  it.each([
    ["ID,开始时间,完成时间,电子邮件,名称,为什么退群？", "1,2026-11-20,2026-11-20,anonymous,,太贵;太吵;"],
    [
      "编号,开始答题时间,结束答题时间,答题时长,语言,清洗数据结果,智能清洗数据无效概率,地理位置国家和地区,用户类型,用户标识,自定义字段,UA,Q1.为什么退群？",
      "1,2026/11/20 12:00,2026/11/20 12:01,60,简体中文,,,中国,微信,x,,y,太贵|太吵",
    ],
    ["序号,为什么退群？,提交人,提交时间,修改时间,填写设备", "1,太贵;太吵,小满,2026-11-20,2026-11-21,手机"],
    ["答题序号,结束答题时间,1.为什么退群？", "1,2026-11-20 12:01,太贵┋太吵"],
  ])("%s has one question", async (header, row) => {
    await community.import("退群问卷.csv", `${header}\n${row}\n`);
    expect(await answers()).toEqual(["为什么退群？ 太吵", "为什么退群？ 太贵"]);
  });

  it("a comma parts choices that the file shows to be some, and nothing of a sentence", async () => {
    const cells = ["太贵", '"太贵, 太吵"', '"太吵, 没时间"', '"没时间，太贵"', '"太贵,就走了"'];
    const rows = cells.map((cell, at) => `2026-11-20,小满${at},${cell}\n`);
    await community.import("退群问卷.csv", `提交时间,昵称,为什么退群？\n${rows.join("")}`);
    const said = (await answers()).map((one) => one.slice("为什么退群？ ".length));
    expect(said).toHaveLength(8);
    const times = (answer: string) => said.filter((one) => one === answer).length;
    expect(["太贵", "太吵", "没时间", "太贵,就走了"].map(times)).toEqual([3, 2, 2, 1]);
  });
});
