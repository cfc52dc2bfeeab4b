import { type Database, literal, name } from "../warehouse/database.ts";
import type { KindSpec } from "./kinds/kind.ts";
import type { Export } from "./read-csv.ts";
import { SEEN } from "./typed-cells.ts";

/*
 * Exports that stand one below the other, each below a title of its own that says when it was made. What the user says of
 * the file holds for all of them; what the file's name says, only for those whose title is silent.
 */

/** What was said of when a file was made. */
export interface Dated {
  /** By the user, or else by the file. */
  asOf: string | undefined;
  isSaid: boolean;
  /** By the title of the first export. */
  first: string | undefined;
}

/** The exports with the time of each, the first among them. Undefined where they are of one time. */
export function datesOf(starts: readonly Export[], { asOf, isSaid, first }: Dated): Export[] | undefined {
  if (isSaid) return undefined;
  const dated = [
    { record: 0, asOf: first ?? asOf },
    ...starts.map((one) => ({ ...one, asOf: one.asOf ?? asOf })),
  ];
  return dated.some((one) => one.asOf !== asOf) ? dated : undefined;
}

/**
 * View `records` of `unread`, with what the rows do not say of when they were seen from the title of their own export.
 * @param more SQL of columns that are otherwise than read. @returns `fixed` without what differs now.
 */
export async function dateRecords(
  database: Database,
  kind: KindSpec,
  exports: readonly Export[] | undefined,
  fixed: ReadonlyMap<string, string>,
  more: readonly string[] = [],
): Promise<ReadonlyMap<string, string>> {
  const columns = SEEN.filter((column) => column in kind.columns);
  if (!exports || columns.length === 0) {
    const own = more.length > 0 ? `replace (${more.join(", ")})` : "";
    await database.run(`create view records as select * ${own} from unread`);
    return fixed;
  }
  const rows = exports.map(
    ({ record, asOf }) => `(${record}, ${asOf === undefined ? "null" : literal(asOf)})`,
  );
  const cells = columns.flatMap((column) => {
    const flag = name(`${column}_is_utc`);
    const isOwn = `(${name(column)} is not null and ${name(column)} is distinct from stated(option('as_of')))`;
    return [
      `if(${isOwn}, ${name(column)}, stated(dated.made_at)) as ${name(column)}`,
      `if(${isOwn}, ${flag}, has_offset(dated.made_at)) as ${flag}`,
    ];
  });
  await database.run(
    `create view records as
     select unread.* replace (${[...cells, ...more].join(", ")})
     from unread asof join (from (values ${rows.join(", ")}) as dated (record, made_at)) as dated on unread.record >= dated.record`,
  );
  const differs = columns.flatMap((column) => [column, `${column}_is_utc`]);
  return new Map([...fixed].filter(([column]) => !differs.includes(column)));
}
