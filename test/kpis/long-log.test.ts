import { expect, test } from "vitest";
import { addDays } from "../../src/review/weeks.ts";
import { Community } from "../support/community.ts";

test("a log of many years is built: who spoke before the first week that is counted is one of its 28-day speakers", async () => {
  const community = new Community();
  try {
    const rows = Array.from({ length: 330 }, (_, nth) => {
      const day = addDays("2020-07-06", 7 * nth);
      // Two speak every week, a third one only four weeks before the end.
      return ["a", "b", ...(nth === 326 ? ["c"] : [])]
        .map((who) => `g1,${who},${day}T10:00:00,早\n`)
        .join("");
    });
    await community.import("messages.csv", `group_id,sender_id,sent_at,text\n${rows.join("")}`);
    const [weeks = []] = await community.queries(
      [
        "select week::varchar as week, speakers, speakers_28d from marts.talk_weeks where group_id = 'g1' order by week",
      ],
      "2026-11-02T00:00:00",
    );
    expect(weeks.length).toBeGreaterThan(50);
    expect(weeks.length).toBeLessThan(330);
    expect(weeks.filter((row) => row["speakers"] !== (row["week"] === "2026-10-05" ? 3 : 2))).toEqual([]);
    expect(weeks.slice(0, 10).map((row) => row["speakers_28d"])).toEqual(Array(10).fill(2));
    expect(weeks.slice(-5).map((row) => row["speakers_28d"])).toEqual([2, 3, 3, 3, 3].slice(0, 5));
  } finally {
    community.remove();
  }
});
