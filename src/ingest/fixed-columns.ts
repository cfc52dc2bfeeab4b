import { type Database, literal } from "../warehouse/database.ts";

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
 */
export async function fixedColumns(
  database: Database,
  select: string,
  wanted: (column: string) => boolean,
): Promise<ReadonlyMap<string, string>> {
  const { tree } = await database.one(`select json_serialize_sql(${literal(select)}) as tree`);
  const parsed = JSON.parse(String(tree).replace(NOWHERE, '"query_location":0'));
  const node = parsed.statements?.[0]?.node as Node | undefined;
  if (node?.["type"] !== "SELECT_NODE" || node["aggregate_handling"] !== "STANDARD_HANDLING")
    return new Map();
  const list = node["select_list"] as Node[];
  const fixed = list.filter((one) => wanted(one.alias ?? "") && !varies(one));
  if (fixed.length === 0) return new Map();
  const alone = {
    ...node,
    modifiers: [],
    cte_map: { map: [] },
    select_list: fixed,
    from_table: { type: "EMPTY", alias: "", sample: null, query_location: 0 },
    where_clause: null,
  };
  const statement = JSON.stringify({ error: false, statements: [{ ...parsed.statements[0], node: alone }] });
  const { sql } = await database.one(`select json_deserialize_sql(${literal(statement)}::json) as sql`);
  const values = await database.one(String(sql));
  return new Map(
    Object.entries(values).flatMap(([column, value]) => {
      if (value === null) return [[column, "null::varchar"]];
      return typeof value === "string" ? [[column, `${literal(value)}::varchar`]] : [];
    }),
  );
}

function varies(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(varies);
  if (typeof node !== "object" || node === null) return false;
  return VARYING.has(String((node as Node).class)) || Object.values(node).some(varies);
}
