import { numeratorDenominator, shapley } from "../../stats/decompose.ts";
import type { Catalog } from "../../warehouse/catalog.ts";
import type { Database } from "../../warehouse/database.ts";
import type { Model } from "../../warehouse/model.ts";
import type { Row } from "../../warehouse/rows.ts";
import type { Figure, KpiLine, Text } from "../types.ts";
import { addDays } from "../weeks.ts";
import { type Cells, peopleCells, type Slice, UNKNOWN } from "./cells.ts";
import { PEOPLE } from "./cells-sql.ts";
import { type Form, formOf, partsOf, peopleSplit, withOverlap } from "./parts.ts";
import { bestOf, findDistinct } from "./search.ts";
import type { Dimension, Explanation, Factor } from "./types.ts";
import { readWeekdays, weekdayDimension } from "./weekdays.ts";

export interface ExplainScope {
  /** First day of the week. */
  week: string;
  /** Group id, or "*". */
  group: string;
}

const PEOPLE_TEXTS: Readonly<Record<string, Text>> = {
  stayed: { zh: "两周都算在内的人", en: "People counted in both weeks" },
  joined: { zh: "本周才算进来的人", en: "People counted this week only" },
  left: { zh: "本周不再算的人", en: "People counted last week only" },
};

/** The change of each KPI against the week before, split exactly; a KPI without a value on both sides is left out. */
export async function explain(
  database: Database,
  catalog: Catalog,
  kpis: readonly string[],
  { week, group }: ExplainScope,
): Promise<Explanation[]> {
  const models = catalog.kpis.filter(({ id }) => kpis.includes(id));
  const previous = addDays(week, -7);
  const [weekly, labels, groups] = await Promise.all([
    database.all(
      // The rows of report.kpi_weekly without segments, but sorted by week.
      `select kpi, group_id, week, numerator, denominator, value from report.comparisons
       where week in ($week::date, $previous::date)
         and (group_id = $group or ($group = '*' and list_contains(string_split($kpis, ','), kpi)))`,
      { week, previous, group, kpis: kpis.join(",") },
    ),
    database.all("select week, label from report.weeks where week in ($week::date, $previous::date)", {
      week,
      previous,
    }),
    database.all("select group_id, name from marts.groups"),
  ]);
  const names = new Map(groups.map((row) => [String(row["group_id"]), String(row["name"])]));
  const labelOf = (day: string) => String(labels.find((row) => row["week"] === day)?.["label"] ?? day);
  const keyOf = (...parts: readonly unknown[]) => JSON.stringify(parts);
  const figures = new Map(
    weekly.map((row) => [keyOf(row["kpi"], row["group_id"], row["week"]), figureOf(row)]),
  );
  const sides = (kpi: string, at: string) =>
    [previous, week].map((day) => figures.get(keyOf(kpi, at, day)) ?? null) as Pair;
  const known = models.filter(({ id }) => sides(id, group).every((one) => one?.value != null));
  const cellScope = { group, week, previous };
  const [cells, weekdays] = await Promise.all([
    peopleCells(database, catalog, known, cellScope),
    readWeekdays(database, known, cellScope),
  ]);
  return known.map((model) => {
    const [before, after] = sides(model.id, group) as [Figure, Figure];
    const delta = Number(after.value) - Number(before.value);
    const { unit, title } = model.header;
    const form = formOf(unit, after);
    const own = dimensionsOf(model, cells, catalog, form);
    const byGroup =
      group === "*" ? groupDimension(model, form, weekly, names, { week, previous }, delta) : null;
    const found = findDistinct([...(byGroup ? [byGroup] : []), ...own.dimensions], unit);
    for (const { dimension, distinct } of found) {
      dimension.offsetting =
        distinct.some(({ total }) => total > 0) && distinct.some(({ total }) => total < 0);
    }
    const byDay = weekdayDimension(weekdays.get(model.id) ?? [], before, after);
    return {
      kpi: model.id,
      title,
      unit,
      group,
      week: labelOf(week),
      previous: labelOf(previous),
      before,
      after,
      delta,
      effects: form === "quotient" ? numeratorDenominator(cell(before), cell(after)) : null,
      people: own.people,
      // Last, and no candidate of the search: a day has no people of its own to be held against the others'.
      dimensions: [...found.map(({ dimension }) => dimension), ...(byDay ? [byDay] : [])],
      factors: factorsOf(model, sides, group),
      best: bestOf(found, delta),
      causes: [],
      nothingFound: null,
    };
  });
}

type Pair = [Figure | null, Figure | null];

