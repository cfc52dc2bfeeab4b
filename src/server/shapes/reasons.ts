import type { Lang } from "../../kit/say.ts";
import type { Extras } from "../extras.ts";
import { t } from "../i18n.ts";
import type { Shape } from "./scene.ts";

const MOST = 6;
/** What no reason was found for: told last, however large, as nothing can be done about it. */
export const UNKNOWN = "unknown";

export interface ReasonLine {
  reason: string;
  title: string;
  /** Share of those who said why, and of all leavers as inferred; null where nobody did. */
  declared: number | null;
  inferred: number | null;
}

export interface ReasonTable {
  lines: ReasonLine[];
  respondents: number;
  leavers: number;
}

/** Reasons with both shares, the largest first, the unknown last. */
export function reasonTable({ reasons }: Extras, lang: Lang): ReasonTable {
  const [first] = reasons;
  const leavers = Number(first?.["leavers"] ?? 0);
  const respondents = Number(first?.["respondents"] ?? 0);
  const lines = new Map<string, ReasonLine>();
  for (const row of reasons) {
    const reason = String(row["reason"]);
    const line = lines.get(reason) ?? {
      reason,
      title: String(row[`title_${lang}`] ?? reason),
      declared: respondents > 0 ? 0 : null,
      inferred: leavers > 0 ? 0 : null,
    };
    const share = (base: number) => (base > 0 ? Number(row["weight"]) / base : null);
    if (row["source"] === "declared") line.declared = share(respondents);
    else line.inferred = share(leavers);
    lines.set(reason, line);
  }
  const size = ({ declared, inferred }: ReasonLine) => Math.max(declared ?? 0, inferred ?? 0);
  const found = [...lines.values()].sort((a, b) => size(b) - size(a));
  const unknown = found.filter(({ reason }) => reason === UNKNOWN);
  return {
    lines: [...found.filter(({ reason }) => reason !== UNKNOWN).slice(0, MOST - unknown.length), ...unknown],
    respondents,
    leavers,
  };
}

/** Pairs of bars: what leavers said, and what their last weeks suggest. */
export const reasons: Shape = ({ extras, lang }) => {
  const { lines, respondents, leavers } = reasonTable(extras, lang);
  const rows = lines.flatMap(({ title, declared, inferred }, at) =>
    (
      [
        ["a", declared, "var(--accent)", "reason_declared", respondents],
        ["b", inferred, "var(--accent-soft)", "reason_inferred", leavers],
      ] as const
    ).flatMap(([source, share, fill, key, n]) =>
      share === null
        ? []
        : [
            {
              at,
              title,
              source,
              share,
              fill,
              text: `${Math.round(share * 100)}%`,
              tip: `${title}: ${t(lang, key)} ${Math.round(share * 100)}% (n = ${n})`,
            },
          ],
    ),
  );
  const most = Math.max(0.01, ...rows.map(({ share }) => share));
  return { rows, label: t(lang, "reasons_label"), params: { domain: [0, most * 1.25] } };
};
