import { correlationP, spearman } from "../../stats/anomaly.ts";
import { differenceInDifferences } from "../../stats/experiment.ts";
import type { Database } from "../../warehouse/database.ts";
import type { Row } from "../../warehouse/rows.ts";
import { addDays } from "../weeks.ts";
import { causeText } from "./cause-texts.ts";
import { GROUP, PAIRED } from "./cells-sql.ts";
import { OVERLAP } from "./parts.ts";
import { type GroupSeries, seriesOf } from "./series.ts";
import { FROM_LOG, MOVED, silentWeeks } from "./silent.ts";
import type { Cause, Explanation } from "./types.ts";

/** Weeks that say what is usual for an action, and in which it is held against the KPI. */
const LOOK_BACK = 12;
const USUAL_WEEKS = 4;
const MIN_WEEKS = 8;
const MOST = 3;
/** Groups that make up less of a change are not "the ones that moved" (statistics.md 3.2). */
const MOST_OF_IT = 0.67;

interface Scope {
  /** First day of the week. */
  week: string;
  group: string;
}

/** What was found for one explanation. */
export interface Found {
  /** Best first. */
  causes: Cause[];
  /** Names of the groups that moved and of whose log nothing is there of either week. */
  silent: string[];
}

interface Question extends Scope {
  explanation: Explanation;
  actions: readonly Row[];
  series: readonly GroupSeries[];
}

/**
 * What changed in the groups that moved, in the week in which they moved: candidates, graded by what speaks for them
 * (timing, the groups that moved, the groups that did not), never more. For each explanation, best first; empty =
 * nothing on record changed.
 */
export async function findCauses(
  database: Database,
  explained: readonly Explanation[],
  scope: Scope,
): Promise<Found[]> {
  const kpis = explained.map(({ kpi }) => kpi).join(",");
  // The long look back is for the moved groups' own weeks; of the others only the change is held against theirs, and whether they
  // had moved alike in the two weeks before.
  const moved = JSON.stringify([
    ...new Set(explained.flatMap((explanation) => movedIds(explanation, scope.group))),
  ]);
  const { week } = scope;
  const [since, alike, previous] = [LOOK_BACK, 2, 1].map((weeks) => addDays(week, -7 * weeks)) as [
    string,
    string,
    string,
  ];
  const [actions, moves, done, silent] = await Promise.all([
    database.all("select * from marts.actions order by position"),
    database.all(
      `select kpi, group_id, name, week, value, delta from report.comparisons inner join marts.groups using (group_id)
       where kpi in (select unnest(string_split($kpis, ','))) and week between $since::date and $week::date and value is not null
         and (week >= $alike::date or ${MOVED})
       order by kpi, group_id, week`,
      { kpis, since, alike, week, moved },
    ),
    // What the moved groups did in neither of the two weeks has not changed there.
    database.all(
      `select group_id, week, action, amount from marts.group_actions where week between $since::date and $week::date
         and (week >= $previous::date or ${MOVED})
         and action in (
           select action from marts.group_actions where week in ($week::date, $previous::date) and ${MOVED})`,
      { since, previous, week, moved },
    ),
    silentWeeks(database, { since, previous, week, moved }),
  ]);
  return explained.map((explanation) => {
    const own = moves.filter(({ kpi }) => kpi === explanation.kpi);
    const series = seriesOf(own, done, silent, week);
    const named = movedIds(explanation, scope.group);
    return {
      causes: causesOf({ explanation, actions, series, ...scope }),
      silent: series
        .filter((one) => named.includes(one.group) && (one.silent.has(week) || one.silent.has(previous)))
        .map(({ name }) => name),
    };
  });
}

