import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeReport } from "../../src/report/reports.ts";
import { createSource } from "../../src/review/source.ts";
import { Charts, readDashboard } from "../../src/server/charts.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";
import { DASHBOARDS } from "../support/demo.ts";

/* The report of one group, made by who sees all of them and handed to who leads that one. */
const community = new Community('groups:\n  g1: { name: "茶友一群" }\n  g2: { name: "茶友二群" }\n');
const dashboard = readDashboard(DASHBOARDS, "weekly");
let made: ReturnType<typeof createSource>;
beforeAll(async () => {
  const members = ["g1", "g2"].flatMap((group_id) =>
    ["quiet", "m1", "m2"].map((member_id) => ({ group_id, member_id, joined_at: "2026-06-01 09:00:00" })),
  );
  await community.import("members.csv", csv(members));
  // Whoever is listed is a member of both, and was silent for long.
  const days = Array.from({ length: 28 }, (_, at) => new Date(Date.UTC(2026, 9, 5 + at)));
  const messages = days.flatMap((day) =>
    ["g1", "g2"].map((group_id) => ({
      group_id,
      sender_id: day.getUTCDate() % 2 ? "m1" : "m2",
      sent_at: `${day.toISOString().slice(0, 10)} 10:00:00`,
      text: "hi",
    })),
  );
  await community.import("messages.csv", csv(messages));
  await community.build("2026-11-02T00:00:00");
  made = createSource(community.workspace.marts, readCatalog(SQL_ROOT));
});
afterAll(() => {
  made.close();
  community.remove();
});

const report = async (form: "html" | "xlsx", group?: string) => {
  const site = {
    source: made.source,
    state: community.state,
    dashboard,
    charts: new Charts(dashboard),
    assets: { css: "", script: null },
  };
  const { body } = await makeReport(site, form, { lang: "zh", group });
  if (form === "html") return body.toString("utf8");
  return Object.entries(unzipSync(new Uint8Array(body)))
    .map(([path, one]) => (path.startsWith("xl/worksheets/") ? strFromU8(one) : ""))
    .join("");
};

it.each(["html", "xlsx"] as const)("%s: names no other group that somebody listed is in", async (form) => {
  const [whole, own] = [await report(form), await report(form, "g1")];
  expect(whole).toContain("茶友一群、茶友二群");
  expect(own).toContain("茶友一群");
  expect(own).not.toContain("茶友二群");
});
