import { DOUBLE, DuckDBScalarFunction } from "@duckdb/node-api";
import { betaQuantile } from "../stats/special.ts";
import type { Database } from "./database.ts";

/**
 * `beta_quantile(p, a, b)` for queries: DuckDB has no distribution functions. For every connection of the database;
 * null where an argument is.
 */
export function createNumberFunctions(database: Database): void {
  database.connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: "beta_quantile",
      returnType: DOUBLE,
      parameterTypes: [DOUBLE, DOUBLE, DOUBLE],
      mainFunction: (_info, input, output) => {
        const columns = [0, 1, 2].map((at) => input.getColumnVector(at));
        for (let row = 0; row < input.rowCount; row++) {
          const [p, a, b] = columns.map((column) => Number(column.getItem(row))) as [number, number, number];
          output.setItem(row, betaQuantile(p, a, b));
        }
        output.flush();
      },
    }),
  );
}
