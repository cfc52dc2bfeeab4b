import { UserError } from "../../kit/errors.ts";
import type { Catalog } from "../../warehouse/catalog.ts";
import type { Database } from "../../warehouse/database.ts";
import { compareWeek } from "../compare.ts";
import type { KpiLine } from "../types.ts";
import { chooseWeek, listWeeks } from "../weeks.ts";

import type { Explanation } from "./types.ts";
import { explainWithCauses } from "./with-causes.ts";

export interface ExplainOptions {
  /** ISO label or first day; default: the newest complete week. */
  week?: string | undefined;
  /** Default "*": all groups. */
  group?: string | undefined;
}

export interface Explained {
  week: string;
  kpi: KpiLine;
  /** What says how far the KPI can be trusted, such as the share of orders that match a person. */
  companion: KpiLine | null;
  /** Null when one of the two weeks has no value, or the week is not over. */
  decomposition: Explanation | null;
}

/** One KPI of one week explained. @throws UserError for a KPI, a week or a group without data. */
export async function explainKpi(
  database: Database,
  catalog: Catalog,
  kpi: string,
  options: ExplainOptions = {},
): Promise<Explained> {
  const ids = catalog.kpis.map(({ id }) => id);
  if (!ids.includes(kpi)) {
    throw new UserError(
      { zh: `没有这个指标：${kpi}`, en: `There is no such KPI: ${kpi}` },
      { hint: { zh: `有：${ids.join("、")}`, en: `There are: ${ids.join(", ")}` } },
    );
  }
  const { week, label, complete } = chooseWeek(await listWeeks(database), options.week);
  const group = options.group ?? "*";
  const lines = await compareWeek(database, week, group, kpi);
  const line = lines.find(({ id }) => id === kpi);
  if (!line) {
    throw new UserError({
      zh: `${label} 没有 ${group === "*" ? "全部群" : group} 的 ${kpi}`,
      en: `There is no ${kpi} of ${group === "*" ? "all groups" : group} in ${label}`,
    });
  }
  // Parts of a week that is not over against a whole one would explain the calendar.
  const [decomposition] = complete ? await explainWithCauses(database, catalog, [line], { week, group }) : [];
  const companion = lines.find(({ id }) => id === line.shownWith) ?? null;
  return { week: label, kpi: line, companion, decomposition: decomposition ?? null };
}
