import { Database } from "../../src/warehouse/database.ts";
import type { Row } from "../../src/warehouse/rows.ts";
import { verdicts } from "../../src/warehouse/verdicts.ts";

export interface Change {
  group: string;
  /** Weeks after the first one. */
  week: number;
  delta: number | null;
  se: number | null;
  /** Of either week. */
  numerator: number | null;
  denominator: number | null;
  changed: number | null;
  complete: boolean;
}

/** A database with the tables that verdicts read, and what is judged in it. */
export class Judged {
  readonly database: Database;

  private constructor(database: Database) {
    this.database = database;
  }

  static async open(): Promise<Judged> {
    const database = await Database.open(":memory:");
    await database.run("create schema report");
    await database.run("create schema marts");
    return new Judged(database);
  }

  /** No comparisons yet. */
  async empty(): Promise<void> {
    for (const table of TABLES) await this.database.run(`create or replace table ${table}`);
    await this.known(100);
  }

  /** What is known: everything up to so many days after the first day of the week that is judged. */
  async known(days: number): Promise<void> {
    await this.database.run(
      `create or replace table report.about as select timestamp '2026-01-05' + to_days(140 + ${days}::integer) as as_of`,
    );
  }

  /** @returns verdicts of the last week, the surest first. */
  async judge(changes: readonly Partial<Change>[], kpi = "rate"): Promise<Row[]> {
    for (const change of changes) {
      const one = {
        group: "g",
        week: 20,
        delta: 0.07,
        se: 0.03,
        numerator: 40,
        denominator: 100,
        changed: 40,
        complete: true,
        ...change,
      };
      await this.database.run(
        `insert into report.comparisons values ($kpi, $group, date '2026-01-05' + 7 * $week::integer, $numerator, $numerator, $denominator, $denominator, $delta, $se, $changed, $complete)`,
        { kpi, ...one },
      );
    }
    return this.database.all(
      `select * from (${verdicts()}) where week = date '2026-01-05' + 140 order by p nulls last, group_id`,
    );
  }
}

const TABLES = [
  `report.comparisons (kpi varchar, group_id varchar, week date, numerator double, previous_numerator double, denominator double, previous_denominator double,
     delta double, se double, changed double, is_complete boolean)`,
  "report.kpis as select * from (values ('rate', 'ratio', 'up', 30, null, null), ('loss', 'ratio', 'down', 30, null, null), ('rate_reported', 'ratio', 'up', 30, 'rate', null), ('refunds', 'ratio', 'down', 30, null, 14), ('mean', 'money', 'up', 20, null, null), ('count', 'count', 'up', 0, null, null)) as t(kpi, unit, good, min_denominator, variant_of, settle_days)",
  "marts.groups (group_id varchar, kind varchar)",
  "marts.week_marks (week date)",
  "report.unjudged_kpis (kpi varchar, group_id varchar, source varchar)",
  "report.gap_weeks (kpi varchar, group_id varchar, week date)",
];
