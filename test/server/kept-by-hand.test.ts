import { Readable } from "node:stream";
import { afterAll, expect, test } from "vitest";
import { Community } from "../support/community.ts";
import { testDesk } from "../support/desk.ts";

/* What a table in English that is no shop's export is taken for on the imports page, before anybody says so. */
const community = new Community("currency: USD\n");
const desk = testDesk(community.workspace, community.state);
afterAll(() => {
  desk.jobs.close();
  community.remove();
});

const guessed = async (body: string) => {
  const answer = await desk.recognise(
    await desk.uploads.take("Table 2026.csv", Readable.from([Buffer.from(body)])),
  );
  if ("archive" in answer) throw new Error("an archive");
  return { kind: answer.table?.kind, columns: answer.table?.columns };
};

test("orders that somebody keeps by hand are orders, with each column in its place", async () => {
  const text =
    'Date,Order #,Customer,Email,Item,Qty,Total\n11/20/2026,A1,Ana Hill,a@example.com,Kit,1,"$1,299.00"\n';
  expect(await guessed(text)).toEqual({
    kind: "order",
    columns: {
      paid_at: "Date",
      order_id: "Order #",
      buyer_name: "Customer",
      email: "Email",
      title: "Item",
      amount: "Total",
    },
  });
});

test("a list of messages is none for its day", async () => {
  const { kind } = await guessed("Date,Sender,Message\n11/20/2026 10:00,Ana,Hello there\n");
  expect(kind).toBe("chat");
});
