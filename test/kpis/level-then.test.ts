import { expect, it } from "vitest";
import { runQuery } from "../../src/review/query.ts";
import { readCatalog } from "../../src/warehouse/catalog.ts";
import { Database } from "../../src/warehouse/database.ts";
import { generationPath } from "../../src/warehouse/publish.ts";
import { Community, csv, SQL_ROOT } from "../support/community.ts";

/* Given a member who rose on 18 November, expect the lists of earlier weeks to have the level of that time. */
it("a list of a past week has the level that a member had then", async () => {
  const community = new Community();
  try {
    const row = (member_id: string, level: string, level_at: string, snapshot_at = "") => ({
      ...{ group_id: "g", member_id, level, level_at, snapshot_at },
      joined_at: "2026-08-03 08:00:00",
      left_at: member_id === "gone" ? "2026-09-01 08:00:00" : "",
    });
    await community.import(
      "levels.csv",
      csv([
        row("gone", "", ""),
        row("rose", "普通", "2026-08-03 08:00:00"),
        row("rose", "高级", "2026-11-18 09:00:00"),
        // Nobody said before what this one is; the newest word is the best there is.
        row("late", "VIP", "2026-11-18 09:00:00", "2026-11-18 09:00:00"),
      ]),
    );
    await community.import(
      "log.csv",
      csv([{ group_id: "g", sender_id: "rose", sent_at: "2026-09-01 09:00:00", text: "在" }]),
    );
    const generation = await community.build("2026-11-30T00:00:00");
    const database = await Database.open(generationPath(community.workspace.marts, generation), {
      readOnly: true,
    });
    const levels = async (week: string) => {
      const rows = await runQuery(database, readCatalog(SQL_ROOT), "segment_list", { week });
      return new Set(rows.map(({ level }) => level));
    };
    const told = [await levels("2026-11-09"), await levels("2026-11-16"), await levels("2026-11-23")];
    database.close();
    expect(told).toEqual([new Set(["VIP", "普通"]), new Set(["VIP", "高级"]), new Set(["VIP", "高级"])]);
  } finally {
    community.remove();
  }
});
