import type { Campaign } from "../campaigns/campaign.ts";
import type { Config } from "../config.ts";
import { localClock } from "../kit/time.ts";
import { runQuery } from "../review/query.ts";
import type { State } from "../state/state.ts";
import { done, listActions, recordEffect } from "../state/suggestions.ts";
import type { Catalog } from "../warehouse/catalog.ts";
import { createTable } from "../warehouse/create-table.ts";
import type { Database } from "../warehouse/database.ts";
import { type Choice, choose, type Decision } from "./choose.ts";
import { fire, type RuleStatus } from "./fire.ts";
import type { RuleHeader } from "./header.ts";
import { holdoutEffect } from "./holdout.ts";
import { type ByHoldout, followUp } from "./measure.ts";
import { checkRuleConfig, type GroupKind } from "./params.ts";
import type { Action, Suggestion } from "./suggestion.ts";
import { fill, shown } from "./text.ts";

/** Who writes what a build finds. */
const PROGRAM = "fupan build";

/**
 * Follows up the accepted suggestions and fires the rules on the generation being built: `report.suggestions`,
 * `report.rules` (which rules are on, else what is missing) and `report.actions`.
 */
export async function reportRules(
  database: Database,
  state: State,
  catalog: Pick<Catalog, "rules" | "ruleInputs" | "ruleOwners" | "queries">,
  config: Config,
  campaigns: readonly Campaign[],
  now: Date,
): Promise<void> {
  checkRuleConfig(catalog.rules, config);
  const groups = (await database.all("select group_id, kind from marts.groups")).map(
    (row): GroupKind => ({
      groupId: String(row["group_id"]),
      kind: row["kind"] === null ? null : String(row["kind"]),
    }),
  );
  const { as_of } = await database.one("select as_of from config.settings");
  const reached = localClock(String(as_of), config.timezone);
  const drawn = new Set(catalog.rules.filter(({ header }) => header.holdout).map(({ id }) => id));
  const byHoldout: ByHoldout = async (action, week) =>
    drawn.has(action.rule)
      ? holdoutEffect(
          (name, params) => runQuery(database, catalog, name, params),
          campaigns,
          action,
          week,
          reached,
        )
      : null;
  const actions = await followed(database, state, groups, byHoldout, now);
  const { since } = await database.one(
    `select coalesce(max(week) - ${7 * config.suggestions.weeks}, date '1970-01-01')::date::varchar as since from report.weeks`,
  );
  const { hits, statuses } = await fire(database, catalog, config, groups, String(since));
  const headers = new Map(catalog.rules.map(({ id, header }) => [id, header]));
  const complete = new Set(
    (await database.all("select week from report.weeks where is_complete")).map((row) => String(row["week"])),
  );
  const choices = choose(
    hits.filter(({ week }) => complete.has(week)),
    headers,
    actions.flatMap(decision),
    config.suggestions,
  );
  await createTable(
    database,
    "generation.report.suggestions",
    {
      id: "varchar",
      rule: "varchar",
      group_id: "varchar",
      week: "date",
      outcome: "varchar",
      rank: "integer",
      score: "double",
      suggestion: "varchar",
    },
    suggestionRows(choices, headers, catalog.ruleOwners),
  );
  await createTable(
    database,
    "generation.report.rules",
    {
      rule: "varchar",
      title_zh: "varchar",
      title_en: "varchar",
      status: "varchar",
      missing_zh: "varchar",
      missing_en: "varchar",
    },
    statuses.map((one) => statusRow(one, catalog, headers.get(one.rule))),
  );
  await createTable(
    database,
    "generation.report.actions",
    {
      id: "varchar",
      rule: "varchar",
      group_id: "varchar",
      week: "date",
      status: "varchar",
      action: "varchar",
    },
    actions.map((action) => ({
      id: action.id,
      rule: action.rule,
      group_id: action.groupId,
      week: action.week,
      status: action.status,
      action: JSON.stringify(action),
    })),
  );
}

