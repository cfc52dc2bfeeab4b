import { afterEach, beforeEach, expect, test } from "vitest";
import { Community } from "../support/community.ts";

/*
 * A chat log alone: whoever speaks is there, and nobody knows of the others. By the definitions rates of members are of those
 * who spoke, 100 % in the first week and falling from then on, and everybody's first word is a join: none of it is judged.
 */
let community: Community;
beforeEach(async () => {
  community = new Community();
  const words = ["06", "13", "20"].flatMap((day, nth) =>
    Array.from({ length: 12 - nth }, (_, at) => `g1,m${at},2026-10-${day}T10:00:00,到家了\n`),
  );
  await community.import("messages.csv", `group_id,sender_id,sent_at,text\n${words.join("")}`);
});
afterEach(() => community.remove());

const FIGURES =
  "select kpi, value from report.kpi_weekly where group_id = '*' and week = date '2026-10-12' and segment = '*'";
const MISSING = "select kpi, source from report.missing_kpis where group_id = '*'";
const OF_MEMBERS = ["activity_rate", "organic_activity_rate", "established_rate", "joins", "members_end"];
const JUDGED =
  "select kpi, verdict, reason from report.verdicts where group_id = '*' and week = date '2026-10-12'";
const figures = async () => {
  const [found = [], missing = [], judged = [], told = []] = await community.queries(
    [
      FIGURES,
      MISSING,
      JUDGED,
      "select is_known from marts.sources where source = 'members' and group_id = '*'",
    ],
    "2026-10-26T00:00:00",
  );
  return {
    value: (kpi: string) => found.find((row) => row["kpi"] === kpi)?.["value"] ?? null,
    source: (kpi: string) => missing.find((row) => row["kpi"] === kpi)?.["source"] ?? null,
    reason: (kpi: string) => judged.find((row) => row["kpi"] === kpi)?.["reason"] ?? null,
    verdict: (kpi: string) => judged.find((row) => row["kpi"] === kpi)?.["verdict"],
    isKnown: told[0]?.["is_known"],
    once: missing.length === new Set(missing.map((row) => row["kpi"])).size,
  };
};

test("without a member list who is silent is unknown: what members did stands as defined and is not judged", async () => {
  const { value, source, reason, verdict, once } = await figures();
  // Twelve spoke in the first week, eleven of them in this one; no other is known.
  expect(OF_MEMBERS.map((kpi) => value(kpi))).toEqual([11 / 12, 11 / 12, null, 0, 12]);
  const compared = OF_MEMBERS.filter((kpi) => value(kpi) !== null);
  expect(compared.map((kpi) => [kpi, source(kpi), verdict(kpi), reason(kpi)])).toEqual(
    compared.map((kpi) => [kpi, null, "insufficient", "roster"]),
  );
  expect([reason("speakers"), reason("messages")]).not.toContain("roster");
  expect([value("speakers"), value("messages")]).toEqual([11, 11]);
  // Of two sources that are missing the first is told, once.
  expect([source("conversion_rate"), source("churn_rate"), once]).toEqual(["orders", "leavers", true]);
});

test("with a list of one group they are of all members, and judged like any other", async () => {
  const rows = Array.from({ length: 20 }, (_, at) => `g1,m${at},2026-09-01T00:00:00\n`);
  await community.import("members.csv", `group_id,member_id,joined_at\n${rows.join("")}`);
  const { value, reason, isKnown } = await figures();
  expect(OF_MEMBERS.map(reason)).not.toContain("roster");
  expect(isKnown).toBe(true);
  expect([value("activity_rate"), value("members_end"), value("joins")]).toEqual([11 / 20, 20, 0]);
});

test("a log that saw nearly everyone join is as good as a list", async () => {
  const joins = Array.from(
    { length: 12 },
    (_, at) => `[2026/10/5 09:${10 + at}:00] Owner: Owner added Guest ${at}`,
  );
  const words = Array.from(
    { length: 6 },
    (_, at) => `[2026/10/13 10:${10 + at}:00] Guest ${at}: home at last`,
  );
  const other = new Community();
  try {
    await other.import(
      "WhatsApp Chat - Tea.txt",
      ["[2026/10/5 09:00:00] Owner: Owner created this group", ...joins, ...words]
        .map((line) => line.replace("] Owner: Owner", "] Tea: \u200eOwner"))
        .join("\r\n"),
    );
    const [found = []] = await other.queries([FIGURES], "2026-10-26T00:00:00");
    const rate = found.find((row) => row["kpi"] === "activity_rate")?.["value"];
    expect(rate).toBeGreaterThan(0.4);
    expect(rate).toBeLessThan(0.6);
  } finally {
    other.remove();
  }
});
