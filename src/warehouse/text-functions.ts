import { DuckDBScalarFunction, VARCHAR } from "@duckdb/node-api";
import { matchText, needsMatchText } from "../text/match-text.ts";
import type { Database } from "./database.ts";

/**
 * `match_text(text)` for the models. A pattern finds the few texts that differ from their match text; only these
 * leave the engine. The pattern is the variable `needs_match_text` too, so that a model can look for it and for its
 * own words in one pass.
 */
export async function createTextFunctions(database: Database): Promise<void> {
  database.connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: "js_match_text",
      returnType: VARCHAR,
      parameterTypes: [VARCHAR],
      mainFunction: (_info, input, output) => {
        const texts = input.getColumnVector(0);
        for (let row = 0; row < input.rowCount; row++) {
          const text = texts.getItem(row);
          output.setItem(row, typeof text === "string" ? matchText(text) : null);
        }
        output.flush();
      },
    }),
  );
  await setTextVariables(database);
  await database.run(
    "create or replace macro match_text(x) as case when regexp_matches(x, getvariable('needs_match_text')) then js_match_text(x) else x end",
  );
}

/** What the functions read: a variable is a connection's own, a function is every connection's. */
export async function setTextVariables(database: Database): Promise<void> {
  await database.run("set variable needs_match_text = $pattern", { pattern: needsMatchText() });
}
