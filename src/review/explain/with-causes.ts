import type { Catalog } from "../../warehouse/catalog.ts";
import type { Database } from "../../warehouse/database.ts";
import type { KpiLine, Text } from "../types.ts";
import { addDays } from "../weeks.ts";
import { apartOf } from "./apart.ts";
import { nothingFound } from "./cause-texts.ts";
import { findCauses } from "./causes.ts";
import { type ExplainScope, explain } from "./explain.ts";
import { searchPairs } from "./pairs.ts";
import type { Explanation } from "./types.ts";

const SOURCES: Readonly<Record<string, Text>> = {
  labels: { zh: "聊天记录", en: "chat logs" },
  staff: { zh: "员工名单", en: "the list of staff" },
  sop: { zh: "SOP 计划", en: "an SOP plan" },
  calendar: { zh: "活动日历", en: "a calendar" },
};

/** Splits the change of each KPI and, where it went beyond ordinary variation, looks for what else changed. */
export async function explainWithCauses(
  database: Database,
  catalog: Catalog,
  kpis: readonly Pick<KpiLine, "id" | "verdict">[],
  scope: ExplainScope,
): Promise<Explanation[]> {
  const made = await explain(
    database,
    catalog,
    kpis.map(({ id }) => id),
    scope,
  );
  const beyond = new Set(
    kpis.flatMap(({ id, verdict }) => (verdict === "better" || verdict === "worse" ? id : [])),
  );
  if (beyond.size === 0) return made;
  // Ordinary variation is not searched for ever finer parts.
  const moved = made.filter(({ kpi }) => beyond.has(kpi));
  await searchPairs(
    database,
    catalog,
    moved,
    { ...scope, previous: addDays(scope.week, -7) },
    { asked: made },
  );
  const [missing, apart, found] = await Promise.all([
    missingSources(database),
    apartOf(database, scope.week),
    findCauses(database, moved, scope),
  ]);
  for (const [at, one] of moved.entries()) {
    const { causes = [], silent = [] } = found[at] ?? {};
    one.causes = causes;
    if (one.causes.length === 0) one.nothingFound = nothingFound(missing, silent, apart(one.kpi));
  }
  return made;
}

/** Records that no row of any week came from. */
async function missingSources(database: Database): Promise<Text[]> {
  const rows = await database.all(
    `select source from marts.actions where source <> 'holidays' group by source
     having not bool_or(action in (select action from marts.group_actions)) order by min(position)`,
  );
  return rows.flatMap((row) => SOURCES[String(row["source"])] ?? []);
}
