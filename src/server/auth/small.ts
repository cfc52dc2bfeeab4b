import type { Dimension, Explanation, Part } from "../../review/explain/types.ts";
import type { Figure, GroupLine, KpiLine, Review } from "../../review/types.ts";
import type { Row } from "../../warehouse/rows.ts";
import { hiddenMoves } from "./lonely.ts";

/** Fewer people than this are not shown to a viewer: a count of two names somebody. */
export const SMALL = 5;

/** What would give the count away again. */
const DERIVED = /(?:_rate|_share|^value|^share|^delta|^previous_value|^se)$/;

/** More than nobody, fewer than five. */
export function isFew(count: unknown): boolean {
  return typeof count === "number" && count > 0 && count < SMALL;
}

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

/** The same of a whole answer: of moves between segments none may be told by subtraction either. */
export function rowsWithoutFew(rows: readonly Row[], people?: readonly string[]): Row[] {
  const isMove = rows.every((row) => "from" in row && "to" in row && "persons" in row);
  const lonely = isMove
    ? hiddenMoves(rows as unknown as { from: unknown; to: unknown; persons: unknown }[], isFew)
    : null;
  return rows.map((row) => withoutFew(lonely?.has(row as never) ? { ...row, persons: 1 } : row, people));
}

export function kpiWithoutFew(kpi: KpiLine): KpiLine {
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

/** The review without groups, figures, slices and reasons of few people; a count of few stands as none. */
export function reviewWithoutFew(review: Review, hidden: Hidden): Review {
  const { dormant, segments, churn, sop } = review;
  const many = <T>(rows: readonly T[], count: (row: T) => number) => rows.filter((row) => !isFew(count(row)));
  const none = <N extends number | null>(count: N) => (isFew(count) ? 0 : count);
  const lonely = hiddenMoves(segments.flows, isFew);
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
    kpis: review.kpis.map(kpiWithoutFew),
    conclusions: review.conclusions.filter(
      ({ kpi, text }) => !(kpi !== null && small.has(kpi)) && !names.some((name) => text.zh.includes(name)),
    ),
    decomposition: Object.fromEntries(changes),
    segments: {
      stock: segments.stock.map((one) => ({
        ...one,
        persons: none(one.persons),
        previous: none(one.previous),
        ...(isFew(one.persons) ? { isHidden: true as const } : {}),
      })),
      flows: segments.flows.filter((flow) => !lonely.has(flow)),
    },
    dormant: {
      total: none(dormant.total),
      why: Object.fromEntries(Object.entries(dormant.why).filter(([, count]) => !isFew(count))),
      rows: dormant.rows.map((row) => ({ ...row, personId: "" })),
    },
    churn: {
      ...churn,
      leavers: none(churn.leavers),
      respondents: none(churn.respondents),
      declared: many(churn.declared, ({ persons }) => persons),
      inferred: many(churn.inferred, ({ persons }) => persons),
      segments: many(churn.segments, ({ persons }) => persons),
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
