import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { replaceFile } from "../durable.ts";
import { UserError } from "../kit/errors.ts";
import { LockedError } from "../warehouse/instances.ts";
import type { Workspace } from "../workspace.ts";
import { openLock } from "./lock.ts";

/** The place of a workspace's server while it is held. */
export interface Serving {
  /** Tells a second one where this one is. */
  at: (url: string) => void;
  end: () => void;
}

/**
 * Takes the place of the workspace's server: what lies in the scratch folder is a server's own, and a second one would take it
 * for what a killed one left. The lock is an open database, so that the kernel frees it however the holder ends.
 * @throws UserError with the PID and the address of the server that is there already.
 */
export async function onlyServer({
  scratch,
  serving,
}: Pick<Workspace, "scratch" | "serving">): Promise<Serving> {
  mkdirSync(scratch, { recursive: true, mode: 0o700 });
  // Beside the lock and not in it: whoever holds a database shuts all others out of it.
  const note = `${serving}.json`;
  const lock = await openLock(serving).catch((error: unknown) => {
    throw error instanceof LockedError ? taken(error, dirname(scratch), addressOf(note, error.pid)) : error;
  });
  return {
    at: (url) => replaceFile(note, JSON.stringify({ pid: process.pid, url })),
    end: () => {
      rmSync(note, { force: true });
      lock.close();
    },
  };
}

/** Nothing where it starts just now, or where the note is of one that was killed. */
function addressOf(note: string, holder: number): string | undefined {
  try {
    const { pid, url } = JSON.parse(readFileSync(note, "utf8")) as { pid: unknown; url: unknown };
    return pid === holder && typeof url === "string" ? url : undefined;
  } catch {
    return undefined;
  }
}

function taken(cause: LockedError, root: string, url: string | undefined): UserError {
  const { pid } = cause;
  return new UserError(
    {
      zh: `这个工作区已经有一个 fupan serve 在运行（PID ${pid}${url ? `，${url}` : ""}）：${root}`,
      en: `A fupan serve is running in this workspace already (PID ${pid}${url ? `, ${url}` : ""}): ${root}`,
    },
    {
      hint: {
        zh: `${url ? "直接在浏览器里打开这个地址。" : ""}要换端口或升级，先停掉它（在它的窗口按 Ctrl+C，或 kill ${pid}），再运行同样的命令。`,
        en: `${url ? "Open that address in a browser. " : ""}To change the port or to upgrade, stop it first (Ctrl+C in its window, or kill ${pid}) and run the same command again.`,
      },
      cause,
    },
  );
}
