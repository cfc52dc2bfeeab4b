import type { Campaign } from "../../campaigns/campaign.ts";
import { type Outcome, shareOf } from "../../campaigns/outcome.ts";
import { FEWEST, TELLING } from "../../campaigns/split.ts";
import type { Lang } from "../../kit/say.ts";
import { shownDelta, shownValue } from "../../review/format.ts";
import { segmentName, whyName } from "../../review/words.ts";
import { type Html, html } from "../html.ts";
import { type Key, t } from "../i18n.ts";

export interface CampaignLine {
  campaign: Campaign;
  outcome: Outcome;
}

/** Every campaign with what it brought so far. */
export function campaignsPage(lines: readonly CampaignLine[], lang: Lang): Html {
  const body =
    lines.length === 0
      ? html`<div class="card"><p>${t(lang, "campaigns_none")}</p><p><a class="control" href="/segments">${t(lang, "nav_dormant")}</a></p></div>`
      : html`<div class="card"><div class="scroll" tabindex="0" role="region" aria-label="${t(lang, "campaigns_title")}"><table class="tbl"><thead><tr><th scope="col">${t(lang, "campaign")}</th><th scope="col">${t(lang, "week")}</th><th scope="col" class="num">${t(lang, "campaign_written")}</th><th scope="col" class="num">${t(lang, "campaign_returned")}</th><th scope="col" class="num">${t(lang, "campaign_held")}</th><th scope="col" class="num">${t(lang, "campaign_returned")}</th><th scope="col">${t(lang, "campaign_lift")}</th></tr></thead><tbody>${lines.map(
          ({ campaign, outcome }) =>
            html`<tr><th scope="row"><a href="/campaigns/${campaign.id}">${campaign.title}</a></th><td>${days(campaign, lang)}</td><td class="num">${outcome.treated.people}</td><td class="num">${outcome.treated.returned ?? "—"}</td><td class="num">${outcome.held.people}</td><td class="num">${outcome.held.returned ?? "—"}</td><td>${outcomeText(outcome, lang)}</td></tr>`,
        )}</tbody></table></div></div>`;
  return html`<div class="title"><h1>${t(lang, "campaigns_title")}</h1><p class="sub">${t(lang, "campaigns_sub")}</p></div>${body}`;
}

interface CampaignDetail extends CampaignLine {
  /** How many the file of those to write to holds now; null to whoever may not have it. */
  listed: number | null;
}

/** What one campaign brought: both arms side by side, and the sentence that follows from them. */
export function campaignPage({ campaign, outcome, listed }: CampaignDetail, lang: Lang): Html {
  const cell = (label: Key, value: string | number) =>
    html`<td class="num" data-label="${t(lang, label)}">${value}</td>`;
  const arm = (name: string, one: Outcome["treated"]) =>
    html`<tr><th scope="row">${name}</th>${cell("campaign_people", one.people)}${cell("campaign_returned", one.returned ?? "—")}${cell("campaign_share", shownValue(shareOf(one), "ratio"))}${cell("campaign_spoke", one.spoke ?? "—")}${cell("campaign_bought", one.bought ?? "—")}${cell("campaign_value", shownValue(one.value, "money"))}</tr>`;
  const { segment, why, week } = campaign.list;
  return html`<div class="title"><h1>${campaign.title}</h1><p class="sub">${days(campaign, lang)} · ${week} ${segmentName(segment, lang)}${why ? ` · ${whyName(why, lang)}` : ""} · ${campaign.by} · <a href="/campaigns">${t(lang, "campaigns_title")}</a></p></div>
<div class="card"><h2 class="h3">${outcomeText(outcome, lang)}</h2><p class="sub">${stateText(campaign, outcome, lang)}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${campaign.title}"><table class="tbl stack"><thead><tr><td></td><th scope="col" class="num">${t(lang, "campaign_people")}</th><th scope="col" class="num">${t(lang, "campaign_returned")}</th><th scope="col" class="num">${t(lang, "campaign_share")}</th><th scope="col" class="num">${t(lang, "campaign_spoke")}</th><th scope="col" class="num">${t(lang, "campaign_bought")}</th><th scope="col" class="num">${t(lang, "campaign_value")}</th></tr></thead><tbody>${arm(t(lang, "campaign_written"), outcome.treated)}${arm(t(lang, "campaign_held"), outcome.held)}</tbody></table></div></div>
${spentLine(outcome, lang)}${campaign.message === "" ? null : html`<div class="card"><h2 class="h3">${t(lang, "campaign_message")}</h2><p class="said">${campaign.message}</p></div>`}
${fileLine(campaign, outcome, listed, lang)}`;
}

