import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import request from "supertest";
import { afterAll, expect, it } from "vitest";
import { createSource } from "../../src/review/source.ts";
import { createApp } from "../../src/server/app.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

const TEMPLATES = new URL("../../pipelines/plans/templates", import.meta.url).pathname;
const community = new Community();
const root = mkdtempSync(join(tmpdir(), "fupan-test-"));
afterAll(() => {
  community.remove();
  rmSync(root, { recursive: true });
});

it("whoever has no plan gets one from the page, which is a plan when it comes back", async () => {
  const member = { group_id: "g1", member_id: "m1", joined_at: "2026-09-01 00:00:00" };
  await community.import("members.csv", csv([member]));
  await community.build("2026-11-16T00:00:00");
  const { source, close } = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
  const app = await createApp({ source, dashboards: DASHBOARDS, lang: "zh", templates: TEMPLATES });
  const get = (path: string) => request(app).get(path).set("Host", "127.0.0.1").responseType("blob");
  const page = String((await get("/sop")).body);
  const links = [...page.matchAll(/href="(\/sop\/templates\/[a-z]+\.xlsx)"/g)].map(([, path]) =>
    String(path),
  );
  expect(links.length).toBeGreaterThan(3);
  for (const link of links) {
    const { status, headers, body } = await get(link);
    expect([status, headers["content-disposition"]]).toEqual([
      200,
      expect.stringMatching(/^attachment; .*\.xlsx"$/),
    ]);
    const path = join(root, String(link.split("/").at(-1)));
    writeFileSync(path, body as Buffer);
    expect(await community.importPath(path)).toMatchObject({ importer: "fupan-plan-table", rejected: 0 });
  }
  // For a kind of groups alone it had been for none: what kind a group is stands in a file that no page shows.
  const meant = await community.lake((lake) =>
    lake.all("select distinct plan_id, to_json(groups)::varchar as groups from lake.plan_steps order by 1"),
  );
  expect(meant.map(({ groups }) => String(groups).includes('"g1"'))).toEqual(links.map(() => true));
  expect((await get("/sop/templates/none.xlsx")).status).toBe(404);
  expect((await get("/sop/templates/..%2Fretail.xlsx")).status).toBe(404);
  close();
});
