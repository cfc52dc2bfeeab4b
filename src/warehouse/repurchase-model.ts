import { type Buyers, type Buying, fitBuying } from "../stats/btyd.ts";
import type { Database } from "./database.ts";

/** Fewer buyers, or buyers who came again, carry no model: its parameters would be those of chance. */
const MIN_BUYERS = 100;
const MIN_REPEATERS = 30;
/** What is foretold and looked up: whether a buyer comes again within so many days. */
const HORIZON_DAYS = 56;
/**
 * Outside, the likelihood has no maximum: below, that nobody ever leaves or buys again. Large values are none: people
 * who are all alike in their rate or their patience, which the formulas bear.
 */
const BOUNDS = [1e-6, 1e12] as const;
/** A purchase is worth half of itself after so many days without another: the plain order of the wake-up list. */
export const HALF_LIFE_DAYS = 30;

type Status = "fitted" | "few_buyers" | "few_repeats" | "diverged";

/**
 * `report.repurchase_model`, one row: MBG/NBD over the purchase days known at the last complete week's end
 * (statistics.md 4.1; in weeks), with what people's gaps between purchase days are like (4.2; logarithms of days), and
 * how well the probabilities and the plain order would have done eight weeks earlier: fitted on what was known then,
 * judged by who came again since. What the data cannot carry is null, and `status` says why.
 */
export async function createRepurchaseModel(database: Database): Promise<void> {
  const { end, cut } = await database.one(
    `select coalesce(max(week) filter (is_complete), max(week)) + 7 as "end", "end" - ${HORIZON_DAYS} as cut from report.weeks`,
  );
  const now = await fitted(database, String(end));
  const then = await fitted(database, String(cut));
  const table = "generation.report.repurchase_model";
  await database.run(
    `create table ${table} as
     select $status::varchar as status, $end::date as until_day, $r::double as r, $alpha::double as alpha, $a::double as a, $b::double as b,
       $buyers::bigint as buyers, $repeaters::bigint as repeaters, gaps.*, ${HORIZON_DAYS} as horizon_days, ${HALF_LIFE_DAYS} as half_life_days, tested.*
     from (${GAPS}) as gaps, (${backtest(String(cut), String(end))}) as tested`,
    {
      status: now.status,
      end: String(end),
      ...parameters(now.buying, ""),
      buyers: now.buyers,
      repeaters: now.repeaters,
      ...parameters(then.buying, "was_"),
    },
  );
}

async function fitted(database: Database, day: string) {
  const cells = await database.all(
    `select repeats, round((last_day - first_day) / 7.0)::integer as recency, round(($day::date - first_day) / 7.0)::integer as age, count(*) as count
     from (${histories("$day::date")}) group by all order by all`,
    { day },
  );
  const buyers = cells.map(
    (row): Buyers => ({
      repeats: Number(row["repeats"]),
      recency: Number(row["recency"]),
      age: Number(row["age"]),
      count: Number(row["count"]),
    }),
  );
  const count = (list: readonly Buyers[]) => list.reduce((sum, one) => sum + one.count, 0);
  const counts = { buyers: count(buyers), repeaters: count(buyers.filter(({ repeats }) => repeats > 0)) };
  const none = (status: Status) => ({ status, buying: null, ...counts });
  if (counts.buyers < MIN_BUYERS) return none("few_buyers");
  if (counts.repeaters < MIN_REPEATERS) return none("few_repeats");
  const { logLikelihood: _, ...buying } = fitBuying("mbg", buyers, BOUNDS);
  if (Object.values(buying).some((one) => !(one > BOUNDS[0] && one < BOUNDS[1]))) return none("diverged");
  return { status: "fitted" as Status, buying, ...counts };
}

function parameters(buying: Buying | null, prefix: string) {
  return Object.fromEntries(
    (["r", "alpha", "a", "b"] as const).map((name) => [`${prefix}${name}`, buying?.[name] ?? null]),
  );
}

/** Each buyer as known before a day: days, not weeks. */
function histories(day: string): string {
  return `select person_id, max(repeats) as repeats, any_value(first_day) as first_day, max(paid_day) as last_day, max(value) as value
    from marts.buying_spans where paid_day < ${day} group by person_id`;
}

/** Spread of the gaps within and between people who have at least two; moments, never below zero. */
const GAPS = `
  with gaps as (
    select person_id, ln(until_day - paid_day) as ln_gap from marts.buying_spans where until_day < date '9999-01-01'
  ),
  own as (select person_id, count(*) as n, avg(ln_gap) as mean, var_samp(ln_gap) as spread from gaps group by person_id having count(*) > 1),
  within as (select sum((n - 1) * spread) / sum(n - 1) as gap_within, avg(1.0 / n) as inverse from own)
  select (select avg(ln_gap) from gaps) as gap_mean, gap_within, greatest(var_samp(own.mean) - any_value(gap_within * inverse), 0) as gap_between
  from own, within group by gap_within
  union all
  select null, null, null where not exists (from own)`;

/** Mid-ranks, so that ties count one half. */
function auc(score: string): string {
  return `(sum(${score}_rank) filter (came) - any_value(hits * (hits + 1) / 2.0)) / any_value(nullif(hits * (n - hits), 0))`;
}

function backtest(cut: string, end: string): string {
  const scores = ["plain", "recent", "model"];
  const odds = "(r + repeats)";
  return `
    with
      parameters as (select $was_r::double as r, $was_alpha::double as alpha, $was_a::double as a, $was_b::double as b),
      known as (
        select *, (last_day - first_day) / 7.0 as recency, (date '${cut}' - first_day) / 7.0 as age, (date '${cut}' - last_day) as silent,
          person_id in (select person_id from marts.buying_spans where paid_day >= date '${cut}' and paid_day < date '${end}') as came
        from (${histories(`date '${cut}'`)})
      ),
      scored as (
        select came, repeats, value::double * pow(0.5, silent / ${HALF_LIFE_DAYS}.0) as plain, repeats - silent / 1e6 as recent,
          1 / (1 + a / (b + repeats) * pow((alpha + age) / (alpha + recency), ${odds})) as alive,
          alive * (1 - pow((alpha + age) / (alpha + age + ${HORIZON_DAYS / 7}), ${odds})) as chance,
          alive * ${odds} / (alpha + age) as model
        from known, parameters
      ),
      -- Over a window of all rows, count(*) with a filter looks at each row from each row.
      totals as (select count(*) as n, count(*) filter (came) as hits from scored),
      placed as (
        select *, ntile(10) over (order by chance) as bin,
          ${scores.map((score) => `rank() over (order by ${score}) + (count(*) over (partition by ${score}) - 1) / 2.0 as ${score}_rank`).join(", ")}
        from scored, totals
      ),
      bins as (select list({people: people, expected: expected, seen: seen} order by bin) as calibration from (
        select bin, count(*) as people, avg(chance) as expected, avg(came::integer) as seen from placed where chance is not null group by bin))
    select date '${cut}' as tested_from, count(*) as tested, count(*) filter (came) as came_again,
      ${scores.map((score) => `${score === "model" ? "if(any_value(chance) is null, null, " : "("}${auc(score)}) as auc_${score}`).join(", ")},
      ${scores.map((score) => `${score === "model" ? "if(any_value(chance) is null, null, " : "("}avg(came::integer) filter (${score}_rank > 0.9 * n) / nullif(avg(came::integer), 0)) as lift_${score}`).join(", ")},
      avg(chance) as expected_share, avg(came::integer) as seen_share, any_value(bins.calibration) as calibration
    from placed, bins`;
}
