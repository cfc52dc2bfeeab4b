import { Readable } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { Community } from "../support/community.ts";
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
