import type { Dimension, Explanation, Part } from "../../review/explain/types.ts";
import type { Figure, GroupLine, KpiLine, Review } from "../../review/types.ts";
import type { Row } from "../../warehouse/rows.ts";
import { hiddenParts, markedBeside, type Sums } from "./beside.ts";
import { isFew, SMALL } from "./few.ts";
import { hiddenMoves } from "./lonely.ts";

/** What would give the count away again. */
const DERIVED = /(?:_rate|_share|^value|^share|^delta|^previous_value|^se)$/;

/** A rate of fewer than five, or a count of so few. */
export function isSmall({ numerator, denominator }: Pick<Figure, "numerator" | "denominator">): boolean {
  return denominator === null || denominator === undefined ? isFew(numerator) : isFew(denominator);
}

const HIDDEN = { numerator: null, denominator: null, value: null };

function figure<T extends Figure | null>(shown: T): T {
  return shown !== null && isSmall(shown) ? { ...shown, ...HIDDEN } : shown;
}

/**
 * A row of a query or of the KPIs: numbers of few people become null, and what is computed from them.
 * @param people columns that count people; any may where that is not said.
 */
export function withoutFew(row: Row, people: readonly string[] = Object.keys(row)): Row {
  const hidden =
    "numerator" in row && isSmall(row as unknown as Figure) ? { numerator: null, denominator: null } : {};
  const few = people.filter((column) => isFew(row[column]));
  if (few.length === 0 && Object.keys(hidden).length === 0) return row;
  const kept = Object.entries({ ...row, ...hidden }).map(([column, cell]) => [
    column,
    few.includes(column) || DERIVED.test(column) ? null : cell,
  ]);
  return Object.fromEntries(kept) as Row;
}

/**
 * The same of a whole answer: of moves between segments, and of rows that add up to a total, none may be told by
 * subtraction either.
 */
export function rowsWithoutFew(rows: readonly Row[], people?: readonly string[], sums?: Sums): Row[] {
  if (sums) return markedBeside(rows, sums).map((row) => withoutFew(row, people));
  const isMove = rows.every((row) => "from" in row && "to" in row && "persons" in row);
  const lonely = isMove
    ? hiddenMoves(rows as unknown as { from: unknown; to: unknown; persons: unknown }[], isFew)
    : null;
  return rows.map((row) => withoutFew(lonely?.has(row as never) ? { ...row, persons: 1 } : row, people));
}

/** Held against the same day of no camp that is not seen. */
export function withoutCamp(kpi: KpiLine, isSeen: (group: string) => boolean): KpiLine {
  const { campDay } = kpi.against;
  return !campDay || isSeen(campDay.groupId) ? kpi : { ...kpi, against: { ...kpi.against, campDay: null } };
}

export function kpiWithoutFew(line: KpiLine, hidden: Hidden): KpiLine {
  const kpi = withoutCamp(line, (group) => !hidden.has(group));
  const previous = figure(kpi.previous);
  const kept = {
    ...kpi,
    previous,
    reported: figure(kpi.reported),
    history: kpi.history.map(figure),
    ...(previous !== kpi.previous ? { delta: null, interval: null } : {}),
  };
  if (!isSmall(kpi)) return kept;
  const against = {
    fourWeeks: null,
    ordinaryWeeks: null,
    lastYear: null,
    festival: null,
    target: null,
    campDay: null,
  };
  return { ...kept, ...HIDDEN, delta: null, interval: null, baseline: null, against };
}

function groupLine({ kpis, ...group }: GroupLine): GroupLine {
  const kept = Object.entries(kpis).map(([id, one]) => {
    const previous = figure(one.previous);
    const isHidden = isSmall(one) || previous !== one.previous;
    return [id, { ...figure(one), previous, ...(isHidden ? { delta: null } : {}) }] as const;
  });
  return { ...group, kpis: Object.fromEntries(kept) };
}

/** Slices of few people as one, without their figures: what is printed still adds up to the change. */
function together(few: readonly Part[]): Part[] {
  if (few.length === 0) return [];
  const sum = (of: "rate" | "mix" | "total") => few.reduce((all, part) => all + part[of], 0);
  return [
    {
      value: "",
      label: { zh: `不到 ${SMALL} 人的几块`, en: `parts of fewer than ${SMALL} people` },
      before: HIDDEN,
      after: HIDDEN,
      rate: sum("rate"),
      mix: sum("mix"),
      total: sum("total"),
    },
  ];
}

/** Groups that a viewer does not see, with their names. */
export type Hidden = ReadonlyMap<string, string>;

/** A change without the slices and groups that few people are in; null where the KPI itself is of so few. */
export function changeWithoutFew(made: Explanation, hidden: Hidden): Explanation | null {
  if (isSmall(made.before) || isSmall(made.after)) return null;
  const isFewPeople = ({ value, before, after }: Part) =>
    isSmall(before) ||
    isSmall(after) ||
    value.split("\u001f").some((one) => hidden.has(one)) ||
    // An owner's part is named after the groups.
    [...hidden.values()].some((name) => value.includes(name));
  const slices = <D extends Dimension>(dimension: D): D => {
    const [few, many] = [true, false].map((is) => dimension.parts.filter((part) => isFewPeople(part) === is));
    return { ...dimension, parts: [...(many ?? []), ...together(few ?? [])] };
  };
  const dimensions = made.dimensions.map(slices);
  const names = new Set(hidden.values());
  const parts = new Set(dimensions.flatMap((dimension) => dimension.parts.map(({ value }) => value)));
  const isShown = (value: string) => value.split("\u001f").every((one) => parts.has(one));
  return {
    ...made,
    people: made.people && slices(made.people),
    dimensions,
    best: made.best?.values.every(isShown) ? made.best : null,
    causes: made.causes.filter(({ groups }) => !groups.some((name) => names.has(name))),
  };
}

