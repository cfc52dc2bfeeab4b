import { describe, expect, test } from "vitest";
import { Community, csv } from "../support/community.ts";

/*
 * A list that keeps its history states a member's level several times. The newest statement counts: by the row's own
 * time, else by the time of the file, else by the order of the rows. 普通 is alphabetically after VIP and 高级.
 */
type Cells = Record<string, string>;
const JOINED = "2026-08-03 08:00:00";
const row = (member_id: string, level: string, more: Cells = {}): Cells => ({
  group_id: "g",
  member_id,
  level,
  joined_at: JOINED,
  left_at: "",
  ...more,
});
/** Somebody who left makes the list a history. */
const GONE = row("gone", "", { left_at: "2026-09-01 08:00:00" });

const FILES: Record<string, { rows: Cells[]; asOf?: string }> = {
  // Nothing but the order of the rows.
  "up.csv": { rows: [GONE, row("up", "普通"), row("up", "VIP")] },
  "back.csv": {
    rows: [GONE, row("back", "VIP"), row("back", "普通")].map((one) => ({ ...one, group_id: "k" })),
  },
  // The day of each statement.
  "days.csv": {
    rows: [
      { ...GONE, group_id: "h" },
      row("days", "VIP", { group_id: "h", snapshot_at: "2026-11-11 09:00:00" }),
      row("days", "普通", { group_id: "h", snapshot_at: "2026-09-02 09:00:00" }),
    ],
  },
  // The time of the change, in whatever order the rows stand.
  "changes.csv": {
    rows: [
      { ...GONE, group_id: "i" },
      row("change", "高级", { group_id: "i", level_at: "2026-11-11 09:00:00" }),
      row("change", "普通", { group_id: "i", level_at: "2026-08-03 08:00:00" }),
    ],
  },
  // The history again, exported on three days.
  "again1.csv": {
    rows: [{ ...GONE, group_id: "j" }, row("again", "VIP", { group_id: "j" })],
    asOf: "2026-11-04",
  },
  "again2.csv": {
    rows: [{ ...GONE, group_id: "j" }, row("again", "普通", { group_id: "j" })],
    asOf: "2026-11-11",
  },
  "again3.csv": {
    rows: [{ ...GONE, group_id: "j" }, row("again", "VIP", { group_id: "j" })],
    asOf: "2026-11-18",
  },
};

const SPELLS = `select distinct stays.group_id, spells.level, strftime(spells.known_at + interval 8 hour, '%m-%d') as since
  from marts.level_spells as spells join marts.memberships as stays using (person_id) order by all`;

async function built(names: readonly string[]) {
  const community = new Community();
  try {
    for (const name of names) {
      const { rows = [], asOf } = FILES[name] ?? {};
      await community.import(name, csv(rows), asOf ? { asOf: `${asOf}T09:00` } : {});
    }
    const [spells = [], people = []] = await community.queries(
      [
        SPELLS,
        `select distinct stays.group_id, people.level from marts.people as people join marts.memberships as stays using (person_id)
         where people.level is not null order by all`,
      ],
      "2026-11-23T00:00:00",
    );
    const told = spells.map((row) => `${row["group_id"]} ${row["level"]} ${row["since"]}`);
    return { told, now: people.map((row) => `${row["group_id"]} ${row["level"]}`) };
  } finally {
    community.remove();
  }
}

const NAMES = Object.keys(FILES);

describe("the newest level of a history counts", () => {
  test.each([
    ["as the files came", NAMES],
    ["the other way round", [...NAMES].reverse()],
    ["the last export in the middle", [...NAMES.slice(0, -3), "again3.csv", "again1.csv", "again2.csv"]],
  ])(
    "%s",
    async (_, names) => {
      const { told, now } = await built(names);
      expect(now).toEqual(["g VIP", "h VIP", "i 高级", "j VIP", "k 普通"]);
      expect(told).toEqual([
        "g VIP 08-03",
        "h VIP 11-11",
        "h 普通 08-03",
        "i 普通 08-03",
        "i 高级 11-11",
        "j VIP 08-03",
        "j VIP 11-18",
        "j 普通 11-11",
        "k 普通 08-03",
      ]);
    },
    60_000,
  );
});
