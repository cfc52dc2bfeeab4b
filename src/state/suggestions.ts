import { UserError } from "../kit/errors.ts";
import type { Action, Effect, Step, Suggestion } from "../rules/suggestion.ts";
import type { Database } from "../warehouse/database.ts";
import type { Row } from "../warehouse/rows.ts";
import { utc } from "./ledger.ts";
import type { State } from "./state.ts";

/** Who does it and when; the instant is UTC. */
export interface Actor {
  by: string;
  at: Date;
}

export interface Acceptance {
  owner?: string | undefined;
  /** Local day, "2026-11-30". */
  due?: string | undefined;
  /** First day of the week its effect is measured against. */
  baseWeek: string;
}

/** Every suggestion that was decided on or edited, newest week first, with its steps. */
export async function listActions(state: State): Promise<Action[]> {
  return state.read(actionsOf);
}

async function actionsOf(database: Database): Promise<Action[]> {
  const rows = await database.all("select * from suggestions order by week desc, suggestion_id");
  const steps = new Map<string, Step[]>();
  for (const row of await database.all("select * from suggestion_steps order by step_id")) {
    const list = steps.get(String(row["suggestion_id"])) ?? [];
    list.push({
      step: row["step"] as Step["step"],
      at: `${String(row["made_at"])}Z`,
      by: String(row["made_by"]),
      detail: text(row["detail"]),
    });
    steps.set(String(row["suggestion_id"]), list);
  }
  return rows.map((row) => toAction(row, steps.get(String(row["suggestion_id"])) ?? []));
}

/** The suggestion becomes an action. @throws UserError when it was rejected or is done already. */
export async function accept(
  state: State,
  shown: Suggestion,
  how: Acceptance,
  actor: Actor,
): Promise<Action> {
  return change(state, shown, actor, "accepted", how.owner ?? null, async (database, now) => {
    refuse(now, ["done"]);
    await database.run(
      "update suggestions set status = 'accepted', owner = $owner, due = $due::date, base_week = $base::date, reason = null where suggestion_id = $id",
      { id: shown.id, owner: how.owner ?? shown.owner, due: how.due ?? null, base: how.baseWeek },
    );
  });
}

export async function reject(state: State, shown: Suggestion, reason: string, actor: Actor): Promise<Action> {
  if (reason.trim() === "") {
    throw new UserError(
      { zh: "不采纳要写原因", en: "A rejection needs a reason" },
      {
        hint: {
          zh: "一句话就行，下次推荐会用到。",
          en: "One sentence will do; later suggestions learn from it.",
        },
      },
    );
  }
  return change(state, shown, actor, "rejected", reason, async (database, now) => {
    refuse(now, ["done"]);
    await database.run(
      "update suggestions set status = 'rejected', reason = $reason where suggestion_id = $id",
      {
        id: shown.id,
        reason,
      },
    );
  });
}

/** Another wording, owner or due day; what was said before stays in the steps. */
export async function edit(
  state: State,
  shown: Suggestion,
  to: { text?: string | undefined; owner?: string | undefined; due?: string | undefined },
  actor: Actor,
): Promise<Action> {
  return change(state, shown, actor, "edited", JSON.stringify(to), async (database, now) => {
    refuse(now, ["done", "rejected"]);
    await database.run(
      `update suggestions set text_zh = coalesce($text, text_zh), text_en = coalesce($text, text_en), owner = coalesce($owner, owner),
         due = coalesce($due::date, due) where suggestion_id = $id`,
      { id: shown.id, text: to.text ?? null, owner: to.owner ?? null, due: to.due ?? null },
    );
  });
}

