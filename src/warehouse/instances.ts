import { realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { messageOf, UserError } from "../kit/errors.ts";

/**
 * Instances of this process by file, with how many hold them. DuckDB's own cache is not enough: between the last
 * close and the next open of a file it finds the one instance neither there nor gone, and refuses ("Unique file handle
 * conflict"). Whoever opens counts from the first moment, so the last to close is the last to hold.
 */
const shared = new Map<string, { instance: Promise<DuckDBInstance>; holders: number }>();
const keys = new WeakMap<DuckDBInstance, string>();

/** Files that are being closed: what ran when that was asked for has not ended yet. */
const ending = new Map<string, Set<Promise<unknown>>>();

/** @throws LockedError when another process has the file open. */
export async function openInstance(path: string, settings: Record<string, string>): Promise<DuckDBInstance> {
  if (path === ":memory:") return DuckDBInstance.create(path, settings);
  const real = join(realpathSync(dirname(path)), basename(path));
  // Opened otherwise (to be read only, say) it is refused until then.
  while (ending.has(real)) await Promise.all(ending.get(real) ?? []);
  const key = JSON.stringify([real, settings]);
  const held = shared.get(key) ?? { instance: fromFile(real, settings), holders: 0 };
  shared.set(key, held);
  held.holders++;
  try {
    const instance = await held.instance;
    keys.set(instance, key);
    return instance;
  } catch (error) {
    if (shared.get(key) === held) shared.delete(key);
    const pid = /PID (\d+)/.exec(messageOf(error))?.[1];
    if (!pid) throw error;
    throw new LockedError(path, Number(pid), error);
  }
}

const CLOSING = /Unique file handle conflict/;

/** A statement of another connection that was interrupted lets go of the file a moment later. */
async function fromFile(path: string, settings: Record<string, string>): Promise<DuckDBInstance> {
  for (let tries = 1; ; tries++) {
    try {
      return await DuckDBInstance.fromCache(path, settings);
    } catch (error) {
      if (tries === 50 || !CLOSING.test(messageOf(error))) throw error;
      await wait(10);
    }
  }
}

/** Of a file that is closed as soon as `end` has come: who opens it waits for that. */
export function whileEnding(instance: DuckDBInstance, end: Promise<unknown>): void {
  const [path] = JSON.parse(keys.get(instance) ?? "[]") as [string?];
  if (path === undefined) return;
  const ends = ending.get(path) ?? new Set();
  ending.set(path, ends.add(end));
  const over = () => {
    ends.delete(end);
    if (ends.size === 0) ending.delete(path);
  };
  void end.then(over, over);
}

/** The last to leave closes it. */
export function leave(instance: DuckDBInstance): void {
  const key = keys.get(instance);
  const held = key === undefined ? undefined : shared.get(key);
  if (key !== undefined && held) {
    held.holders--;
    if (held.holders > 0) return;
    shared.delete(key);
  }
  instance.closeSync();
}

/** Another process has the database open. */
export class LockedError extends UserError {
  readonly pid: number;

  constructor(path: string, pid: number, cause: unknown) {
    super(
      {
        zh: `${basename(path)} 正被另一个进程使用（PID ${pid}）`,
        en: `${basename(path)} is in use by another process (PID ${pid})`,
      },
      {
        hint: { zh: "等它结束后再试，或先停掉它。", en: "Wait until it has finished, or stop it first." },
        cause,
      },
    );
    this.pid = pid;
  }
}
