import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UserError } from "../../src/kit/errors.ts";
import { Community, csv } from "../support/community.ts";

/* Lists of contacts that people keep, and of those who want no messages. All people are invented. */
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

const contacts = (columns: string) =>
  community.lake(async (lake) => {
    const rows = await lake.all(`select ${columns} from lake.contacts order by all`);
    return rows.map((row) => Object.values(row));
  });

describe("a list of contacts", () => {
  it.each([
    ["微信号,昵称,手机号", "wxid_a,小满,138 0000 0001", ["wxid_a", "小满", "+8613800000001", null, null]],
    [
      "姓名,电话,微信昵称,unionid,邮箱",
      "王小满,13800000001,小满,o1,A@example.com",
      ["phone:+8613800000001", "小满", "+8613800000001", "a@example.com", "o1"],
    ],
    [
      "Name,Phone,Email",
      "Ana,+44 20 7946 0018,ana@example.com",
      ["phone:+442079460018", "Ana", "+442079460018", "ana@example.com", null],
    ],
    ["Nickname,WeChat ID", "Ana,wxid_a", ["wxid_a", "Ana", null, null, null]],
    [
      "First Name,Last Name,E-mail Address",
      "Ana,Lee,ana@example.com",
      ["email:ana@example.com", "Ana Lee", null, "ana@example.com", null],
    ],
    ["暱稱,手機號碼", "小滿,13800000001", ["phone:+8613800000001", "小滿", "+8613800000001", null, null]],
    [
      "客户姓名,联系电话,标签",
      "小满,13800000001,老客",
      ["phone:+8613800000001", "小满", "+8613800000001", null, null],
    ],
    // A second number stands in where the first is masked.
    [
      "姓名,手机,电话",
      "小满,138****0001,13800000001",
      ["phone:+8613800000001", "小满", "+8613800000001", null, null],
    ],
    // A phone that stands where the account does is both.
    ["微信号,昵称", "13800000001,小满", ["13800000001", "小满", "+8613800000001", null, null]],
    ["QQ号,昵称", "10001,小满", ["qq:10001", "小满", null, null, null]],
  ])("%s", async (header, row, expected) => {
    const { importer, accepted, rejected } = await community.import("通讯录.csv", `${header}\n${row}\n`);
    expect([importer, accepted, rejected]).toEqual(["contact-table", 1, 0]);
    expect(await contacts("raw_id, name, phone, email, unionid")).toEqual([expected]);
  });

  it("keeps nothing of a row that is nobody's, and says what to fill in", async () => {
    const { accepted, rejected, issues } = await community.import(
      "通讯录.csv",
      "昵称,手机号,邮箱\n小满,138****0001,\n阿青,,无\n谷雨,1.38E+10,\n白露,13800000004,\n",
    );
    expect([accepted, rejected]).toEqual([1, 3]);
    expect(issues.map(({ line, code }) => [line, code])).toEqual([
      [2, "no_contact_key"],
      [3, "no_contact_key"],
      [4, "no_contact_key"],
    ]);
    expect(issues[0]?.message.zh).toContain("邮箱或 unionid");
  });

  it("names who bought by the phone alone, once, in whatever way it is written", async () => {
    await community.import(
      "orders.csv",
      "order_id,paid_at,amount,buyer_id,phone\nA1,2026-11-10 10:00:00,5,shop-7,+86 138-0000-0001\n",
    );
    await community.import("通讯录.csv", "微信号,昵称,手机号\nwxid_a,小满,138 0000 0001\n");
    const again = await community.import("通讯录2.csv", "昵称,微信号,手机号\n小满,wxid_a,138 0000 0001\n");
    expect([again.accepted, again.duplicate]).toEqual([0, 1]);
    await community.import(
      "members.csv",
      csv([{ group_id: "g", member_id: "wxid_a", name: "", joined_at: "2026-11-01" }]),
    );
    await community.build();
    expect(
      await community.query(
        "select display_name, order_id from marts.people join marts.orders using (person_id)",
      ),
    ).toEqual([{ display_name: "小满", order_id: "A1" }]);
  });

  it.each([
    ["member-table", "昵称,微信号,手机号,群名,入群时间\n小满,wxid_a,13800000001,茶友群,2026-11-01\n"],
    ["wechat-group-members", "微信号,群昵称,手机号\nwxid_a,小满,13800000001\n"],
    ["message-table", "时间,昵称,微信号,内容\n2026-11-20 12:00:00,小满,wxid_a,早\n"],
    ["survey-table", "提交时间,昵称,手机号,你为什么退群？\n2026-11-20,小满,13800000001,太吵\n"],
    ["calendar-table", "开始时间,类型,名称,电话\n2026-11-20,直播,早茶,13800000001\n"],
    ["fupan-contacts", "person_key,name,phone\nwxid_a,小满,13800000001\n"],
  ])("is no file of %s", async (id, content) => {
    const group = id === "member-table" ? {} : { group: "茶友群" };
    expect((await community.import("表.csv", content, group)).importer).toBe(id);
  });

  it.each([
    ["表.csv", "群,昵称,手机号\n茶友群,小满,13800000001\n", "没有群、入群时间、订单、消息等列"],
    ["表.csv", "姓名,电话,商品,数量\n小满,13800000001,绿茶,2\n", "没有群、入群时间、订单、消息等列"],
    ["茶友群成员.csv", "昵称,微信号\n小满,wxid_a\n", "名字不像群成员名单"],
    ["表.csv", "昵称,备注\n小满,老客\n", "微信号"],
  ])("%s with %s is asked about", async (name, content, said) => {
    const error = await community.import(name, content).catch((thrown: unknown) => thrown);
    if (!(error instanceof UserError)) throw new Error("the file was taken");
    expect(error.in("zh")).toContain("不是认识的格式");
    expect(error.in("zh")).toContain(said);
  });

  it("in a file that a group is named by is one where it says so itself", async () => {
    const table = "昵称,微信号\n小满,wxid_a\n";
    expect((await community.import("茶友群通讯录.csv", table)).importer).toBe("contact-table");
    expect((await community.import("茶友群退订名单.csv", table)).importer).toBe("contact-table");
  });
});

