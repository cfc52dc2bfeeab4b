import { writeFileSync } from "node:fs";
import { join } from "node:path";
import request from "supertest";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { build } from "../../src/warehouse/build.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { openWorkspace } from "../../src/workspace.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

/* Forty silent members; a campaign writes to 32 of them, some of whom opt out once the list is fixed. */
const AS_OF = "2026-11-16T00:00:00";
const community = new Community();
beforeAll(async () => {
  const members = Array.from({ length: 40 }, (_, n) => ({
    group_id: "g1",
    member_id: `m${n}`,
    name: n % 2 ? `=HYPERLINK("http://evil.example/${n}")` : `友${n}`,
    joined_at: "2026-06-01 09:00:00",
  }));
  const said = { group_id: "g1", sender_id: "x", sent_at: "2026-11-15 12:00:00", text: "大家好" };
  await community.import("members.csv", csv(members));
  await community.import("messages.csv", csv([said]));
});
afterAll(() => community.remove());

/** Asks the server of what is built now. */
async function asked<T>(use: (ask: (path: string) => request.Test, app: Parameters<typeof request>[0]) => T) {
  const { workspace, state } = community;
  const { source, close } = createSource(workspace.marts, readCatalog(SQL_ROOT));
  const app = await createApp({ source, state, dashboards: DASHBOARDS, lang: "zh", lists: workspace.lists });
  try {
    return await use((path) => request(app).get(path).set("Host", "127.0.0.1"), app);
  } finally {
    close();
  }
}

it("the file of those to write to is in the reader's words, safe in a spreadsheet, and counts whom it holds", async () => {
  await community.build(AS_OF);
  const id = await asked(async (get, app) => {
    const wanted = { title: "唤醒", from: "2026-11-16", days: "7", week: "2026-W46", group: "g1" };
    const made = await request(app)
      .post("/campaigns")
      .set("Host", "127.0.0.1")
      .type("form")
      .send({ ...wanted, segment: "dormant" });
    const path = String(made.headers["location"]);
    const { text } = await get(`${path}.csv`);
    const [head, first] = text.split("\r\n");
    expect([head, first?.split(",").slice(2, 4)]).toEqual([
      "\uFEFF成员,群,原因,怎么联系,群主,成员编号",
      ["从未发言", "欢迎：一句自我介绍"],
    ]);
    expect((await get(`${path}.csv?lang=en`)).text).toContain(
      "Member,Group,Why,How to write,Owner,Member id",
    );
    expect([text.match(/"'=HYPERLINK/g)?.length ?? 0, /(?:^|[,\n])"?=HYPERLINK/.test(text)]).toEqual([
      text.match(/HYPERLINK/g)?.length,
      false,
    ]);
    expect((await get(path)).text).toMatch(/导出联系名单（32 人）<\/a><\/p>/);
    return path;
  });

  writeFileSync(
    join(community.root, "fupan.yaml"),
    `optOut: [${Array.from({ length: 10 }, (_, n) => `m${n}`).join(", ")}]\n`,
  );
  await build(openWorkspace(community.root), community.state, readCatalog(SQL_ROOT), {
    asOf: AS_OF,
    now: NOW,
  });
  await asked(async (get) => {
    const { text } = await get(id);
    const rows = (await get(`${id}.csv`)).text.trim().split("\r\n").length - 1;
    expect(rows).toBeLessThanOrEqual(30);
    expect(text).toContain(`导出联系名单（${rows} 人）`);
    expect(text).toContain(`另有 ${32 - rows} 人已退订`);
  });
});
