import type { Lang } from "../../kit/say.ts";
import { type Action, ownerIn } from "../../rules/suggestion.ts";
import type { PageContext } from "../context.ts";
import { type Html, html } from "../html.ts";
import { type Key, t } from "../i18n.ts";
import { groupName } from "./group-name.ts";
import { mayFollow, section } from "./layout.ts";

const TONES: Readonly<Record<string, string>> = { improved: "better", worse: "worse" };

/** What the team decided before this week: was it done, and did it help. Paper has no room for nothing. */
export function actionSection({ lang, decisions, here, review, isPaper }: PageContext): Html {
  const { due } = decisions;
  if (isPaper && due.length === 0) return html``;
  const done = due.filter(({ status }) => status === "done").length;
  // One sentence needs no card.
  if (due.length === 0) return section("acts", t(lang, "actions_title"), t(lang, "actions_none"), html``);
  const body = html`<div class="card"><table class="tbl acts"><thead><tr><th scope="col">${t(lang, "action")}</th><th scope="col">${t(lang, "owner")}</th><th scope="col">${t(lang, "status")}</th><th scope="col">${t(lang, "effect")}</th></tr></thead><tbody>${due.map((one) => actionRow(one, groupName(one.groupId, review, lang), lang, here))}</tbody></table></div>`;
  return section("acts", t(lang, "actions_title"), t(lang, "actions_sub", { n: due.length, done }), body);
}

function actionRow(action: Action, group: string, lang: Lang, here: string): Html {
  const { id, status, effect } = action;
  const finish =
    status === "accepted" && mayFollow(`/api/v1/suggestions/${id}/done`, "POST")
      ? html` <form class="inline" method="post" action="/api/v1/suggestions/${id}/done"><input type="hidden" name="back" value="${here}#acts"><button class="control small" type="submit">${t(lang, "mark_done")}</button></form>`
      : null;
  return html`<tr><th scope="row"><a href="/sop/suggestions/${id}">${t(lang, "action_in", { group, text: action.text[lang] })}</a></th><td class="inl">${ownerOf(action, lang) ?? "—"}</td><td class="inl"><span class="tag ${status === "done" ? "better" : "flat"}">${t(lang, `status_${status}` as Key)}</span>${finish}</td><td>${effect ? html`<span class="tag ${TONES[effect.verdict] ?? "flat"}">${effect.level}</span> ${effect.text[lang]}` : t(lang, "not_measured")}</td></tr>`;
}

function ownerOf({ owner, suggestion }: Action, lang: Lang): string | null {
  return owner === null ? null : ownerIn(owner, suggestion, lang);
}

/** Accepted and not yet done: next week's list, and the same as text for the minutes. */
export function nextActions({ lang, decisions, review, isPaper }: PageContext): Html {
  const open = decisions.all.filter(({ status }) => status === "accepted");
  if (isPaper && open.length === 0) return html``;
  const told = (one: Action) =>
    t(lang, "action_in", { group: groupName(one.groupId, review, lang), text: one.text[lang] });
  // To be filled in by hand.
  const blank = lang === "zh" ? "　" : " ";
  const line = (one: Action, at: number) =>
    t(lang, "minutes_line", {
      n: at + 1,
      text: told(one),
      owner: ownerOf(one, lang) ?? blank,
      due: one.due ?? blank,
    });
  // The same step in several groups is told apart by the group alone.
  const minutes = [`${review.week} ${t(lang, "next_actions")}`, ...open.map(line)].join("\n");
  return html`<div class="card plan"><div><b>${t(lang, "next_actions")}</b>${
    open.length === 0
      ? html`<p class="sub">${t(lang, "next_none")}</p>`
      : html`<ol>${open.map((one) => html`<li><a href="/sop/suggestions/${one.id}">${told(one)}</a> <span class="sub">${ownerOf(one, lang) ?? ""}${one.due ? ` · ${one.due}` : ""}</span></li>`)}</ol>`
  }</div>${open.length > 0 ? html`<button type="button" class="control js" data-copy="${minutes}" data-copied="${t(lang, "copied")}">${t(lang, "copy_minutes")}</button>` : null}</div>`;
}
