import type { DormantRow, Review } from "../review/types.ts";
import { addDays } from "../review/weeks.ts";
import type { Campaign } from "./campaign.ts";
import { contactable, FEWEST, nearTo, splitList } from "./split.ts";

/**
 * A list as it may be written to, beside the campaigns of the fortnight before and after it: whoever is in one waits, and is
 * left alone if that one leaves them alone, whatever a first campaign of the list would have drawn; of the others those whom
 * the next one would leave alone.
 * Rows that tell no split get none, and neither do those without an id: who they are is not for whoever asks.
 * @param rows everyone of the list, if they tell a split: a part of it has another one.
 * @param campaigns with their people as they are known now.
 */
export function besideCampaigns(
  rows: readonly DormantRow[],
  campaigns: readonly Campaign[],
  { from, to, timezone }: Pick<Review, "from" | "to" | "timezone">,
): DormantRow[] {
  const day = addDays(to, 1);
  const near = nearTo(campaigns, day);
  if (near.length === 0) return [...rows];
  const [held, all] = [new Set(near.flatMap((one) => one.held)), new Set(near.flatMap((one) => one.treated))];
  for (const id of held) all.add(id);
  const ready = contactable(rows, campaigns, day, timezone);
  const next = new Set(ready.length < FEWEST ? [] : splitList(ready, `fupan ${from}`).held);
  return rows.map((row) => {
    const isLeft = (all.has(row.personId) ? held : next).has(row.personId);
    const holdout = row.holdout === null || row.personId === "" ? null : isLeft;
    return { ...row, holdout, ...(all.has(row.personId) ? { scene: "wait" } : {}) };
  });
}
