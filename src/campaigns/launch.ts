import { UserError } from "../kit/errors.ts";
import type { Text } from "../kit/say.ts";
import { localClock } from "../kit/time.ts";
import { assertList, filtered, toListed } from "../review/lists.ts";
import type { Generation } from "../review/source.ts";
import type { DormantRow } from "../review/types.ts";
import { addDays } from "../review/weeks.ts";
import type { Campaign } from "./campaign.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { peopleNow } from "./people-now.ts";
import { contactable, FEWEST, REST_DAYS, splitList } from "./split.ts";
import type { Campaigns } from "./store.ts";

export interface Launch {
  title: string;
  /** First local day on which a return counts (YYYY-MM-DD), and on how many. */
  from: string;
  days: number;
  message: string;
  /** The list: ISO week or first day, group or "*", lifecycle segment, why they are in it, part of a group's name. */
  week: string | undefined;
  group: string;
  segment: string;
  why: string | null;
  q: string;
}

/** The list is there and what was asked for is understood; it is not done all the same, and the words say why. */
class RefusedError extends UserError {
  readonly status: 409 | 422;

  constructor(status: 409 | 422, text: Text, hint: Text) {
    super(text, { hint });
    this.status = status;
  }
}

/**
 * Fixes a list with its holdout. Who was written to within a fortnight, or is in another campaign, is not in it.
 * @throws UserError where too few are left for a holdout.
 */
export async function launch(
  generation: Pick<Generation, "review" | "query">,
  campaigns: Campaigns,
  wanted: Launch,
  by: { name: string; at: Date },
): Promise<Campaign> {
  const { title, from, days, message, group, segment, why, q } = wanted;
  const review = await generation.review({ week: wanted.week, group, focus: null });
  assertList(review.segments.stock, segment);
  const asked = { week: review.from, group_id: review.group, segment };
  const people = filtered((await generation.query("segment_list", asked)).map(toListed), { why, q });
  const before = await peopleNow(generation.query, campaigns.list());
  const ready = contactable(people, before, from, review.timezone);
  if (ready.length < FEWEST) throw tooFew(ready.length, people.length - ready.length);
  const made = campaigns.add({
    title,
    createdAt: by.at.toISOString(),
    by: by.name,
    list: { week: review.week, group: review.group, segment, why },
    from,
    to: addDays(from, days - 1),
    message,
    ...splitList(ready, `fupan ${review.from}`),
  });
  return assertAlone(made, before, campaigns);
}

/** @param resting of the list, those who may not be written to yet. */
function tooFew(ready: number, resting: number): RefusedError {
  const why =
    resting > 0
      ? {
          zh: `${resting} 人前后 ${REST_DAYS} 天内联系过或在别的活动里；`,
          en: `${resting} were written to within ${REST_DAYS} days or are in another campaign; `,
        }
      : { zh: "", en: "" };
  return new RefusedError(
    422,
    {
      zh: `能联系的只有 ${ready} 人，不到 ${FEWEST} 人，留不出对照，没有发起活动`,
      en: `Only ${ready} people can be written to, fewer than ${FEWEST}: there is no holdout, and no campaign was made`,
    },
    {
      zh: `${why.zh}少数人回不回来说明不了什么：换一份更长的名单，或直接一个一个问候。`,
      en: `${why.en}whether a few come back shows nothing: choose a longer list, or greet them one by one.`,
    },
  );
}

/**
 * Two campaigns that are fixed at the same moment know nothing of each other: each looks again once its own is there, and
 * gives way. Whoever is left alone for one of them would be written to for the other.
 */
function assertAlone(made: Campaign, before: readonly Campaign[], campaigns: Campaigns): Campaign {
  const known = new Set([made.id, ...before.map(({ id }) => id)]);
  const mine = new Set([...made.treated, ...made.held]);
  const rival = campaigns
    .list()
    .find(({ id, treated, held }) => !known.has(id) && [...treated, ...held].some((one) => mine.has(one)));
  if (!rival) return made;
  campaigns.withdraw(made.id);
  throw new RefusedError(
    409,
    {
      zh: `同一时刻定下了另一个活动“${rival.title}”，里面有同样的人`,
      en: `Another campaign, “${rival.title}”, was fixed at the same moment with the same people`,
    },
    { zh: "再试一次：已在活动里的人会跳过。", en: "Try again: whoever is in it is left out." },
  );
}

/** What the file of those to write to says of each. */
export const LIST_COLUMNS = ["personId", "name", "groups", "why", "scene", "owner"];

/** Those to write to, most valuable first; whoever left the segment's list since is not among them. */
export async function treatedRows(
  generation: Pick<Generation, "scope" | "query">,
  campaign: Campaign,
): Promise<DormantRow[]> {
  const { list } = campaign;
  const { from: week } = await generation.scope({ week: list.week, group: list.group });
  const asked = { week, group_id: list.group, segment: list.segment };
  const [now] = await peopleNow(generation.query, [campaign]);
  const held = new Set(now?.held);
  const chosen = new Set(now?.treated.filter((id) => !held.has(id)));
  const rows = (await generation.query("segment_list", asked)).map(toListed);
  return rows.filter(({ personId }) => chosen.has(personId));
}

/** What a campaign brought, as far as the data reach. */
export async function standingOf(
  generation: Pick<Generation, "review" | "query">,
  campaign: Campaign,
): Promise<Outcome> {
  const { asOf, timezone } = await generation.review({ group: campaign.list.group, focus: null });
  return outcomeOf(generation.query, campaign, localClock(asOf, timezone));
}