/**
 * Rows of `report.suggestions`, each made when it is its turn: the texts of two years of a large community are 300 MB.
 * Only what is shown is ever read whole; of the rest it is enough to know that it was found, and why it is not there.
 */
function* suggestionRows(
  choices: readonly Choice[],
  headers: ReadonlyMap<string, RuleHeader>,
  owners: Catalog["ruleOwners"],
) {
  for (const choice of choices) {
    const { id, rule, groupId, week, outcome, rank, score } = choice;
    const suggestion =
      outcome === "shown" ? JSON.stringify(suggestionOf(choice, headers.get(rule), owners)) : null;
    yield { id, rule, group_id: groupId, week, outcome, rank, score, suggestion };
  }
}

/** Notes in the state what this build's data show of the accepted suggestions, and answers all decisions as they now are. */
async function followed(
  database: Database,
  state: State,
  groups: readonly GroupKind[],
  byHoldout: ByHoldout,
  now: Date,
): Promise<Action[]> {
  const actor = { by: PROGRAM, at: now };
  for (const { action, isDone, effect } of await followUp(
    database,
    await listActions(state),
    groups,
    byHoldout,
  )) {
    if (isDone && action.status === "accepted") await done(state, action.id, "log", actor);
    if (effect) await recordEffect(state, action.id, effect, actor);
  }
  return listActions(state);
}

/** An action that was not carried out says nothing about its rule. */
function decision({ rule, groupId, week, status, effect }: Action): Decision[] {
  if (status === "open") return [];
  const judged = status === "done" && effect !== null && effect.verdict !== "insufficient";
  return [
    {
      rule,
      groupId,
      week,
      status: status === "rejected" ? "rejected" : "accepted",
      measuredWeek: effect?.nowWeek ?? null,
      improved: judged ? effect.verdict === "improved" : null,
    },
  ];
}

function suggestionOf(
  choice: Choice,
  header: RuleHeader | undefined,
  owners: Catalog["ruleOwners"],
): Suggestion {
  if (!header) throw new Error(`no header of rule ${choice.rule}`);
  const { params, evidence, gap: _gap, ...rest } = choice;
  return {
    ...rest,
    title: header.title,
    description: header.description,
    severity: header.severity,
    cost: header.cost,
    tick: header.tick,
    text: fill(header.suggestion, header, { ...params, ...evidence }),
    owner: header.owner,
    role: { zh: header.owner, en: owners[header.owner] ?? header.owner },
    minSample: header.minSample,
    evidence: Object.entries(header.evidence).map(([id, { zh, en, unit }]) => {
      const value = evidence[id] ?? null;
      return { id, name: { zh, en }, unit, value, shown: shown(value, unit) };
    }),
    params: Object.entries(header.params).map(([id, { zh, en }]) => ({
      id,
      name: { zh, en },
      value: params[id] ?? null,
    })),
    expect: header.expect.map((one) =>
      "kpi" in one
        ? { measure: "kpi", id: one.kpi, direction: one.direction }
        : { measure: "input", id: one.input, direction: one.direction, name: { zh: one.zh, en: one.en } },
    ),
    followUp: {
      weeks: header.followUp.weeks,
      text: { zh: header.followUp.zh, en: header.followUp.en },
      done: header.followUp.done ?? null,
    },
    sources: header.sources,
    falsePositives: header.falsePositives,
  };
}

function statusRow(
  { rule, status, missing }: RuleStatus,
  catalog: Pick<Catalog, "ruleInputs">,
  header: RuleHeader | undefined,
) {
  const names = (lang: "zh" | "en") =>
    missing
      .map((id) => (status === "unset" ? header?.params[id]?.[lang] : catalog.ruleInputs[id]?.[lang]) ?? id)
      .join(lang === "zh" ? "、" : ", ");
  return {
    rule,
    title_zh: header?.title.zh ?? rule,
    title_en: header?.title.en ?? rule,
    status,
    missing_zh: names("zh"),
    missing_en: names("en"),
  };
}