function dimensionsOf(model: Model<"kpis">, cells: Cells, catalog: Catalog, form: Form | null) {
  const own = cells.get(model.id);
  const make = (id: string, title: Text, labelOf: (value: string) => Text): Dimension[] => {
    const parts = partsOf(own?.get(id) ?? [], form, labelOf);
    return parts && parts.length > 0 ? [{ id, title, parts, offsetting: false }] : [];
  };
  const [people] = make(
    PEOPLE,
    { zh: "人员进出", en: "Who is counted" },
    (value) => PEOPLE_TEXTS[value] ?? plain(value),
  );
  return {
    people: people ? peopleSplit(people) : null,
    dimensions: catalog.dimensions
      .flatMap(({ id, header }) =>
        make(id, header.title, (value) =>
          value === UNKNOWN ? { zh: "未知", en: "Unknown" } : (header.values[value] ?? plain(value)),
        ),
      )
      // A split that puts everyone into one slice explains nothing.
      .filter(({ parts }) => parts.length > 1),
  };
}

function groupDimension(
  { id, header }: Model<"kpis">,
  form: Form | null,
  weekly: readonly Row[],
  names: ReadonlyMap<string, string>,
  weeks: { week: string; previous: string },
  delta: number,
): Dimension | null {
  const slices = new Map<string, Slice>();
  for (const row of weekly) {
    const value = String(row["group_id"]);
    if (row["kpi"] !== id || value === "*") continue;
    const none = { numerator: 0, denominator: 0, rows: 0 };
    const slice = slices.get(value) ?? { value, before: none, after: none };
    const side = {
      numerator: Number(row["numerator"] ?? 0),
      denominator: Number(row["denominator"] ?? 0),
      rows: Number(row["denominator"] ?? row["numerator"] ?? 0),
    };
    slices.set(value, row["week"] === weeks.week ? { ...slice, after: side } : { ...slice, before: side });
  }
  const own = weekly.filter((row) => row["kpi"] === id);
  const parts = partsOf(...summed([...slices.values()], form, own, header.unit), (value) =>
    plain(names.get(value) ?? value),
  );
  if (!parts || parts.length < 2) return null;
  return {
    id: "group",
    title: { zh: "群", en: "Group" },
    parts: withOverlap(parts, delta),
    offsetting: false,
  };
}

/**
 * A denominator that is the same of the whole and of every group (the days of a week) is no number of people to be
 * weighed by: such a KPI adds up. Two groups of the very same people have one denominator too, and each a rate of its own.
 */
function summed(
  slices: readonly Slice[],
  form: Form | null,
  rows: readonly Row[],
  unit: KpiLine["unit"],
): [slices: readonly Slice[], form: Form | null] {
  const [first = null, ...others] = [...new Set(rows.flatMap((row) => row["denominator"] ?? []))];
  const isShared = first !== null && others.length === 0 && slices.length > 1;
  if (form !== "quotient" || unit === "ratio" || !isShared) return [slices, form];
  const per = (side: Slice["before"]) => ({ ...side, numerator: side.numerator / Number(first) });
  return [slices.map((one) => ({ ...one, before: per(one.before), after: per(one.after) })), "sum"];
}

/** The factors of a KPI that is a product, as its header declares them. */
function factorsOf(
  model: Model<"kpis">,
  sides: (kpi: string, group: string) => Pair,
  group: string,
): Factor[] {
  const { factors } = model.header;
  if (factors.length === 0) return [];
  const read = (ref: string | null, at: 0 | 1): number | null => {
    if (ref === null) return 1;
    const [kpi = "", side = ""] = ref.split(".");
    const figure = sides(kpi, group)[at];
    return (side === "denominator" ? figure?.denominator : figure?.numerator) ?? null;
  };
  const values = factors.map(({ numerator, denominator }) =>
    ([0, 1] as const).map((at) => {
      const [n, d] = [read(numerator, at), read(denominator, at)];
      return n === null || d === null || d === 0 ? null : n / d;
    }),
  );
  // 0 buyers have no orders each; whatever stands there is multiplied by 0, so the other week's value does.
  const filled = values.map(([before, after]) => ({
    before: before ?? after ?? 0,
    after: after ?? before ?? 0,
  }));
  const effects = shapley(
    filled.map(({ before }) => before),
    filled.map(({ after }) => after),
  );
  return factors.map(({ title }, at) => ({
    title,
    before: filled[at]?.before ?? 0,
    after: filled[at]?.after ?? 0,
    effect: effects[at] ?? 0,
  }));
}

function figureOf(row: Row): Figure {
  const number = (name: string) => (row[name] === null || row[name] === undefined ? null : Number(row[name]));
  return { numerator: number("numerator"), denominator: number("denominator"), value: number("value") };
}

function cell({ numerator, denominator }: Figure) {
  return { numerator: numerator ?? 0, denominator: denominator ?? 1 };
}

function plain(text: string): Text {
  return { zh: text, en: text };
}
