import type { Lang } from "../../../kit/say.ts";
import { maskName } from "../../../review/mask.ts";
import type { SopTally } from "../../../review/sop.ts";
import { localTime, shortDay } from "../../context.ts";
import { type Html, html } from "../../html.ts";
import { type Key, t } from "../../i18n.ts";
import { section } from "../layout.ts";
import type { SopData } from "./data.ts";
import { statusTag } from "./today.ts";

/** What became of the due steps: in all, by group, role, sender and step. */
export function keptSection({ lang, review }: SopData): Html {
  const { all, byGroup, byRole, bySender, byStep } = review.sop;
  if (!all || all.due === 0)
    return section(
      "kept",
      t(lang, "sop_kept"),
      "",
      html`<div class="card"><p class="sub">${t(lang, "sop_none_due")}</p></div>`,
    );
  const sentence = t(lang, "sop_kept_sub", {
    due: all.due,
    done: all.done,
    late: all.late,
    missed: all.missed,
    wrong: all.wrongGroup,
    unplanned: all.unplanned,
  });
  const masked = bySender.map((one) => ({ ...one, label: maskName(one.label) }));
  return section(
    "kept",
    t(lang, "sop_kept"),
    sentence,
    html`<div class="grid2">${tally(lang, "group", byGroup)}${tally(lang, "sop_role", byRole)}${tally(lang, "sop_sender", masked)}${tally(lang, "sop_step", byStep)}</div>`,
  );
}

const FIRST = 12;

/** @param what each row is one of. */
function tally(lang: Lang, what: Key, rows: readonly SopTally[]): Html | null {
  const due = rows.filter((row) => row.due > 0).slice(0, FIRST);
  if (due.length === 0) return null;
  const title = t(lang, "sop_by", { what: lang === "zh" ? t(lang, what) : t(lang, what).toLowerCase() });
  const line = ({ label, due: of, done, late, missed, wrongGroup }: SopTally) =>
    html`<tr><th scope="row">${label}</th><td class="share">${bar(of, done, late)}</td><td class="num">${done + late} / ${of}</td><td class="num">${late}</td><td class="num">${missed}</td><td class="num">${wrongGroup}</td></tr>`;
  return html`<div class="card"><h3>${title}</h3><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="tbl"><thead><tr><th scope="col">${t(lang, what)}</th><td class="share"></td><th scope="col" class="num">${t(lang, "sop_sent_share")} / ${t(lang, "sop_due")}</th><th scope="col" class="num">${t(lang, "sop_late")}</th><th scope="col" class="num">${t(lang, "sop_missed")}</th><th scope="col" class="num">${t(lang, "sop_wrong_group")}</th></tr></thead><tbody>${due.map(line)}</tbody></table></div></div>`;
}

/** On time, late, and the rest of what was due, as one bar. */
function bar(due: number, done: number, late: number): Html {
  const width = (part: number) => ((100 * part) / due).toFixed(1);
  return html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="10" rx="1.5" fill="var(--cohort-0)"/><rect width="${width(done)}" height="10" rx="1.5" fill="var(--good)"/><rect x="${width(done)}" width="${width(late)}" height="10" fill="var(--tier-6)"/></svg>`;
}

/** Each due step with the message that proves it; what went wrong first. */
export function evidenceSection({ lang, review, evidence }: SopData): Html {
  const due = evidence.filter((row) => row["is_due"] === true);
  if (due.length === 0) return html``;
  const order = ["wrong_group", "missed", "late", "done"];
  const rank = (status: unknown) => order.indexOf(String(status));
  const sorted = [...due].sort((a, b) => rank(a["status"]) - rank(b["status"]));
  const shown = sorted.slice(0, 100);
  const row = (one: (typeof due)[number]) => {
    const sent = one["sent_at"] === null ? null : `${String(one["sent_at"]).replace(" ", "T")}Z`;
    const minutes = one["minutes_late"] === null ? null : Number(one["minutes_late"]);
    const offset =
      minutes === null || minutes === 0
        ? null
        : t(lang, minutes > 0 ? "sop_minutes" : "sop_early", { n: Math.abs(minutes) });
    const known = one["matched_by"]
      ? t(lang, `sop_by_${String(one["matched_by"])}` as Key, {
          n: `${Math.round(100 * Number(one["similarity"] ?? 0))}%`,
        })
      : null;
    const facts = [
      sent ? `${localTime(lang, sent, review.timezone)} ${maskName(String(one["sender"] ?? ""))}` : "—",
      offset,
      known,
      one["other_group_name"] ? t(lang, "sop_to_group", { group: String(one["other_group_name"]) }) : null,
      one["is_right_role"] === false ? t(lang, "sop_other_role") : null,
    ].filter((fact) => fact !== null);
    return html`<tr><td>${shortDay(lang, String(one["due_local_at"]))} ${String(one["due_local_at"]).slice(11, 16)}</td><td>${String(one["group_name"])}</td><th scope="row">${String(one["step_id"])}</th><td class="lead">${statusTag(lang, String(one["status"]), null)}</td><td class="full">${facts.join(" · ")}</td></tr>`;
  };
  return section(
    "evidence",
    t(lang, "sop_evidence"),
    t(lang, "sop_evidence_sub"),
    html`<div class="card scroll" tabindex="0" role="region" aria-label="${t(lang, "sop_evidence")}"><table class="tbl stack"><thead><tr><th scope="col">${t(lang, "sop_when")}</th><th scope="col">${t(lang, "group")}</th><th scope="col">${t(lang, "sop_step")}</th><th scope="col">${t(lang, "status")}</th><th scope="col">${t(lang, "sop_message")}</th></tr></thead><tbody>${shown.map(row)}</tbody></table></div>`,
    due.length > shown.length ? html`<span class="sub">${shown.length} / ${due.length}</span>` : null,
  );
}
