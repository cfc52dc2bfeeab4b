import { beside } from "../kit/beside.ts";
import { UserError } from "../kit/errors.ts";
import type { Catalog } from "../warehouse/catalog.ts";
import type { Database } from "../warehouse/database.ts";
import type { Pointer } from "../warehouse/publish.ts";
import type { Row } from "../warehouse/rows.ts";
import { churnOf } from "./churn.ts";
import { compareGroups, compareWeek } from "./compare.ts";
import { conclusions, firstSaid } from "./conclusions.ts";
import type { ExplainScope } from "./explain/explain.ts";
import { explainWithCauses } from "./explain/with-causes.ts";
import { dormantOf, LISTED, LISTED_ON_PAGE, stocks } from "./lists.ts";
import { weekMarks } from "./marks.ts";
import { missingOf, unknownOf } from "./missing.ts";
import { notices } from "./notices.ts";
import { runQuery } from "./query.ts";
import { sopReview } from "./sop.ts";
import { actionsOf, suggestionsOf } from "./suggestions.ts";
import type { GroupLine, KpiLine, QualityNotice, Review, SegmentFlow, Text } from "./types.ts";
import { addDays, chooseWeek, listWeeks } from "./weeks.ts";

export interface ReviewOptions {
  /** ISO label or first day; default: the newest complete week. */
  week?: string | undefined;
  /** Default "*": all groups. */
  group?: string | undefined;
  /**
   * The KPI that a page shows, null for a page of none: only what it needs. Explained are that KPI and the first
   * sentence's; groups tell that KPI and whatever a sentence may name; suggestions are left to whoever lists them, and the wake-up list has its first
   * rows. Default: everything.
   */
  focus?: string | null | undefined;
}

/** The weekly review of a published generation. @throws UserError for a week or group without data. */
export async function review(
  database: Database,
  pointer: Pointer,
  catalog: Catalog,
  options: ReviewOptions = {},
): Promise<Review> {
  const [weeks, groups, about] = await Promise.all([
    listWeeks(database),
    database.all("select group_id, name, kind from marts.groups order by name, group_id"),
    database.one("select * from report.about"),
  ]);
  const chosen = chooseWeek(weeks, options.week);
  const group = options.group ?? "*";
  const here = groups.find((row) => row["group_id"] === group);
  if (group !== "*" && !here) {
    throw new UserError(
      { zh: `没有这个群：${group}`, en: `There is no such group: ${group}` },
      { hint: someGroups(groups) },
    );
  }
  const scope = { week: chosen.week, group };
  // The first rows on a page tell no holdout; whoever takes the list away asks for it.
  const list =
    options.focus === undefined ? { most: LISTED, holdout: "yes" } : { most: LISTED_ON_PAGE, holdout: "no" };
  const query = (name: string) =>
    runQuery(database, catalog, name, { week: chosen.week, group_id: group, ...list });
  const judged = compareWeek(database, chosen.week, group);
  const told = groupTable(database, groups, scope, options.focus);
  const explaining = Promise.all([judged, told]).then(([kpis, lines]) =>
    explainWithCauses(database, catalog, asked(kpis, lines, chosen.complete, options.focus), scope),
  );
  const [
    kpis,
    explained,
    groupLines,
    marks,
    members,
    stock,
    flows,
    why,
    listed,
    churn,
    sop,
    open,
    actions,
    doubtful,
    withoutSource,
    unknown,
  ] = await Promise.all([
    judged,
    explaining,
    told,
    weekMarks(database, chosen.week),
    membersOf(database, chosen.week, group),
    query("segment_stock"),
    query("segment_flows"),
    query("segment_reasons"),
    query("segment_list"),
    churnOf(database, catalog, chosen.week, group),
    sopReview(database, catalog, chosen.week, group),
    options.focus === undefined ? suggestionsOf(database, chosen.week, group) : [],
    actionsOf(database, chosen.week, group),
    notices(query),
    query("missing_sources"),
    query("unknown_sources"),
  ]);
  const missing = missingOf(withoutSource);
  const decomposition = Object.fromEntries(explained.map((one) => [one.kpi, one]));
  const shownGroups = groupLines.filter(({ groupId }) => group === "*" || groupId === group);
  const described = weeks.map(({ week, label, complete }) => ({
    week: label,
    from: week,
    to: addDays(week, 6),
    complete,
  }));
  const previous = weeks.find(({ week }) => week === addDays(chosen.week, -7));
  return {
    week: chosen.label,
    from: chosen.week,
    to: addDays(chosen.week, 6),
    complete: chosen.complete,
    previous: previous?.label ?? null,
    marks,
    group,
    groupName: here ? String(here["name"]) : null,
    generatedAt: `${String(about["generated_at"])}Z`,
    asOf: `${String(about["as_of"])}Z`,
    generation: pointer.generation,
    timezone: String(about["timezone"]),
    currency: String(about["currency"]),
    weeks: described,
    groupChoices: groups.map((row) => ({ groupId: String(row["group_id"]), name: String(row["name"]) })),
    members,
    kpis,
    groups: shownGroups,
    conclusions: conclusions({
      kpis,
      groups: shownGroups,
      decomposition,
      marks,
      complete: chosen.complete,
      previous: previous?.label ?? null,
      week: chosen.label,
    }),
    decomposition,
    segments: {
      stock: stocks(stock),
      flows: flows.map(toFlow),
    },
    dormant: dormantOf(why, listed),
    churn,
    sop,
    suggestions: open,
    actions: actions.due,
    quality: doubtful.map(toNotice),
    missing,
    unknown: unknownOf(unknown),
  };
}

