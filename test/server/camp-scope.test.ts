import { describe, expect, it } from "vitest";
import type { Generation, ReviewSource } from "../../src/review/source.ts";
import { runAs } from "../../src/server/auth/access.ts";
import { scopedSource } from "../../src/server/auth/scoped-source.ts";
import type { User } from "../../src/state/users.ts";

const row = (before: string) => ({
  group_id: "camp-9",
  day: 3,
  spoke: 12,
  previous_group_id: before,
  previous_name: "秋季营",
  previous_spoke: 31,
  earlier_spoke_rate: 0.62,
});
const kpi = (before: string) => ({
  id: "activity_rate",
  against: { target: null, campDay: { groupId: before, value: 0.6 } },
});

/** A generation that answers for camp-9, held against the camp before it. */
function sourceOf(before: string): ReviewSource {
  const generation = {
    takesGroup: () => true,
    groups: async () => [{ id: "camp-9", name: "第九期", members: 9 }],
    query: async () => [row(before)],
    review: async () => ({ groups: [], groupChoices: [], kpis: [kpi(before)], dormant: { rows: [] } }),
  } as unknown as Generation;
  return { currentId: () => "g", read: (use) => use(generation) } as ReviewSource;
}

const leader = { name: "lin", role: "leader", groups: ["camp-9", "camp-8"] } as unknown as User;

function seen(before: string) {
  return new Promise<{ rows: unknown; kpis: unknown }>((resolve, reject) => {
    runAs(leader, () => {
      scopedSource(sourceOf(before))
        .read(async (generation) => ({
          rows: await generation.query("camp_days", { group_id: "camp-9" }),
          kpis: (await generation.review({ group: "camp-9" })).kpis,
        }))
        .then((all) => resolve(all ?? { rows: null, kpis: null }), reject);
    });
  });
}

describe("a camp beside the camp before it, for a leader", () => {
  it("shows the earlier camp where it is the leader's own", async () => {
    expect(await seen("camp-8")).toEqual({ rows: [row("camp-8")], kpis: [kpi("camp-8")] });
  });

  it("says nothing of a colleague's camp, nor of a mean that is made of it", async () => {
    const { rows, kpis } = await seen("camp-7");
    expect(rows).toEqual([
      {
        ...row("camp-7"),
        previous_group_id: null,
        previous_name: null,
        previous_spoke: null,
        earlier_spoke_rate: null,
      },
    ]);
    expect(kpis).toEqual([{ id: "activity_rate", against: { target: null, campDay: null } }]);
  });
});