/** Ticked by a person, or found in the log by a build. @throws UserError unless it was accepted. */
export async function done(
  state: State,
  id: string,
  source: "log" | "person",
  actor: Actor,
): Promise<Action> {
  return state.write(async (database) => {
    const now = (await actionsOf(database)).find((one) => one.id === id);
    if (!now || !["accepted", "done"].includes(now.status)) {
      throw new UserError(
        {
          zh: `建议 ${id} 还没有采纳，不能标记完成`,
          en: `Suggestion ${id} was not accepted, so it cannot be done`,
        },
        { hint: { zh: "先运行 fupan suggestions accept。", en: "Run fupan suggestions accept first." } },
      );
    }
    if (now.status === "done") return now;
    await database.run(
      "update suggestions set status = 'done', done_at = $at::timestamp, done_source = $source where suggestion_id = $id",
      { id, source, at: utc(actor.at) },
    );
    return stepped(database, id, "done", actor, source);
  });
}

/** The effect as a build found it; a later build with the same answer adds no step. */
export async function recordEffect(state: State, id: string, effect: Effect, actor: Actor): Promise<void> {
  const json = JSON.stringify(effect);
  await state.write(async (database) => {
    const { effect: before } = await database.one(
      "select effect from suggestions where suggestion_id = $id",
      { id },
    );
    if (before === json) return;
    await database.run("update suggestions set effect = $json where suggestion_id = $id", { id, json });
    await stepped(database, id, "measured", actor, effect.verdict);
  });
}

async function change(
  state: State,
  shown: Suggestion,
  actor: Actor,
  step: Step["step"],
  detail: string | null,
  write: (database: Database, now: Action["status"]) => Promise<void>,
): Promise<Action> {
  return state.write(async (database) => {
    await database.run(
      `insert or ignore into suggestions (suggestion_id, rule, group_id, week, status, shown, text_zh, text_en)
       values ($id, $rule, $group, $week::date, 'open', $shown, $zh, $en)`,
      {
        id: shown.id,
        rule: shown.rule,
        group: shown.groupId,
        week: shown.week,
        shown: JSON.stringify(shown),
        zh: shown.text.zh,
        en: shown.text.en,
      },
    );
    const { status } = await database.one("select status from suggestions where suggestion_id = $id", {
      id: shown.id,
    });
    await write(database, status as Action["status"]);
    return stepped(database, shown.id, step, actor, detail);
  });
}

async function stepped(
  database: Database,
  id: string,
  step: Step["step"],
  { by, at }: Actor,
  detail: string | null,
): Promise<Action> {
  await database.run(
    "insert into suggestion_steps (suggestion_id, step, made_at, made_by, detail) values ($id, $step, $at::timestamp, $by, $detail)",
    { id, step, by, detail, at: utc(at) },
  );
  const made = (await actionsOf(database)).find((one) => one.id === id);
  if (!made) throw new Error(`no suggestion ${id}`);
  return made;
}

function refuse(now: Action["status"], closed: readonly Action["status"][]): void {
  if (!closed.includes(now)) return;
  throw new UserError(
    now === "done"
      ? { zh: "这条建议已经完成，不能再改", en: "The suggestion is done and stays as it is" }
      : { zh: "这条建议没有采纳，不能改", en: "The suggestion was rejected and stays as it is" },
  );
}

function toAction(row: Row, steps: Step[]): Action {
  return {
    id: String(row["suggestion_id"]),
    rule: String(row["rule"]),
    groupId: String(row["group_id"]),
    week: String(row["week"]),
    status: row["status"] as Action["status"],
    text: { zh: String(row["text_zh"]), en: String(row["text_en"]) },
    owner: text(row["owner"]),
    due: text(row["due"]),
    reason: text(row["reason"]),
    baseWeek: text(row["base_week"]),
    doneAt: row["done_at"] === null ? null : `${String(row["done_at"])}Z`,
    doneSource: row["done_source"] as Action["doneSource"],
    effect: row["effect"] === null ? null : (JSON.parse(String(row["effect"])) as Effect),
    suggestion: JSON.parse(String(row["shown"])) as Suggestion,
    steps,
  };
}

function text(value: Row[string] | undefined): string | null {
  return value === null || value === undefined ? null : String(value);
}
