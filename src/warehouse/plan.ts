import { QueryError } from "../kit/errors.ts";
import type { Database } from "./database.ts";
import type { Layer, Model } from "./model.ts";

/** Which schemas a layer may read: data goes one way. */
const MAY_READ: Readonly<Record<Layer, readonly string[]>> = {
  staging: ["lake", "seeds", "config"],
  intermediate: ["staging", "intermediate", "seeds", "config", "marts"],
  marts: ["staging", "intermediate", "marts", "seeds", "config"],
  kpis: ["marts"],
  dimensions: ["marts"],
  queries: ["marts", "report", "kpis"],
  rules: ["marts", "report"],
};

const LAYERS: readonly string[] = ["staging", "intermediate", "marts", "kpis", "dimensions"];

/**
 * The models in an order in which each follows what it reads, each with what it reads. What a file reads comes from DuckDB's own parser
 * (`json_serialize_sql`), not from getTableNames(), which answers nothing for several kinds of statement.
 * @throws QueryError for a syntax error, an unknown table, a layer breach or a cycle.
 */
export async function buildOrder<M extends Model>(
  database: Database,
  models: readonly M[],
  known: ReadonlySet<string>,
): Promise<Map<M, readonly M[]>> {
  const byName = new Map(models.map((model) => [`${model.layer}.${model.id}`, model]));
  const reads = new Map<M, readonly string[]>();
  for (const model of models) {
    const parts = "parts" in model.header ? model.header.parts : undefined;
    const tables = [...(await tablesOf(database, model)), ...(parts ? [parts] : [])];
    for (const table of tables) {
      const schema = table.split(".")[0] ?? "";
      if (!MAY_READ[model.layer].includes(schema)) {
        throw new QueryError(
          `sql/${model.path}`,
          model.sql,
          new Error(`${model.layer} may not read ${table} (it may read ${MAY_READ[model.layer].join(", ")})`),
        );
      }
      if (!byName.has(table) && (LAYERS.includes(schema) || !known.has(table))) {
        throw new QueryError(`sql/${model.path}`, model.sql, new Error(`there is no table ${table}`));
      }
    }
    reads.set(model, tables);
  }
  const order = new Map<M, readonly M[]>();
  const state = new Map<M, "open" | "done">();
  const visit = (model: M, trail: readonly string[]) => {
    if (state.get(model) === "done") return;
    if (state.get(model) === "open") {
      throw new QueryError(
        `sql/${model.path}`,
        model.sql,
        new Error(`cycle: ${[...trail, model.id].join(" → ")}`),
      );
    }
    state.set(model, "open");
    const inputs = (reads.get(model) ?? []).flatMap((table) => byName.get(table) ?? []);
    for (const next of inputs) if (next !== model) visit(next, [...trail, model.id]);
    state.set(model, "done");
    order.set(
      model,
      inputs.filter((next) => next !== model),
    );
  };
  for (const model of models) visit(model, []);
  return order;
}

/** What a text of SQL reads depends on the text alone; a server builds the same models again and again. */
const tablesBySql = new Map<string, readonly string[]>();

/** `schema.table` of every table a SELECT names; CTE names have no schema and fall out. */
export async function tablesOf(
  database: Database,
  model: Pick<Model, "path" | "sql" | "line">,
): Promise<readonly string[]> {
  const known = tablesBySql.get(model.sql);
  if (known) return known;
  const tables = await parsedTables(database, model);
  tablesBySql.set(model.sql, tables);
  return tables;
}

async function parsedTables(database: Database, model: Pick<Model, "path" | "sql" | "line">) {
  const { tree } = await database.one("select json_serialize_sql($sql::varchar) as tree", { sql: model.sql });
  const parsed = JSON.parse(String(tree)) as {
    error: boolean;
    error_message?: string;
    position?: string | number;
    statements?: unknown[];
  };
  const wrong = (why: string) => new QueryError(`sql/${model.path}`, model.sql, new Error(why), model.line);
  if (parsed.error) {
    const before = model.sql.slice(0, Number(parsed.position ?? 0));
    throw wrong(`LINE ${before.split("\n").length}: ${parsed.error_message ?? "not one SELECT"}`);
  }
  if (parsed.statements?.length !== 1) throw wrong("a file holds exactly one SELECT");
  const tables = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const one of node) walk(one);
    else if (typeof node === "object" && node !== null) {
      const { type, schema_name: schema, table_name: table } = node as Record<string, unknown>;
      if (type === "BASE_TABLE" && typeof schema === "string" && schema !== "")
        tables.add(`${schema}.${String(table)}`);
      for (const one of Object.values(node)) walk(one);
    }
  };
  walk(parsed.statements);
  return [...tables];
}
