import type { ChartRow } from "../../charts/compile.ts";
import type { Lang } from "../../kit/say.ts";
import { shownValue } from "../../review/format.ts";
import type { KpiLine } from "../../review/types.ts";
import type { Row } from "../../warehouse/rows.ts";
import { shortDay } from "../context.ts";

/** Lines that can be told apart. */
const MOST_LINES = 6;
const COLORS = [1, 2, 3, 4, 5, 6].map((at) => `var(--tier-${at})`);

/** Rows of `series` for its chart: a colour and a sentence each. The largest parts of the last week only. */
export function seriesRows(rows: readonly Row[], unit: KpiLine["unit"], lang: Lang): ChartRow[] {
  const last = rows.at(-1)?.["week"];
  const parts = [...new Set(rows.map((row) => String(row["part"])))];
  const size = (part: string) =>
    Number(rows.find((row) => row["week"] === last && row["part"] === part)?.["numerator"] ?? 0);
  const drawn = parts.sort((a, b) => size(b) - size(a)).slice(0, MOST_LINES);
  const scale = unit === "ratio" ? 100 : 1;
  return rows.flatMap((row) => {
    const at = drawn.indexOf(String(row["part"]));
    if (at < 0 || row["value"] === null) return [];
    const title = String(row[lang === "zh" ? "title_zh" : "title_en"]);
    const value = Number(row["value"]);
    const label = shortDay(lang, String(row["week"]));
    return [
      {
        week: String(row["week"]),
        label,
        title,
        shown: value * scale,
        color: drawn.length === 1 ? "var(--accent)" : (COLORS[at % COLORS.length] ?? "var(--accent)"),
        tip: `${title} ${String(row["week"])} ${shownValue(value, unit)}`,
      },
    ];
  });
}
