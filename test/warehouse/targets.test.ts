import { expect, test } from "vitest";
import { Community } from "../support/community.ts";

test("a target of a KPI that there is not ends the build in words; one of a KPI that there is stands in the report", async () => {
  const wrong = new Community("targets: { activity_rat: 0.3, activity_rate: 0.3 }\n");
  await wrong.state.create();
  await expect(wrong.build()).rejects.toThrow("fupan.yaml, targets.activity_rat: there is no such KPI");
  wrong.remove();
  const right = new Community("targets: { activity_rate: 0.3 }\n");
  await right.import("a.csv", "group_id,sender_id,sent_at,text\ng1,m1,2026-11-16 12:00:00,你好\n");
  expect(await right.query("select target from report.kpis where kpi = 'activity_rate'")).toEqual([
    { target: 0.3 },
  ]);
  right.remove();
});
