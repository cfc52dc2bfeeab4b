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
  ...{ numerator: 12, denominator: 20, previous: null, reported: null, history: [] },
  against: { target: null, campDay: { groupId: before, value: 0.6 } },
});

const REVIEW = {
  ...{ groups: [], groupChoices: [], conclusions: [], decomposition: {}, sop: {} },
  ...{ segments: { stock: [], flows: [] }, dormant: { total: 0, why: {}, rows: [] } },
  churn: { declared: [], inferred: [], segments: [], timing: { sinceJoin: [], sinceCampaign: [] } },
  ...{ quality: [], suggestions: [], actions: [] },
};

const DAY = { groupId: "camp-8", value: 0.6 };
const ALONE = {
  ...row("none"),
  ...{ previous_group_id: null, previous_name: null, previous_spoke: null, earlier_spoke_rate: null },
};

/** A generation that answers for camp-9, held against the camp before it. */
function sourceOf(before: string): ReviewSource {
  const generation = {
    takesGroup: () => true,
    id: before,
    namesPeople: () => false,
    peopleColumns: () => ["spoke", "previous_spoke"],
    sums: () => undefined,
    groups: async () => [
      { id: "camp-9", name: "第九期", members: 9 },
      { id: "camp-8", name: "第八期", members: 8 },
      { id: "camp-3", name: "秋季营", members: 3 },
    ],
    query: async () => [row(before)],
    review: async () => ({ ...REVIEW, kpis: [kpi(before)] }),
    explain: async () => ({ kpi: kpi(before), companion: null, decomposition: null }),
  } as unknown as Generation;
  return { currentId: () => "g", read: (use) => use(generation) } as ReviewSource;
}

const leader = { name: "lin", role: "leader", groups: ["camp-9", "camp-8"] } as unknown as User;

const viewer = { name: "vera", role: "viewer", groups: [] } as unknown as User;

function seen(before: string, who = leader) {
  return new Promise<{ rows: unknown; kpis: unknown }>((resolve, reject) => {
    runAs(who, () => {
      scopedSource(sourceOf(before))
        .read(async (generation) => ({
          rows: await generation.query("camp_days", { group_id: "camp-9" }),
          kpis: [
            ...(await generation.review({ group: "camp-9" })).kpis,
            (await generation.explain("activity_rate", { group: "camp-9" })).kpi,
          ].map(({ against }) => against.campDay),
        }))
        .then((all) => resolve(all ?? { rows: null, kpis: null }), reject);
    });
  });
}

describe("a camp beside the camp before it, for a leader", () => {
  it("shows the earlier camp where it is the leader's own", async () => {
    expect(await seen("camp-8")).toEqual({ rows: [row("camp-8")], kpis: [DAY, DAY] });
  });

  it("says nothing of a colleague's camp, nor of a mean that is made of it", async () => {
    expect(await seen("camp-7")).toEqual({ rows: [ALONE], kpis: [null, null] });
  });
});

describe("a camp beside the camp before it, for a viewer", () => {
  it("shows an earlier camp of many", async () => {
    expect(await seen("camp-8", viewer)).toEqual({ rows: [row("camp-8")], kpis: [DAY, DAY] });
  });

  it("says nothing of one that few people are in, which is no group for them", async () => {
    expect(await seen("camp-3", viewer)).toEqual({ rows: [ALONE], kpis: [null, null] });
  });
});
