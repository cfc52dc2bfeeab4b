import { chmodSync, existsSync, rmSync } from "node:fs";
import { draftOf, publishNew } from "../durable.ts";
import { UserError } from "../kit/errors.ts";
import type { Text } from "../kit/say.ts";
import { Database } from "../warehouse/database.ts";
import { LockedError } from "../warehouse/instances.ts";
import { damaged } from "./damage.ts";

const DELETE: Text = {
  zh: "里面没有数据：确认没有别的复盘命令在运行，删除这个文件，再运行同样的命令。",
  en: "It holds no data: make sure that no other Fupan command is running, delete the file, run the same command again.",
};

/**
 * Holds the workspace's lock while `work` runs: one import, build, copy or erasure at a time. The lock is an open database that
 * nothing else ever touches, so that the kernel frees it when a process dies.
 * @throws UserError at once, naming the holder's PID.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  let lock: Database;
  try {
    lock = await openLock(path);
  } catch (error) {
    if (!(error instanceof LockedError)) throw error;
    throw new UserError(
      {
        zh: `另一个复盘命令正在这个工作区运行（PID ${error.pid}）：导入、计算、核对、备份、恢复或删除`,
        en: `Another Fupan command is at work in this workspace (PID ${error.pid}): an import, a build, verify, a backup, a restore or an erasure`,
      },
      { hint: { zh: "等它结束后再试。", en: "Try again when it has finished." }, cause: error },
    );
  }
  try {
    return await work();
  } finally {
    lock.close();
  }
}

/** @throws LockedError with the PID of whoever holds it. */
export async function openLock(path: string): Promise<Database> {
  await create(path);
  try {
    return await Database.open(path, { threads: 1 });
  } catch (error) {
    throw damaged(error, path, DELETE);
  }
}

/** Whole from the first moment: a file that a kill left half made could never be opened again. */
async function create(path: string): Promise<void> {
  if (existsSync(path)) return;
  const draft = draftOf(path);
  rmSync(draft, { force: true });
  (await Database.open(draft, { threads: 1 })).close();
  chmodSync(draft, 0o600);
  publishNew(draft, path);
}
