import { type Database, literal, name } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";
import { allCells, sameCells, typesOf } from "./typed-cells.ts";

const MAX_TEXT = 1 << 20;

/**
 * Turns `records` (what the importer says) into `checked` (every canonical column, times as TIMESTAMP with an
 * `…_is_utc` flag, without the records that were refused) and puts the refused ones into `issues`.
 * @param fixed SQL of columns of `records` that are the same in every row.
 * @param now wall clock in UTC: a message of tomorrow is a wrong clock or a wrong date order.
 * @returns the same of `checked`.
 */
export async function checkRecords(
  database: Database,
  kind: KindSpec,
  idPrefix: string,
  fixed: ReadonlyMap<string, string>,
  now: Date,
): Promise<ReadonlyMap<string, string>> {
  const types = await typesOf(database, "records");
  const cells = allCells(kind, types);
  await database.run(
    `create view typed as select record, ${literal(idPrefix)} as id_prefix, ${cells.join(", ")} from records`,
  );
  const rules = rejections(kind, now);
  const verdict = `case when issue is not null then {code: issue, place: issue_column} ${rules
    .map(({ code, column, when }) => `when ${when} then {code: ${literal(code)}, place: ${literal(column)}}`)
    .join(" ")} end`;
  await database.run(
    `insert into issues (record, column_name, code, is_reject)
     select record, problem.place, problem.code, true from (select record, ${verdict} as problem from typed) where problem is not null`,
  );
  const [any] = await database.all("select 1 from issues where record is not null limit 1");
  await noteWarnings(database, kind, types.has("warning") && "warning" in kind.columns);
  await database.run(
    any
      ? "create view checked as select * from typed anti join (from issues where is_reject) as refused using (record)"
      : "create view checked as select * from typed",
  );
  return sameCells(kind, types, fixed).set("id_prefix", `${literal(idPrefix)}::varchar`);
}

/**
 * Puts what is accepted and yet worth a word into `issues`, in one pass: each makes the cells of all rows anew.
 * @param says whether records bring a word of their own.
 */
async function noteWarnings(database: Database, kind: KindSpec, says: boolean): Promise<void> {
  const warns = (kind.warns ?? []).map(({ code, column, when }) => ({
    code: literal(code),
    place: literal(column),
    when: `(${when})`,
  }));
  if (says) warns.push({ code: "warning", place: "null::varchar", when: "(warning is not null)" });
  if (warns.length === 0) return;
  const each = warns.map(({ code, place, when }) => `if(${when}, {code: ${code}, place: ${place}}, null)`);
  await database.run(
    `insert into issues (record, column_name, code, is_reject)
     select record, warned.place, warned.code, false from (
       select record, unnest([${each.join(", ")}]) as warned from typed
       anti join (from issues where is_reject) as refused using (record) where ${warns.map(({ when }) => when).join(" or ")}
     ) where warned is not null`,
  );
}

/** Later than this after the moment of the import, a time is refused. */
export const FUTURE_FROM_MS = 86_400_000;

function rejections(kind: KindSpec, now: Date) {
  const rules = kind.needs.map((column) => ({
    code: kind.columns[column] === "time" ? "bad_time" : "missing_value",
    column,
    when: `${name(column)} is null`,
  }));
  if (kind.time) {
    const { column, required, also = [] } = kind.time;
    const limit = new Date(now.getTime() + FUTURE_FROM_MS).toISOString().slice(0, 19);
    if (required) rules.push({ code: "bad_time", column, when: `${name(column)} is null` });
    for (const one of [column, ...also]) {
      const at = name(one);
      rules.push({ code: "time_before_2000", column: one, when: `${at} < timestamp '2000-01-01'` });
      rules.push({
        code: "time_in_future",
        column: one,
        when: `to_utc(${at}, ${name(`${one}_is_utc`)}) > timestamp ${literal(limit)}`,
      });
    }
  }
  for (const column of ["text", "answer"].filter((one) => one in kind.columns)) {
    rules.push({ code: "text_over_1_mib", column, when: `strlen(${name(column)}) > ${MAX_TEXT}` });
  }
  return [...rules, ...(kind.rejects ?? [])];
}
