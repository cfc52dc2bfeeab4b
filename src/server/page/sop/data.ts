import type { Lang } from "../../../kit/say.ts";
import type { Review } from "../../../review/types.ts";
import type { Action } from "../../../rules/suggestion.ts";
import type { DueStep } from "../../../sop/due.ts";
import type { Row } from "../../../warehouse/rows.ts";

/** Everything the SOP page shows, of one week, day and scope. */
export interface SopData {
  lang: Lang;
  review: Review;
  /** The day whose steps stand first, local. */
  day: string;
  today: readonly DueStep[];
  week: readonly DueStep[];
  /** Rows of `sop_steps_week`, `service_cases` and `sop_trend`. */
  evidence: readonly Row[];
  cases: readonly Row[];
  trend: readonly Row[];
  /** Blank plans that can be had from here. */
  templates: readonly { id: string; title: string }[];
  /** Carried out, measured, not improved. */
  withoutEffect: readonly Action[];
}
