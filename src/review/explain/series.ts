import type { Row } from "../../warehouse/rows.ts";

/** One group's doses and moves. */
export interface GroupSeries {
  group: string;
  name: string;
  doses: Map<string, Map<string, number>>;
  values: Map<string, number>;
  deltas: Map<string, number>;
  /** Weeks of which the log has nothing: what was done in them nobody knows. */
  silent: ReadonlySet<string>;
}

/** @param moves rows of report.comparisons of one KPI. @param done rows of marts.group_actions. */
export function seriesOf(
  moves: readonly Row[],
  done: readonly Row[],
  silent: ReadonlyMap<string, ReadonlySet<string>>,
  week: string,
): GroupSeries[] {
  const groups = new Map<string, GroupSeries>();
  for (const row of moves) {
    const id = String(row["group_id"]);
    const one =
      groups.get(id) ??
      ({
        group: id,
        name: String(row["name"]),
        doses: new Map(),
        values: new Map(),
        deltas: new Map(),
        silent: silent.get(id) ?? new Set(),
      } satisfies GroupSeries);
    one.values.set(String(row["week"]), Number(row["value"]));
    if (row["delta"] !== null) one.deltas.set(String(row["week"]), Number(row["delta"]));
    groups.set(id, one);
  }
  for (const row of done) addDose(groups.get(String(row["group_id"])), row);
  return [...groups.values()].filter(({ deltas }) => deltas.has(week));
}

function addDose(one: GroupSeries | undefined, row: Row): void {
  if (!one) return;
  const doses = one.doses.get(String(row["action"])) ?? new Map<string, number>();
  doses.set(String(row["week"]), Number(row["amount"]));
  one.doses.set(String(row["action"]), doses);
}
