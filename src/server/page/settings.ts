import type { Lang } from "../../kit/say.ts";
import { shownValue } from "../../review/format.ts";
import type { Review } from "../../review/types.ts";
import type { User } from "../../state/users.ts";
import { groupPath, localTime } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import type { Look } from "../request.ts";
import { findable } from "./bar.ts";
import { lookForm } from "./look.ts";

export interface SettingsPage {
  look: Look;
  review: Review | null;
  /** fupan.yaml was written after the results were computed. */
  isChanged: boolean;
  users: readonly User[];
  /** Ids of the column maps that were remembered. */
  maps: readonly string[];
}

/** What is in force, and where to change it. Only how the pages look is changed here. */
export function settingsPage({ look, review, isChanged, users, maps }: SettingsPage): Html {
  const { lang } = look;
  return html`<div class="title"><h1>${t(lang, "settings_title")}</h1><p class="sub">${t(lang, "settings_sub")}</p></div>
${isChanged ? html`<div class="card"><p>${t(lang, "settings_changed")}</p></div>` : null}
<div class="card"><h2 class="h3">${t(lang, "settings_look")}</h2>${lookForm(look, "/settings")}</div>
${review ? html`<div class="pair"><div class="card"><h2 class="h3">${t(lang, "settings_data")}</h2>${data(review, lang)}</div><div class="card"><h2 class="h3">${t(lang, "settings_targets")}</h2>${targets(review, lang)}</div></div>` : null}
<div class="pair"><div class="card"><h2 class="h3">${t(lang, "settings_users")}</h2>${
    users.length === 0
      ? html`<p class="sub">${t(lang, "settings_no_users")}</p>`
      : html`<dl class="facts-list">${users.map(({ name, role, groups }) => fact(name, `${t(lang, `role_${role}`)}${groups.length > 0 ? ` · ${groups.length}` : ""}`))}</dl>`
  }</div><div class="card"><h2 class="h3">${t(lang, "settings_maps")}</h2>${
    maps.length === 0
      ? html`<p class="sub">${t(lang, "settings_no_maps")}</p>`
      : html`<ul>${maps.map((id) => html`<li><code>${id}</code></li>`)}</ul>`
  }</div></div>
${review ? html`<div class="card" id="groups"><h2 class="h3">${t(lang, "settings_groups")}</h2>${groups(review, lang)}</div>` : null}`;
}

/** Every group with the id that fupan.yaml knows it by. Of very many one is found by typing, and the list is folded. */
function groups(review: Review, lang: Lang): Html {
  const { groupChoices: all } = review;
  const list = html`<ul class="columns">${all.map(({ groupId, name }) => html`<li><a href="${groupPath(groupId)}">${name}</a>${name === groupId ? null : html` <code>${groupId}</code>`}</li>`)}</ul>`;
  const find = findable(lang, review.groupChoices.length);
  if (find === null) return list;
  return html`<form class="controls row" action="/" method="get"><label for="settings-group">${t(lang, "settings_find")}</label><select id="settings-group" name="group" class="control" data-submit${find}><option value="*">${t(lang, "all_groups", { n: all.length })}</option>${all.map(({ groupId, name }) => html`<option value="${groupId}">${name}</option>`)}</select><button class="control nojs" type="submit">${t(lang, "go")}</button></form>
<details class="data"><summary>${t(lang, "settings_all_groups", { n: all.length })}</summary>${list}</details>`;
}

function data(review: Review, lang: Lang): Html {
  const at = (instant: string) => localTime(lang, instant, review.timezone);
  return html`<dl class="facts-list">${fact(t(lang, "settings_generation"), review.generation)}${fact(t(lang, "settings_built"), at(review.generatedAt))}${fact(t(lang, "settings_as_of"), at(review.asOf))}${fact(t(lang, "settings_zone"), review.timezone)}${fact(t(lang, "settings_currency"), review.currency)}${fact(t(lang, "settings_weeks"), `${review.weeks.at(-1)?.week ?? "—"} – ${review.weeks[0]?.week ?? "—"}`)}</dl>`;
}

function targets(review: Review, lang: Lang): Html {
  const set = review.kpis.filter(({ target }) => target !== null);
  return set.length === 0
    ? html`<p class="sub">${t(lang, "settings_no_targets")}</p>`
    : html`<dl class="facts-list">${set.map(({ title, target, unit, good }) => fact(title[lang], `${good === "down" ? "≤" : "≥"} ${shownValue(target, unit)}`))}</dl>`;
}

function fact(name: string, value: string): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
