import { afterEach, beforeEach, expect, it } from "vitest";
import { forget } from "../../src/admin/forget.ts";
import { runQuery } from "../../src/review/query.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, csv, NOW, SQL_ROOT } from "../support/community.ts";

const CATALOG = readCatalog(SQL_ROOT);
let community: Community;
beforeEach(() => {
  community = new Community();
});
afterEach(() => community.remove());

it("what was deleted is dropped where the steps say so, and they add up", async () => {
  const said = (sender_id: string, day: string) => ({
    ...{ group_id: "g1", sender_id, sent_at: `2026-11-${day} 10:00:00`, text: "今天买了菜" },
  });
  const rows = [said("m1", "10"), said("m1", "11"), said("m2", "10")];
  await community.import("chat.csv", csv(rows));
  const by = { who: "tester", at: NOW };
  await forget(community.workspace, community.state, CATALOG, "m1", by, async () => undefined);
  await community.import("again.csv", csv([...rows, said("m1", "17")]));
  const path = generationPath(community.workspace.marts, await community.build("2026-11-24T00:00:00"));
  const database = await Database.open(path, { readOnly: true });
  const steps = (await runQuery(database, CATALOG, "waterfall", {})).filter(
    (row) => row["flow"] === "messages" && Number(row["rows"]) > 0,
  );
  database.close();
  expect(steps.map((row) => [row["step"], row["rows"]])).toEqual([
    ["lines", 7],
    ["parsed", 7],
    ["known_before", 4],
    ["notices", 2],
    ["messages", 1],
    ["activity", 1],
    ["of_members", 1],
    ["counted", 1],
  ]);
  // Two of m1's were taken out later, three never came in.
  for (const step of ["known_before", "notices"])
    expect(steps.find((row) => row["step"] === step)).toMatchObject({
      zh: expect.stringContaining("删除的人"),
      en: expect.stringContaining("forgotten"),
    });
});
