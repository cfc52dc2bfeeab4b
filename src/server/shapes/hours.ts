import type { ChartRow } from "../../charts/compile.ts";
import type { Extras } from "../extras.ts";
import { t } from "../i18n.ts";
import type { Shape } from "./scene.ts";

const STEPS = 6;

/** Messages of each hour of the week in six steps, with a ring where the plan has a post. */
export const hours: Shape = ({ extras, lang }) => {
  if (extras.hours.length === 0) return { rows: [], label: "" };
  const days = t(lang, "weekdays").split(",");
  const cells = hourCells(extras);
  const most = Math.max(...cells.map(({ messages }) => messages), 1);
  const rows: ChartRow[] = cells.map(({ weekday, hour, messages, posts }) => ({
    at: weekday,
    day: days[weekday - 1] ?? "",
    hour,
    messages,
    post: posts > 0,
    fill: `var(--seq-${messages === 0 ? 0 : Math.min(STEPS - 1, Math.floor((messages / most) * STEPS))})`,
    tip: `${t(lang, "hour_tip", { day: days[weekday - 1] ?? "", from: hour, to: hour + 1, n: messages })}${posts > 0 ? t(lang, "hour_posts", { n: posts }) : ""}`,
  }));
  return { rows, label: t(lang, "hours_sub") };
};

interface HourCell {
  weekday: number;
  hour: number;
  messages: number;
  posts: number;
}

/** All 168 hours, Monday 0:00 first. */
export function hourCells({ hours: rows, posts }: Extras): HourCell[] {
  const key = (weekday: number, hour: number) => weekday * 24 + hour;
  const counts = new Map(
    rows.map((row) => [key(Number(row["weekday"]), Number(row["hour"])), Number(row["messages"])]),
  );
  const planned = new Map<number, number>();
  for (const row of posts) {
    const at = new Date(`${String(row["due_local_at"])}Z`);
    if (Number.isNaN(at.getTime())) continue;
    const place = key(at.getUTCDay() || 7, at.getUTCHours());
    planned.set(place, (planned.get(place) ?? 0) + 1);
  }
  return Array.from({ length: 168 }, (_, index) => {
    const [weekday, hour] = [Math.floor(index / 24) + 1, index % 24];
    const place = key(weekday, hour);
    return { weekday, hour, messages: counts.get(place) ?? 0, posts: planned.get(place) ?? 0 };
  });
}

/** Those in which anybody spoke, the busiest first. */
export function spokenHours(cells: readonly HourCell[]): HourCell[] {
  return cells.filter(({ messages }) => messages > 0).sort((a, b) => b.messages - a.messages);
}

/** The two hours with the most messages; fewer where people spoke in fewer. */
export function busiest(cells: readonly HourCell[]): HourCell[] {
  return spokenHours(cells).slice(0, 2);
}