/** The file of those to write to, and why it may hold fewer than were chosen. */
function fileLine({ id }: Campaign, { treated }: Outcome, listed: number | null, lang: Lang): Html | null {
  if (listed === null) return null;
  const gone = treated.people - listed;
  return html`<p class="foot"><a class="control" href="/campaigns/${id}.csv">${t(lang, "campaign_csv", { n: listed })}</a>${gone > 0 ? html` <span class="sub">${t(lang, "campaign_gone", { n: gone })}</span>` : null}</p>`;
}

/** Who the form is about: those of the list who may be written to, and what their number could show. */
export interface CampaignChoice {
  n: number;
  /** Written to within two weeks, and so not in it. */
  rested: number;
  held: number;
  day: string;
  /** Share that comes back unasked, and the smallest difference to it that would be seen; null = none would. */
  base: number;
  seen: number | null;
}

/** The form under a list that turns it into a campaign; too few people are refused, with the reason. */
export function campaignForm(
  fields: Readonly<Record<string, string>>,
  { n, rested, held, day, base, seen }: CampaignChoice,
  lang: Lang,
): Html {
  const resting = rested > 0 ? html` ${t(lang, "campaign_rested", { n: rested })}` : null;
  if (n < FEWEST)
    return html`<div class="card"><p class="sub">${t(lang, "campaign_refused", { n, fewest: FEWEST })}${resting}</p></div>`;
  const shows =
    seen === null
      ? t(lang, "campaign_unseen", { base: shownValue(base, "ratio") })
      : t(lang, "campaign_seen", { base: shownValue(base, "ratio"), size: shownDelta(seen, "ratio") });
  return html`<details class="card campaign-new"><summary>${t(lang, "campaign_start")}</summary><p class="sub">${t(lang, "campaign_rule", { n, held })}${resting}</p><p class="sub">${shows}${n < TELLING ? ` ${t(lang, "campaign_small")}` : ""}</p><form class="fields" method="post" action="/campaigns">${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<label>${t(lang, "campaign_name")} <input class="control" name="title" maxlength="80" required></label><label>${t(lang, "campaign_from")} <input class="control" type="date" name="from" value="${day}" required></label><label>${t(lang, "campaign_days")} <input class="control" type="number" name="days" min="1" max="90" value="14" required></label><label class="long">${t(lang, "campaign_message")} <textarea class="control" name="message" maxlength="1000" rows="2"></textarea></label><button class="control dark" type="submit">${t(lang, "campaign_go")}</button></form></details>`;
}

/** Money per person, with what each spent before taken out: less noise, the same answer in the mean. */
function spentLine({ spent }: Outcome, lang: Lang): Html | null {
  if (spent === null) return null;
  const money = (value: number) => shownDelta(value, "money");
  const [low, high] = spent.interval;
  const values = {
    diff: money(spent.adjusted),
    lo: money(low),
    hi: money(high),
    plain: money(spent.plain),
    explained: Math.round(100 * spent.explained),
  };
  const word = low > 0 ? "campaign_spent_clear" : high < 0 ? "campaign_spent_harm" : "campaign_spent_noise";
  return html`<div class="card"><h2 class="h3">${t(lang, word, values)}</h2><p class="sub">${t(lang, "campaign_spent_sub", values)}</p></div>`;
}

function days({ from, to }: Campaign, lang: Lang): string {
  return t(lang, "campaign_when", { from, to });
}

/** Whether the days that count are over. */
export function stateText({ from }: Campaign, { until, over }: Outcome, lang: Lang): string {
  if (until < from) return t(lang, "campaign_waiting");
  return over ? t(lang, "campaign_over") : t(lang, "campaign_running", { until });
}

/** What a campaign brought, in a sentence. */
export function outcomeText({ lift, interval, extra, treated, held }: Outcome, lang: Lang): string {
  if (treated.returned === null || held.returned === null) return t(lang, "campaign_result_hidden");
  if (lift === null || interval === null) return t(lang, "campaign_result_none");
  const points = (value: number) => shownDelta(value, "ratio");
  const values = {
    lift: points(lift),
    lo: points(interval[0]),
    hi: points(interval[1]),
    extra: Math.round(extra ?? 0),
  };
  if (interval[0] > 0) return t(lang, "campaign_result_clear", values);
  return t(lang, interval[1] < 0 ? "campaign_result_harm" : "campaign_result_noise", values);
}
