import { strFromU8, unzipSync } from "fflate";
import request from "supertest";
import { afterAll, beforeAll, expect, it } from "vitest";
import { signOf } from "../../src/kit/money.ts";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

/* A shop that sells in dollars: its amounts had been written with the sign of the yuan. */
const community = new Community("currency: USD\n");
const day = (at: number) => new Date(Date.UTC(2026, 9, 5 + at)).toISOString().slice(0, 10);
beforeAll(async () => {
  const people = Array.from({ length: 20 }, (_, n) => `m${n}`);
  const days = Array.from({ length: 35 }, (_, n) => n);
  await community.import(
    "members.csv",
    csv(people.map((member_id) => ({ group_id: "g1", member_id, joined_at: "2026-06-01 09:00:00" }))),
  );
  const said = days.map((n) => ({
    group_id: "g1",
    sender_id: `m${n % 20}`,
    sent_at: `${day(n)} 10:00:00`,
    text: "hi",
  }));
  await community.import("messages.csv", csv(said));
  const orders = days.map((n) => ({
    order_id: `o${n}`,
    buyer_id: `m${n % 20}`,
    paid_at: `${day(n)} 12:00:00`,
    amount: 20,
  }));
  await community.import("orders.csv", csv(orders.map((one) => ({ ...one, currency: "USD" }))));
  await community.build("2026-11-09T00:00:00");
});
afterAll(() => community.remove());

it("amounts bear the sign of the workspace's currency: on the page, in a list, in sentences and in a workbook", async () => {
  const { workspace, state } = community;
  const { source, close } = createSource(workspace.marts, readCatalog(SQL_ROOT));
  const app = await createApp({ source, state, dashboards: DASHBOARDS, lang: "zh", lists: workspace.lists });
  const get = (path: string) => request(app).get(path).set("Host", "127.0.0.1");
  try {
    const page = (await get("/")).text;
    expect(page).toContain("US$140.00");
    const list = (await get("/segments?segment=repeat")).text;
    expect(list).toMatch(/US\$40\.00/);
    const review = JSON.stringify((await get("/api/v1/review")).body);
    const book = await get("/report.xlsx")
      .buffer(true)
      .parse((answer, done) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("end", () => done(null, Buffer.concat(parts)));
      });
    const styles = strFromU8(unzipSync(book.body as Buffer)["xl/styles.xml"] as Uint8Array);
    expect(styles).toContain("&quot;US$&quot;#,##0.00");
    for (const text of [page, list, review, styles]) expect(text).not.toContain("¥");
  } finally {
    close();
  }
});

it("tells currencies from each other, and what is none is the yuan's", () => {
  expect(["CNY", "USD", "HKD", "JPY", "EUR", "SGD", "", "???"].map(signOf)).toEqual([
    ...["¥", "US$", "HK$", "JP¥", "€", "SGD\u00a0", "¥", "¥"],
  ]);
});
