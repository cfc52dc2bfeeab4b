import { toListed } from "../review/lists.ts";
import type { Generation } from "../review/source.ts";
import type { Review } from "../review/types.ts";
import { addDays } from "../review/weeks.ts";
import type { Campaign } from "./campaign.ts";
import { peopleNow } from "./people-now.ts";
import { besideCampaigns } from "./resting.ts";
import { nearTo } from "./split.ts";

/**
 * The review whose wake-up list says the same as the list itself does beside the campaigns of the fortnight.
 * @param ask of the generation that the review is of.
 */
export async function reviewBeside(
  review: Review,
  ask: Generation["query"],
  campaigns: readonly Campaign[],
): Promise<Review> {
  const { dormant, from, to, group } = review;
  const near = nearTo(campaigns, addDays(to, 1));
  if (near.length === 0 || dormant.rows.length === 0) return review;
  // A page's first rows tell no split; those that do are a part of the list, and who of it is left alone is drawn from all.
  const isDrawn = dormant.rows.some(({ holdout }) => holdout !== null);
  const [all, now] = await Promise.all([
    isDrawn ? ask("segment_list", { week: from, group_id: group }) : null,
    peopleNow(ask, near),
  ]);
  const told = new Map(
    besideCampaigns(all?.map(toListed) ?? dormant.rows, now, review).map((row) => [row.personId, row]),
  );
  const rows = dormant.rows.map((row) => {
    if (row.personId === "") return { ...row, holdout: null };
    const { scene, holdout } = told.get(row.personId) ?? row;
    return { ...row, scene, holdout };
  });
  return { ...review, dormant: { ...dormant, rows } };
}