async function membersOf(database: Database, week: string, group: string): Promise<number> {
  const row = await database.one(
    "select count(*) as members from marts.participation where week = $week::date and group_id = $group and is_member_end",
    { week, group },
  );
  return Number(row["members"]);
}

/** What is explained: all that moved, or what a page looks at, moved or not, and what its first sentence is of. */
function asked(
  kpis: readonly KpiLine[],
  groups: readonly GroupLine[],
  complete: boolean,
  focus: string | null | undefined,
): KpiLine[] {
  const moved = kpis.filter(({ strength }) => strength !== null);
  if (focus === undefined) return moved;
  const first = firstSaid(kpis, groups);
  // Parts of a week that is not over against a whole one would explain the calendar.
  return kpis.filter(
    (kpi) =>
      (kpi.id === focus && complete && kpi.delta !== null) || (kpi.id === first && moved.includes(kpi)),
  );
}

async function groupTable(
  database: Database,
  groups: readonly Row[],
  scope: ExplainScope,
  focus: string | null | undefined,
): Promise<GroupLine[]> {
  const [rows, lines] = await Promise.all([
    database.all("select group_id, members_end from marts.group_weeks where week = $week::date", {
      week: scope.week,
    }),
    compareGroups(database, scope, focus),
  ]);
  const members = new Map(rows.map((row) => [row["group_id"], Number(row["members_end"])]));
  return groups
    .filter((row) => members.has(row["group_id"] ?? null))
    .map((row) => {
      const groupId = String(row["group_id"]);
      return {
        groupId,
        name: String(row["name"]),
        kind: row["kind"] === null ? null : String(row["kind"]),
        members: members.get(groupId) ?? 0,
        kpis: lines.get(groupId) ?? {},
      };
    })
    .sort((a, b) => b.members - a.members);
}

function toFlow(row: Row): SegmentFlow {
  return { from: String(row["from"]), to: String(row["to"]), persons: Number(row["persons"]) };
}

function toNotice(row: Row): QualityNotice {
  return {
    code: String(row["code"]),
    severity: row["severity"] === "warn" ? "warn" : "info",
    text: { zh: beside(String(row["zh"])), en: beside(String(row["en"])) },
    href: row["href"] === null ? null : String(row["href"]),
  };
}

/** A few to choose from, by their names; the rest is counted. */
function someGroups(groups: readonly Row[]): Text {
  const few = groups.slice(0, 5).map(({ name }) => beside(String(name)));
  const left = groups.length - few.length;
  const more = left.toLocaleString("en-US");
  return {
    zh: `有数据的群：${few.join("、")}${left > 0 ? `，另有 ${more} 个群` : ""}`,
    en: `Groups with data: ${few.join(", ")}${left > 0 ? ` and ${more} more` : ""}`,
  };
}