/**
 * Stocks add up to the members, and moves to stocks. A stock that is hidden beside one of few people would be told by the
 * moves into it, or out of it, so the smallest of these is hidden, and what hides that.
 */
function segmentsWithoutFew({ stock, flows }: Review["segments"]): Review["segments"] {
  const of = (side: "persons" | "previous") =>
    hiddenParts(
      stock,
      (one) => one[side],
      ({ segment }) => segment,
    );
  const [now, before] = [of("persons"), of("previous")];
  const smallest = (moves: typeof flows) =>
    [...moves].filter(({ persons }) => persons > 0).sort((one, two) => one.persons - two.persons)[0];
  const forced = new Set([
    ...[...now].map(({ segment }) => smallest(flows.filter(({ to }) => to === segment))),
    ...[...before].map(({ segment }) => smallest(flows.filter(({ from }) => from === segment))),
  ]);
  const marked = flows.map((flow) => ({
    flow,
    from: flow.from,
    to: flow.to,
    persons: forced.has(flow) ? 1 : flow.persons,
  }));
  const lonely = hiddenMoves(marked, isFew);
  return {
    stock: stock.map((one) => ({
      ...one,
      persons: now.has(one) ? null : one.persons,
      previous: before.has(one) ? null : one.previous,
      ...(now.has(one) ? { isHidden: true as const } : {}),
    })),
    flows: marked.flatMap((one) => (lonely.has(one) ? [] : [one.flow])),
  };
}

/** The review without groups, figures, slices and reasons of few people; a count of few stands as none. */
export function reviewWithoutFew(review: Review, hidden: Hidden): Review {
  const { dormant, churn, sop } = review;
  const many = <T>(rows: readonly T[], count: (row: T) => number) => {
    const hidden = hiddenParts(rows, count, (row) => JSON.stringify(row));
    return rows.filter((row) => !hidden.has(row));
  };
  const none = <N extends number | null>(count: N) => (isFew(count) ? 0 : count);
  const segments = segmentsWithoutFew(review.segments);
  const isDormantHidden = segments.stock.some(({ segment, isHidden }) => segment === "dormant" && isHidden);
  const whys = Object.entries(dormant.why);
  const hiddenWhys = isDormantHidden
    ? new Set(whys)
    : hiddenParts(
        whys,
        ([, count]) => count,
        ([why]) => why,
      );
  const why = Object.fromEntries(whys.filter((one) => !hiddenWhys.has(one)));
  const names = [...hidden.values()];
  const small = new Set(review.kpis.filter(isSmall).map(({ id }) => id));
  const changes = Object.entries(review.decomposition).flatMap(([id, made]) => {
    const kept = changeWithoutFew(made, hidden);
    return kept ? [[id, kept] as const] : [];
  });
  return {
    ...review,
    groups: review.groups.filter(({ groupId }) => !hidden.has(groupId)).map(groupLine),
    groupChoices: review.groupChoices.filter(({ groupId }) => !hidden.has(groupId)),
    kpis: review.kpis.map((kpi) => kpiWithoutFew(kpi, hidden)),
    conclusions: review.conclusions.filter(
      ({ kpi, text }) => !(kpi !== null && small.has(kpi)) && !names.some((name) => text.zh.includes(name)),
    ),
    decomposition: Object.fromEntries(changes),
    segments,
    dormant: {
      total: isDormantHidden || isFew(dormant.total) ? null : dormant.total,
      why,
      // Rows can be counted, too.
      rows: dormant.rows.flatMap((row) => (row.why in why ? [{ ...row, personId: "" }] : [])),
    },
    churn: {
      ...churn,
      leavers: none(churn.leavers),
      respondents: none(churn.respondents),
      declared: many(churn.declared, ({ persons }) => persons),
      inferred: many(churn.inferred, ({ persons }) => persons),
      segments: ["declared", "inferred"].flatMap((source) =>
        many(
          churn.segments.filter((one) => one.source === source),
          ({ persons }) => persons,
        ),
      ),
      timing: {
        ...churn.timing,
        sinceJoin: many(churn.timing.sinceJoin, ({ leavers }) => leavers),
        sinceCampaign: many(churn.timing.sinceCampaign, ({ leavers }) => leavers),
      },
    },
    sop: { ...sop, bySender: [] },
    // Whoever mends data sees them with all their groups.
    quality: review.quality.filter(({ text }) => !names.some((name) => text.zh.includes(name))),
    suggestions: review.suggestions.filter(({ groupId }) => !hidden.has(groupId)),
    actions: review.actions.filter(({ groupId }) => !hidden.has(groupId)),
  };
}
