import { oddDays } from "../../review/days.ts";
import type { Drawing } from "../charts.ts";
import { type PageContext, shortDay } from "../context.ts";
import { type Html, html } from "../html.ts";
import { t } from "../i18n.ts";
import { busiest, hourCells, spokenHours } from "../shapes/hours.ts";
import { chartSlot } from "./chart-slot.ts";
import { dataTable, section } from "./layout.ts";
import { retentionCard } from "./retention.ts";
import { toImport, unknownSource } from "./unknown.ts";

const SEQUENCE = [0, 1, 2, 3, 4, 5];
/** The source without which nobody is heard. */
const MESSAGES = "messages";
/** Smallest group of newcomers whose share is worth a headline. */
const ENOUGH = 20;

/** When members speak, with the plan's posts in it, and how many newcomers stay. */
export function rhythmSection(page: PageContext, charts: readonly Drawing[]): Html {
  const { lang } = page;
  const [hours, cohorts] = ["activity_hours", "cohorts"].map((wanted) =>
    charts.find(({ shape }) => shape === wanted),
  );
  const cards = [hoursCard(page, hours), page.review.group === "*" ? cohortCard(page, cohorts) : null];
  return section(
    "rhythm",
    t(lang, "nav_rhythm"),
    t(lang, "rhythm_sub"),
    html`<div class="pair even">${cards}</div>${retentionCard(page)}`,
  );
}

function hoursCard(page: PageContext, drawing: Drawing | undefined): Html {
  const { lang, extras } = page;
  if (!drawing || drawing.svg === "")
    return html`<div class="card short"><p class="sub">${untold(page) ?? t(lang, "hours_none")}</p></div>`;
  const cells = hourCells(extras);
  const days = t(lang, "weekdays").split(",");
  const peaks = busiest(cells)
    .map(({ weekday, hour }) =>
      t(lang, "hour_range", { day: days[weekday - 1] ?? "", from: hour, to: hour + 1 }),
    )
    .join(lang === "zh" ? "、" : ", ");
  // Quiet: below the median of the hours in which anyone speaks.
  const spoken = spokenHours(cells);
  const median = spoken[Math.floor(spoken.length / 2)]?.messages ?? 0;
  const posts = cells.filter(({ posts: planned }) => planned > 0);
  const low = posts.filter(({ messages }) => messages < median).length;
  const title =
    low > 0
      ? t(lang, "hours_title_posts", { peaks, n: posts.length, low })
      : t(lang, "hours_title", { peaks });
  const legend = html`<p class="legend"><span>${t(lang, "few")} ${SEQUENCE.map((at) => html`<svg width="16" height="12" aria-hidden="true"><rect width="16" height="12" fill="var(--seq-${at})"/></svg>`)} ${t(lang, "many")}</span>${posts.length > 0 ? html`<span><svg width="14" height="14" aria-hidden="true"><circle cx="7" cy="7" r="4" fill="var(--surface)" stroke="var(--mark)" stroke-width="2"/></svg> ${t(lang, "post_ring")}</span>` : null}</p>`;
  const rows = Array.from({ length: 24 }, (_, hour) => [
    `${hour}:00`,
    ...days.map((_day, at) => String(cells[at * 24 + hour]?.messages ?? 0)),
  ]);
  return html`<div class="card"><h3>${title}</h3><p class="sub">${t(lang, "hours_sub")}</p>${chartSlot(page, drawing)}${legend}${oddLine(lang, extras)}${dataTable(lang, [t(lang, "hour"), ...days], rows)}</div>`;
}

/** Days far from the same weekdays before, or nothing where none is. */
function oddLine(lang: PageContext["lang"], extras: PageContext["extras"]): Html | null {
  const { week } = oddDays(extras.days);
  if (week.length === 0) return null;
  const list = week
    .map(({ day, value, usual }) =>
      t(lang, "odd_day", { day: shortDay(lang, day), n: Math.round(value), usual: Math.round(usual) }),
    )
    .join(lang === "zh" ? "；" : "; ");
  return html`<p class="sub" id="odd-days">${t(lang, "odd_days", { list })}</p>`;
}

