import { UserError } from "../../kit/errors.ts";
import type { Generation, ReviewSource } from "../../review/source.ts";
import type { Review } from "../../review/types.ts";
import type { User } from "../../state/users.ts";
import type { Row } from "../../warehouse/rows.ts";
import { withoutPerson } from "../people-rows.ts";
import { currentUser } from "./access.ts";

/** Fewer people than this are not shown to a viewer: a count of two names somebody. */
const SMALL = 5;

/**
 * The same source, but each request gets what its user may see: a leader the own groups, a viewer no names and no
 * small counts. Rows are cut where they are read, so that no page, file or cache can forget it.
 */
export function scopedSource(source: ReviewSource): ReviewSource {
  return {
    currentId: () => source.currentId(),
    read: (use) => {
      const user = currentUser();
      return source.read((generation) => use(user ? scoped(generation, user) : generation));
    },
  };
}

function scoped(generation: Generation, user: User): Generation {
  if (user.role === "leader") return ofGroups(generation, user.groups);
  return user.role === "viewer" ? masked(generation) : generation;
}

function ofGroups(generation: Generation, groups: readonly string[]): Generation {
  const own = (group: string | null | undefined) => typeof group === "string" && groups.includes(group);
  /** A row of an own group says nothing of a foreign one that it is held against, nor of the mean of such ones. */
  const withoutForeign = (row: Row): Row =>
    !("previous_group_id" in row) || own(row["previous_group_id"] as string | null)
      ? row
      : Object.fromEntries(
          Object.entries(row).map(([column, cell]) => [
            column,
            /^(?:previous|earlier)_/.test(column) ? null : cell,
          ]),
        );
  /** The group asked for, else the first of the own ones. The answer for a foreign group is that of one that does not exist. */
  const chosen = (wanted: string | undefined): string => {
    const group = wanted === undefined || wanted === "*" ? groups[0] : wanted;
    if (group !== undefined && own(group)) return group;
    throw new UserError({ zh: "没有这个群", en: "There is no such group" });
  };
  return {
    id: generation.id,
    lastWeek: () => generation.lastWeek(),
    groups: async () => (await generation.groups()).filter(({ id }) => own(id)),
    review: async (options) => {
      const made = await generation.review({ ...options, group: chosen(options.group) });
      return {
        ...made,
        groups: made.groups.filter(({ groupId }) => own(groupId)),
        groupChoices: made.groupChoices.filter(({ groupId }) => own(groupId)),
        kpis: made.kpis.map((kpi) =>
          own(kpi.against.campDay?.groupId) ? kpi : { ...kpi, against: { ...kpi.against, campDay: null } },
        ),
      };
    },
    explain: (kpi, options) => generation.explain(kpi, { ...options, group: chosen(options.group) }),
    takesGroup: (name) => generation.takesGroup(name),
    namesPeople: (name) => generation.namesPeople(name),
    query: async (name, params) => {
      if (!generation.takesGroup(name)) {
        const rows = await generation.query(name, params);
        return rows.filter((row) => own(row["group_id"] as string | null | undefined)).map(withoutForeign);
      }
      const wanted = params["group_id"];
      const group = chosen(typeof wanted === "string" ? wanted : undefined);
      const rows = await generation.query(name, { ...params, group_id: group });
      return rows
        .filter((row) => !("group_id" in row) || own(row["group_id"] as string | null))
        .map(withoutForeign);
    },
    kpis: async (filter) =>
      (await generation.kpis(filter)).filter((row) => own(row["group_id"] as string | null | undefined)),
    series: async (question) => {
      const rows = await generation.series({ ...question, group: chosen(question.group) });
      return question.by === "group" ? rows.filter((row) => own(String(row["part"]))) : rows;
    },
    dimensions: () => generation.dimensions(),
    imports: async () => [],
    suggestions: async (scope, actions) => {
      const wanted = scope.group === undefined || scope.group === "*" ? groups : [chosen(scope.group)];
      const lists = await Promise.all(
        wanted.map((group) => generation.suggestions({ ...scope, group }, actions)),
      );
      return lists.flat();
    },
    suggestion: async (id) => {
      const found = await generation.suggestion(id);
      return found && own(found.groupId) ? found : null;
    },
    evidence: async (suggestion) => {
      if (own(suggestion.groupId)) return generation.evidence(suggestion);
      throw new UserError({ zh: "没有这个群", en: "There is no such group" });
    },
  };
}

function masked(generation: Generation): Generation {
  return {
    id: generation.id,
    lastWeek: () => generation.lastWeek(),
    groups: () => generation.groups(),
    explain: (kpi, options) => generation.explain(kpi, options),
    suggestions: (scope, actions) => generation.suggestions(scope, actions),
    suggestion: (id) => generation.suggestion(id),
    evidence: async (suggestion) => {
      const { cases, ...rest } = await generation.evidence(suggestion);
      return { ...rest, cases: cases.map((one) => ({ ...one, detail: null })) };
    },
    review: async (options) => withoutSmall(await generation.review(options)),
    takesGroup: (name) => generation.takesGroup(name),
    namesPeople: (name) => generation.namesPeople(name),
    query: async (name, params) => {
      const rows = await generation.query(name, params);
      return generation.namesPeople(name) ? rows.map(withoutPerson) : rows;
    },
    kpis: async (filter) => (await generation.kpis(filter)).map(withoutSmallRow),
    series: async (question) => (await generation.series(question)).map(withoutSmallRow),
    dimensions: () => generation.dimensions(),
    imports: async () => [],
  };
}

function isSmall(numerator: unknown, denominator: unknown): boolean {
  const people = denominator === null || denominator === undefined ? Number(numerator) : Number(denominator);
  return people > 0 && people < SMALL;
}

function withoutSmallRow(row: Row): Row {
  return isSmall(row["numerator"], row["denominator"])
    ? { ...row, numerator: null, denominator: null, value: null }
    : row;
}

function withoutSmall(review: Review): Review {
  return {
    ...review,
    groups: review.groups.filter(({ members }) => members >= SMALL),
    kpis: review.kpis.map((kpi) =>
      isSmall(kpi.numerator, kpi.denominator)
        ? { ...kpi, numerator: null, denominator: null, value: null, delta: null, interval: null }
        : kpi,
    ),
    dormant: {
      ...review.dormant,
      rows: review.dormant.rows.map((row) => ({ ...row, personId: "" })),
    },
  };
}
