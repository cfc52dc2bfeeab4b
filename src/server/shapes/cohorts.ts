import { t } from "../i18n.ts";
import type { Shape } from "./scene.ts";

const LAST = 8;
const LOW = 4;

/** The share of each week's newcomers who still spoke or bought k weeks later, in the cells of a triangle. */
export const cohorts: Shape = ({ extras, review, lang }) => {
  const label = (day: string) => review.weeks.find(({ from }) => from === day)?.week.slice(5) ?? day.slice(5);
  const rows = extras.cohorts.flatMap((row) => {
    const [k, size, rate] = [Number(row["k"]), Number(row["size"]), Number(row["active_rate"])];
    if (k > LAST || size === 0 || row["active_rate"] === null) return [];
    const step = Math.min(5, Math.floor(rate / 0.12));
    const share = Math.round(rate * 100);
    const week = label(String(row["cohort"]));
    return [
      {
        cohort: String(row["cohort"]),
        name: t(lang, "cohort_name", { week, n: size }),
        k,
        fill: k === 0 ? "var(--cohort-0)" : `var(--seq-${step})`,
        ink: k === 0 ? "var(--ink-2)" : step >= LOW ? "var(--on-seq-hi)" : "var(--on-seq-lo)",
        text: String(share),
        tip: t(lang, "cohort_tip", { week, n: size, k, share }),
      },
    ];
  });
  return { rows, label: t(lang, "cohorts_sub") };
};