function causesOf({ explanation, actions, series, week, group }: Question): Cause[] {
  const named = movedIds(explanation, group);
  const previous = addDays(week, -7);
  const causes = actions.flatMap((action): { cause: Cause; odd: number }[] => {
    const id = String(action["action"]);
    // What the KPI counts, or what follows it, does not explain it.
    if (String(action["not_for"]).split(";").includes(explanation.kpi)) return [];
    const isKnown = (one: GroupSeries, at: string) =>
      !FROM_LOG.includes(String(action["source"])) || !one.silent.has(at);
    const known = series.filter((one) => isKnown(one, week) && isKnown(one, previous));
    const moved = known.filter((one) => named.includes(one.group));
    const dose = (one: GroupSeries, at: string) => one.doses.get(id)?.get(at) ?? 0;
    const change = (one: GroupSeries) => dose(one, week) - dose(one, previous);
    const [up, down] = [moved.filter((one) => change(one) > 0), moved.filter((one) => change(one) < 0)];
    const affected = up.length >= down.length ? up : down;
    if (affected.length === 0 || affected.length * 2 < moved.length) return [];
    const sign = affected === up ? 1 : -1;
    // A day off is one day, in however many groups: neither added up nor said to be theirs.
    const isShared = action["source"] === "holidays";
    const total = (at: string) =>
      isShared
        ? Math.max(...affected.map((one) => dose(one, at)))
        : affected.reduce((sum, one) => sum + dose(one, at), 0);
    const usual = Array.from({ length: USUAL_WEEKS }, (_, n) => addDays(week, -7 * (n + 1)))
      .filter((at) => affected.every((one) => isKnown(one, at)))
      .map(total);
    const now = total(week);
    const odd = oddness(now, usual);
    const direction = Math.sign(explanation.delta);
    // Without its timing an action is no candidate; half of its change elsewhere counts as the same, a quarter as none.
    if (odd === null) return [];
    const typical = affected.reduce((sum, one) => sum + sign * change(one), 0) / affected.length;
    const treated = known.filter((one) => sign * change(one) >= typical / 2);
    const control = known.filter((one) => sign * change(one) <= typical / 4);
    const segment =
      control.length > 0 &&
      shareOf(explanation, treated, group) >= MOST_OF_IT &&
      treated.filter((one) => Math.sign(one.deltas.get(week) ?? 0) === direction).length * 3 >=
        treated.length * 2;
    const quiet = control.length > 0 && isQuiet(control, treated, week, direction);
    const did = compare(treated, control, week);
    const [only] = affected;
    const past = only && affected.length === 1 ? correlate(only, id, week, (at) => isKnown(only, at)) : null;
    // Weeks that moved the other way speak against it.
    const history = past && Math.sign(past.rho) * sign === direction ? past : null;
    const flat =
      did !== null && Math.sign(did.effect) === direction && isFlat(treated, control, previous, did.effect);
    // Too many groups to be shuffled one by one are enough for Welch's p alone.
    const proven = flat && did !== null && did.p <= 0.1 && (did.permutation ?? did.p) <= 0.1;
    const grade = proven ? "E2" : history ? "E1" : "E0";
    const agree = 1 + [segment, quiet].filter(Boolean).length;
    // An interval that holds 0 is no sure lead, however the groups were shuffled.
    const isOpen = did !== null && did.interval[0] < 0 && did.interval[1] > 0;
    const cap = grade === "E2" && !isOpen ? 3 : grade !== "E0" || segment ? 2 : 1;
    const confidence = (["low", "medium", "high"] as const)[Math.min(agree, cap) - 1] ?? "low";
    const cause: Omit<Cause, "text"> = {
      action: id,
      title: { zh: String(action["title_zh"]), en: String(action["title_en"]) },
      unit: { zh: String(action["unit_zh"]), en: String(action["unit_en"]) },
      before: total(previous),
      after: now,
      groups: isShared ? [] : affected.map(({ name }) => name),
      others: control.length,
      agrees: { timing: true, segment, control: quiet },
      grade,
      confidence,
      difference:
        grade === "E2" && did ? { effect: did.effect, interval: did.interval, groups: treated.length } : null,
      correlation: history,
    };
    return [{ cause: { ...cause, text: causeText(cause, explanation) }, odd }];
  });
  const sure = ({ confidence }: Cause) => ["low", "medium", "high"].indexOf(confidence);
  return causes
    .sort((a, b) => sure(b.cause) - sure(a.cause) || b.odd - a.odd)
    .slice(0, MOST)
    .map(({ cause }) => cause);
}

/**
 * How far an amount is from the usual, in standard deviations of a count of that mean; null where it is as usual: within the
 * weeks before or, where those differ, less than one away. Of five weeks alike one is the largest or the smallest two times in five.
 */
