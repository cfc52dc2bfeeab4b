import { Readable } from "node:stream";
import request from "supertest";
import { afterAll, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";
import { testDesk } from "../support/desk.ts";

/* Tables that people keep by hand, which no format knows: what the imports page takes them for. */
const community = new Community();
const desk = testDesk(community.workspace, community.state);
afterAll(() => {
  desk.jobs.close();
  community.remove();
});

const tableOf = async (text: string) => {
  const answer = await desk.recognise(
    await desk.uploads.take("登记.csv", Readable.from([Buffer.from(text)])),
  );
  return "table" in answer ? answer.table : null;
};

test("a book of orders is taken for orders, and has its columns", async () => {
  const table = await tableOf("下单时间,微信昵称,商品,数量,金额,备注\n2026-11-02 10:00,小满,秋梨膏,2,59,\n");
  expect(table).toMatchObject({
    kind: "order",
    columns: { paid_at: "下单时间", buyer_name: "微信昵称", items: "商品", amount: "金额" },
  });
});

test("whatever else somebody says that a table is, its columns are guessed for that", async () => {
  const table = await tableOf("下单时间,微信昵称,商品,数量,金额,备注\n2026-11-02 10:00,小满,秋梨膏,2,59,\n");
  expect(table?.guesses.order_line).toMatchObject({
    paid_at: "下单时间",
    title: "商品",
    quantity: "数量",
    item_amount: "金额",
  });
  expect(table?.guesses.calendar).toEqual({ product: "商品", note: "备注" });
});

test("a table of orders by their goods can be checked as what the page offers", async () => {
  const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
  const app = await createApp({
    source,
    state: community.state,
    desk,
    dashboards: DASHBOARDS,
    lang: "zh",
  });
  const put = await request(app)
    .put("/api/v1/imports?name=a.csv")
    .set("Host", "127.0.0.1")
    .set("Content-Type", "application/octet-stream")
    .send("单号,付款日,品,小计\n1,2026-11-10,茶,10\n1,2026-11-10,糖,5\n");
  const columns = { order_id: "单号", paid_at: "付款日", title: "品", item_amount: "小计" };
  const { status, body } = await request(app)
    .post(`/api/v1/imports/uploads/${put.body.upload}/check`)
    .set("Host", "127.0.0.1")
    .send({ mapping: { kind: "order_line", columns } });
  expect([status, body]).toMatchObject([200, { read: 2, accepted: 2, rejected: 0 }]);
  close();
});
