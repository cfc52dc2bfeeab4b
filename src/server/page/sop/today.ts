import { abbreviate } from "../../../kit/abbreviate.ts";
import type { Lang } from "../../../kit/say.ts";
import { type DueStep, type Together, together } from "../../../sop/due.ts";
import { shortDay } from "../../context.ts";
import { type Html, html } from "../../html.ts";
import { type Key, t } from "../../i18n.ts";
import { section } from "../layout.ts";
import type { SopData } from "./data.ts";

const TONES: Readonly<Record<string, string>> = {
  done: "better",
  late: "warn",
  missed: "worse",
  wrong_group: "worse",
};

/** What became of a step, as a tag; nothing while it is open. */
export function statusTag(
  lang: Lang,
  status: string | null,
  minutesLate: number | null,
  count = "",
): Html | null {
  if (status === null) return null;
  const late = status === "late" && minutesLate !== null ? t(lang, "sop_minutes", { n: minutesLate }) : null;
  return html`<span class="tag ${TONES[status] ?? "flat"}">${late ?? t(lang, `sop_${status}` as Key)}${count}</span>`;
}

/** The steps of one day, by time, each with its script. */
export function todaySection({ lang, day, today }: SopData): Html {
  const cards = together(today);
  const open = cards.filter((one) => one.open > 0).length;
  return section(
    "today",
    t(lang, "sop_today", { day: `${day} ${weekday(lang, day)}` }),
    cards.length > 0 ? t(lang, "sop_today_sub", { n: cards.length, open }) : "",
    cards.length === 0
      ? html`<div class="card"><p class="sub">${t(lang, "sop_nothing_due")}</p></div>`
      : html`<ol class="due">${cards.map((one) => stepCard(lang, one))}</ol>`,
  );
}

function stepCard(lang: Lang, one: Together): Html {
  const { step, groups } = one;
  const script = [step.text, step.link].filter((one) => one !== null).join("\n");
  const times = step.times > 1 ? ` · ${t(lang, "sop_times", { n: step.times })}` : "";
  return html`<li class="card"><div class="when"><b>${step.dueLocalAt.slice(11, 16)}</b>${tags(lang, one)}</div>
<div class="what"><h3>${step.stepId}<span class="sub"> · ${step.roleTitle ?? step.role ?? step.owner ?? "—"}${times}</span></h3><p class="sub">${where(lang, groups)}</p>
${script === "" ? html`<p class="sub">${t(lang, "sop_no_script")}</p>` : html`<pre class="script">${script}</pre>`}</div>
${script === "" ? null : html`<button type="button" class="control js" data-copy="${script}" data-copied="${t(lang, "copied")}">${t(lang, "sop_copy")}<span class="sr"> ${step.stepId}</span></button>`}</li>`;
}

const FEW = 3;

function where(lang: Lang, groups: readonly string[]): Html {
  const separator = lang === "zh" ? "、" : ", ";
  if (groups.length <= FEW) return html`${groups.join(separator)}`;
  return html`<details class="inline"><summary>${t(lang, "sop_groups", { n: groups.length })}</summary>${groups.join(separator)}</details>`;
}

/** Characters of a script by which a step is known. */
const KNOWN_BY = 16;

/** A step's id with the first words of its script: ids are the plan's own, and often say nothing to whoever did not write it. */
function stepName({ stepId, text }: Pick<DueStep, "stepId" | "text">): Html {
  const [first = ""] = text?.trim().split(/\n/) ?? [];
  const shown = abbreviate(
    first.startsWith(`【${stepId}】`) ? first.slice(stepId.length + 2) : first,
    KNOWN_BY,
  );
  return html`${stepId}${shown === "" ? null : html` <span class="sub">${shown}</span>`}`;
}

/** The week's plan by day. */
export function weekSection({ lang, review, week }: SopData): Html {
  const days = new Map<string, ReturnType<typeof together>>();
  for (const one of together(week)) {
    const day = one.step.dueLocalAt.slice(0, 10);
    days.set(day, [...(days.get(day) ?? []), one]);
  }
  if (days.size === 0) return html``;
  const row = (one: Together) => {
    const { step, groups } = one;
    return html`<tr><td class="lead">${step.dueLocalAt.slice(11, 16)}</td><th scope="row">${stepName(step)}</th><td data-label="${t(lang, "owner")}">${step.roleTitle ?? step.role ?? step.owner ?? "—"}</td><td${groups.length > 1 ? html` class="whole"` : null}>${groups.length > 1 ? t(lang, "sop_groups", { n: groups.length }) : groups[0]}</td><td class="full">${tags(lang, one)}</td></tr>`;
  };
  const body = [...days].map(
    ([day, list]) =>
      html`<tbody><tr><th scope="rowgroup" colspan="5" class="day">${shortDay(lang, day)} ${weekday(lang, day)}</th></tr>${list.map(row)}</tbody>`,
  );
  return section(
    "week-plan",
    t(lang, "sop_week"),
    t(lang, "sop_week_sub", { from: shortDay(lang, review.from), to: shortDay(lang, review.to) }),
    html`<div class="card scroll" tabindex="0" role="region" aria-label="${t(lang, "sop_week")}"><table class="tbl calendar stack"><thead><tr><th scope="col">${t(lang, "sop_when")}</th><th scope="col">${t(lang, "sop_step")}</th><th scope="col">${t(lang, "owner")}</th><th scope="col">${t(lang, "group")}</th><th scope="col">${t(lang, "status")}</th></tr></thead>${body}</table></div>`,
  );
}

/** How often each outcome was had in the groups of one step and moment; of some of several groups always with how many. */
function tags(lang: Lang, { statuses, groups }: Together): Html[] {
  return statuses.map(
    ({ status, count, minutesLate }) =>
      html`${statusTag(lang, status, minutesLate, groups.length > 1 ? ` ${count}` : "")} `,
  );
}

function weekday(lang: Lang, day: string): string {
  return new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en-GB", {
    weekday: "short",
    timeZone: "UTC",
  }).format(new Date(`${day}T00:00:00Z`));
}
