import type { DuckDBConnection, DuckDBPreparedStatement } from "@duckdb/node-api";
import { messageOf, UserError } from "../kit/errors.ts";
import { Slots } from "../kit/slots.ts";
import type { Params } from "./database.ts";
import { type Row, toRow } from "./rows.ts";
import { Running } from "./running.ts";

/** What one question may cost. */
export interface Limits {
  /** How long it may run; DuckDB looks at the clock between vectors, so a little longer happens. */
  ms: number;
  /** How many rows its answer may have. */
  rows: number;
}

/** A question was ended because it cost too much: too long (503, may pass later) or too many rows (400). */
export class LimitError extends UserError {
  readonly status: 400 | 503;

  constructor(status: 400 | 503, limits: Limits) {
    const seconds = Math.round(limits.ms / 1000);
    super(
      status === 503
        ? { zh: `算了 ${seconds} 秒还没有结果，已停下`, en: `Stopped after ${seconds} s without an answer` }
        : { zh: `结果超过 ${limits.rows} 行`, en: `The answer has more than ${limits.rows} rows` },
      {
        hint: {
          zh: "缩小范围（选一个群、几周），或过一会儿再试。",
          en: "Ask for less (one group, a few weeks), or try again later.",
        },
      },
    );
    this.status = status;
  }
}

/**
 * Questions of all databases of the process at once. Each holds one of libuv's four threads for its whole length, and
 * files, passwords and packing need one; more threads could only be had by a variable of the environment, which is
 * read before any line of ours runs.
 */
const slots = new Slots(3);

/** Statements that a connection keeps parsed: all that the pages ask, not what is asked once. */
const PREPARED = 200;

interface Lane {
  connection: DuckDBConnection;
  running: Running;
  /** The oldest first. */
  prepared: Map<string, DuckDBPreparedStatement>;
  /** Settled when the last question of the lane has ended. */
  end: Promise<unknown>;
  waiting: number;
}

/**
 * Questions to a file that nobody writes, within limits. Each connection answers one at a time: so an interrupt ends
 * the question it is meant for, and what waits holds no thread of the pool.
 */
export class Lanes {
  readonly #lanes: Lane[];
  readonly #limits: Limits;

  constructor(connections: readonly DuckDBConnection[], limits: Limits) {
    this.#lanes = connections.map((connection) => ({
      connection,
      running: new Running(() => connection.interrupt()),
      prepared: new Map(),
      end: Promise.resolve(),
      waiting: 0,
    }));
    this.#limits = limits;
  }

  /** @throws LimitError when the question costs too much. */
  ask(sql: string, params?: Params): Promise<Row[]> {
    const lane = this.#lanes.reduce((best, one) => (one.waiting < best.waiting ? one : best));
    lane.waiting++;
    const before = lane.end;
    const answer = (async () => {
      await before;
      try {
        return await slots.use(() => lane.running.do(() => this.#run(lane, sql, params)));
      } finally {
        lane.waiting--;
      }
    })();
    lane.end = answer.catch(() => undefined);
    return answer;
  }

  async #run(lane: Lane, sql: string, params?: Params): Promise<Row[]> {
    const { connection } = lane;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      connection.interrupt();
    }, this.#limits.ms);
    try {
      const statement = await prepared(lane, sql);
      statement.clearBindings();
      if (params) statement.bind(params);
      const reader = await statement.runAndReadUntil(this.#limits.rows + 1);
      if (reader.currentRowCount > this.#limits.rows) throw new LimitError(400, this.#limits);
      const names = reader.deduplicatedColumnNames();
      return reader.getRows().map((values) => toRow(names, values));
    } catch (error) {
      if (isLate && /interrupt/i.test(messageOf(error))) throw new LimitError(503, this.#limits);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Stops what runs and begins nothing more. @returns what still has to end before `close`. */
  end(): Promise<void>[] {
    return this.#lanes.flatMap(({ running }) => running.end() ?? []);
  }

  /** After all of `end`. */
  close(): void {
    for (const { connection } of this.#lanes) connection.closeSync();
  }
}

async function prepared({ connection, prepared: kept }: Lane, sql: string): Promise<DuckDBPreparedStatement> {
  const known = kept.get(sql);
  if (known) return known;
  const made = await connection.prepare(sql);
  kept.set(sql, made);
  const [oldest] = kept;
  if (oldest && kept.size > PREPARED) {
    kept.delete(oldest[0]);
    oldest[1].destroySync();
  }
  return made;
}
