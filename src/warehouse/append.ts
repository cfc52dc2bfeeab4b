import { type DuckDBAppender, DuckDBDataChunk, type DuckDBType, type DuckDBValue } from "@duckdb/node-api";
import type { Database } from "./database.ts";

const CHUNK_ROWS = 2048;

/** Rows from JavaScript into a table, in column chunks (row by row costs seven to ten times as much). */
export class TableAppender {
  readonly #appender: DuckDBAppender;
  readonly #types: readonly DuckDBType[];
  #columns: DuckDBValue[][];
  #rows = 0;

  private constructor(appender: DuckDBAppender, types: readonly DuckDBType[]) {
    this.#appender = appender;
    this.#types = types;
    this.#columns = types.map(() => []);
  }

  static async open(database: Database, table: string): Promise<TableAppender> {
    const appender = await database.connection.createAppender(table);
    const types = Array.from({ length: appender.columnCount }, (_, at) => appender.columnType(at));
    return new TableAppender(appender, types);
  }

  /** @param values one per column of the table, in its order. */
  add(values: readonly DuckDBValue[]): void {
    this.#columns.forEach((column, at) => {
      column.push(values[at] ?? null);
    });
    if (++this.#rows === CHUNK_ROWS) this.#flush();
  }

  /** @param columns whole columns of the table, in its order; at most a chunk, in its first places. */
  addColumns(columns: readonly (readonly DuckDBValue[])[], rows: number): void {
    this.#flush();
    const chunk = DuckDBDataChunk.create(this.#types, rows);
    chunk.setColumns(columns.map((column) => (column.length === rows ? column : column.slice(0, rows))));
    this.#appender.appendDataChunk(chunk);
  }

  close(): void {
    this.#flush();
    this.#appender.closeSync();
  }

  #flush(): void {
    if (this.#rows === 0) return;
    const chunk = DuckDBDataChunk.create(this.#types, this.#rows);
    chunk.setColumns(this.#columns);
    this.#appender.appendDataChunk(chunk);
    this.#columns = this.#types.map(() => []);
    this.#rows = 0;
  }
}
