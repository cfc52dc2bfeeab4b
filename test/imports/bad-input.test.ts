import { appendFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { identify, theOnly } from "../../src/ingest/identify.ts";
import { columns } from "../../src/kit/columns.ts";
import { UserError } from "../../src/kit/errors.ts";
import { listImports, listParts } from "../../src/state/ledger.ts";
import { readPointer } from "../../src/warehouse/publish.ts";
import { Community, csv } from "../support/community.ts";

const head = (text: string) => ({
  name: "x.csv",
  text,
  rows: [text.split("\n")[0]?.split(",") ?? []],
  delimiter: ",",
  json: undefined,
  keys: [],
  entries: [],
});
const message = (at: number, over: Record<string, string> = {}) => ({
  group_id: "g1",
  sender_id: `m${at}`,
  sent_at: `2026-11-16 10:00:${String(at).padStart(2, "0")}`,
  text: `第 ${at} 条`,
  ...over,
});
const HEADER = "group_id,sender_id,sent_at,text";

describe("bad input", () => {
  let community: Community;
  beforeEach(() => {
    community = new Community();
  });
  afterEach(() => community.remove());

  /** The error of a file, after checking that lake, ledger and marts are as they were. */
  async function refused(name: string, content: string | Uint8Array): Promise<UserError> {
    await community.import("good.csv", csv([message(1)]));
    await community.build("2026-11-17T00:00:00");
    const state = async () => ({
      lake: readdirSync(community.workspace.lake, { recursive: true }).sort(),
      imports: (await listImports(community.state)).length,
      parts: (await listParts(community.state)).length,
      pointer: readPointer(community.workspace.marts),
    });
    const before = await state();
    const error = await community.import(name, content).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(await state()).toEqual(before);
    if (!(error instanceof UserError)) throw new Error(`not refused: ${String(error)}`);
    return error;
  }

  it("a table of more columns than can be read is refused in words, and ends nothing else", async () => {
    const wide = Array.from({ length: 1200 }, (_, at) => `c${at}`);
    const head = `${HEADER},${wide.join(",")}`;
    const error = await refused("wide.csv", `${head}\ng1,m1,2026-11-16 10:00:00,早,${wide.join(",")}\n`);
    expect(error.in("zh")).toMatch(/1204 列，最多能读 1000 列/);
  });

  it("a file that is written to while it is read is not imported: its hash is of other rows", async () => {
    const path = join(community.root, "growing.csv");
    writeFileSync(path, csv([message(1)]));
    const grow = (step: string) => {
      if (step === "match") appendFileSync(path, csv([message(2)]).replace(/^.*\r?\n/, ""));
    };
    const growing = community.importPath(path, { onStep: grow });
    await expect(growing).rejects.toThrow("was written to while it was read");
    expect(await listImports(community.state)).toEqual([]);
    // Whole, it is imported.
    expect(await community.importPath(path)).toMatchObject({ read: 2, accepted: 2 });
  });

  it("an unknown file names the importers that come near and what was missing", async () => {
    const error = await refused("谁.csv", "order_id,paid_at,说明\n1,2026-11-01,x\n");
    expect(error.in("zh")).toMatch(
      /谁\.csv 不是认识的格式[\s\S]*复盘订单表（fupan-orders），缺少 amount。自己做的表/,
    );
    expect(error.in("en")).toMatch(/in no known format[\s\S]*\(fupan-orders\), missing amount\. A table/);
    const far = await refused("谁.md", "# 说明\n\n随便写写。\n");
    expect(far.in("zh")).not.toContain("最接近");
    expect(far.in("zh")).toContain("fupan formats");
  });

  it("two matching importers are an error naming both", () => {
    const twin = (id: string) =>
      columns({ id, title: id, kind: "contact", columns: { person_id: "编号", name: "名字" } });
    const importers = [twin("a-list"), twin("b-list")];
    expect(() => theOnly(head("编号,名字"), importers)).toThrow(/a-list, b-list/);
    expect(identify(head("编号,名字"), importers).matches).toHaveLength(2);
  });

  it("an empty file", async () => {
    expect((await refused("空.csv", "")).in("zh")).toContain("空.csv 是空文件");
  });

  it("only a header: nothing to read, and said so", async () => {
    const result = await community.import("h.csv", `${HEADER}\n`);
    expect(result).toMatchObject({ status: "imported", read: 0, accepted: 0, rejected: 0 });
    expect(result.issues.map(({ code, message }) => [code, message.zh])).toEqual([
      ["no_rows", "文件里只有表头，没有数据行"],
    ]);
  });

  it("half of a file broken: the good half goes in, the rest is kept with its lines", async () => {
    const good = [1, 2, 3].map((at) => message(at));
    const bad = [
      message(4, { sent_at: "昨天" }),
      message(5, { sent_at: "2026-13-40 99:00:00" }),
      message(6, { group_id: "" }),
    ];
    const result = await community.import("half.csv", csv([...good, ...bad]));
    expect(result).toMatchObject({ read: 6, accepted: 3, duplicate: 0, rejected: 3 });
    expect(result.issues.map(({ line, column, code }) => [line, column, code])).toEqual([
      [5, "sent_at", "bad_time"],
      [6, "sent_at", "bad_time"],
      [7, "group_id", "missing_value"],
    ]);
    expect(await community.query("select count(*) as n from marts.messages", "2026-11-17T00:00:00")).toEqual([
      { n: 3 },
    ]);
  });

  it("rows with too few and too many cells, after cells that hold line breaks: physical lines", async () => {
    const text = `${HEADER}\ng1,m1,2026-11-16 10:00:00,"a\nb\nc"\ng1,m2\ng1,m3,2026-11-16 10:00:01,x,extra\ng1,m4,2026-11-16 10:00:02,ok\n`;
    const result = await community.import("cells.csv", text);
    expect(result).toMatchObject({ read: 4, accepted: 2, rejected: 2 });
    expect(result.issues.map(({ line, code }) => [line, code])).toEqual([
      [5, "missing_columns"],
      [6, "too_many_columns"],
    ]);
  });

  it("an open quote loses its own line only", async () => {
    const text = `${HEADER}\ng1,m1,2026-11-16 10:00:00,"open\ng1,m2,2026-11-16 10:00:01,fine\ng1,m3,2026-11-16 10:00:02,"also, fine"\ng1,m4,2026-11-16 10:00:03,last\n`;
    const result = await community.import("quote.csv", text);
    expect(result.issues.map(({ line, code }) => [line, code])).toEqual([[2, "unclosed_quote"]]);
    expect(result).toMatchObject({ read: 4, accepted: 3, rejected: 1 });
  });

  it("a last line cut inside a quoted cell, and a cut JSON line", async () => {
    const result = await community.import(
      "cut.csv",
      `${HEADER}\ng1,m1,2026-11-16 10:00:00,ok\ng1,m2,2026-11-16 10:00:01,"cut he`,
    );
    expect(result).toMatchObject({ read: 2, accepted: 1, rejected: 1 });
    expect(result.issues.map(({ line }) => line)).toEqual([3]);
    const line = JSON.stringify({
      msgid: "1",
      action: "send",
      from: "a",
      roomid: "r",
      msgtime: 1794700000000,
      msgtype: "text",
      text: { content: "x" },
    });
    const json = await community.import(
      "cut.jsonl",
      `${line}\n\n${line.replace('"1"', '"2"')}\n${line.slice(0, 40)}`,
    );
    expect(json).toMatchObject({ read: 3, accepted: 2, rejected: 1 });
    expect(json.issues.map(({ line: at, code }) => [at, code])).toEqual([[4, "bad_json"]]);
  });

  it("a JSON document over many lines that breaks off is one reject, and nobody of half a list is taken in", async () => {
    const members = ["a", "b", "c"].map((userid) => ({
      userid,
      type: 1,
      join_time: 1794700000,
      join_scene: 3,
    }));
    const whole = JSON.stringify(
      {
        errcode: 0,
        group_chat: { chat_id: "wr1", name: "茶友会", create_time: 1794600000, member_list: members },
      },
      null,
      2,
    );
    expect(await community.import("whole.json", whole)).toMatchObject({ accepted: 3, rejected: 0 });
    for (const end of [whole.indexOf('"c"'), whole.lastIndexOf("]"), whole.length - 1]) {
      const cut = await community.import(`cut-${end}.json`, whole.slice(0, end));
      expect(cut).toMatchObject({ read: 1, accepted: 0, rejected: 1 });
      expect(cut.issues.map(({ line, code }) => [line, code])).toEqual([
        [whole.slice(0, end).trimEnd().split("\n").length, "bad_json"],
      ]);
    }
  });

  it("a field of 1 MiB goes in, a longer one is refused", async () => {
    const rows = [
      message(1, { text: "a".repeat(1 << 20) }),
      message(2, { text: "b".repeat((1 << 20) + 1) }),
      message(3),
    ];
    const result = await community.import("long.csv", csv(rows));
    expect(result).toMatchObject({ read: 3, accepted: 2, rejected: 1 });
    expect(result.issues.map(({ line, code }) => [line, code])).toEqual([[3, "text_over_1_mib"]]);
  });

  it("duplicate, empty and __proto__ headers are names like others", async () => {
    const text = `${HEADER},note,note,,__proto__,constructor\ng1,m1,2026-11-16 10:00:00,hi,a,b,c,d,e\n`;
    expect(await community.import("headers.csv", text)).toMatchObject({ read: 1, accepted: 1 });
    await community.build("2026-11-17T00:00:00");
    const polluted: Record<string, unknown> = {};
    expect(polluted["d"]).toBeUndefined();
  });

  it("two columns that could both be one role are refused with both names", async () => {
    const error = await refused(
      "both.csv",
      "group_id,Group ID,sender_id,sent_at,text\ng1,g2,m1,2026-11-16 10:00:00,x\n",
    );
    expect(error.in("zh")).toContain("group_id, Group ID");
  });

  it("ids longer than 2^53 keep every digit", async () => {
    const id = "9007199254740993123";
    await community.import("ids.csv", csv([{ order_id: id, paid_at: "2026-11-16 10:00:00", amount: "1" }]));
    const list = `{"group_chat":{"chat_id":"wrA","member_list":[{"userid":${id},"type":2,"join_time":1790000000}]}}`;
    await community.import("list.json", list);
    const contacts = await community.query("select order_id from marts.orders", "2026-11-17T00:00:00");
    expect(contacts).toEqual([{ order_id: id }]);
  });

  it("an order id in scientific notation was re-saved by a spreadsheet", async () => {
    const result = await community.import(
      "sci.csv",
      csv([{ order_id: "1.23E+18", paid_at: "2026-11-16 10:00:00", amount: "1" }]),
    );
    expect(result.issues.map(({ code, column }) => [code, column])).toEqual([
      ["id_resaved_by_spreadsheet", "order_id"],
    ]);
  });

  it("times of 1970 and of the future are refused", async () => {
    const result = await community.import(
      "times.csv",
      csv([
        message(1, { sent_at: "1970-01-01 08:00:00" }),
        message(2, { sent_at: "2027-11-16 10:00:00" }),
        message(3),
      ]),
    );
    expect(result.issues.map(({ line, code }) => [line, code])).toEqual([
      [2, "time_before_2000"],
      [3, "time_in_future"],
    ]);
    expect(result.accepted).toBe(1);
  });

  it("a member list of a group without any chat imports, and the review says what it does to the numbers", async () => {
    await community.import(
      "members.csv",
      csv([{ group_id: "ghost", member_id: "m1", joined_at: "2026-11-01 10:00:00", left_at: "" }]),
    );
    await community.import("messages.csv", csv([message(1)]));
    await community.build("2026-11-17T00:00:00");
    const groups = await community.query(
      "select group_id, has_messages, has_members from marts.groups order by group_id",
      "2026-11-17T00:00:00",
    );
    expect(groups).toEqual([
      { group_id: "g1", has_messages: true, has_members: false },
      { group_id: "ghost", has_messages: false, has_members: true },
    ]);
  });

  it("a cut .gz is refused, a whole one imports like the text", async () => {
    const packed = gzipSync(csv(Array.from({ length: 50 }, (_, at) => message(at))));
    expect((await refused("cut.csv.gz", packed.subarray(0, packed.length - 30))).in("en")).toContain(
      "could not be unpacked",
    );
    expect(await community.import("whole.csv.gz", packed)).toMatchObject({
      read: 50,
      accepted: 49,
      duplicate: 1,
    });
  });

  it("a bomb stops at a hundred times its size", async () => {
    const bomb = gzipSync(Buffer.alloc(64 << 20));
    const error = await refused("bomb.csv.gz", bomb);
    expect(error.in("en")).toContain("expands more than 100 times");
  });

  it("refuses a broken column map by its file", async () => {
    const path = join(community.root, "map.yaml");
    writeFileSync(path, "id: X\nkind: order\n");
    const { readConfigTables } = await import("../../src/config.ts");
    expect(() => readConfigTables([{ id: "X", kind: "order" }], path)).toThrow(/map\.yaml/);
  });
});