describe("who wants no messages", () => {
  const out = async () => (await contacts("raw_id, is_opted_out")).map(([id, is]) => `${id} ${is ?? ""}`);

  it.each([
    ["微信号,昵称,退订时间", ["a,小满,2026-11-03", "b,阿青,11月4日", "c,谷雨,", "d,白露,否"]],
    ["微信号,不再联系", ["a,是", "b,√", "c,", "d,0"]],
    ["WeChat ID,Unsubscribed at", ["a,11/20/2026", "b,2026-11-04T10:00:00Z", "c,", "d,no"]],
    ["微信号,昵称,拒绝", ["a,小满,1", "b,阿青,别再发了", "c,谷雨,", "d,白露,未拒绝"]],
    ["微信号,昵称,opt-out", ["a,小满,Yes", "b,阿青,opted out", "c,谷雨,", "d,白露,FALSE"]],
  ])("%s", async (header, rows) => {
    const { importer, notes, issues } = await community.import("x.csv", `${header}\n${rows.join("\n")}\n`);
    expect([importer, issues]).toEqual(["contact-table", []]);
    expect(await out()).toEqual(["a true", "b true", "c ", "d "]);
    expect(notes.map(({ zh }) => zh)).toContain("2 行的人不想被联系：不再出现在任何名单和唤醒活动里");
  });

  it("is whoever has something in the column that is no plain no, and it is told", async () => {
    const { issues } = await community.import("x.csv", "微信号,退订\na,看情况\nb,否\n");
    expect(issues.map(({ line, code }) => [line, code])).toEqual([[2, "unclear_opt_out"]]);
    expect(await out()).toEqual(["a true", "b "]);
  });

  it.each([
    ["退订名单.csv", ["a true", "b true"]],
    ["opt-outs 2026-11.csv", ["a true", "b true"]],
    ["未退订用户.csv", ["a ", "b "]],
    ["通讯录.csv", ["a ", "b "]],
  ])("is everybody in a list that is called so: %s", async (name, expected) => {
    await community.import(name, "微信号,昵称\na,小满\nb,阿青\n");
    expect(await out()).toEqual(expected);
  });

  it("is also said in our own table", async () => {
    await community.import("contacts.csv", "person_key,name,opted_out\na,小满,2026-11-03\nb,阿青,\n");
    expect(await out()).toEqual(["a true", "b "]);
  });
});
