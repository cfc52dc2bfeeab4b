import { UserError } from "../kit/errors.ts";
import type { Catalog } from "../warehouse/catalog.ts";
import type { Database } from "../warehouse/database.ts";
import type { Row } from "../warehouse/rows.ts";

/** Runs a file of sql/queries; parameters that it does not declare are left out, missing ones take their default. */
export async function runQuery(
  database: Database,
  catalog: Pick<Catalog, "queries">,
  name: string,
  params: Readonly<Record<string, string | number | null | undefined>>,
): Promise<Row[]> {
  const query = catalog.queries.find(({ id }) => id === name);
  if (!query) throw new UserError({ zh: `没有查询 ${name}`, en: `There is no query ${name}` });
  const bound = Object.entries(query.header.params).map(([key, { default: fallback }]) => [
    key,
    params[key] ?? fallback,
  ]);
  return database.all(query.sql, Object.fromEntries(bound));
}
