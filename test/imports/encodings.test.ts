import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gbk } from "../../fixtures/demo/gbk.ts";
import { Community, csv } from "../support/community.ts";

const rows = [
  {
    order_id: "E1",
    paid_at: "2026-11-16 10:00:00",
    amount: "￥1,117.80",
    buyer_name: "草莓，酱",
    phone: "19900000001",
  },
  {
    order_id: "E2",
    paid_at: "2026/11/16 9:05",
    amount: "20.00元",
    buyer_name: '引"号',
    phone: "+86 199 0000 0002",
  },
];
const text = csv(rows);
const encodings: readonly (readonly [string, string | Uint8Array, string])[] = [
  ["UTF-8", text, "utf-8"],
  ["UTF-8 with BOM", `\uFEFF${text}`, "utf-8-bom"],
  ["GBK", gbk(text), "gb18030"],
  ["UTF-16 LE", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]), "utf-16le"],
  ["CRLF", text.replaceAll("\n", "\r\n"), "utf-8"],
  ["mixed line ends", text.replace("\n", "\r\n"), "utf-8"],
  ["no newline at the end", text.trimEnd(), "utf-8"],
];

describe("encodings and line ends", () => {
  let community: Community;
  beforeEach(() => {
    community = new Community();
  });
  afterEach(() => community.remove());

  it.each(encodings)("%s imports the same", async (_name, content) => {
    expect(await community.import("订单.csv", content)).toMatchObject({ read: 2, accepted: 2, rejected: 0 });
    const orders = await community.query(
      "select order_id, paid_at, paid_amount from marts.orders order by order_id",
      "2026-11-17T00:00:00",
    );
    expect(orders).toEqual([
      { order_id: "E1", paid_at: "2026-11-16T02:00:00", paid_amount: 1117.8 },
      { order_id: "E2", paid_at: "2026-11-16T01:05:00", paid_amount: 20 },
    ]);
  });

  it("stays UTF-8 when only the last character is cut", async () => {
    const bytes = Buffer.from(
      csv([
        { group_id: "g", sender_id: "a", sent_at: "2026-11-16 10:00:00", text: "好的好的好的" },
      ]).trimEnd(),
    );
    expect(await community.import("cut.csv", bytes.subarray(0, bytes.length - 1))).toMatchObject({
      accepted: 1,
      rejected: 0,
    });
  });

  const REPORT =
    "amazon-order-id,purchase-date,sales-channel,product-name,sku,asin,item-status,quantity,currency,item-price";
  const rowOf = (channel: string, title: string) =>
    `111-1,2026-11-16T08:00:00+00:00,${channel},${title},BC,B0,Shipped,1,EUR,45.00`;
  const bytesOf = (channel: string, title: string) =>
    Buffer.from(`${REPORT}\n${rowOf(channel, title)}\n`.replaceAll(",", "\t"), "latin1");

  it.each([
    ["windows-1252", "Amazon.fr", "Th\xe9 d'Oolong, \x80 9 \xe0 la p\xeache", "Thé d'Oolong, € 9 à la pêche"],
    ["one letter of it", "Amazon.de", "Tee f\xfcr zwei", "Tee für zwei"],
    [
      "Shift_JIS, of Japan",
      "Amazon.co.jp",
      "\x97\xce\x92\x83\x82\xcc\x8b\x7d\x90\x7b\x83\x5a\x83\x62\x83\x67",
      "緑茶の急須セット",
    ],
    [
      "GBK, of China",
      "Amazon.cn",
      "\xc2\xcc\xb2\xe8\xc0\xf1\xba\xd0\xd7\xb0\xb6\xfe\xb0\xd9\xbf\xcb",
      "绿茶礼盒装二百克",
    ],
  ])("a report of Amazon in %s keeps its names", async (_what, channel, title, read) => {
    await community.import("report.txt", bytesOf(channel, title.replaceAll(",", "")));
    const items = await community.lake((lake) => lake.all("select title from lake.order_items"));
    expect(items).toEqual([{ title: read.replaceAll(",", "") }]);
  });

  it("and one in UTF-8 stays so, whatever its channel", async () => {
    const utf8 = Buffer.from(bytesOf("Amazon.fr", "x").toString("latin1").replace("\tx\t", "\tThé vert €\t"));
    await community.import("report.txt", utf8);
    const items = await community.lake((lake) => lake.all("select title from lake.order_items"));
    expect(items).toEqual([{ title: "Thé vert €" }]);
  });

  it("a table of another format in GB18030 is not taken for one of Amazon's", async () => {
    expect((await community.import("订单.csv", gbk(text))).importer).toBe("fupan-orders");
  });
});
