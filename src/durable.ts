import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

/*
 * Files that must be whole whenever the power goes: written under a draft's name, synced, named, the folder synced.
 * A draft ends in `.tmp-<PID>`, so that the next run knows whose it was.
 */

export function draftOf(path: string): string {
  return `${path}.tmp-${process.pid}`;
}

/** Waits until a file's or a folder's content is on the disk. */
export function sync(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Waits until the names of everything below a folder are on the disk; its files are synced one by one. */
export function syncFolders(root: string): void {
  for (const entry of readdirSync(root, { withFileTypes: true, recursive: true }))
    if (entry.isDirectory()) sync(join(entry.parentPath, entry.name));
  sync(root);
}

/** Readers see the old file or the new one. */
export function replaceFile(path: string, content: string | Uint8Array): void {
  writeDraft(path, content);
  try {
    rename(draftOf(path), path);
  } catch (error) {
    rmSync(draftOf(path), { force: true });
    throw error;
  }
}

/** @returns false, with nothing changed, where the file exists already. */
export function createFile(path: string, content: string | Uint8Array): boolean {
  if (existsSync(path)) return false;
  writeDraft(path, content);
  return publishNew(draftOf(path), path);
}

/** Gives a finished draft its name, in place of what has it now. */
export function rename(draft: string, path: string): void {
  sync(draft);
  renameSync(draft, path);
  sync(dirname(path));
}

/**
 * Gives a finished draft its name where no other process was faster: a rename would replace the other's file.
 * @returns whether it is this draft that has the name.
 */
export function publishNew(draft: string, path: string): boolean {
  sync(draft);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (existsSync(path)) return false;
    // Memory cards and some network disks know no links.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP"].includes(String((error as NodeJS.ErrnoException).code)))
      throw error;
    renameSync(draft, path);
    return true;
  } finally {
    rmSync(draft, { force: true });
    sync(dirname(path));
  }
}

/** When this process began: in a container each run has the same PID, and what the last one left is no draft of this one. */
const BEGUN = Date.now() - process.uptime() * 1000;

/**
 * Removes drafts of processes that are gone, with the write-ahead logs beside them.
 * @param of which files are ours, in a folder that users keep their own files in. @returns how many.
 */
export function sweepDrafts(folder: string, of = /^/): number {
  if (!existsSync(folder)) return 0;
  const stale = readdirSync(folder).filter((file) => {
    const pid = /(?:\.tmp-|^draft-|^decoded-|^unpacked-)(\d+)/.exec(file)?.[1];
    if (pid === undefined || !of.test(file)) return false;
    return Number(pid) === process.pid ? isFromBefore(join(folder, file)) : !isRunning(Number(pid));
  });
  for (const file of stale) rmSync(join(folder, file), { recursive: true, force: true });
  return stale.length;
}

function isFromBefore(draft: string): boolean {
  const file = statSync(draft, { throwIfNoEntry: false });
  return file !== undefined && file.mtimeMs < BEGUN;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function writeDraft(path: string, content: string | Uint8Array): void {
  const draft = draftOf(path);
  try {
    writeFileSync(draft, content, { mode: 0o600 });
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
