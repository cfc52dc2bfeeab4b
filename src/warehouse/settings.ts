import type { Config } from "../config.ts";
import { phoneOf } from "../ingest/phones.ts";
import type { Correction } from "../state/labels.ts";
import { matchText } from "../text/match-text.ts";
import { createTable } from "./create-table.ts";
import type { Database } from "./database.ts";
import { createHolidays } from "./holidays.ts";
import { zoneSql } from "./zone.ts";

/** Weeks before the first suggestion that the rules' baselines look back on. */
const BASELINE_WEEKS = 9;
const WEEK_SHIFT = { monday: 0, sunday: 1, saturday: 2 } as const;

/**
 * What the models know of fupan.yaml and of this build: macros for the workspace's zone and the schema `config`.
 * @param asOf UTC without a zone; the models see nothing at or after it.
 */
export async function createSettings(
  database: Database,
  config: Config,
  asOf: string,
  keyOf: (id: string) => Promise<string>,
): Promise<void> {
  const zone = zoneSql(config.timezone);
  const shift = WEEK_SHIFT[config.weekStart];
  await database.run(`create or replace macro local_time(x) as ${zone.toLocal("x")}`);
  await database.run(`create or replace macro utc_time(x, is_utc) as if(is_utc, x, ${zone.toUtc("x")})`);
  await database.run(
    `create or replace macro week_of(x) as (date_trunc('week', x + interval ${shift} day)::date - ${shift})::date`,
  );
  for (const [key, days] of Object.entries(config.segments)) {
    const macro = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    await database.run(`create or replace macro ${macro}() as ${days}`);
  }
  await database.run("create schema if not exists config");
  const cuts = (axis: keyof Config["rfm"]) => {
    const limits = config.rfm[axis];
    return `${limits === "quintiles" ? "null" : `[${limits.join(", ")}]`}::double[] as rfm_${axis}`;
  };
  await database.run(
    `create or replace table config.settings as select $asOf::timestamp as as_of, $timezone::varchar as timezone, $currency::varchar as currency,
       $debounce::integer as debounce_minutes, $implied::boolean as implied_memberships, $maxPhone::integer as max_persons_per_phone,
       $newDays::integer as new_days, $dormantDays::integer as dormant_days, $repeatDays::integer as repeat_days, $activeDays::integer as active_days,
       $maxWeeks::integer as max_weeks, $ruleWeeks::integer as rule_weeks, $community::varchar as community,
       $windowMinutes::integer as window_minutes, $lateMinutes::integer as late_minutes, $similarity::double as script_similarity,
       $horizonDays::integer as horizon_days, ${cuts("recency")}, ${cuts("frequency")}, ${cuts("monetary")}, $opens::time as service_opens, $closes::time as service_closes, $replyMinutes::integer as reply_minutes,
       $floodMin::integer as flood_min, $pointsPer::integer as points_per, $pointsYuan::double as points_yuan, $pointsTimes::integer as points_times`,
    {
      asOf,
      timezone: config.timezone,
      currency: config.currency,
      debounce: config.memberships.debounceMinutes,
      implied: config.memberships.implied,
      maxPhone: config.identity.maxPersonsPerPhone,
      ...config.segments,
      maxWeeks: config.history.maxWeeks,
      ruleWeeks: config.suggestions.weeks + BASELINE_WEEKS,
      community: config.community,
      windowMinutes: config.sop.windowMinutes,
      lateMinutes: config.sop.lateMinutes,
      similarity: config.sop.similarity,
      horizonDays: config.sop.horizonDays,
      opens: config.sop.opens,
      closes: config.sop.closes,
      replyMinutes: config.sop.replyMinutes,
      floodMin: config.sop.floodMin,
      pointsPer: config.points.per,
      pointsYuan: config.points.yuan,
      pointsTimes: config.points.repeatTimes,
    },
  );
  const groups = [];
  for (const [id, { name, kind, owner }] of Object.entries(config.groups)) {
    groups.push({
      group_id: id,
      name,
      kind,
      owner_key: owner === undefined ? null : await keyOf(owner),
    });
  }
  await createTable(
    database,
    "config.groups",
    { group_id: "varchar", name: "varchar", kind: "varchar", owner_key: "varchar" },
    groups,
  );
  const keyed = (ids: readonly string[]) => Promise.all(ids.map(keyOf));
  // Somebody who asks not to be written to is known by whatever the operator has of them.
  const contactsOf = (id: string) => {
    const phone = phoneOf(id, config.country);
    return [id, `email:${id.toLowerCase()}`, `unionid:${id}`, ...(phone ? [`phone:${phone}`] : [])];
  };
  const optOuts = [];
  for (const [entry, id] of config.optOut.entries())
    for (const person_key of await keyed(contactsOf(id.trim()))) optOuts.push({ entry, person_key });
  await createTable(database, "config.opt_outs", { entry: "integer", person_key: "varchar" }, optOuts);
  const people = [];
  for (const [role, ids] of [
    ["staff", config.staff],
    ["staff", Object.values(config.jobs).flat()],
    ["bot", config.bots],
  ] as const) {
    for (const person_key of await keyed(ids)) people.push({ person_key, role });
  }
  await createTable(database, "config.people", { person_key: "varchar", role: "varchar" }, people);
  const jobs = [];
  for (const [job, ids] of Object.entries(config.jobs)) {
    for (const person_key of await keyed(ids)) jobs.push({ person_key, job });
  }
  await createTable(database, "config.jobs", { person_key: "varchar", job: "varchar" }, jobs);
  await createTable(
    database,
    "config.lexicon",
    { group_id: "varchar", label: "varchar", kind: "varchar", word: "varchar" },
    lexiconRows(config),
  );
  await createHolidays(database, config, asOf);
  const targets = Object.entries(config.targets).map(([kpi, target]) => ({ kpi, target }));
  await createTable(database, "config.targets", { kpi: "varchar", target: "double" }, targets);
}

/** What operators said of labels, for the models: the last word on a message and label. */
export async function createCorrections(database: Database, corrections: readonly Correction[]) {
  const last = new Map<string, Correction>();
  for (const one of corrections) {
    const { groupId, messageId, personKey, sentAt, textKey, label } = one;
    last.set(JSON.stringify([groupId, label, messageId ?? [personKey, sentAt, textKey]]), one);
  }
  await createTable(
    database,
    "config.label_corrections",
    {
      group_id: "varchar",
      message_id: "varchar",
      person_key: "varchar",
      sent_at: "timestamp",
      text_key: "varchar",
      label: "varchar",
      is_on: "boolean",
    },
    [...last.values()].map((one) => ({
      group_id: one.groupId,
      message_id: one.messageId,
      person_key: one.personKey,
      sent_at: one.sentAt,
      text_key: one.textKey,
      label: one.label,
      is_on: one.isOn,
    })),
  );
}

/**
 * Words that the workspace (`*`) or a group adds to a label's, written as texts are when they are matched: one in traditional
 * characters or full width would match nothing.
 */
function lexiconRows(config: Config) {
  const scopes = [
    ["*", config.lexicon] as const,
    ...Object.entries(config.groups).map(([group, { lexicon }]) => [group, lexicon] as const),
  ];
  return scopes.flatMap(([group, lexicon]) =>
    Object.entries(lexicon).flatMap(([label, { terms, masks }]) => [
      ...terms.map((word) => ({ group_id: group, label, kind: "term", word: matchText(word) })),
      ...masks.map((word) => ({ group_id: group, label, kind: "mask", word: matchText(word) })),
    ]),
  );
}
