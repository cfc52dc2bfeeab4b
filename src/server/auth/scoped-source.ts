import { UserError } from "../../kit/errors.ts";
import type { Generation, ReviewSource } from "../../review/source.ts";
import type { User } from "../../state/users.ts";
import type { Row } from "../../warehouse/rows.ts";
import { withoutIds, withoutPerson } from "../people-rows.ts";
import { currentUser } from "./access.ts";
import { figuresBeside } from "./beside.ts";
import { SMALL } from "./few.ts";
import {
  changeWithoutFew,
  type Hidden,
  kpiWithoutFew,
  reviewWithoutFew,
  rowsWithoutFew,
  withoutCamp,
  withoutFew,
} from "./small.ts";

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
  const withoutForeign = (row: Row) => withoutEarlier(row, own);
  /** Where else a person is a member is not the leader's to know: a list names the group that it is of. */
  const ofGroup = async <T extends object>(group: string, rows: readonly T[]): Promise<T[]> => {
    if (!rows.some((row) => "groups" in row)) return [...rows];
    const name = (await generation.groups()).find(({ id }) => id === group)?.name ?? "";
    return rows.map((row) =>
      "groups" in row && Array.isArray(row.groups) ? { ...row, groups: [name] } : row,
    );
  };
  /** The group asked for, else the first of the own ones. The answer for a foreign group is that of one that does not exist. */
  const chosen = (wanted: string | undefined): string => {
    const group = wanted === undefined || wanted === "*" ? groups[0] : wanted;
    if (group !== undefined && own(group)) return group;
    throw new UserError({ zh: "没有这个群", en: "There is no such group" });
  };
  return {
    id: generation.id,
    timezone: () => generation.timezone(),
    lastWeek: () => generation.lastWeek(),
    columns: (name) => generation.columns(name),
    groups: async () => (await generation.groups()).filter(({ id }) => own(id)),
    review: async (options) => {
      const group = chosen(options.group);
      const made = await generation.review({ ...options, group });
      return {
        ...made,
        dormant: { ...made.dormant, rows: await ofGroup(group, made.dormant.rows) },
        groups: made.groups.filter(({ groupId }) => own(groupId)),
        groupChoices: made.groupChoices.filter(({ groupId }) => own(groupId)),
        kpis: made.kpis.map((kpi) => withoutCamp(kpi, own)),
      };
    },
    scope: (options) => generation.scope({ ...options, group: chosen(options.group) }),
    explain: async (kpi, options) => {
      const made = await generation.explain(kpi, { ...options, group: chosen(options.group) });
      const companion = made.companion && withoutCamp(made.companion, own);
      return { ...made, kpi: withoutCamp(made.kpi, own), companion };
    },
    takesGroup: (name) => generation.takesGroup(name),
    namesPeople: (name) => generation.namesPeople(name),
    peopleColumns: (name) => generation.peopleColumns(name),
    sums: (name) => generation.sums(name),
    query: async (name, params) => {
      if (!generation.takesGroup(name)) {
        const rows = await generation.query(name, params);
        return rows.filter((row) => own(row["group_id"] as string | null | undefined)).map(withoutForeign);
      }
      const wanted = params["group_id"];
      const group = chosen(typeof wanted === "string" ? wanted : undefined);
      const rows = await generation.query(name, { ...params, group_id: group });
      const kept = rows.filter((row) => !("group_id" in row) || own(row["group_id"] as string | null));
      return ofGroup(group, kept.map(withoutForeign));
    },
    missing: (name, params) => {
      const wanted = params["group_id"];
      const group = generation.takesGroup(name)
        ? chosen(typeof wanted === "string" ? wanted : undefined)
        : "*";
      return generation.missing(name, { ...params, group_id: group });
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

const tellsOf = (row: Row, name: string) =>
  Object.values(row).some((cell) => typeof cell === "string" && cell.includes(name));

/**
 * A row of a group that is seen says nothing of an earlier one that it is held against and that is not, nor of the mean of
 * such ones.
 */
function withoutEarlier(row: Row, isSeen: (group: string | null) => boolean): Row {
  if (!("previous_group_id" in row) || isSeen(row["previous_group_id"] as string | null)) return row;
  return Object.fromEntries(
    Object.entries(row).map(([column, cell]) => [
      column,
      /^(?:previous|earlier)_/.test(column) ? null : cell,
    ]),
  );
}

function masked(generation: Generation): Generation {
  const hidden = () => smallGroups(generation);
  /** A group of few people is none for a viewer: the answer is that of one that there is not, to the byte. */
  const chosen = async (group: unknown): Promise<void> => {
    if (typeof group !== "string" || group === "*") return;
    const few = await hidden();
    if (!(await generation.groups()).some(({ id }) => id === group && !few.has(id)))
      throw new UserError({ zh: "没有这个群", en: "There is no such group" });
  };
  const visible = async <T>(rows: readonly T[], group: (row: T) => unknown): Promise<T[]> => {
    const few = await hidden();
    return rows.filter((row) => !few.has(String(group(row))));
  };
  return {
    id: generation.id,
    timezone: () => generation.timezone(),
    lastWeek: () => generation.lastWeek(),
    columns: (name) => generation.columns(name),
    groups: async () => visible(await generation.groups(), ({ id }) => id),
    explain: async (kpi, options) => {
      await chosen(options.group);
      const made = await generation.explain(kpi, options);
      return {
        ...made,
        kpi: kpiWithoutFew(made.kpi, await hidden()),
        companion: made.companion && kpiWithoutFew(made.companion, await hidden()),
        decomposition: made.decomposition && changeWithoutFew(made.decomposition, await hidden()),
      };
    },
    suggestions: async (scope, actions) => {
      await chosen(scope.group);
      return visible(await generation.suggestions(scope, actions), ({ groupId }) => groupId);
    },
    suggestion: async (id) => {
      const found = await generation.suggestion(id);
      return found && (await hidden()).has(found.groupId) ? null : found;
    },
    evidence: async (suggestion) => {
      await chosen(suggestion.groupId);
      const { cases, ...rest } = await generation.evidence(suggestion);
      return { ...rest, cases: cases.map((one) => ({ ...one, detail: null })) };
    },
    scope: async (options) => {
      await chosen(options.group);
      return generation.scope(options);
    },
    review: async (options) => {
      await chosen(options.group);
      return reviewWithoutFew(await generation.review(options), await hidden());
    },
    takesGroup: (name) => generation.takesGroup(name),
    namesPeople: (name) => generation.namesPeople(name),
    peopleColumns: (name) => generation.peopleColumns(name),
    sums: (name) => generation.sums(name),
    query: async (name, params) => {
      await chosen(params["group_id"]);
      const few = await hidden();
      const all = await visible(await generation.query(name, params), (row) => row["group_id"]);
      const names = [...few.values()];
      const rows = all
        .map((row) => withoutEarlier(row, (group) => !few.has(String(group))))
        // What is said of several groups at once names them.
        .filter((row) => "group_id" in row || !names.some((one) => tellsOf(row, one)));
      return generation.namesPeople(name)
        ? rows.map(withoutPerson)
        : rowsWithoutFew(rows.map(withoutIds), generation.peopleColumns(name), generation.sums(name));
    },
    missing: async (name, params) => {
      await chosen(params["group_id"]);
      return generation.missing(name, params);
    },
    kpis: async (filter) =>
      figuresBeside(
        await visible(await generation.kpis(filter), (row) => row["group_id"]),
        ({ kpi, group_id, week, segment }) =>
          segment === "*" ? null : JSON.stringify([kpi, group_id, week]),
      ).map((row) => withoutFew(row, [])),
    series: async (question) => {
      await chosen(question.group);
      const rows = await generation.series(question);
      const kept = question.by === "group" ? await visible(rows, (row) => row["part"]) : rows;
      const parts = question.by === "none" ? kept : figuresBeside(kept, ({ week }) => String(week));
      return parts.map((row) => withoutFew(row, []));
    },
    dimensions: () => generation.dimensions(),
    imports: async () => [],
  };
}

const few = new Map<string, Promise<Hidden>>();

/** Groups of few members, or of none, in the newest week; asked once for each generation. */
function smallGroups(generation: Generation): Promise<Hidden> {
  const known = few.get(generation.id);
  if (known) return known;
  const asked = (async () => {
    const all = await generation.groups();
    return new Map(all.filter(({ members }) => members < SMALL).map(({ id, name }) => [id, name]));
  })();
  few.clear();
  few.set(generation.id, asked);
  asked.catch(() => few.delete(generation.id));
  return asked;
}
