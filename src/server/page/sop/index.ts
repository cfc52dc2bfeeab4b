import { shortDay, weekNumber } from "../../context.ts";
import { type Html, html } from "../../html.ts";
import { t } from "../../i18n.ts";
import { findable } from "../bar.ts";
import type { SopData } from "./data.ts";
import { evidenceSection, keptSection } from "./kept.ts";
import { serviceSection, toleranceSection, trendSection, withoutEffectSection } from "./service.ts";
import { todaySection, weekSection } from "./today.ts";

export type { SopData } from "./data.ts";

/** The plan at work: what is due with its script, the week, what became of it, and how members were served. */
export function sopPage(data: SopData): Html {
  const { lang, review } = data;
  const hasPlan = data.today.length + data.week.length > 0 || (review.sop.all?.due ?? 0) > 0;
  const plan = hasPlan
    ? html`${todaySection(data)}${weekSection(data)}${keptSection(data)}${evidenceSection(data)}${toleranceSection(data)}`
    : noPlan(data);
  return html`<div class="title"><h1>${t(lang, "sop_title")}</h1><p class="sub">${t(lang, "title_week", { n: weekNumber(review.week) })} · ${shortDay(lang, review.from)} – ${shortDay(lang, review.to)} · ${review.groupName ?? t(lang, "all_groups", { n: review.groupChoices.length })} · ${feeds(data)}</p></div>
${chooser(data)}${plan}${serviceSection(data)}${trendSection(data)}${withoutEffectSection(data)}`;
}

/** The way to a first plan: a workbook to fill in, where whoever reads this can have one. */
function noPlan({ lang, templates }: SopData): Html {
  if (templates.length === 0)
    return html`<div class="card"><p class="sub">${t(lang, "sop_no_plan")}</p></div>`;
  const links = templates.map(
    ({ id, title }) => html`<li><a href="/sop/templates/${id}.xlsx" download>${title}</a></li>`,
  );
  return html`<div class="card"><p>${t(lang, "sop_first_plan")}</p><ul class="templates">${links}</ul></div>`;
}

/** Addresses of the plan as a calendar, of all roles and of each one that has something to do. */
function feeds({ lang, review, week, today }: SopData): Html {
  const roles = [...new Set([...week, ...today].flatMap(({ role, roleTitle }) => roleTitle ?? role ?? []))];
  const link = (role: string | null, title: string) => {
    const query = new URLSearchParams({ group: review.group, ...(role === null ? {} : { role }) });
    return html` <a href="/sop.ics?${query.toString()}">${title}</a>`;
  };
  return html`${t(lang, "sop_feed")}${link(null, t(lang, "sop_feed_all"))}${roles.map((role) => link(role, role))}`;
}

/** Group, week and day as a form: whole without JavaScript. */
function chooser({ lang, review, day }: SopData): Html {
  const groups = review.groupChoices.map(
    ({ groupId, name }) =>
      html`<option value="${groupId}"${groupId === review.group ? html` selected` : null}>${name}</option>`,
  );
  const weeks = review.weeks.map(
    ({ week, from, to }) =>
      html`<option value="${week}"${week === review.week ? html` selected` : null}>${week} · ${shortDay(lang, from)} – ${shortDay(lang, to)}</option>`,
  );
  return html`<form class="controls row" action="/sop" method="get"><label for="sop-scope">${t(lang, "scope")}</label><select id="sop-scope" name="group" class="control"${findable(lang, review.groupChoices.length)}><option value="*">${t(lang, "all_groups", { n: review.groupChoices.length })}</option>${groups}</select><label for="sop-week">${t(lang, "week")}</label><select id="sop-week" name="week" class="control">${weeks}</select><label for="sop-day">${t(lang, "sop_day")}</label><input id="sop-day" class="control" type="date" name="day" value="${day}"><button class="control" type="submit">${t(lang, "go")}</button></form>`;
}