function oddness(now: number, usual: readonly number[]): number | null {
  // One week known before is no custom.
  if (usual.length < 2) return null;
  const [least, most] = [Math.min(...usual), Math.max(...usual)];
  const mean = usual.reduce((sum, one) => sum + one, 0) / usual.length;
  const odd = Math.abs(now - mean) / Math.sqrt(mean + 1);
  if (now >= least && now <= most) return null;
  return least === most || odd >= 1 ? odd : null;
}

/** The groups that carry the change: those the search named, else the one that adds most to it, else the scope itself. */
function movedIds({ best, delta, dimensions }: Explanation, group: string): string[] {
  if (group !== "*") return [group];
  const byGroup = dimensions.find(({ id }) => id === "group")?.parts ?? [];
  const [first] = best?.dimension.split("*") ?? [];
  return first === GROUP && best
    ? best.values.map((value) => value.split(PAIRED)[0] ?? value)
    : byGroup
        .filter(({ value, total }) => value !== OVERLAP && Math.sign(total) === Math.sign(delta))
        .slice(0, 1)
        .map(({ value }) => value);
}

/** How much of the change is theirs; of a single group's, all of it is its own. */
function shareOf({ dimensions, delta }: Explanation, groups: readonly GroupSeries[], group: string): number {
  if (group !== "*" || delta === 0) return 1;
  const byGroup = new Map(
    dimensions.find(({ id }) => id === "group")?.parts.map(({ value, total }) => [value, total]),
  );
  return groups.reduce((sum, one) => sum + (byGroup.get(one.group) ?? 0), 0) / delta;
}

/** Those where it did change moved the same way, and those where it did not less than half as far, on average. */
function isQuiet(
  control: readonly GroupSeries[],
  treated: readonly GroupSeries[],
  week: string,
  direction: number,
): boolean {
  const moved = direction * meanMove(treated, week);
  return moved > 0 && direction * meanMove(control, week) < moved / 2;
}

function compare(treated: readonly GroupSeries[], control: readonly GroupSeries[], week: string) {
  const deltas = (list: readonly GroupSeries[]) => list.flatMap((one) => one.deltas.get(week) ?? []);
  const [a, b] = [deltas(treated), deltas(control)];
  if (a.length < 2 || b.length < 2) return null;
  const did = differenceInDifferences(a, b);
  return Number.isFinite(did.t) ? did : null;
}

/**
 * Before, both kinds of groups moved alike: no more than half of the effect apart in either of the two weeks before. As for the
 * effect itself, that takes two groups of each kind of which it is known.
 */
function isFlat(
  treated: readonly GroupSeries[],
  control: readonly GroupSeries[],
  previous: string,
  effect: number,
): boolean {
  const known = (list: readonly GroupSeries[], week: string) =>
    list.filter(({ deltas }) => deltas.has(week)).length;
  return [previous, addDays(previous, -7)].every(
    (week) =>
      Math.min(known(treated, week), known(control, week)) >= 2 &&
      Math.abs(meanMove(treated, week) - meanMove(control, week)) <= Math.abs(effect) / 2,
  );
}

function meanMove(list: readonly GroupSeries[], week: string): number {
  const moves = list.flatMap((one) => one.deltas.get(week) ?? []);
  return moves.length === 0 ? 0 : moves.reduce((sum, one) => sum + one, 0) / moves.length;
}

/** Of one group: weeks with more of the action against weeks with less. Null without eight weeks or a clear relation. */
function correlate(
  { doses, values }: GroupSeries,
  action: string,
  week: string,
  isKnown: (at: string) => boolean,
): Cause["correlation"] {
  const weeks = [...values.keys()].filter((at) => at <= week && isKnown(at)).slice(-LOOK_BACK);
  if (weeks.length < MIN_WEEKS) return null;
  const rho = spearman(
    weeks.map((at) => doses.get(action)?.get(at) ?? 0),
    weeks.map((at) => values.get(at) ?? 0),
  );
  if (rho === null || Math.abs(rho) < 0.5 || correlationP(rho, weeks.length) > 0.05) return null;
  return { rho, weeks: weeks.length };
}
