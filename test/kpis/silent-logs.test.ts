import { expect, it } from "vitest";
import { notices } from "../../src/review/notices.ts";
import { runQuery } from "../../src/review/query.ts";
import { GenerationReader } from "../../src/review/reader.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/* The export of one group is forgotten, or made on Thursday: what is missing reads as silence. */
const catalog = readCatalog(SQL_ROOT);
const DAY = 86_400_000;

/** Two members who speak every day of the days [from, to) since Monday, 5 October 2026, five times each. */
function said(group_id: string, from: number, to: number, each = 5) {
  const rows = [];
  for (let day = from; day < to; day++)
    for (let hour = 0; hour < each; hour++)
      for (const sender_id of ["u1", "u2"])
        rows.push({
          group_id,
          sender_id: `${group_id}-${sender_id}`,
          sent_at: new Date(Date.UTC(2026, 9, 5, 8 + hour) + day * DAY)
            .toISOString()
            .slice(0, 19)
            .replace("T", " "),
          text: `第 ${day} 天第 ${hour} 句`,
        });
  return rows;
}

it("a log that lacks the week, or its last days, is told of; a group that was quiet before is not", async () => {
  const community = new Community();
  try {
    await community.import(
      "log.csv",
      csv([
        ...said("全的群", 0, 35),
        ...said("漏导的群", 0, 28),
        ...said("导早的群", 0, 32),
        // Dead for weeks, and one where little is ever said.
        ...said("沉了的群", 0, 14),
        ...said("安静的群", 0, 1).slice(0, 3),
        ...said("安静的群", 14, 15).slice(0, 3),
      ]),
    );
    await community.build("2026-11-09 00:00:00");
    const reader = new GenerationReader(community.workspace.marts);
    const told = async (week: string) => {
      const rows = await reader.read((database) =>
        notices((query) => runQuery(database, catalog, query, { week })),
      );
      return (rows ?? []).filter(({ code }) => code === "log_ends_early").map(({ zh }) => String(zh));
    };
    expect(await told("2026-11-02")).toEqual([
      expect.stringMatching(
        /^2 个群本周的聊天记录像是没导全：导早的群、漏导的群。.*一条也没有，或最后三天没有/,
      ),
    ]);
    expect(await told("2026-10-26")).toEqual([]);
    reader.close();
  } finally {
    community.remove();
  }
});
