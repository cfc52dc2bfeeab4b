import request from "supertest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

/* What a new user often has first: one kind of file and no other. The pages name the file that would fill them. */
async function served(community: Community, asOf: string) {
  await community.build(asOf);
  const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
  const app = await createApp({ source, dashboards: DASHBOARDS, lang: "zh" });
  const get = async (path: string) => (await request(app).get(path).set("Host", "127.0.0.1")).text;
  return {
    get,
    close: () => {
      close();
      community.remove();
    },
  };
}

/** What stands in a part of the page, as people read it. */
function part(page: string, id: string): string {
  const from = page.indexOf(`id="${id}"`);
  const end = page.slice(from).search(/<\/(?:article|section)>/);
  return page.slice(from, from + end).replace(/<[^>]+>/g, " ");
}

const days = Array.from({ length: 28 }, (_, at) =>
  new Date(Date.UTC(2026, 9, 5 + at)).toISOString().slice(0, 10),
);

describe("orders alone", () => {
  let shop: Awaited<ReturnType<typeof served>>;
  beforeAll(async () => {
    const community = new Community();
    const rows = days.flatMap((day, at) =>
      [0, 1, 2].map((nth) => ({
        order_id: `o${at}-${nth}`,
        paid_at: `${day} 13:0${nth}:00`,
        amount: 10,
        phone: `1990002${String((at * nth) % 9).padStart(4, "0")}`,
      })),
    );
    await community.import("orders.csv", csv(rows));
    shop = await served(community, "2026-11-02T00:00:00");
  });
  afterAll(() => shop.close());

  test("no figure of nobody: the cards stay and say which file is missing", async () => {
    const page = await shop.get("/");
    for (const kpi of ["conversion_rate", "repurchase_rate", "buyers", "orders", "gmv_net", "match_rate"])
      expect([kpi, part(page, `kpi-${kpi}`)]).toEqual([
        kpi,
        expect.stringContaining("有订单，但不知道谁是群友：导入成员名单或聊天记录"),
      ]);
    expect(part(page, "kpi-activity_rate")).toContain("导入聊天记录后才有这个数");
    expect(page).not.toMatch(/转化率是下限|¥0\.00|订单匹配率 0\.0%/);
  });

  test("nobody is said to be silent, and nothing to be as planned", async () => {
    const page = await shop.get("/");
    expect(part(page, "segments")).toContain("还不知道群里有谁");
    expect(part(page, "dormant")).toContain("还不知道群里有谁");
    expect(part(page, "dormant")).not.toContain("没有沉默成员");
    expect(part(page, "sop")).toContain("还没有成员");
  });
});

describe("member lists alone", () => {
  let club: Awaited<ReturnType<typeof served>>;
  beforeAll(async () => {
    const community = new Community();
    for (const [at, day] of ["2026-10-05", "2026-10-12", "2026-10-19", "2026-10-26"].entries()) {
      const ids = Array.from({ length: 40 }, (_, nth) => nth + at);
      const rows = ids.map((nth) => ({
        group_id: nth % 2 ? "g1" : "g2",
        member_id: `u${nth}`,
        name: `人${nth}`,
        role: "member",
        snapshot_at: `${day} 09:00:00`,
      }));
      await community.import(`members-${day}.csv`, csv(rows));
    }
    club = await served(community, "2026-11-02T00:00:00");
  });
  afterAll(() => club.close());

  test("the page opens on a KPI that has a value, and says why nothing is judged", async () => {
    const page = await club.get("/");
    expect(page).toMatch(/kpi=churn_rate#why" data-frag aria-current="true"/);
    expect(page).toContain("人数还太少，没有一项变化能判断是好是坏");
    // Without a usual range the events are drawn first: the weeks still stand in their order.
    expect(page.match(/(?<=>)W4\d(?=<)/g)).toEqual(["W41", "W42", "W43", "W44"]);
    expect(part(page, "rhythm")).toContain("还没有聊天记录");
    expect(page).not.toContain("还没有够久的新人批次");
  });

  test("without logs and orders nobody is silent or active, and no reason has an empty name", async () => {
    const page = await club.get("/");
    for (const id of ["segments", "dormant"])
      expect([id, part(page, id)]).toEqual([id, expect.stringContaining("不知道谁活跃、谁沉默")]);
    expect(page).not.toMatch(/“”|他们都还没有买过|长期冷清的群/);
    const list = await club.get("/segments");
    expect(list).not.toMatch(/从未/);
  });
});

describe("orders that none of the members can be told for", () => {
  let shop: Awaited<ReturnType<typeof served>>;
  beforeAll(async () => {
    const community = new Community();
    const members = ["a", "b", "c"].map((member_id) => ({
      group_id: "g1",
      member_id,
      name: `member ${member_id}`,
      joined_at: "2026-08-01",
    }));
    await community.import("members.csv", csv(members));
    const said = days.map((day) => ({
      group_id: "g1",
      sender_id: "a",
      sent_at: `${day} 10:00:00`,
      text: "hi",
    }));
    await community.import("messages.csv", csv(said));
    const orders = days.map((day, at) => ({
      order_id: `o${at}`,
      paid_at: `${day} 11:00:00`,
      amount: 10,
      phone: `1390000${String(1000 + at)}`,
    }));
    await community.import("orders.csv", csv(orders));
    shop = await served(community, "2026-11-02T00:00:00");
  }, 120_000);
  afterAll(() => shop.close());

  test("do not make the list of who is dormant say that they never bought, for 0.00", async () => {
    const list = part(await shop.get("/"), "dormant");
    expect(list).toContain("2 人沉默，其中从未发言的 2 人");
    expect(list).not.toMatch(/没有买过|0\.00/);
  });
});
