import { type Database, literal, name } from "../warehouse/database.ts";

interface Node {
  class?: string;
  alias?: string;
  [key: string]: unknown;
}

/** What makes an expression differ from row to row, or from one call to the next. */
const VARYING = new Set(["COLUMN_REF", "STAR", "SUBQUERY", "WINDOW", "PARAMETER", "POSITIONAL_REFERENCE"]);
/** How the parser writes that it knows no place: more than a number of JavaScript holds. */
const NOWHERE = /"query_location":18446744073709551615/g;

/**
 * SQL of the columns of a SELECT that are one text, or nothing, in every row, such as a group that the file's name
 * tells: two million copies of it took a third of the time of making a table.
 * @param wanted columns of the SELECT to look at.
 * @param known SQL of columns that are the same in every row of what the SELECT reads. With them, what is fixed may be of
 * any type, and is given as a text.
 */
export async function fixedColumns(
  database: Database,
  select: string,
  wanted: (column: string) => boolean,
  known: ReadonlyMap<string, string> = new Map(),
): Promise<ReadonlyMap<string, string>> {
  const parsed = await parse(database, select);
  const node = parsed?.node as Node | undefined;
  if (node?.["type"] !== "SELECT_NODE") return new Map();
  // Of rows that are put together only what is written out is the same in each; a count says nothing of columns either.
  const isPlain = node["aggregate_handling"] === "STANDARD_HANDLING";
  if (!isPlain && known.size === 0) return new Map();
  const list = node["select_list"] as Node[];
  const fixed = list.filter(
    (one) => wanted(nameOf(one)) && (isPlain ? !varies(one, known) : one.class === "CONSTANT"),
  );
  if (fixed.length === 0) return new Map();
  const cells = [...known].map(([column, sql]) => `${sql} as ${name(column)}`);
  const from = known.size > 0 && (await parse(database, `select 1 from (select ${cells.join(", ")})`))?.node;
  const alone = {
    ...node,
    modifiers: [],
    cte_map: { map: [] },
    select_list: fixed,
    from_table: from
      ? (from as Node)["from_table"]
      : { type: "EMPTY", alias: "", sample: null, query_location: 0 },
    where_clause: null,
    group_expressions: [],
    group_sets: [],
    aggregate_handling: "STANDARD_HANDLING",
  };
  const statement = JSON.stringify({ error: false, statements: [{ ...parsed, node: alone }] });
  const { sql } = await database.one(`select json_deserialize_sql(${literal(statement)}::json) as sql`);
  const values = await database.one(
    known.size > 0 ? `select columns(*)::varchar from (${String(sql)})` : String(sql),
  );
  return new Map(
    Object.entries(values).flatMap(([column, value]) => {
      if (value === null) return [[column, "null::varchar"]];
      return typeof value === "string" ? [[column, `${literal(value)}::varchar`]] : [];
    }),
  );
}

/** What a column of a SELECT is called, where it is not told otherwise by what it reads. */
function nameOf({ alias, class: kind, column_names: names }: Node & { column_names?: string[] }): string {
  return alias || (kind === "COLUMN_REF" ? (names?.at(-1) ?? "") : "");
}

async function parse(database: Database, select: string): Promise<{ node: unknown } | undefined> {
  const { tree } = await database.one(`select json_serialize_sql(${literal(select)}) as tree`);
  return JSON.parse(String(tree).replace(NOWHERE, '"query_location":0')).statements?.[0];
}

function varies(node: unknown, known: ReadonlyMap<string, string>): boolean {
  if (Array.isArray(node)) return node.some((one) => varies(one, known));
  if (typeof node !== "object" || node === null) return false;
  const { class: kind, column_names: names } = node as Node & { column_names?: string[] };
  if (kind === "COLUMN_REF" && names?.length === 1 && known.has(names[0] ?? "")) return false;
  return VARYING.has(String(kind)) || Object.values(node).some((one) => varies(one, known));
}
