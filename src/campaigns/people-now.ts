import type { Generation } from "../review/source.ts";
import type { Campaign } from "./campaign.ts";

/**
 * The campaigns with their people as they are known now: a phone, a name or an operator may have shown since that one id is another's.
 * Whoever is then on both sides stays on both: was written to, and is not to be.
 * @param ask of a generation in which whoever asks may see everyone; others get the ids as they were fixed.
 */
export async function peopleNow(
  ask: Generation["query"],
  campaigns: readonly Campaign[],
): Promise<Campaign[]> {
  const people = [...new Set(campaigns.flatMap(({ treated, held }) => [...treated, ...held]))];
  if (people.length === 0) return [...campaigns];
  const rows = await ask("people_now", { people: people.join(",") });
  const now = new Map(rows.map((row) => [String(row["person_key"]), String(row["person_id"])]));
  const known = (ids: readonly string[]) => [...new Set(ids.map((id) => now.get(id) ?? id))];
  return campaigns.map((one) => ({ ...one, treated: known(one.treated), held: known(one.held) }));
}
