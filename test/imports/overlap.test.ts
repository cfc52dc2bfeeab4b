import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Row } from "../../src/warehouse/rows.ts";
import { Community } from "../support/community.ts";
import { FORMATS, type Format, type Said } from "../support/exports.ts";

/** Few people, few texts and few moments, so that real repeats and ties are the rule. */
const chat = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 40 }).map((step) => step * 3),
      who: fc.integer({ min: 1, max: 3 }),
      text: fc.constantFrom("+1", "好的", "两份\n谢谢", "收到 😊"),
      isNotice: fc.constantFrom(false, false, false, true),
    }),
    { minLength: 2, maxLength: 25 },
  )
  .map((said) => said.sort((a, b) => a.at - b.at));

/** Windows that cover the chat between them: cut at some moments, each reaching into its neighbours, in any order. */
const windows = fc
  .record({
    cuts: fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 2 }),
    reach: fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 3, maxLength: 3 }),
    order: fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
  })
  .map(({ cuts, reach, order }) => {
    const ends = [0, ...cuts.sort((a, b) => a - b), 121];
    const all = ends.slice(1).map((end, index) => {
      const far = reach[index] ?? 0;
      return { from: (ends[index] ?? 0) - far, to: end + far };
    });
    return order.flatMap((index) => all[index] ?? []);
  });

describe.each(FORMATS.map((format) => [format.importer, format] as const))("%s", (_id, format) => {
  it("overlapping exports in any order are one export of the whole", async () => {
    await fc.assert(
      fc.asyncProperty(chat, windows, async (said, parts) => {
        const whole = await lakeOf(format, said, [{ from: 0, to: 121 }]);
        expect(whole).toEqual(expected(said));
        expect(await lakeOf(format, said, parts)).toEqual(whole);
      }),
      { numRuns: 10, seed: 20_261_116 },
    );
  });

  it("a repeat in one export stays, the same export again adds none", async () => {
    const said = [1, 1, 2, 1].map((who): Said => ({ at: 0, who, text: "+1" }));
    const all = { from: 0, to: 121 };
    expect(await lakeOf(format, said, [all, all])).toEqual(expected(said));
  });
});

/** Imports the windows one by one. @returns what the lake then holds, a line per row, sorted. */
async function lakeOf(
  format: Format,
  said: readonly Said[],
  parts: readonly { from: number; to: number }[],
): Promise<string[]> {
  const community = new Community();
  try {
    for (const { from, to } of parts) {
      const ids = [...said.keys()].filter((id) => {
        const at = said[id]?.at ?? 0;
        return at >= from && at < to;
      });
      if (ids.length === 0) continue;
      const text = format.write(
        ids.flatMap((id) => said[id] ?? []),
        ids,
      );
      const result = await community.import(format.file, text);
      expect(result.importer).toBe(format.importer);
      expect(result.read).toBe(result.accepted + result.duplicate);
    }
    return await rows(community);
  } finally {
    community.remove();
  }
}

async function rows(community: Community): Promise<string[]> {
  return await community.lake(async (database) => {
    const told = await database.all(
      `with people as (select distinct person_key, coalesce(raw_id, name) as who from lake.contacts)
       select epoch(sent_at) as at, who, text, false as notice, hash(group_id, message_id, person_key, sent_at, kind, text, nth) as key from lake.messages left join people using (person_key)
       union all
       select epoch(event_at), who, null, true, row_key from lake.member_events left join people using (person_key)`,
    );
    // Two rows with one key would be counted as one by whatever joins on it.
    expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
    const first = Math.min(...told.map(({ at }) => Number(at)));
    return told.map((row) => line(Number(row["at"]) - first, row)).sort(byText);
  });
}

function expected(said: readonly Said[]): string[] {
  const first = Math.min(...said.map(({ at }) => at));
  return said
    .map(({ at, who, text, isNotice = false }) =>
      line(at - first, { who: `${who}`, text: isNotice ? null : text, notice: isNotice }),
    )
    .sort(byText);
}

/** Ids are `wxid_1`, `100001`, `wmMember1000…`, and names `成员1`: the digit that tells them apart is the person. */
function line(at: number, { who, text, notice }: Row): string {
  const person = /^(?:wxid_|10000|wmMember|成员)?(\d)/.exec(String(who))?.[1];
  return JSON.stringify([at, person, text, notice]);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
