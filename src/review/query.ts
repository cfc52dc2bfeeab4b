import { UserError } from "../kit/errors.ts";
import type { Text } from "../kit/say.ts";
import type { Catalog } from "../warehouse/catalog.ts";
import type { Database } from "../warehouse/database.ts";
import type { Row } from "../warehouse/rows.ts";
import { fitting } from "./parameter.ts";

type Params = Readonly<Record<string, string | number | null | undefined>>;

/** Columns of a query whose source was never imported for the group that is asked about (or for any). */
export interface MissingColumns {
  source: string;
  columns: string[];
  /** What to do. */
  text: Text;
}

/**
 * Runs a file of sql/queries; parameters that it does not declare are left out, missing ones take their default. Columns
 * whose source was never imported are null: nobody counted is not nobody there.
 */
export async function runQuery(
  database: Database,
  catalog: Pick<Catalog, "queries">,
  name: string,
  params: Params,
): Promise<Row[]> {
  const query = find(catalog, name);
  const bound = Object.entries(query.header.params).map(([key, { type, default: fallback }]) => [
    key,
    fitting(key, type, params[key]) ?? fallback,
  ]);
  const [rows, missing] = await Promise.all([
    database.all(query.sql, Object.fromEntries(bound)),
    missingColumns(database, catalog, name, params),
  ]);
  if (missing.length === 0) return rows;
  const unknown = Object.fromEntries(missing.flatMap(({ columns }) => columns.map((one) => [one, null])));
  return rows.map((row) => ({ ...row, ...unknown }));
}

/** Columns of a query's rows, which an answer without a row does not show. */
export async function queryColumns(
  database: Database,
  catalog: Pick<Catalog, "queries">,
  name: string,
): Promise<string[]> {
  const { sql, header } = find(catalog, name);
  const bound = Object.entries(header.params).map(([key, { default: fallback }]) => [key, fallback]);
  const columns = await database.all(
    `select column_name from (describe (${sql}\n))`,
    Object.fromEntries(bound),
  );
  return columns.map((column) => String(column["column_name"]));
}

/** What a query can't say, and why; empty where all its sources were imported. */
export async function missingColumns(
  database: Database,
  catalog: Pick<Catalog, "queries">,
  name: string,
  params: Params,
): Promise<MissingColumns[]> {
  const { needs } = find(catalog, name).header;
  if (Object.keys(needs).length === 0) return [];
  const unknown = await database.all(
    "select source, zh, en from marts.sources where not is_known and group_id = $group order by source",
    { group: params["group_id"] ?? "*" },
  );
  return unknown.flatMap(({ source, zh, en }) => {
    const columns = needs[String(source)];
    return columns ? [{ source: String(source), columns, text: { zh: String(zh), en: String(en) } }] : [];
  });
}

function find(catalog: Pick<Catalog, "queries">, name: string) {
  const query = catalog.queries.find(({ id }) => id === name);
  if (!query) throw new UserError({ zh: `没有查询 ${name}`, en: `There is no query ${name}` });
  return query;
}
