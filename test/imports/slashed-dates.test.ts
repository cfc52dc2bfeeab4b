import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ImportOptions } from "../../src/ingest/import-file.ts";
import { UserError } from "../../src/kit/errors.ts";
import { Community } from "../support/community.ts";

/** Forms and spreadsheets in English write 11/20/2026 in America and 20/11/2026 in Britain. */
const form = (...times: readonly string[]) =>
  `Timestamp,Your name,Why did you leave the group?\n${times.map((time, at) => `${time},Ana ${at},Too many ads\n`).join("")}`;

let community: Community;
beforeEach(() => {
  community = new Community("timezone: UTC\n");
});
afterEach(() => community.remove());

async function submitted(text: string, options: Partial<ImportOptions> = {}) {
  try {
    const { accepted, rejected, notes } = await community.import("Exit survey.csv", text, options);
    const rows = await community.lake((lake) =>
      lake.all("select submitted_at::varchar as at from lake.survey_answers order by 1"),
    );
    return { accepted, rejected, at: rows.map(({ at }) => at), notes: notes.map(({ en }) => en).join(" ") };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { refused: `${error.in("en")} ${error.in("zh")}` };
  }
}

describe("days with the year behind in a table", () => {
  it.each([
    ["America", ["11/5/2026 14:05:10", "11/20/2026 9:00:00"], ["2026-11-05 14:05:10", "2026-11-20 09:00:00"]],
    [
      "Britain",
      ["05/11/2026 14:05:10", "20/11/2026 09:00:00"],
      ["2026-11-05 14:05:10", "2026-11-20 09:00:00"],
    ],
    [
      "halves of the day",
      ["11/5/2026 2:05 PM", "11/20/2026, 9:00:00 AM"],
      ["2026-11-05 14:05:00", "2026-11-20 09:00:00"],
    ],
  ])("are read in the order of the whole file: %s", async (_where, times, at) => {
    const text = form(...times).replace("11/20/2026, 9:00:00 AM", '"11/20/2026, 9:00:00 AM"');
    const told = await submitted(text);
    expect(told).toMatchObject({ accepted: 2, rejected: 0, at });
    expect(told.notes).toMatch(/Dates read as (?:month\/day|day\/month)\/year: /);
  });

  it.each([
    ["mdy", "2026-11-05 14:05:10"],
    ["dmy", "2026-05-11 14:05:10"],
  ] as const)(
    "are asked where both readings fit, and read as --date-order %s says",
    async (dateOrder, at) => {
      const text = form("11/05/2026 14:05:10");
      expect(await submitted(text)).toEqual({
        refused: expect.stringMatching(/11\/05\/2026.*--date-order dmy/s),
      });
      expect(await submitted(text, { dateOrder })).toMatchObject({ accepted: 1, at: [at] });
    },
  );

  it("are no order where the file holds both", async () => {
    const told = await submitted(form("13/11/2026 10:00:00", "11/14/2026 10:00:00"));
    expect(told).toEqual({ refused: expect.stringMatching(/13\/11\/2026, 11\/14\/2026/) });
  });

  it("are read in a table of one's own, with amounts as they are written there", async () => {
    community.remove();
    community = new Community(
      "timezone: UTC\ncurrency: USD\ntables:\n  - id: mine\n    kind: order\n    columns: { order_id: 'Order #', paid_at: Date, amount: Total, buyer_name: Customer }\n",
    );
    const text =
      'Date,Order #,Customer,Total\n11/5/2026,A1,Ana Hill,"$1,299.00"\n11/20/2026,A2,Ben Wood,$149.00\n';
    expect(await community.import("Orders.csv", text)).toMatchObject({ accepted: 2, rejected: 0 });
    const rows = await community.lake((lake) =>
      lake.all("select paid_at::date::varchar as day, amount::varchar as amount from lake.orders order by 1"),
    );
    expect(rows).toEqual([
      { day: "2026-11-05", amount: "1299.00" },
      { day: "2026-11-20", amount: "149.00" },
    ]);
  });
});