/** Without any chat log neither card can be drawn, and the first says so. */
function untold({ review, lang }: PageContext): Html | null {
  const source = unknownSource(review, MESSAGES);
  return source && toImport(source, lang);
}

function cohortCard(page: PageContext, drawing: Drawing | undefined): Html | null {
  const { lang, extras, review } = page;
  if (!drawing || drawing.svg === "")
    return untold(page)
      ? null
      : html`<div class="card short"><p class="sub">${t(lang, "cohorts_none")}</p></div>`;
  const label = (day: string) => review.weeks.find(({ from }) => from === day)?.week.slice(5) ?? day.slice(5);
  const cells = extras.cohorts.map((row) => ({
    week: label(String(row["cohort"])),
    k: Number(row["k"]),
    size: number(row["size"]),
    heard: number(row["heard"]),
    active: number(row["active"]),
  }));
  const weeks = [...new Set(cells.map(({ week }) => week))];
  const share = (week: string, k: number) => {
    const cell = cells.find((one) => one.week === week && one.k === k);
    if (cell && !has(cell)) return "—";
    return cell && cell.heard > 0 ? `${Math.round((100 * cell.active) / cell.heard)}%` : "";
  };
  const last = Math.min(8, Math.max(...cells.map(({ k }) => k), 0));
  return html`<div class="card"><h3>${cohortTitle(cells, lang)}</h3><p class="sub">${t(lang, "cohorts_sub")}</p>${chartSlot(page, drawing)}${dataTable(
    lang,
    [t(lang, "cohort"), t(lang, "persons"), ...Array.from({ length: last + 1 }, (_, k) => `+${k}`)],
    weeks.map((week) => [
      week,
      String(cells.find((one) => one.week === week)?.size ?? "—"),
      ...Array.from({ length: last + 1 }, (_, k) => share(week, k)),
    ]),
  )}</div>`;
}

/** Counts of few people are null to whoever may not see them. */
interface CohortCell {
  week: string;
  k: number;
  size: number | null;
  /** Of these, whose silence is known. */
  heard: number | null;
  active: number | null;
}
type Told = CohortCell & { heard: number; active: number };

const number = (cell: unknown) => (cell === null || cell === undefined ? null : Number(cell));
const has = (cell: CohortCell): cell is Told => cell.heard !== null && cell.active !== null;

/** Names the week whose newcomers fell away most against all others in week 2, where it is beyond two standard errors. */
function cohortTitle(cells: readonly CohortCell[], lang: PageContext["lang"]): string {
  const k = cells.some((cell) => cell.k === 2) ? 2 : Math.max(...cells.map((cell) => cell.k));
  const told = cells.filter((cell) => cell.k === k).filter(has);
  // Without the weeks of which few stayed the others' share would be no one's.
  if (cells.some((cell) => cell.k === k && !has(cell))) return t(lang, "cohorts_title_few", { k });
  const seen = told.filter(({ heard }) => heard >= ENOUGH);
  const rate = (list: readonly Told[]) => {
    const size = list.reduce((sum, cell) => sum + cell.heard, 0);
    return { size, share: size === 0 ? 0 : list.reduce((sum, cell) => sum + cell.active, 0) / size };
  };
  const all = rate(told);
  const worst = seen
    .map((cell) => {
      const others = rate(seen.filter((one) => one !== cell));
      const share = cell.active / cell.heard;
      const error = Math.sqrt((others.share * (1 - others.share)) / cell.heard) || 1;
      return { cell, share, others, z: (share - others.share) / error };
    })
    .sort((a, b) => a.z - b.z)[0];
  if (worst && worst.others.size > 0 && worst.z < -2)
    return t(lang, "cohorts_title_low", {
      week: worst.cell.week,
      k,
      share: Math.round(100 * worst.share),
      other: Math.round(100 * worst.others.share),
    });
  return t(lang, "cohorts_title", { k, share: Math.round(100 * all.share) });
}
